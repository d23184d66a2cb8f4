# SPDX-License-Identifier: BSL-1.0
# Properties, static and class methods, descriptors, slots, class hooks, metaclasses.
class Celsius:
    def __init__(self, t=0): self._t = t
    @property
    def temperature(self):
        """The temperature."""
        return self._t
    @temperature.setter
    def temperature(self, v):
        if v < -273: raise ValueError("too cold")
        self._t = v
    @temperature.deleter
    def temperature(self): self._t = None
    @property
    def fahrenheit(self): return self._t * 9 / 5 + 32
    @staticmethod
    def freezing(): return 0
    @classmethod
    def from_f(cls, f): return cls((f - 32) * 5 / 9)
    kelvin = property(lambda self: self._t + 273.15, None, None, "kelvin doc")
c = Celsius(10)
c.temperature = 25; c.temperature += 5
print(c.temperature, c.fahrenheit, c.kelvin, Celsius.freezing(), c.freezing(), Celsius.from_f(212).temperature, Celsius.temperature.__doc__, Celsius.kelvin.__doc__)
del c.temperature
print(c.temperature)
for bad in (lambda: setattr(c, "temperature", -300), lambda: setattr(c, "fahrenheit", 1), lambda: delattr(c, "fahrenheit")):
    try:
        bad()
    except (ValueError, AttributeError) as e:
        print(type(e).__name__, e)
class Sub(Celsius):
    @property
    def temperature(self): return super().temperature * 2
    @classmethod
    def from_f(cls, f): return ("sub", super().from_f(f).__class__.__name__)
print(Sub(5).temperature, Sub.from_f(32))
class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name): self.name = "_" + name; print("named", owner.__name__, name)
    def __get__(self, obj, owner=None): return self if obj is None else getattr(obj, self.name, "unset")
    def __set__(self, obj, v):
        if not isinstance(v, self.kind): raise TypeError(f"{self.name[1:]} wants {self.kind.__name__}")
        setattr(obj, self.name, v)
    def __delete__(self, obj): delattr(obj, self.name)
class Person:
    name, age = Typed(str), Typed(int)
p = Person()
print(p.name, Person.age.kind)
p.name = "Ann"; p.age = 3
print(p.name, p.age, p.__dict__)
try:
    p.age = "old"
except TypeError as e:
    print(e)
del p.age
print(p.age)
class NonData:
    def __get__(self, obj, owner): return "from descriptor"
class Holder: x = NonData()
h = Holder()
print(h.x); h.x = "own"; print(h.x, Holder.x)
class Lazy:
    def __init__(self, f): self.f = f
    def __get__(self, obj, owner):
        if obj is None: return self
        v = self.f(obj); obj.__dict__[self.f.__name__] = v; return v
class Expensive:
    @Lazy
    def value(self): print("computing", end=" "); return 42
e = Expensive()
print(e.value, e.value)
class Slots:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
s = Slots()
s.b = 2; s.a += 1
print(s.a, s.b, hasattr(s, "__dict__"))
try:
    s.c = 3
except AttributeError as x:
    print(x)
try:
    del s.b; s.b
except AttributeError as x:
    print(x)
class SlotsChild(Slots):
    pass
sc = SlotsChild(); sc.c = 5
print(sc.a, sc.c)
class Plugin:
    registry = []
    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        Plugin.registry.append((cls.__name__, key))
class P1(Plugin, key="one"): pass
class P2(Plugin): pass
print(Plugin.registry)
class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        ns["made_by"] = mcls.__name__
        return super().__new__(mcls, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns); cls.options = kw
    def __call__(cls, *args): o = super().__call__(*args); o.called = True; return o
    def __len__(cls): return 99
    def __getitem__(cls, k): return (cls.__name__, k)
    def __iter__(cls): return iter([1, 2])
    @property
    def meta_prop(cls): return "mp " + cls.__name__
    def meta_method(cls): return "mm"
class WithMeta(metaclass=Meta, flag=1):
    def __init__(self, v=0): self.v = v
print(WithMeta.made_by, WithMeta.options, WithMeta(3).called, WithMeta(3).v, len(WithMeta), WithMeta["k"], list(WithMeta), WithMeta.meta_prop, WithMeta.meta_method(), type(WithMeta).__name__, isinstance(WithMeta, Meta))
class Child(WithMeta): pass
print(Child.made_by, type(Child) is Meta, Child().called)
class ClassGetItem:
    def __class_getitem__(cls, k): return f"{cls.__name__}[{k}]"
print(ClassGetItem["int"])
class Checker(type):
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, c): return c is int
class Five(metaclass=Checker): pass
print(isinstance(5, Five), isinstance(6, Five), issubclass(int, Five), issubclass(str, Five))
def function(): pass
print(type(function).__name__, type(Person).__name__, type(type).__name__, callable(Person), callable(p), type(c.from_f).__name__, type(Celsius.freezing).__name__)
f = Celsius.__dict__["freezing"]
print(type(f).__name__, f.__func__(), type(Celsius.__dict__["from_f"]).__name__, type(Celsius.__dict__["temperature"]).__name__)
