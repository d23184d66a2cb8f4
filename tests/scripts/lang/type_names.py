# SPDX-License-Identifier: BSL-1.0
# Types, repr of types and functions without addresses, type conversion.
for v in (1, 1.5, "s", b"b", None, True, [], (), {}, set(), frozenset(), range(1), slice(1), len, print, int, type, object, ..., NotImplemented, lambda: 0, (x for x in ()), iter([]), iter({}), iter(()), iter("a"), iter(range(1)), {}.keys(), {}.values(), {}.items(), zip(), map(len, []), filter(len, []), enumerate([]), reversed([]), ValueError(), [].append, "".join, 1j, bytearray(), property(), staticmethod(len), classmethod(len), super, iter({1}), iter({}.items()), int.__add__ if False else 0):
    print(type(v), type(v).__name__, callable(v))
print(int, str, ValueError, type(None), list, [int, str], {int: 1}, object, type)
class A:
    class B:
        def m(self): pass
print(A, A.B, A.B.__qualname__, A.__name__, A.B.m.__qualname__)
print(int("5"), float("5"), str(5), list("ab"), tuple([1]), set([1]), dict(a=1), bool("x"), bytes([65]), int(5.9), complex(1), frozenset(), object() is not object())
print(isinstance(1, (int, str)), isinstance("a", int), isinstance(True, int), isinstance(1, bool), isinstance([], object), isinstance(int, type), isinstance(None, type(None)), issubclass(bool, (str, int)))
print(type(1) == int, type("") is str, type(type) is type, type(5).__mro__, bool.__bases__, ValueError.__mro__, KeyError.__base__)
class L(list):
    def first(self): return self[0]
class D(dict): pass
class I(int):
    def __add__(self, o): return I(int.__add__(self, o) * 10)
class S(str):
    def shout(self): return self.upper() + "!"
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
class E(Exception): pass
l = L([3, 1]); l.append(2); l.sort()
print(l, l.first(), len(l), isinstance(l, list), type(l).__name__, l == [1, 2, 3], l + [4], type(l[:2]).__name__, type(l + [1]).__name__)
d = D(a=1); d["b"] = 2; d.attr = 5
print(d, d.attr, type(d).__name__, {**d}, sorted(d))
print(I(5) + 1, I(7), I(5) * 2, type(I(5) * 2).__name__, type(I(5) + 1).__name__, I(5) == 5, hash(I(5)) == hash(5), [10, 20][I(1)], {5: "x"}[I(5)], f"{I(5):03}", "%d" % I(6))
s = S("abc")
print(s, s.shout(), s + "d", type(s + "d").__name__, s == "abc", {"abc": 1}[s], s[1:], len(s), s.upper(), isinstance(s, str), "".join([s, "x"]), f"{s:>5}", repr(s))
print(T(1, 2), T(1, 2)[0], type(T(1)).__name__, T(1, 2) == (1, 2), len(T()), E("x"), repr(E(1, 2)))
try:
    class X(bool): pass
except TypeError as e: print(e)
try: object(1)
except TypeError as e: print(e)
