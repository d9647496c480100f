"""Waits for the modules that make calls. All else is loaded with the first of them."""
import sys
from os import environ
from time import time

#: When the program began, in seconds since 1970; its files may have changed since.
started_at = time()

_clients = {"http.client", "aiohttp.client_reqrep", "urllib3.backend.hface", "urllib3_future.backend.hface"}
#: Modules through which a call leaves its caller's stack; of interest once there is a client.
_carriers = {"threading", "concurrent.futures.thread", "asyncio.base_events", "uvloop"}
#: Modules that connect, and httpcore's, which others have taken up by other names.
_connecting = {"http.client", "urllib3.connection", "aiohttp.connector"}
_wanted = _clients | _connecting
_of_httpcore = ("sync.http11", "._backends.sync", "._backends.anyio")


def _is_wanted(name):
    return name in _wanted or (name.endswith(_of_httpcore) and name.startswith("httpcore"))


class _Finder:
    """Asks the other finders, and has what they find adopted once it is loaded."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if not _is_wanted(name):
            return None
        for finder in list(sys.meta_path):
            find = getattr(finder, "find_spec", None)
            if finder is _Finder or find is None:
                continue
            spec = find(name, path, target)
            if spec is not None:
                _adopt_after_loading(spec)
                return spec
        return None


def _adopt_after_loading(spec):
    try:
        loader = spec.loader
        load = loader.exec_module

        def exec_module(module):
            load(module)
            if module.__name__ == spec.name:
                try:
                    del loader.exec_module
                finally:
                    _adopt(module)

        loader.exec_module = exec_module
    except Exception:
        # Some loaders are fixed; then there is no line.
        pass


def _adopt(module):
    _reroute(module)
    try:
        from .clients import adopt

        if adopt(module):
            from .carriers import carry

            for name in _carriers - _wanted:
                _wanted.add(name)
                if name in sys.modules:
                    carry(sys.modules[name])
        elif module.__name__ in _carriers:
            from .carriers import carry

            carry(module)
    except Exception:
        pass


def _reroute(module):
    name = module.__name__
    if name not in _connecting and "._backends." not in name:
        return
    try:
        if environ.get("TOLLGATE_REROUTE") != "off":
            from .reroute import reroute

            reroute(module)
    except Exception:
        pass


def watch_imports():
    """Once per process."""
    if _Finder in sys.meta_path:
        return
    sys.meta_path.insert(0, _Finder)
    for name, module in list(sys.modules.items()):
        if _is_wanted(name):
            _adopt(module)
