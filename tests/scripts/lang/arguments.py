# SPDX-License-Identifier: BSL-1.0
# Parameters and calls of every kind.
def f(a, b=2, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs
print(f(1, c=3), f(1, 2, 3, 4, c=5), f(1, c=3, e=6, z=7), f(*[1, 2, 3], **{"c": 4, "x": 5}), f(c=1, a=2), f(1, *(2,), *[3], c=0, **{"d": 1}, **{"q": 2}))
def g(a, b, /, c, *, d): return a, b, c, d
print(g(1, 2, 3, d=4), g(1, 2, c=3, d=4))
def h(*args): return args
def k(**kwargs): return kwargs
print(h(), h(1, 2), h(*range(3)), k(), k(a=1), k(**{"x": 1}, y=2), list(k(b=1, a=2)))
def pos_kw(a, /, **kw): return a, kw
print(pos_kw(1, a=2))
def only(*, x=1, y): return x, y
print(only(y=2), only(x=5, y=6))
def default_order(a, b=missing if False else 10, c=len("abc")): return a, b, c
print(default_order(1), default_order(1, c=0))
n = 5
def bound_early(v=n): return v
n = 6
print(bound_early())
def mutable(v, acc=[]): acc.append(v); return acc
print(mutable(1), mutable(2))
print((lambda a, b=2, *c, d, **e: (a, b, c, d, e))(1, d=4, f=5))
class C:
    def method(self, a, b=1): return a, b
    @classmethod
    def cm(cls, *a): return cls.__name__, a
    @staticmethod
    def sm(a=0): return a
    def __call__(self, *a, **k): return a, k
c = C()
print(c.method(1), c.method(b=2, a=1), C.method(c, 5), C.cm(1), c.cm(), C.sm(), c.sm(3), c(1, x=2))
bound = c.method
print(bound(7), bound.__self__ is c, bound.__func__ is C.method, bound.__name__)
def many(a, b, c, d, e, g, h, i, j, k, l, m): return a + b + c + d + e + g + h + i + j + k + l + m
print(many(*range(12)), many(*range(6), **dict(zip("hijklm", range(6)))))
def nested(*args, **kwargs): return f(*args, **kwargs)
print(nested(1, c=2), nested(1, 2, 3, c=4, zz=5))
def order():
    def say(v): print(v, end=" "); return v
    f(say(1), say(2), c=say(3), d=say(4)); print()
    {say("k1"): say("v1"), say("k2"): say("v2")}; print()
    [say(1), say(2)][say(0)]; print()
order()
print(f.__name__, f.__defaults__, f.__kwdefaults__, f.__doc__)
def documented(x: int, y: "str" = "a", *z: float, **w) -> bool:
    """Doc string."""
    return True
print(documented.__doc__, documented(1), documented.__annotations__)
documented.attribute = 5
print(documented.attribute, documented.__dict__)
calls = [lambda: f(), lambda: f(1), lambda: f(1, 2), lambda: f(1, a=2, c=3), lambda: g(1, 2, 3, 4), lambda: g(1, 2, 3), lambda: g(1, b=2, c=3, d=4), lambda: h(a=1), lambda: k(1), lambda: only(1), lambda: only(), lambda: bound_early(1, 2), lambda: bound_early(1, 2, 3), lambda: bound_early(w=1), lambda: c.method(), lambda: c.method(1, 2, 3), lambda: many(1), lambda: many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), lambda: f(**{1: 2}), lambda: (5)(), lambda: None(), lambda: "a"(1), lambda: len(), lambda: len(1, 2), lambda: len(x=1), lambda: print(foo=1), lambda: int(1, 2, 3), lambda: C(1), lambda: default_order()]
for i, call in enumerate(calls):
    try:
        print(i, call())
    except TypeError as e:
        print(i, e)
