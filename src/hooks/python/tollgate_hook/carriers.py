"""Threads and tasks: what they do, they do on behalf of whoever made them."""
import functools
import sys

from .callers import Caller, find, task_caller, thread, track_origins
from .frames import USER, kind_of
from .gateway import gateway
from .moment import watch

_key = "_tollgate_caller"


def carry(module):
    """Has what a module offers carry its caller along."""
    name = module.__name__
    if name == "threading":
        watch(module.Thread, "start", _remember_start)
        watch(module.Thread, "_bootstrap_inner", _recall)
    elif name == "concurrent.futures.thread":
        watch(module._WorkItem, "__init__", _remember)
        watch(module._WorkItem, "run", _recall)
    elif name == "asyncio.base_events":
        _carry_tasks(module.BaseEventLoop)
        track_origins()
    elif name == "uvloop":
        _carry_tasks(module.Loop)


def _remember(work, frame):
    if gateway() is not None:
        vars(work)[_key] = find(frame)


def _remember_start(work, frame):
    if gateway() is not None:
        caller = find(frame)
        # A library's own thread may work for others, too.
        vars(work)[_key] = caller if caller is None or caller.direct else Caller("async", caller.place, False)


def _recall(work, _frame):
    thread.caller = vars(work).pop(_key, None)
    track_origins()


def _carry_tasks(loop):
    original = loop.create_task

    @functools.wraps(original)
    def create_task(*args, **options):
        token = None
        try:
            token = _enter(*args, **options)
        except Exception:
            pass
        try:
            return original(*args, **options)
        finally:
            if token is not None:
                task_caller.reset(token)

    loop.create_task = create_task


def _enter(_loop, coro, context=None, **_options):
    code = getattr(coro, "cr_code", None)
    # The user's own coroutine is found on the task's stack.
    if gateway() is None or (code is not None and kind_of(code.co_filename) == USER):
        return None
    caller = find(sys._getframe(2))
    if context is None:
        return task_caller.set(caller)
    context.run(task_caller.set, caller)
    return None
