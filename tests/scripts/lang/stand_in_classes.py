# SPDX-License-Identifier: BSL-1.0
# What counts as a class for isinstance and issubclass; methods and modules made by hand.
import types


class Says:
    @property
    def __class__(self):
        return int


class Stands:
    def __init__(self, *bases):
        self.__bases__ = bases


a = Stands()
b = Stands(a)


class Of:
    def __init__(self, cls):
        self.__dict__["cls"] = cls

    @property
    def __class__(self):
        return self.cls


print(isinstance(Says(), int), isinstance(Says(), Says), isinstance(Says(), str))
print(issubclass(b, a), issubclass(a, b), issubclass(b, (int, a)), isinstance(Of(b), a))
for call in (lambda: isinstance(1, 2), lambda: issubclass(1, int), lambda: issubclass(int, 2), lambda: issubclass(a, 1),
             lambda: types.MethodType(len, None), lambda: types.MethodType(5, 6), lambda: types.MethodType(5),
             lambda: types.ModuleType(), lambda: types.ModuleType(5)):
    try:
        print(call())
    except TypeError as e:
        print(e)
m = types.ModuleType("made", "doc")
m.x = 1
print(m, m.__doc__, m.x, m.__package__)
print(types.MethodType(lambda self, n: (self, n), "self")(5))


class Loop:
    pass


Loop.__call__ = Loop()
try:
    Loop()()
except RecursionError:
    print("recursion")
for text in ("[i for i in range(5) if (j := 0) for j in range(5)]", "{i for i in range(5) if (j := 0) for j, k in []}"):
    try:
        compile(text, "<t>", "eval")
    except SyntaxError as e:
        print(e.msg)
