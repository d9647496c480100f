"""The clients that others are made of: http.client (urllib, urllib3, requests), urllib3-future, httpcore (httpx), aiohttp."""
import functools
import sys
from weakref import WeakKeyDictionary

from .callers import note
from .gateway import leads_to_gateway
from .moment import watch


class _Connection:
    """Counts requests. `port` is the program's, `peer` the other side's; None where that is not on this machine."""

    __slots__ = ("port", "peer", "count")

    def __init__(self, local, peer):
        near = _is_loopback(peer[0])
        self.port = local[1] if near else None
        self.peer = peer[1] if near else None
        self.count = 0


_connections = WeakKeyDictionary()


def _is_loopback(address):
    return isinstance(address, str) and (address.startswith(("127.", "::ffff:127.")) or address == "::1")


def _sends(key, addresses, method, path, frame):
    """A request goes out on the connection that `key` stands for; `addresses` gives both its ends."""
    connection = _connections.get(key)
    if connection is None:
        connection = _connections[key] = _Connection(*addresses())
    # Counted whoever listens there: the gateway may turn out to.
    connection.count += 1
    if connection.peer is not None and leads_to_gateway(connection.peer):
        note(connection.port, connection.count, method, path, frame)


def adopt(module):
    """Has a client note its calls. @returns false where the module is none."""
    name = module.__name__
    if name == "http.client":
        _adopt_http_client(module.HTTPConnection)
    elif name.endswith(".backend.hface"):
        _adopt_urllib3_future(module.HfaceBackend)
    elif name == "aiohttp.client_reqrep":
        _adopt_aiohttp(module.ClientRequest)
    elif name.endswith("sync.http11"):
        for value in list(vars(module).values()):
            if isinstance(value, type) and "_send_request_headers" in vars(value):
                _adopt_httpcore(value)
    else:
        return False
    return True


_line = "_tollgate_line"


def _adopt_http_client(connection):
    """The head is ready, then perhaps a connection is made, then it goes out."""

    def ready(self, _frame):
        buffer = self._buffer
        if buffer:
            vars(self)[_line] = buffer[0]

    def sends(self, frame):
        if self.sock is not None and _line in vars(self):
            goes_out(self, frame)

    def goes_out(self, frame):
        method, path = vars(self).pop(_line).decode("latin-1").split(" ")[:2]
        sock = self.sock
        _sends(sock, lambda: (sock.getsockname(), sock.getpeername()), method, path, frame)

    def get_sock(self):
        try:
            return vars(self)["sock"]
        except KeyError:
            raise AttributeError("'%s' object has no attribute 'sock'" % type(self).__name__) from None

    def set_sock(self, value):
        own = vars(self)
        before = own.get("sock")
        own["sock"] = value
        if before is not None and value is not None and before.fileno() == -1 and before in _connections:
            # The same connection, with TLS from now on.
            _connections[value] = _connections.pop(before)
        if value is not None and _line in own:
            try:
                goes_out(self, sys._getframe(1))
            except Exception:
                pass

    def delete_sock(self):
        del vars(self)["sock"]

    watch(connection, "endheaders", ready)
    watch(connection, "send", sends)
    connection.sock = property(get_sock, set_sock, delete_sock)


def _adopt_urllib3_future(connection):
    """What niquests brings along, which puts itself in the place of urllib3 and does without http.client."""

    def goes_out(self, frame):
        head = dict(vars(self)["_HfaceBackend__headers"])
        sock = self.sock
        method, path = head[b":method"].decode("ascii"), head[b":path"].decode("ascii")
        _sends(sock, lambda: (sock.getsockname(), sock.getpeername()), method, path, frame)

    def ready(self, frame):
        if self.sock is not None:
            goes_out(self, frame)
        else:
            vars(self)[_line] = None

    def connected(self, frame):
        if self.sock is not None and _line in vars(self):
            del vars(self)[_line]
            goes_out(self, frame)

    watch(connection, "endheaders", ready)
    watch(connection, "_post_conn", connected)


def _adopt_httpcore(connection):
    original = connection._send_request_headers

    # The asynchronous one makes a coroutine here, and is off the stack while that runs.
    @functools.wraps(original)
    def _send_request_headers(self, request, *args, **options):
        try:
            stream = self._network_stream
            method, path = request.method.decode("ascii"), request.url.target.decode("ascii")
            ends = lambda: (stream.get_extra_info("client_addr"), stream.get_extra_info("server_addr"))  # noqa: E731
            _sends(self, ends, method, path, sys._getframe(1))
        except Exception:
            pass
        return original(self, request, *args, **options)

    connection._send_request_headers = _send_request_headers


def _adopt_aiohttp(request):
    original = request.send

    @functools.wraps(original)
    def send(self, conn, *args, **options):
        try:
            transport = conn.transport
            ends = lambda: (transport.get_extra_info("sockname"), transport.get_extra_info("peername"))  # noqa: E731
            _sends(conn.protocol, ends, self.method, self.url.raw_path_qs, sys._getframe(1))
        except Exception:
            pass
        return original(self, conn, *args, **options)

    request.send = send
