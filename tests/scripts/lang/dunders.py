# SPDX-License-Identifier: BSL-1.0
# Special methods: every operator, both orders, in place, containers, calls, comparison fallbacks.
def logged(name):
    def method(self, *args):
        return (name, self.tag) + tuple(a.tag if isinstance(a, Op) else a for a in args)
    return method


class Op:
    def __init__(self, tag): self.tag = tag


for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and", "or", "xor", "matmul"):
    setattr(Op, f"__{name}__", logged(name))
    setattr(Op, f"__r{name}__", logged("r" + name))
for name in ("lt", "le", "gt", "ge", "neg", "pos", "invert", "getitem", "abs", "round"):
    setattr(Op, f"__{name}__", logged(name))
a, b = Op("a"), Op("b")
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** b, a << b, a >> b, a & b, a | b, a ^ b, a @ b)
print(1 + a, 1 - a, 1 * a, 1 / a, 1 // a, 1 % a, 1 ** a, 1 << a, 1 >> a, 1 & a, 1 | a, 1 ^ a, 1 @ a, "s" + a, [1] + a)
print(a < b, a <= b, a > b, a >= b, 1 < a, 1 >= a, -a, +a, ~a, a[1], a[1:2], a[1, 2], abs(a), round(a), round(a, 2), pow(a, 2))


class Vector:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return Vector(self.x + o.x, self.y + o.y) if isinstance(o, Vector) else NotImplemented
    def __sub__(self, o): return Vector(self.x - o.x, self.y - o.y)
    def __mul__(self, k): return Vector(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __eq__(self, o): return isinstance(o, Vector) and (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
    def __neg__(self): return Vector(-self.x, -self.y)
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __bool__(self): return bool(self.x or self.y)
    def __repr__(self): return f"Vector({self.x}, {self.y})"
    def __iter__(self): yield self.x; yield self.y
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __contains__(self, v): return v in (self.x, self.y)
    def __iadd__(self, o): self.x += o.x; self.y += o.y; return self
    def __format__(self, spec): return f"<{self.x:{spec}};{self.y:{spec}}>"


v, w = Vector(1, 2), Vector(3, 4)
print(v + w, v - w, v * 3, 3 * v, -v, abs(w), bool(Vector(0, 0)), v == Vector(1, 2), v != w, hash(v) == hash(Vector(1, 2)), {v: 1}[Vector(1, 2)], list(v), v[0], v[-1], len(v), 2 in v, 5 in v, f"{v:03}", v in [w, Vector(1, 2)])
alias = v
v += w
print(v, alias is v, [*v], tuple(v), max(v), sum([Vector(1, 1), Vector(2, 2)], Vector(0, 0)))
x, y = v
print(x, y)
for bad in (lambda: v + 1, lambda: 1 + v, lambda: v < w, lambda: v / 2, lambda: setattr(v, "z", 1)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)


class Box:
    def __init__(self): self.d = {}
    def __setitem__(self, k, v): self.d[k] = v
    def __getitem__(self, k): return self.d[k]
    def __delitem__(self, k): del self.d[k]
    def __contains__(self, k): return k in self.d
    def __len__(self): return len(self.d)
    def __call__(self, *a, **k): return a, k
    def __iter__(self): return iter(self.d)
    def __reversed__(self): return "reversed!"
    def __index__(self): return 2
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __bytes__(self): return b"box"
    def __str__(self): return "boxed"
    def __length_hint__(self): return 3


box = Box()
box["a"] = 1; box[1, 2] = 2
del box["a"]
print(box[1, 2], "a" in box, (1, 2) in box, len(box), box(1, x=2), list(box), reversed(box), [10, 20, 30][box], int(box), float(box), bytes(box), str(box), "%d" % 3, range(5)[box], bin(box), "abc"[box])


class Order:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __eq__(self, o): return self.v == o.v
    def __repr__(self): return f"O{self.v}"


items = [Order(3), Order(1), Order(2)]
print(sorted(items), min(items), max(items), Order(1) > Order(0), Order(1) == Order(1), Order(1) != Order(1), [Order(1), Order(2)] == [Order(1), Order(2)], items.index(Order(2)), items.count(Order(1)))
for bad in (lambda: Order(1) <= Order(2), lambda: hash(Order(1)), lambda: {Order(1)}):
    try:
        print(bad())
    except TypeError as e:
        print(e)


class Base:
    def __add__(self, o): return "Base.add"
    def __radd__(self, o): return "Base.radd"
    def __eq__(self, o): return NotImplemented


class Derived(Base):
    def __radd__(self, o): return "Derived.radd"


print(Base() + Derived(), Derived() + Base(), 1 + Base(), Base() + Base(), Base() == Base(), Base() == 1, Base() != 1)


class Attr:
    def __init__(self): object.__setattr__(self, "log", [])
    def __getattr__(self, n):
        if n.startswith("no"): raise AttributeError(n)
        return "got " + n
    def __setattr__(self, n, v): self.log.append(("set", n, v)); object.__setattr__(self, n, v)
    def __delattr__(self, n): self.log.append(("del", n)); object.__delattr__(self, n)


at = Attr()
at.x = 1; at.x += 1; del at.x
print(at.x, at.log, hasattr(at, "nope"), getattr(at, "none", "default"))


class All:
    def __getattribute__(self, n): return "all " + n


print(All().anything, All().__dict__)


class IterOld:
    def __getitem__(self, i):
        if i == 3: raise IndexError
        return i * 10


print(list(IterOld()), 20 in IterOld(), [*IterOld()], max(IterOld()))


class Ne:
    def __ne__(self, o): return "ne!"
    def __lt__(self, o): return []
    def __contains__(self, x): return "truthy"


print(Ne() != 1, Ne() < 1, 5 in Ne(), 5 not in Ne(), not (Ne() < 1), 1 > Ne())


class Str:
    def __repr__(self): return "R"


class BadRepr:
    def __repr__(self): return 5


print(str(Str()), f"{Str()}", [Str()], {"k": Str()}, (Str(),))
for bad in (lambda: repr(BadRepr()), lambda: 5 in 5, lambda: len(type("L", (), {"__len__": lambda s: "x"})()), lambda: iter(type("I", (), {"__iter__": lambda s: 5})()), lambda: hash(type("H", (), {"__hash__": lambda s: "x"})()), lambda: [][type("X", (), {"__index__": lambda s: "x"})()], lambda: type("N", (), {"__iter__": None})() and iter(type("N", (), {"__iter__": None})())):
    try:
        print(bad())
    except TypeError as e:
        print(e)
