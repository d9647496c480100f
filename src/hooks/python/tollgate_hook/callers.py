"""Who makes a call: found on the stack, on the chain of awaits, or carried along by tasks and threads."""
import gc
import sys
from _thread import _local
from contextvars import ContextVar
from types import AsyncGeneratorType, CoroutineType, GeneratorType
from weakref import ref

from .frames import LIBRARY, LOOP, USER, absolute, kind_of, known_kind, name_of, place
from .gateway import gateway
from .spool import write

#: How many callers of a coroutine function are kept with each coroutine: SDKs wrap what their users call.
_depth = 3
#: Flags of code that is awaited: coroutines, generators used as such, asynchronous generators.
_awaitable = 0x80 | 0x100 | 0x200
_suspendable = (CoroutineType, AsyncGeneratorType, GeneratorType)
#: Functions in a loop's files below which nobody stands but who began it all.
_running = {"run", "run_forever", "run_until_complete", "_run", "_run_once", "unrolled_run"}
_longest_chain = 200
_deepest = 16

#: On whose behalf a task was made.
task_caller = ContextVar("tollgate_caller", default=None)
#: On whose behalf a thread works now, as `caller`.
thread = _local()


class Caller:
    """
    The place of the user's innermost frame, and how it was found: see `CallNote` in `src/shared`. Where that frame
    awaits, or where no frame of the task is the user's, the coroutines that are awaited know who made them. Only a task
    that is suspended shows them, so `how` is None until `settle` is asked. `task`: that one, as a weak reference;
    `outer`: who made it; `direct`: whether no library stands between the user and what was looked at.
    """

    __slots__ = ("how", "place", "direct", "task", "loop", "outer", "depth")

    def __init__(self, how, place, direct, task=None, loop=None, outer=None):
        self.how = how
        self.place = place
        self.direct = direct
        self.task = None if task is None else ref(task)
        self.loop = loop
        # Tasks that make more of their kind for ever must not be remembered for ever.
        self.outer = outer if outer is None or outer.depth < _deepest else None
        self.depth = 1 if self.outer is None else self.outer.depth + 1


def find(frame):
    """Who stands behind a frame, or None."""
    task, loop = _running_now()
    end = None if task is None else _frame_of(_root_of(task))
    inner = None
    direct = True
    at = frame
    while at is not None:
        code = at.f_code
        kind = known_kind(code.co_filename)
        if kind is None:
            kind = kind_of(code.co_filename)
        if kind == USER:
            return _on_stack(at, inner, direct, task, loop)
        if at is end or (kind == LOOP and code.co_name in _running):
            break
        if kind == LIBRARY:
            direct = False
        inner = at
        at = at.f_back
    if loop is None:
        return getattr(thread, "caller", None)
    carried = task_caller.get()
    return carried if task is None else Caller(None, None, direct, task, loop, carried)


def _running_now():
    """The task that runs in this thread, and its loop."""
    tasks = sys.modules.get("asyncio.tasks")
    if tasks is None:
        return None, None
    loop = tasks.events._get_running_loop()
    if loop is None:
        return None, None
    track_origins()
    return tasks.current_task(loop), loop


def _root_of(task):
    coroutine = task.get_coro()
    return coroutine if type(coroutine) in _suspendable else _awaited_by(coroutine)


def _on_stack(at, inner, direct, task, loop):
    flags = at.f_code.co_flags
    if inner is None or not (flags & _awaitable and inner.f_code.co_flags & _awaitable):
        # A loop that is not written in Python leaves no frame between a callback and whoever runs the loop.
        sure = task is not None or loop is None or type(loop).__module__.startswith("asyncio")
        return Caller("sync" if sure else "async", place(at), direct)
    return Caller("async" if task is None else None, place(at), direct, task, loop)


def note(port, ordinal, method, path, frame):
    """Notes a request that is about to be sent; `frame`: who sends it."""
    caller = find(frame)
    if caller is None:
        return
    if caller.how is None and _put_off(caller, (caller, port, ordinal, method, path)):
        return
    write(port, ordinal, method, path, *settle(caller))


def _put_off(caller, details):
    """Until the task waits. Another thread's task mostly does already."""
    events = sys.modules["asyncio.events"]
    if events._get_running_loop() is caller.loop:
        caller.loop.call_soon(_settle_and_write, *details)
        return True
    task = caller.task()
    root = None if task is None else _root_of(task)
    if not (getattr(root, "cr_running", False) or getattr(root, "ag_running", False)):
        return False
    caller.loop.call_soon_threadsafe(_settle_and_write, *details)
    return True


def _settle_and_write(caller, port, ordinal, method, path):
    try:
        write(port, ordinal, method, path, *settle(caller))
    except Exception:
        pass


def settle(caller):
    """Finds who made what is awaited. @returns how, and the place or None."""
    if caller.how is not None:
        return caller.how, caller.place
    task = caller.task()
    made, directly = (None, False) if task is None else _made_at(_root_of(task), caller.place)
    if caller.place is not None:
        if made is None:
            return "async", caller.place
        return ("sync", caller.place) if made[:2] == caller.place[:2] else ("als", made)
    outer = caller.outer
    if made is not None and (directly or (outer is not None and outer.direct)):
        return "als", made
    if outer is None:
        return "async", made
    # A library made both coroutine and task. That may go on to work for others, once whoever began it has gone on.
    how, where = settle(outer)
    waits = outer.how is None or outer.direct
    return ("als" if waits and how != "async" else "async"), where


def _made_at(root, user):
    """
    The user's place that made the innermost coroutine of a task which a user made, or None, and whether without a
    library's help. `user`: the innermost place of the user's in the task, or None.
    """
    found = (None, False)
    reached = user is None
    outer = None
    step = root
    for _count in range(_longest_chain):
        frame = _frame_of(step)
        if frame is not None:
            code = frame.f_code
            if kind_of(code.co_filename) == USER:
                reached = user is not None and frame.f_lineno == user[1] and absolute(code.co_filename) == user[0]
                found = (None, False)
            elif reached:
                found = _maker(step, outer) or found
                if found[0] is None and user is not None and type(step) is not CoroutineType:
                    # What a generator does, it does when it is asked to go on.
                    found = (user, True)
            outer = code
        step = _awaited_by(step)
        if step is None:
            break
    return found


def _maker(step, outer):
    """As `_made_at`, of one coroutine; None where what awaits it, code of a library, made it for itself."""
    directly = True
    for file, line, function in getattr(step, "cr_origin", None) or ():
        kind = kind_of(file)
        if kind == USER:
            return (absolute(file), line, 1, name_of(function)), directly
        if outer is not None and function == outer.co_name and file == outer.co_filename:
            return None
        if kind == LIBRARY:
            directly = False
    return None


def _frame_of(step):
    kind = type(step)
    if kind is CoroutineType:
        return step.cr_frame
    if kind is AsyncGeneratorType:
        return step.ag_frame
    return step.gi_frame if kind is GeneratorType else None


def _awaited_by(step):
    kind = type(step)
    if kind is CoroutineType:
        return step.cr_await
    if kind is AsyncGeneratorType:
        return step.ag_await
    if kind is GeneratorType:
        return step.gi_yieldfrom
    # An iterator over one of those, which does not say over which.
    return next((one for one in gc.get_referents(step) if type(one) in _suspendable), None)


def track_origins():
    """Has the coroutines made in this thread remember where, unless others have asked for that."""
    if sys.get_coroutine_origin_tracking_depth() == 0 and gateway() is not None:
        sys.set_coroutine_origin_tracking_depth(_depth)
        _warn_as_before()


def _warn_as_before():
    """Where origins are known, Python adds them to its warning of a coroutine that was never awaited."""
    import warnings

    if getattr(warnings._warn_unawaited_coroutine, "__module__", None) == __name__:
        return

    # Not around Python's own: the warning names the line by its distance on the stack.
    def _warn_unawaited_coroutine(coro):
        message = "coroutine '%s' was never awaited" % coro.__qualname__
        if coro.cr_origin is not None and sys.get_coroutine_origin_tracking_depth() != _depth:
            from linecache import getline
            from traceback import format_list

            origin = [(file, line, name, getline(file, line)) for file, line, name in reversed(coro.cr_origin)]
            message += "\nCoroutine created at (most recent call last)\n" + "".join(format_list(origin)).rstrip("\n")
        warnings.warn(message, category=RuntimeWarning, stacklevel=2, source=coro)

    warnings._warn_unawaited_coroutine = _warn_unawaited_coroutine
