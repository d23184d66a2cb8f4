# SPDX-License-Identifier: BSL-1.0
# Classes: attributes, methods, inheritance, super, class bodies.
class Animal:
    """An animal."""
    kind = "animal"
    count = 0
    def __init__(self, name, legs=4):
        self.name = name
        self.legs = legs
        Animal.count += 1
    def speak(self):
        return f"{self.name} makes {self.sound()}"
    def sound(self):
        return "a sound"
    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"
class Dog(Animal):
    kind = "dog"
    def __init__(self, name):
        super().__init__(name)
        self.tricks = []
    def sound(self):
        return "woof and " + super().sound()
    def learn(self, *tricks):
        self.tricks.extend(tricks)
        return self
class Puppy(Dog):
    def sound(self):
        return super(Puppy, self).sound().upper()
a, d, p = Animal("cat"), Dog("rex"), Puppy("bit")
print(a.speak(), d.speak(), p.speak(), sep="\n")
print(a, d, p, [a, d], str(p), Animal.count, Dog.count, p.count, d.learn("sit").learn("roll", "beg").tricks)
print(a.kind, d.kind, p.kind, p.legs, Animal.__doc__, Dog.__doc__, Dog.__name__, Puppy.__mro__, Dog.__bases__, Dog.__base__.__name__, p.__class__ is Puppy, Dog.__module__)
print(isinstance(p, Dog), isinstance(a, Dog), isinstance(p, (int, Animal)), issubclass(Puppy, Animal), issubclass(Animal, Dog), type(p) is Puppy, type(p) == Dog, issubclass(bool, int), isinstance(Dog, type))
p.kind = "puppy"
Dog.kind = "hound"
print(p.kind, d.kind, Puppy.kind, Animal.kind)
del p.kind
print(p.kind, p.__dict__, vars(d), hasattr(p, "legs"), hasattr(p, "wings"), getattr(p, "name"), getattr(p, "wings", None))
setattr(p, "wings", 2); print(p.wings); delattr(p, "wings"); print(hasattr(p, "wings"))
def late(self): return "late " + self.name
Animal.late = late
print(p.late(), a.late(), Animal.late(d))
p.late = lambda: "own"
print(p.late())
class A:
    def who(self): return ["A"]
class B(A):
    def who(self): return ["B"] + super().who()
class C(A):
    def who(self): return ["C"] + super().who()
class D(B, C):
    def who(self): return ["D"] + super().who()
print(D().who(), [k.__name__ for k in D.__mro__], [k.__name__ for k in D.mro()])
class Empty: pass
e = Empty()
e.x = 1; e.y = 2; e.x += 10
print(e.x, e.y, e.__dict__, isinstance(e, object))
class Body:
    x = 1
    y = x + 1
    for i in range(3): z = i
    if y > 1:
        def f(self): return self.y
    values = [y, z]
    class Inner:
        w = 5
        def get(self): return self.w
    del i
print(Body.y, Body.z, Body().f(), Body.values, Body.Inner().get(), Body.Inner.__qualname__, hasattr(Body, "i"))
class Counter:
    total = 0
    def __init__(self): self.n = 0
    def up(self):
        self.n += 1
        self.total += 1
        type(self).shared = getattr(type(self), "shared", 0) + 1
        return self
c1, c2 = Counter(), Counter()
c1.up().up(); c2.up()
print(c1.n, c1.total, c2.total, Counter.total, Counter.shared)
class Node:
    def __init__(self, value, next=None): self.value, self.next = value, next
    def __iter__(self):
        node = self
        while node:
            yield node.value
            node = node.next
print(list(Node(1, Node(2, Node(3)))), sum(Node(5, Node(6))))
Made = type("Made", (Animal,), {"sound": lambda self: "made sound", "extra": 3})
print(Made("m").speak(), Made.extra, Made.__name__)
class Private:
    def __init__(self): self.__secret = 42; self._soft = 1
    def reveal(self): return self.__secret
print(Private().reveal(), Private()._Private__secret, sorted(Private().__dict__))
class Chain:
    def __getattr__(self, name): return f"missing {name}"
print(Chain().foo, Chain().bar)
class New:
    made = []
    def __new__(cls, *args):
        o = super().__new__(cls)
        cls.made.append(args)
        return o
    def __init__(self, *args): self.args = args
print(New(1, 2).args, New.made)
class Single:
    it = None
    def __new__(cls):
        if cls.it is None: cls.it = object.__new__(cls)
        return cls.it
print(Single() is Single())
errors = [lambda: a.nothing, lambda: Animal.nothing, lambda: Animal(), lambda: Empty(1), lambda: e.z, lambda: Animal.speak(), lambda: p.speak(1), lambda: object().x, lambda: setattr(object(), "x", 1), lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: type("X", (A, D), {}), lambda: setattr(int, "x", 1), lambda: delattr(e, "zz"), lambda: Empty() + 1, lambda: Empty()[0], lambda: Empty()(), lambda: len(Empty()), lambda: iter(Empty()), lambda: 1 in Empty(), lambda: Empty() < Empty(), lambda: setattr(Empty(), 5, 1), lambda: next(Empty()), lambda: -Empty()]
for i, f in enumerate(errors):
    try:
        print(i, f())
    except Exception as x:
        print(i, type(x).__name__, x)
