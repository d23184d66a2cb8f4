# SPDX-License-Identifier: BSL-1.0
"""Collections. There are no reference counts: what is unreachable is found by collections alone."""
import _memory

DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL = 1, 2, 4, 32
DEBUG_LEAK = DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL
garbage = []
callbacks = []
_enabled = True
_threshold = (700, 10, 10)


def collect(generation=2):
    if not 0 <= generation <= 2:
        raise ValueError("invalid generation")
    _memory.collect()
    import _weakref
    _weakref._call_waiting()
    return 0


def enable():
    global _enabled
    _enabled = True


def disable():
    """Remembered, but memory is collected all the same."""
    global _enabled
    _enabled = False


def isenabled():
    return _enabled


def get_count():
    return (0, 0, 0)


def get_threshold():
    return _threshold


def set_threshold(first, second=10, third=10, /):
    global _threshold
    _threshold = (first, second, third)


def set_debug(flags):
    pass


def get_debug():
    return 0


def is_tracked(obj, /):
    return not isinstance(obj, (int, float, complex, str, bytes, bool, type(None)))


def is_finalized(obj, /):
    return False


def freeze():
    pass


def unfreeze():
    pass


def get_freeze_count():
    return 0
