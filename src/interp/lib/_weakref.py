# SPDX-License-Identifier: BSL-1.0
"""Weak references. What has died is known after a collection; callbacks run at the next reference."""
import sys

from _memory import ref, references_to, take_waiting

ReferenceType = ref


def _call_waiting():
    for callback, reference in take_waiting():
        try:
            callback(reference)
        except Exception as error:
            sys.stderr.write(f"Exception ignored in: {callback!r}\n{type(error).__name__}: {error}\n")


def getweakrefcount(object, /):
    return len(references_to(object))


def getweakrefs(object, /):
    return references_to(object)


def _remove_dead_weakref(dictionary, key, /):
    found = dictionary.get(key)
    if found is not None and found() is None:
        del dictionary[key]


_target = object.__getattribute__


def _alive(proxy):
    found = _target(proxy, "_reference")()
    if found is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return found


def _own(value):
    return _alive(value) if type(value) in (ProxyType, CallableProxyType) else value


class ProxyType:
    """Stands for an object without keeping it."""
    __slots__ = ("_reference",)
    __hash__ = None

    def __getattribute__(self, name):
        return getattr(_alive(self), name)

    def __setattr__(self, name, value):
        setattr(_alive(self), name, value)

    def __delattr__(self, name):
        delattr(_alive(self), name)

    def __repr__(self):
        found = _target(self, "_reference")()
        return f"<weakproxy at {hex(id(self))} to {type(found).__name__} at {hex(id(found))}>"


class CallableProxyType(ProxyType):
    __slots__ = ()

    def __call__(self, /, *args, **kwargs):
        return _alive(self)(*args, **kwargs)


def _forward():
    """Operators look at the class, so each is handed on by a method of its own."""
    def unary(f):
        return lambda self: f(_alive(self))

    def binary(f):
        return lambda self, other: f(_alive(self), _own(other))

    def reflected(f):
        return lambda self, other: f(_own(other), _alive(self))

    import operator as o
    for name in ("neg", "pos", "abs", "invert", "index"):
        setattr(ProxyType, f"__{name}__", unary(getattr(o, name)))
    for name, f in (("str", str), ("bool", bool), ("len", len), ("iter", iter), ("next", next), ("int", int),
                    ("float", float), ("bytes", bytes), ("reversed", reversed)):
        setattr(ProxyType, f"__{name}__", unary(f))
    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and_", "or_", "xor", "matmul"):
        f, plain = getattr(o, name), name.rstrip("_")
        setattr(ProxyType, f"__{plain}__", binary(f))
        setattr(ProxyType, f"__r{plain}__", reflected(f))
        setattr(ProxyType, f"__i{plain}__", binary(getattr(o, "i" + plain)))
    for name in ("lt", "le", "eq", "ne", "gt", "ge", "getitem", "delitem", "contains"):
        setattr(ProxyType, f"__{name}__", binary(getattr(o, name)))
    ProxyType.__divmod__ = binary(divmod)
    ProxyType.__rdivmod__ = reflected(divmod)
    ProxyType.__setitem__ = lambda self, key, value: o.setitem(_alive(self), key, value)


_forward()


def proxy(object, callback=None, /):
    made = _new(CallableProxyType if callable(object) else ProxyType)
    _set(made, "_reference", ref(object) if callback is None else ref(object, lambda _: callback(made)))
    return made


_new, _set = object.__new__, object.__setattr__
