# SPDX-License-Identifier: BSL-1.0
"""types.SimpleNamespace, and sys.implementation, which is one."""
import sys
from _threads import get_ident

_showing = set()


def _compared(operator):
    def compare(self, other):
        if not isinstance(self, SimpleNamespace) or not isinstance(other, SimpleNamespace):
            return NotImplemented
        return getattr(dict(self.__dict__), operator)(dict(other.__dict__))
    compare.__name__ = operator
    return compare


class SimpleNamespace:
    """Attributes from keywords."""

    def __init__(self, /, **attributes):
        self.__dict__.update(attributes)

    def __repr__(self):
        cls = type(self)
        name = "namespace" if cls is SimpleNamespace else cls.__name__
        mine = id(self), get_ident()
        if mine in _showing:
            return f"{name}(...)"
        _showing.add(mine)
        try:
            return f"{name}({', '.join([f'{key}={value!r}' for key, value in self.__dict__.items()])})"
        finally:
            _showing.discard(mine)

    __eq__, __ne__ = _compared("__eq__"), _compared("__ne__")
    __lt__, __le__ = _compared("__lt__"), _compared("__le__")
    __gt__, __ge__ = _compared("__gt__"), _compared("__ge__")
    __hash__ = None

    def __reduce__(self):
        return type(self), (), dict(self.__dict__)


SimpleNamespace.__module__ = "types"
implementation = SimpleNamespace(name="gilt", cache_tag=None, version=sys.version_info, hexversion=0x030B02F0)
