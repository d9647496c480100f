"""The file of notes that this process appends to."""
import os
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


class _File:
    pid = None
    folder = None
    descriptor = None
    #: Device and inode: a program may close descriptors that are not its own, and get the number for a file of its own.
    identity = None
    part = 0
    size = 0
    written_at = 0.0
    failed_at = -_retry_after


def write(port, ordinal, method, path, how, frames, time=time, monotonic=monotonic):
    """Appends a note. `frames`: (file, line, column, function). Where that fails, the note is lost and nothing else."""
    state = gateway()
    now = monotonic()
    if state is None or now - _File.failed_at < _retry_after:
        return
    pid = os.getpid()
    listed = ",".join(
        '{"file":%s,"line":%d,"column":%d,"function":%s,"awaited":false}'
        % (quoted(file), line, column, "null" if function is None else quoted(function))
        for file, line, column, function in frames
    )
    note = '{"pid":%d,"port":%d,"ordinal":%d,"method":%s,"path":%s,"how":"%s","frames":[%s],"at":%d}\n' % (
        pid,
        port,
        ordinal,
        quoted(method),
        quoted(path),
        how,
        listed,
        time() * 1000,
    )
    try:
        _append(pid, state[1], note.encode("ascii"), now)
    except Exception:
        _File.failed_at = now
        _File.descriptor = None


def _append(pid, spool, note, now):
    if pid != _File.pid:
        # A fork: the file is the parent's.
        _File.pid = pid
        _File.descriptor = None
    if _File.descriptor is not None:
        found = os.fstat(_File.descriptor)
        if (found.st_dev, found.st_ino) != _File.identity:
            _File.descriptor = None
        elif _File.folder != spool or _File.size > _largest_part or now - _File.written_at > _longest_silence:
            os.close(_File.descriptor)
            _File.descriptor = None
    if _File.descriptor is None:
        _open(pid, spool)
    written = os.write(_File.descriptor, note)
    _File.size += written
    _File.written_at = now
    if written != len(note):
        raise OSError("The disk is full.")


def _open(pid, spool):
    _File.part += 1
    name = "%s/%d-%d-0-%d.jsonl" % (spool, pid, started_at * 1000, _File.part)
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    found = os.fstat(descriptor)
    _File.identity = (found.st_dev, found.st_ino)
    _File.folder = spool
    _File.size = 0
    _File.descriptor = descriptor
