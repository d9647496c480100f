"""The way to a host by the gateway: CONNECT on its port."""
import socket
from time import monotonic

from .gateway import gateway

#: Seconds. A gateway that does not answer at once is not there.
patience = 1.0
#: For how long one is not asked again, unless its state file changes: nobody listens; it is silent, or another.
_after_refusal = 2.0
_after_failure = 30.0
_longest_reply = 16 * 1024


class _Missing:
    """Kept in a class, where replaced clocks are not looked for."""

    state = None
    until = 0.0


def way_to(host, port, monotonic=monotonic):
    """The gateway's port, where it leads to that host, or None."""
    state = gateway()
    if state is None or not state[2].has(host, port):
        return None
    if port == state[0] or (_Missing.state is state and monotonic() < _Missing.until):
        return None
    return state[0]


def failed(error, monotonic=monotonic):
    """Remembers that the gateway did not lead anywhere."""
    refused = isinstance(error, ConnectionRefusedError)
    _Missing.state = gateway()
    _Missing.until = monotonic() + (_after_refusal if refused else _after_failure)


class Declined(Exception):
    """The gateway is there, and does not lead to this host."""


def request_for(host, port, secure):
    authority = ("[%s]:%d" if ":" in host else "%s:%d") % (host, port)
    hesitant = "tls" if secure else "plain"
    request = "CONNECT %s HTTP/1.1\r\nHost: %s\r\nx-tollgate-hesitant: %s\r\n\r\n"
    return (request % (authority, authority, hesitant)).encode("ascii")


def is_open(reply):
    """Whether the way is open by what the gateway says, or False where that goes on. Raises where there is none."""
    if not reply.startswith(b"HTTP/1."[: len(reply)]) or len(reply) > _longest_reply:
        raise OSError("Not the gateway.")
    head, found, rest = reply.partition(b"\r\n\r\n")
    if not found:
        return False
    if head[8:10] != b" 2" or rest:
        raise Declined() if b"\r\nx-tollgate-" in head.lower() else OSError("Not the gateway.")
    return True


def connect(host, port, secure):
    """A socket that leads there by the gateway, or None."""
    by = way_to(host, port)
    if by is None:
        return None
    sock = None
    try:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.settimeout(patience)
        sock.connect(("127.0.0.1", by))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.sendall(request_for(host, port, secure))
        reply = b""
        while not is_open(reply):
            reply += sock.recv(4096) or b"\0"
        return sock
    except Exception as error:
        _give_up(sock, error)
        return None


async def connect_async(loop, host, port, secure):
    """As `connect`."""
    from asyncio import wait_for

    by = way_to(host, port)
    if by is None:
        return None
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        await wait_for(_ask(loop, sock, by, (host, port, secure)), patience)
        return sock
    except Exception as error:
        _give_up(sock, error)
        return None
    except BaseException:
        sock.close()
        raise


async def _ask(loop, sock, by, target):
    await loop.sock_connect(sock, ("127.0.0.1", by))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    await loop.sock_sendall(sock, request_for(*target))
    reply = b""
    while not is_open(reply):
        reply += await loop.sock_recv(sock, 4096) or b"\0"


def _give_up(sock, error):
    if not isinstance(error, Declined):
        failed(error)
    if sock is not None:
        sock.close()
