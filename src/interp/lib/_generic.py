# SPDX-License-Identifier: BSL-1.0
"""list[int] and its like: a class with what its items are, for annotations."""

_own = frozenset(("__origin__", "__args__", "__parameters__", "__mro_entries__", "__reduce_ex__", "__reduce__",
                  "__copy__", "__deepcopy__", "__unpacked__", "__typing_unpacked_tuple_args__", "__class__"))


def _parameters(args):
    found = []
    for arg in args:
        if isinstance(arg, type) and not isinstance(arg, GenericAlias):
            continue
        if hasattr(type(arg), "__typing_subst__"):
            more = (arg,)
        else:
            more = getattr(arg, "__parameters__", ())
        found.extend(p for p in (more if isinstance(more, tuple) else ()) if p not in found)
    return tuple(found)


def _shown(item):
    if item is ...:
        return "..."
    if isinstance(item, GenericAlias):
        return repr(item)
    if isinstance(item, list):
        return "[" + ", ".join(map(_shown, item)) + "]"
    name, module = getattr(item, "__qualname__", None), getattr(item, "__module__", None)
    if name is None or module is None or hasattr(item, "__origin__") and hasattr(item, "__args__"):
        return repr(item)
    return name if module == "builtins" else f"{module}.{name}"


class GenericAlias:
    __slots__ = ("__origin__", "__args__", "__parameters__", "__unpacked__", "__weakref__")

    def __new__(cls, origin, args, /):
        self = object.__new__(cls)
        put = object.__setattr__
        args = args if isinstance(args, tuple) else (args,)
        put(self, "__origin__", origin)
        put(self, "__args__", args)
        put(self, "__parameters__", _parameters(args))
        put(self, "__unpacked__", False)
        return self

    def __getattribute__(self, name):
        if name in _own:
            return object.__getattribute__(self, name)
        if name[:2] == "__" and name in GenericAlias.__dict__ and name not in ("__doc__", "__module__", "__slots__", "__new__", "__init__"):
            return object.__getattribute__(self, name)
        return getattr(object.__getattribute__(self, "__origin__"), name)

    def __setattr__(self, name, value):
        setattr(self.__origin__, name, value)

    def __call__(self, /, *args, **kwargs):
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return made

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __getitem__(self, items):
        wanted = self.__parameters__
        if not wanted:
            raise TypeError(f"{self!r} is not a generic class")
        items = items if isinstance(items, tuple) else (items,)
        if len(items) != len(wanted):
            raise TypeError(f"Too {'many' if len(items) > len(wanted) else 'few'} arguments for {self!r};"
                            f" actual {len(items)}, expected {len(wanted)}")
        given = dict(zip(wanted, items))
        args = []
        for arg in self.__args__:
            if hasattr(type(arg), "__typing_subst__"):
                arg = given[arg]
            elif not isinstance(arg, type) or isinstance(arg, GenericAlias):
                inner = getattr(arg, "__parameters__", ())
                if inner:
                    arg = arg[tuple(given[p] for p in inner)]
            args.append(arg)
        return GenericAlias(self.__origin__, tuple(args))

    def __repr__(self):
        return _shown(self.__origin__) + "[" + (", ".join(map(_shown, self.__args__)) or "()") + "]"

    def __eq__(self, other):
        if not isinstance(other, GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash(self.__origin__) ^ hash(self.__args__)

    def __or__(self, other):
        import typing
        return typing.Union[self, other]

    def __ror__(self, other):
        import typing
        return typing.Union[other, self]

    def __instancecheck__(self, instance):
        raise TypeError("isinstance() argument 2 cannot be a parameterized generic")

    def __subclasscheck__(self, cls):
        raise TypeError("issubclass() argument 2 cannot be a parameterized generic")

    def __reduce__(self):
        return GenericAlias, (self.__origin__, self.__args__)

    def __dir__(self):
        return sorted(_own | set(dir(self.__origin__)))


GenericAlias.__module__ = "types"
