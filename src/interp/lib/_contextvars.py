# SPDX-License-Identifier: BSL-1.0
"""Context variables (PEP 567): values that belong to a context, of which each thread runs in one.

A context keeps its values in a dict that is replaced, never changed, so that copying one is taking
its dict.
"""
import _thread
from types import GenericAlias

_nothing = object()


def _here():
    """The context the calling thread is in."""
    own = _thread.thread_dict()
    context = own.get("context")
    if context is None:
        context = own["context"] = Context()
    return context


class ContextVar:
    __slots__ = ("_name", "_default")
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, name, *, default=_nothing):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name = name
        self._default = default

    @property
    def name(self):
        return self._name

    def get(self, default=_nothing, /):
        found = _here()._values.get(self, _nothing)
        if found is not _nothing:
            return found
        if default is not _nothing:
            return default
        if self._default is not _nothing:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        context = _here()
        token = Token(_key, context, self, context._values.get(self, Token.MISSING))
        context._values = {**context._values, self: value}
        return token

    def reset(self, token, /):
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        context = _here()
        if token._context is not context:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        values = dict(context._values)
        if token._old is Token.MISSING:
            values.pop(self, None)
        else:
            values[self] = token._old
        context._values = values

    def __repr__(self):
        default = "" if self._default is _nothing else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at {id(self):#x}>"


class _Missing:
    def __repr__(self):
        return "<Token.MISSING>"


_key = object()


class Token:
    __slots__ = ("_context", "_var", "_old", "_used")
    __class_getitem__ = classmethod(GenericAlias)
    MISSING = _Missing()

    def __init__(self, key=None, context=None, var=None, old=None):
        if key is not _key:
            raise RuntimeError("Tokens can only be created by ContextVars")
        self._context, self._var, self._old, self._used = context, var, old, False

    @property
    def var(self):
        return self._var

    @property
    def old_value(self):
        return self._old

    def __repr__(self):
        return f"<Token{' used' if self._used else ''} var={self._var!r} at {id(self):#x}>"


class Context:
    __slots__ = ("_values", "_outer", "__weakref__")

    def __init__(self):
        self._values = {}
        self._outer = None

    def run(self, callable, /, *args, **kwargs):
        if self._outer is not None:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        self._outer = _here()
        own = _thread.thread_dict()
        own["context"] = self
        try:
            return callable(*args, **kwargs)
        finally:
            own["context"] = self._outer
            self._outer = None

    def copy(self):
        other = Context()
        other._values = self._values
        return other

    def __getitem__(self, var):
        self._check(var)
        return self._values[var]

    def __contains__(self, var):
        self._check(var)
        return var in self._values

    def get(self, var, default=None, /):
        self._check(var)
        return self._values.get(var, default)

    def _check(self, var):
        if not isinstance(var, ContextVar):
            raise TypeError(f"a ContextVar key was expected, got {var!r}")

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def keys(self):
        return self._values.keys()

    def values(self):
        return self._values.values()

    def items(self):
        return self._values.items()

    def __eq__(self, other):
        return self._values == other._values if isinstance(other, Context) else NotImplemented

    __hash__ = None


def copy_context():
    return _here().copy()
