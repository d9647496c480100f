"""Whose code a frame is, and where it stands."""
import os
import sys
from itertools import islice

USER, LIBRARY, STANDARD, LOOP = range(4)

_known = {}
#: What `kind_of` knows already, or None.
known_kind = _known.get
_here = os.getcwd() if os.path.isdir(".") else "/"


def _slashed(path):
    return path.replace("\\", "/")


_hook = _slashed(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) + "/"
_standard = {_slashed(os.path.dirname(os.__file__)) + "/"}
_prefixes = {_slashed(prefix) for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix)}
_programs = tuple("%s/%s/" % (prefix, name) for prefix in _prefixes for name in ("bin", "Scripts"))
#: Installed packages, and what editors bring along to debug and test with.
_libraries = (
    "/site-packages/",
    "/dist-packages/",
    "/__pypackages__/",
    "/.pex/",
    ".egg/",
    "/extensions/ms-python.",
    "/extensions/ms-toolsai.",
    "/debugpy/",
    "/pydev/",
)
#: Installed, but as little a caller as asyncio is.
_toolkits = ("/site-packages/anyio/", "/site-packages/trio/", "/site-packages/uvloop/")
_loops = ("/asyncio/base_events.py", "/asyncio/events.py", "/asyncio/runners.py", "/trio/_core/_run.py")


def kind_of(file):
    """USER, LIBRARY (installed), STANDARD (Python's own, and what has no file) or LOOP (what runs tasks)."""
    kind = _known.get(file)
    if kind is None:
        # Code that is made up as a program goes may have a name of its own each time.
        if len(_known) > 5000:
            _known.clear()
        kind = _known[file] = _judge(file)
    return kind


def _judge(name):
    if not name or name.startswith("<"):
        return STANDARD
    path = _slashed(name)
    if path.endswith(_loops):
        return LOOP
    if path.startswith(_hook):
        return STANDARD
    if any(part in path for part in _toolkits):
        return STANDARD
    if any(part in path for part in _libraries):
        return LIBRARY
    if path.startswith(tuple(_standard)) or ".zip/" in path:
        return STANDARD
    return LIBRARY if path.startswith(_programs) else USER


_places = {}


def place(frame):
    """Where a user's frame stands: file, line, column (from 1; before Python 3.11 always 1) and function."""
    code = frame.f_code
    key = (id(code), frame.f_lasti)
    found = _places.get(key)
    if found is None:
        if len(_places) > 2000:
            _places.clear()
        column = _column(code, frame.f_lasti)
        here = (absolute(code.co_filename), frame.f_lineno or 1, column, name_of(code.co_name))
        # The code is kept so that no other gets its id.
        found = _places[key] = (here, code)
    return found[0]


def name_of(name):
    """What people call a function; None for a lambda and for what is no function."""
    return None if name.startswith("<") else name


def _column(code, at):
    positions = getattr(code, "co_positions", None)
    if positions is None:
        return 1
    _line, _last_line, column, _last_column = next(islice(positions(), at // 2, None), (None,) * 4)
    return 1 if column is None else column + 1


def absolute(file):
    """The file of a code object, as an absolute path."""
    return file if os.path.isabs(file) else os.path.join(_here, file)
