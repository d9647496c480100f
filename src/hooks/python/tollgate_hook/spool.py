"""The file of notes that this process appends to."""
import os
from _thread import allocate_lock
from time import monotonic, time

from .gateway import gateway
from .watch import started_at

try:
    from _json import encode_basestring_ascii as quoted
except ImportError:
    from json import dumps as quoted

_largest_part = 1024 * 1024
#: Seconds. The gateway removes what nobody has written to for two hours.
_longest_silence = 60 * 60
_retry_after = 1.0
#: A signal's handler may call in the middle of a note.
_longest_wait = 0.1


class _File:
    lock = allocate_lock()
    pid = None
    folder = None
    descriptor = None
    #: Where the next note goes. A program may close descriptors that are not its own, and get the number for a file of
    #: its own; that is at another position.
    position = 0
    part = 0
    written_at = 0.0
    failed_at = -_retry_after


def write(port, ordinal, method, path, how, place, time=time, monotonic=monotonic):
    """Appends a note. `place`: (file, line, column, function). Where that fails, the note is lost and nothing else."""
    state = gateway()
    now = monotonic()
    if place is None or state is None or now - _File.failed_at < _retry_after:
        return
    pid = os.getpid()
    file, line, column, function = place
    note = (
        '{"pid":%d,"parent":%d,%s"port":%d,"ordinal":%d,"method":%s,"path":%s,"at":%d,"how":"%s","frames":'
        '[{"file":%s,"line":%d,"column":%d,"function":%s,"awaited":false}]}\n'
    ) % (
        pid,
        os.getppid(),
        _started_by(),
        port,
        ordinal,
        quoted(method),
        quoted(path),
        time() * 1000,
        how,
        quoted(file),
        line,
        column,
        "null" if function is None else quoted(function),
    )
    if pid != _File.pid:
        # A fork: the file is the parent's, and so may be whoever holds the lock.
        _File.pid = pid
        _File.lock = allocate_lock()
        _File.descriptor = None
    lock = _File.lock
    if not lock.acquire(timeout=_longest_wait):
        return
    try:
        _append(pid, state[1], note.encode("ascii"), now)
    except Exception:
        _File.failed_at = now
        _File.descriptor = None
    finally:
        lock.release()


def _started_by():
    """What the program was started by, and the test that pytest runs just now."""
    session = os.environ.get("TOLLGATE_SESSION")
    test = os.environ.get("PYTEST_CURRENT_TEST")
    if session is None and test is None:
        return ""
    return ('"session":%s,' % quoted(session) if session else "") + (
        # "tests/test_chat.py::test_ask (call)": the stage says nothing.
        '"test":%s,' % quoted(test.rpartition(" ")[0] or test) if test else ""
    )


def _append(pid, spool, note, now):
    if _File.descriptor is not None:
        if os.lseek(_File.descriptor, 0, os.SEEK_CUR) != _File.position:
            _File.descriptor = None
        elif _File.folder != spool or _File.position > _largest_part or now - _File.written_at > _longest_silence:
            os.close(_File.descriptor)
            _File.descriptor = None
    if _File.descriptor is None:
        _open(pid, spool)
    written = os.write(_File.descriptor, note)
    _File.position += written
    _File.written_at = now
    if written != len(note):
        raise OSError("The disk is full.")


def _open(pid, spool):
    _File.part += 1
    name = "%s/%d-%d-0-%d.jsonl" % (spool, pid, started_at * 1000, _File.part)
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    _File.position = os.lseek(descriptor, 0, os.SEEK_END)
    _File.folder = spool
    _File.descriptor = descriptor
