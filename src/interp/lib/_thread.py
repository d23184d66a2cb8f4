# SPDX-License-Identifier: BSL-1.0
"""Threads at their lowest: functions that run at once, locks, attributes of a thread."""
from _threads import *
import _threads
from _threading_local import local as _local

_stack_size = 0
_main = None


class _Task:
    """A function that runs in a thread without a threading.Thread."""
    thread = None                              # the one that current_thread() has made for it

    def __init__(self, function, args, kwargs):
        self.function, self.args, self.kwargs = function, args, kwargs

    def run(self):
        try:
            self.function(*self.args, **self.kwargs)
        except SystemExit:
            pass
        except BaseException as error:
            _report(error, self.function)


def start_new_thread(function, args, kwargs={}, /):
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    task = _Task(function, args, kwargs)
    return _threads.start_joinable(task.run, True, task).ident()


def _report(error, function):
    import sys
    import types
    error.__traceback__ = error.__traceback__.tb_next          # without run()
    hook = getattr(sys, "unraisablehook", None)
    if hook is None:
        _threads.report_exception(f"Exception ignored in thread started by: {function!r}\n", error)
    else:
        hook(types.SimpleNamespace(exc_type=type(error), exc_value=error, exc_traceback=error.__traceback__,
                                   err_msg="Exception ignored in thread started by", object=function))


def set_main_thread(thread):
    global _main
    _main = thread
    _threads.set_main_thread(thread)


def _count():
    """How many threads run beside the main one."""
    return sum(1 for thread in _threads.alive() if thread is not _main)


def exit():
    raise SystemExit


def stack_size(size=0, /):
    """The size asked for; stacks are large anyway, and only what is touched costs memory."""
    global _stack_size
    if size < 0:
        raise ValueError("size must be 0 or a positive value")
    if 0 < size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    before, _stack_size = _stack_size, size
    return before


def get_native_id():
    return get_ident()


def _is_main_interpreter():
    return True


allocate = allocate_lock
start_new = start_new_thread
exit_thread = exit
