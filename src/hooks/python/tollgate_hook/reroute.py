"""Has clients connect to listed hosts by the gateway. Where it is not there they connect as ever, in the same call."""
import os
import sys
from _thread import _local
from weakref import WeakKeyDictionary

from .trust import for_gateway, watch_contexts
from .tunnel import Declined, connect, connect_async, failed, is_open, patience, request_for, way_to

#: Sockets and streams that lead to a host by the gateway, with how to reach it directly.
_led = WeakKeyDictionary()
#: Whether a socket of this thread waits for its TLS.
_thread = _local()


def reroute(module):
    """Has a client's module do so, once it is loaded."""
    name = module.__name__
    if name == "http.client":
        import ssl

        watch_contexts(ssl)
        ssl.SSLContext.wrap_socket = _Wrap(ssl.SSLContext.wrap_socket)
        module.HTTPConnection._create_connection = _Create()
    elif name == "urllib3.connection":
        module.connection = _Connections(module.connection)
    elif name == "aiohttp.connector":
        _reroute_aiohttp(module.TCPConnector)
    elif name.endswith("._backends.sync"):
        module.SyncBackend.connect_tcp = _Connect(module.SyncBackend.connect_tcp, _connect_stream)
        module.SyncStream.start_tls = _Start(module.SyncStream.start_tls, _start_stream)
    elif name.endswith("._backends.anyio"):
        module.AnyIOBackend.connect_tcp = _Connect(module.AnyIOBackend.connect_tcp, _connect_stream_async)
        module.AnyIOStream.start_tls = _Start(module.AnyIOStream.start_tls, _start_stream_async)


def _made(host, port, secure, directly):
    """What makes a connection, of the arguments that `directly` has: that, or one which gives what is there already."""
    if "gevent" in sys.modules or "eventlet" in sys.modules:
        return directly
    sock = connect(host, port, secure)
    if sock is None:
        return directly

    def create_connection(address, timeout=None, *args, **options):
        sock.settimeout(timeout if timeout is None or isinstance(timeout, (int, float)) else _default_timeout())
        _led[sock] = lambda: directly(address, timeout, *args, **options)
        _thread.waits = True
        return sock

    return create_connection


def _default_timeout():
    from socket import getdefaulttimeout

    return getdefaulttimeout()


class _Create:
    """Stands for what `http.client` connects with. It is asked for when a connection is about to be made."""

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        own = vars(instance)["_create_connection"]
        try:
            return own if instance.source_address else _made(instance.host, instance.port, instance.default_port == 443, own)
        except Exception:
            return own

    def __set__(self, instance, value):
        vars(instance)["_create_connection"] = value


class _Connections:
    """Stands for the module that urllib3 connects with."""

    def __init__(self, module):
        self._module = module

    def __getattr__(self, name):
        return getattr(self._module, name)

    @property
    def create_connection(self):
        own = self._module.create_connection
        try:
            asking = sys._getframe(1).f_locals["self"]
            pinned = getattr(asking, "assert_fingerprint", None) or getattr(asking, "cert_file", None)
            foreign = getattr(sys.modules.get("urllib3.util.ssl_"), "IS_PYOPENSSL", False)
            if pinned or foreign or asking.source_address:
                return own
            return _made(getattr(asking, "_dns_host", asking.host), asking.port, asking.default_port == 443, own)
        except Exception:
            return own


class _Wrap:
    """Stands for `SSLContext.wrap_socket`."""

    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner=None):
        function = self.function.__get__(instance, owner)
        if instance is None or not getattr(_thread, "waits", False):
            return function
        _thread.waits = False

        def wrap_socket(sock, *args, **options):
            directly = _led.pop(sock, None)
            if directly is None:
                return function(sock, *args, **options)
            context = _context_of(instance)
            if context is not None:
                return self.function(context, sock, *args, **options)
            timeout = sock.gettimeout()
            other = directly()
            os.dup2(other.fileno(), sock.fileno())
            other.close()
            sock.settimeout(timeout)
            return function(sock, *args, **options)

        return wrap_socket


def _context_of(given):
    try:
        return for_gateway(given)
    except Exception:
        return None


class _Connect:
    """Stands for the method of httpcore's that connects, where the host is listed."""

    def __init__(self, function, led):
        self.function = function
        self.led = led

    def __get__(self, instance, owner=None):
        function = self.function.__get__(instance, owner)
        if instance is None:
            return function
        try:
            seen = sys._getframe(1).f_locals
            asked = seen.get("kwargs") or seen
            host, port = asked["host"], asked["port"]
            by = None if asked.get("local_address") else way_to(host, port)
            secure = getattr(getattr(seen.get("self"), "_origin", None), "scheme", b"") != b"http"
        except Exception:
            by = None
        if by is None:
            return function
        return lambda *_args, **options: self.led(function, by, (host, port, secure), {**options, "host": host, "port": port})


def _connect_stream(function, by, target, options):
    stream = None
    try:
        stream = function(**{**options, "host": "127.0.0.1", "port": by, "timeout": patience})
        stream.write(request_for(*target), patience)
        reply = b""
        while not is_open(reply):
            reply += stream.read(4096, patience) or b"\0"
        _led[stream] = lambda: function(**options)
        return stream
    except Exception as error:
        _note_failure(error)
        if stream is not None:
            stream.close()
    return function(**options)


async def _connect_stream_async(function, by, target, options):
    stream = None
    try:
        stream = await function(**{**options, "host": "127.0.0.1", "port": by, "timeout": patience})
        await stream.write(request_for(*target), patience)
        reply = b""
        while not is_open(reply):
            reply += await stream.read(4096, patience) or b"\0"
        _led[stream] = lambda: function(**options)
        return stream
    except Exception as error:
        _note_failure(error)
        if stream is not None:
            await stream.aclose()
    return await function(**options)


def _note_failure(error):
    if not isinstance(error, Declined):
        failed(error.__cause__ or error)


class _Start:
    """Stands for the method of httpcore's that begins TLS."""

    def __init__(self, function, led):
        self.function = function
        self.led = led

    def __get__(self, instance, owner=None):
        function = self.function.__get__(instance, owner)
        directly = None if instance is None else _led.pop(instance, None)
        if directly is None:
            return function
        return lambda ssl_context, *args, **options: self.led(function, instance, directly, ssl_context, args, options)


def _start_stream(function, stream, directly, given, args, options):
    context = _context_of(given)
    if context is not None:
        return function(context, *args, **options)
    stream.close()
    return directly().start_tls(given, *args, **options)


async def _start_stream_async(function, stream, directly, given, args, options):
    context = _context_of(given)
    if context is not None:
        return await function(context, *args, **options)
    await stream.aclose()
    return await (await directly()).start_tls(given, *args, **options)


def _reroute_aiohttp(connector):
    original = connector._create_direct_connection

    async def led(self, req, sock, context):
        try:
            url = req.url
            server = (getattr(req, "server_hostname", None) or url.raw_host) if context is not None else None
            return await self._loop.create_connection(self._factory, sock=sock, ssl=context, server_hostname=server)
        except Exception:
            sock.close()
            return None

    async def _create_direct_connection(self, req, *args, **options):
        made = None
        sock = None
        try:
            secure = req.is_ssl() if callable(req.is_ssl) else req.is_ssl
            context = _context_of(self._get_ssl_context(req)) if secure else None
            local = getattr(self, "_local_addr_infos", None) or getattr(self, "_local_addr", None)
            if (context is not None or not secure) and not local:
                sock = await connect_async(self._loop, req.url.raw_host, req.url.port, secure)
        except Exception:
            sock = None
        if sock is not None:
            made = await led(self, req, sock, context)
        return await original(self, req, *args, **options) if made is None else made

    connector._create_direct_connection = _create_direct_connection
