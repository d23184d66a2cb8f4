# SPDX-License-Identifier: BSL-1.0
"""Stands in for `transaction` under CPython: one lock for every atomic block."""
import threading

_lock = threading.RLock()
_depth = threading.local()
ONE_LOCK = True  # a script that must not block inside a block looks for this name


class _Atomic:
    def __enter__(self):
        _lock.acquire()
        _depth.value = getattr(_depth, "value", 0) + 1
        return self

    def __exit__(self, kind, error, trace):
        _depth.value -= 1
        _lock.release()
        return None


atomic = _Atomic()


def is_atomic():
    return getattr(_depth, "value", 0) > 0


def hint_commit_soon():
    return None
