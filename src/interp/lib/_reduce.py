# SPDX-License-Identifier: BSL-1.0
"""object.__reduce_ex__ and its kin: how copy and pickle take an object apart."""
import copyreg

_values = (int, float, complex, str, bytes, tuple)
_plain = (list, dict, set, frozenset, bytearray, BaseException, *_values)


def getstate(self):
    state = getattr(self, "__dict__", None)
    if state is not None:
        state = dict(state) or None
    names = copyreg._slotnames(type(self))
    slots = {name: getattr(self, name) for name in names or () if hasattr(self, name)}
    return (state, slots) if slots else state


def reduce_ex(self, protocol):
    if type(self).__reduce__ is not object.__reduce__:
        return self.__reduce__()
    return reduce(self, protocol)


def _new_arguments(self, cls):
    with_keywords = getattr(cls, "__getnewargs_ex__", None)
    if with_keywords is not None:
        found = with_keywords(self)
        if not isinstance(found, tuple):
            raise TypeError(f"__getnewargs_ex__ should return a tuple, not '{type(found).__name__}'")
        if len(found) != 2:
            raise ValueError(f"__getnewargs_ex__ should return a tuple of length 2, not {len(found)}")
        args, kwargs = found
        if not isinstance(args, tuple):
            raise TypeError(f"first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{type(args).__name__}'")
        if not isinstance(kwargs, dict):
            raise TypeError(f"second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{type(kwargs).__name__}'")
        return args, kwargs
    positional = getattr(cls, "__getnewargs__", None)
    if positional is not None:
        args = positional(self)
        if not isinstance(args, tuple):
            raise TypeError(f"__getnewargs__ should return a tuple, not '{type(args).__name__}'")
        return args, None
    for kind in _values:
        if isinstance(self, kind):
            return (kind(self) if kind is not tuple else (*self,),), None
    return (), None


def reduce(self, protocol=0):
    cls = type(self)
    if isinstance(self, BaseException):
        state = getattr(self, "__dict__", None)
        return (cls, self.args, state) if state else (cls, self.args)
    if isinstance(self, (set, frozenset)):
        return cls, (list(self),), self.__getstate__()
    if isinstance(self, bytearray):
        return cls, (bytes(self),), self.__getstate__()
    if cls is range:
        return range, (self.start, self.stop, self.step)
    if cls is slice:
        return slice, (self.start, self.stop, self.step)
    if not isinstance(self, _plain) and cls.__flags__ & 512 == 0 and cls is not object:
        raise TypeError(f"cannot pickle '{cls.__name__}' object")
    if protocol < 2:
        return copyreg._reduce_ex(self, protocol)
    args, kwargs = _new_arguments(self, cls)
    make = (copyreg.__newobj_ex__, (cls, args, kwargs)) if kwargs else (copyreg.__newobj__, (cls, *args))
    return (*make, self.__getstate__(), iter(self) if isinstance(self, list) else None,
            iter(self.items()) if isinstance(self, dict) else None)
