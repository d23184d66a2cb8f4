# SPDX-License-Identifier: BSL-1.0
# Modules of an installed python3 that gilt runs as they are, and the parts of its own they stand on.
import abc
import collections
import copy
import dataclasses
import enum
import functools
import gc
import inspect
import itertools
import weakref


class Colour(enum.Enum):
    RED = 1
    GREEN = enum.auto()

    def shout(self):
        return self.name + "!"


class Rights(enum.Flag):
    R = 4
    W = 2
    X = 1


print(list(Colour), Colour(2), Colour["RED"].shout(), Rights.R | Rights.X, Rights.R in Rights(6))


@dataclasses.dataclass(order=True)
class Point:
    x: int
    y: int = 0
    tags: list = dataclasses.field(default_factory=list, compare=False)


print(Point(1), Point(1, 2) < Point(2), dataclasses.asdict(Point(3, tags=[1])), dataclasses.replace(Point(1), y=5))
print(inspect.signature(Point), Point.__doc__)


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        ...


@Shape.register
class Blob:
    pass


print(isinstance(Blob(), Shape), issubclass(Blob, Shape), issubclass(int, Shape), isinstance([], collections.abc.Sequence))
try:
    Shape()
except TypeError as e:
    print(e)
Pair = collections.namedtuple("Pair", "left right", defaults=[0])
print(Pair(1), Pair(1, 2)._replace(left=9), Pair._fields, collections.Counter("abca").most_common(1))
d = collections.deque([1, 2, 3], maxlen=3)
d.append(4)
d.appendleft(0)
d.rotate(1)
print(d, d[0], list(reversed(d)))
dd = collections.defaultdict(list)
dd["a"].append(1)
print(dd, collections.OrderedDict(a=1), collections.ChainMap({"a": 1}, {"b": 2})["b"])
print(list(itertools.islice(itertools.count(3, 2), 1, 6, 2)), list(itertools.chain("ab", [1])), list(itertools.permutations("abc", 2))[:3])
print([(k, list(g)) for k, g in itertools.groupby("aabcc")], list(itertools.product("ab", repeat=2)), list(itertools.accumulate([1, 2, 3])))
print(list(itertools.combinations(range(4), 2)), list(itertools.zip_longest("ab", "c", fillvalue="-")), [list(t) for t in itertools.tee("xy")])


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info().misses, functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]), functools.partial(pow, 2)(5))


@functools.singledispatch
def kind(v):
    return "object"


@kind.register
def _(v: int):
    return "int"


print(kind(1), kind("x"))
nested = {"a": [1, {2, 3}], "p": Point(1, 2)}
other = copy.deepcopy(nested)
print(other == nested, other["a"] is nested["a"], copy.copy(nested)["a"] is nested["a"])


class Node:
    def __init__(self, name):
        self.name = name


node = Node("n")
r = weakref.ref(node)
w = weakref.WeakValueDictionary(n=node)
p = weakref.proxy(node)
print(r() is node, w["n"] is node, p.name, hash(r) == hash(node), r == weakref.ref(node))
gc.collect()
print(r() is node, len(w))
try:
    weakref.ref(5)
except TypeError as e:
    print(e)


class Describes:
    def __set_name__(self, owner, name):
        delattr(owner, name)
        setattr(owner, name + "_", 1)


class Owner:
    a = Describes()
    b = Describes()
    c = Describes()


print(sorted(n for n in vars(Owner) if not n.startswith("__")))


class Stands:
    def __mro_entries__(self, bases):
        return (Node,)


class Derived(Stands()):
    pass


print(Derived.__mro__[1].__name__, len(Derived.__orig_bases__))
