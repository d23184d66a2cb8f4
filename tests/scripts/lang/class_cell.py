# SPDX-License-Identifier: BSL-1.0
# __class__ of a class under construction, on its way through the metaclass.
class Early(type):
    def __new__(mcls, name, bases, space):
        print(sorted(n for n in space if n != "__qualname__"))
        made = super().__new__(mcls, name, bases, space)
        print(made.who() is made)
        return made


class A(metaclass=Early):
    @staticmethod
    def who():
        return __class__


class Keeps(type):
    def __new__(mcls, name, bases, space):
        space.pop("__classcell__", None)
        return super().__new__(mcls, name, bases, space)


class Other(type):
    def __new__(mcls, name, bases, space):
        made = super().__new__(mcls, name, bases, dict(space))
        return super().__new__(mcls, "Second", bases, {}) if name == "D" else made


def attempt(make):
    try:
        make()
    except (RuntimeError, TypeError, AttributeError) as e:
        print(type(e).__name__, e)


def keeps():
    class C(metaclass=Keeps):
        def who(self):
            return __class__


def other():
    class D(metaclass=Other):
        def who(self):
            return __class__


attempt(keeps)
attempt(other)
attempt(lambda: type("E", (), {"__classcell__": 0}))


class Outer:
    class Inner:
        @property
        def p(self):
            return 1
    Inner.q = property()


attempt(lambda: setattr(Outer.Inner(), "p", 2))
attempt(lambda: delattr(Outer.Inner(), "p"))
attempt(lambda: Outer.Inner().q)
