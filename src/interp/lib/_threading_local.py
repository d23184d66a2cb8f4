# SPDX-License-Identifier: BSL-1.0
"""Attributes of which each thread has its own: threading.local.

A local keeps one dict a thread, under a weak key that only the thread holds: the dict goes with the
thread or with the local, whichever goes first, and a value that refers to its local is no leak. The
table of a local is written when a thread first touches it; after that threads share nothing.
"""
import _threads

_get, _set, _delete = object.__getattribute__, object.__setattr__, object.__delattr__


class _Thread:
    """Lives as long as its thread."""


def _attributes(self):
    thread = _threads.thread_dict().get("local")
    if thread is None:
        thread = _threads.thread_dict()["local"] = _Thread()
    dicts = _get(self, "_dicts")
    mine = dicts.get(thread)
    if mine is None:
        mine = dicts[thread] = {}
        args, kwargs = _get(self, "_given")
        type(self).__init__(self, *args, **kwargs)
    return mine


def _overrides(cls, name):
    """Whether the class has a data descriptor of that name, which goes before attributes."""
    for base in cls.__mro__:
        if name in base.__dict__:
            return hasattr(type(base.__dict__[name]), "__set__")
    return False


class local:
    """Attributes of which each thread has its own; __init__ runs once in each thread that looks."""
    __slots__ = ("_dicts", "_given", "__weakref__")

    def __new__(cls, /, *args, **kwargs):
        from weakref import WeakKeyDictionary
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        _set(self, "_dicts", WeakKeyDictionary())
        _set(self, "_given", (args, kwargs))
        thread = _threads.thread_dict().setdefault("local", _Thread())
        _get(self, "_dicts")[thread] = {}
        return self

    def __getattribute__(self, name):
        mine = _attributes(self)
        if name == "__dict__":
            return mine
        if name in mine and not _overrides(type(self), name):
            return mine[name]
        return _get(self, name)

    def __setattr__(self, name, value):
        mine = _attributes(self)
        if name == "__dict__":
            raise AttributeError(f"'{type(self).__name__}' object attribute '__dict__' is read-only")
        if _overrides(type(self), name):
            _set(self, name, value)
        else:
            mine[name] = value

    def __delattr__(self, name):
        mine = _attributes(self)
        if name == "__dict__":
            raise AttributeError(f"'{type(self).__name__}' object attribute '__dict__' is read-only")
        if name in mine and not _overrides(type(self), name):
            del mine[name]
        else:
            _delete(self, name)


local.__module__ = "_thread"
