"""Found by every Python of a terminal through PYTHONPATH, so it must hold for any Python and can only stay silent."""
import os
import sys


def _leave_path():
    """Programs shall see the path that they would have without this folder."""
    here = os.path.dirname(os.path.abspath(__file__))
    written = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    at = sys.path.index(here)
    # An editor that puts this folder before a PYTHONPATH which is not set leaves an empty entry: the working directory.
    if written[-1] == "" and all(os.path.abspath(entry) == here for entry in written[:-1]):
        os.environ["PYTHONPATH"] = os.pathsep.join(written[:-1])
        if at + 1 < len(sys.path) and sys.path[at + 1] == os.getcwd():
            del sys.path[at + 1]
    sys.path[:] = [entry for entry in sys.path if entry != here]


try:
    if sys.version_info >= (3, 9) and os.environ.get("TOLLGATE_STATE"):
        from tollgate_hook.watch import watch_imports

        watch_imports()
        del watch_imports
except Exception:
    # The program comes first.
    pass
try:
    _leave_path()
    _alone = False
except Exception:
    # Without that, looking for another would find this one again.
    _alone = True

if not _alone:
    _own = sys.modules.pop("sitecustomize", None)
    try:
        # The one that this one stands before. What goes wrong there, Python reports as ever.
        __import__("sitecustomize")
    except ImportError as _error:
        if getattr(_error, "name", "sitecustomize") != "sitecustomize" or not str(_error).startswith("No module named"):
            raise
        if _own is not None:
            sys.modules["sitecustomize"] = _own
