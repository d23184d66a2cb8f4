# SPDX-License-Identifier: BSL-1.0
"""Abstract base classes: classes that say of others that they are their subclasses.

isinstance() asks ABCMeta.__subclasscheck__, which asks in turn the class's own __subclasshook__,
its real subclasses, and those that were registered; both answers are remembered, the negative ones
until anything is registered anywhere.
"""

_registrations = 0


def get_cache_token():
    return _registrations


def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True

    def __init__(self, function):
        function.__isabstractmethod__ = True
        super().__init__(function)


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True

    def __init__(self, function):
        function.__isabstractmethod__ = True
        super().__init__(function)


class abstractproperty(property):
    __isabstractmethod__ = True


def _abstract_names(cls):
    names = {name for name, item in cls.__dict__.items() if getattr(item, "__isabstractmethod__", False)}
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(cls, name, None), "__isabstractmethod__", False):
                names.add(name)
    return frozenset(names)


class _Answers:
    """What one abstract class has found out so far."""
    __slots__ = ("registered", "yes", "no", "since")

    def __init__(self):
        self.registered, self.yes, self.no, self.since = set(), set(), set(), _registrations


class ABCMeta(type):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _abstract_names(cls)
        cls._abc_impl = _Answers()
        return cls

    def register(cls, subclass):
        global _registrations
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_impl.registered.add(subclass)
        _registrations += 1
        return subclass

    def __instancecheck__(cls, instance):
        subclass = instance.__class__
        if subclass in cls._abc_impl.yes:
            return True
        kind = type(instance)
        if kind is subclass:
            return cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(kind)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        known = cls._abc_impl
        if subclass in known.yes:
            return True
        if known.since < _registrations:
            known.no, known.since = set(), _registrations
        elif subclass in known.no:
            return False
        answer = cls.__subclasshook__(subclass)
        if answer is NotImplemented:
            answer = cls in getattr(subclass, "__mro__", ()) \
                or any(issubclass(subclass, other) for other in known.registered.copy()) \
                or any(issubclass(subclass, other) for other in cls.__subclasses__())
        elif not isinstance(answer, bool):
            raise AssertionError("__subclasshook__ must return True, False or NotImplemented")
        (known.yes if answer else known.no).add(subclass)
        return answer

    def _dump_registry(cls, file=None):
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"Inv. counter: {get_cache_token()}", file=file)
        for name in _Answers.__slots__:
            print(f"_abc_{name}: {getattr(cls._abc_impl, name)!r}", file=file)

    def _abc_registry_clear(cls):
        cls._abc_impl.registered = set()

    def _abc_caches_clear(cls):
        cls._abc_impl.yes, cls._abc_impl.no = set(), set()


def update_abstractmethods(cls):
    if hasattr(cls, "__abstractmethods__"):
        cls.__abstractmethods__ = _abstract_names(cls)
    return cls


class ABC(metaclass=ABCMeta):
    __slots__ = ()
