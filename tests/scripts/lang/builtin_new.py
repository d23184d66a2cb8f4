# __new__ of builtin classes is their own: int.__new__(cls, ...) and its refusals.
import sys


class N(int):
    def __new__(cls, x):
        return int.__new__(cls, x + 1)


class M(type):
    def __new__(mcls, name, bases, names):
        return type.__new__(mcls, name + "!", bases, names)


class D(dict):
    def __new__(cls, *args):
        return super().__new__(cls)


print(N(4), type(N(4)).__name__, M("A", (), {}).__name__, D([(1, 2)]), list.__new__(list), tuple.__new__(tuple, [1, 2]))
for cls in (int, float, complex, str, bytes, bytearray, tuple, list, dict, set, frozenset, type, bool, slice, range, memoryview):
    print(cls.__name__, "__new__" in cls.__dict__, cls.__new__ is object.__new__)
for wrong in (lambda: int.__new__(), lambda: int.__new__(1), lambda: int.__new__(str), lambda: int.__new__(bool, 0), lambda: str.__new__(object),
              lambda: bool.__new__(int), lambda: float.__new__(N, 1), lambda: int.__new__(N, "x")):
    try:
        print(wrong())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
