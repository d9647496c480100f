"""Where the gateway listens now."""
import os
from time import monotonic

_file = os.environ.get("TOLLGATE_STATE", "")
_check_every = 1.0
_check_at_once_every = 0.05


class _Known:
    """What was found last. Kept in a class, where replaced clocks are not looked for."""

    state = None
    stamp = None
    checked_at = -1.0


def gateway(at_once=False, monotonic=monotonic):
    """
    The gateway as (port, spool, hosts), or None; the same object until something changes. Looks at the state file once a second at most; `at_once` (after meeting a
    loopback port that it does not know) looks again nearly at once.
    """
    time = monotonic()
    if time - _Known.checked_at < (_check_at_once_every if at_once else _check_every):
        return _Known.state
    _Known.checked_at = time
    try:
        found = os.stat(_file)
        stamp = (found.st_mtime_ns, found.st_ino, found.st_size)
        if stamp != _Known.stamp:
            _Known.state, pid = _read()
            _Known.stamp = stamp
            _Known.pid = pid
        if _Known.state is not None and not _is_alive(_Known.pid):
            raise ProcessLookupError
    except Exception:
        _Known.state = None
        _Known.stamp = None
    return _Known.state


def _read():
    from json import loads

    with open(_file, "rb") as file:
        found = loads(file.read())
    pid, port, spool = found["pid"], found["port"], found["spool"]
    if isinstance(pid, int) and isinstance(port, int) and isinstance(spool, str):
        from .hosts import Hosts

        return (port, spool, Hosts(found)), pid
    raise ValueError


def _is_alive(pid):
    # On Windows signal 0 is Ctrl+C.
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except PermissionError:
        pass
    return True


def leads_to_gateway(port):
    """Whether a connection to that port of this machine is one to the gateway."""
    state = gateway()
    if state is not None and state[0] == port:
        return True
    state = gateway(True)
    return state is not None and state[0] == port
