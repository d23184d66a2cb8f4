# SPDX-License-Identifier: BSL-1.0
# Tuples and unpacking.
t = (1, "a", 2.5)
print(t, t[0], t[-1], len(t), t + (4,), t * 2, t[1:], (), (1,), ((1, 2), (3,)), 1 in t, t.index("a"), t.count(1))
print((1, 2) < (1, 3), (1, 2) == (1, 2), (1,) < (1, 0), () < (0,), (1, "a") == (1, "b"), hash((1, 2)) == hash((1, 2)))
d = {(1, 2): "x", (1, (2, 3)): "y", (): "z"}
print(d[1, 2], d[(1, (2, 3))], d[()])
a, b = 1, 2
a, b = b, a
print(a, b)
(a, (b, c)), d = (1, [2, 3]), "d"
print(a, b, c, d)
first, *rest = [1, 2, 3, 4]
*init, last = "abcd"
x, *middle, y = range(6)
p, *empty, q = (1, 2)
print(first, rest, init, last, x, middle, y, p, empty, q)
[a, [b, *c]] = [1, (2, 3, 4)]
print(a, b, c)
for i, (j, *k) in enumerate([(1, 2, 3), "xyz"]):
    print(i, j, k)
m = n = [0]
m.append(1)
print(m, n)
i = 0
l = [10, 20, 30]
i, l[i] = 1, 99
print(i, l)
def f():
    return 1, 2, 3
u, v, w = f()
print(u, v, w, f(), (*f(), 4), [*f(), *f()], {*f()}, (*"ab", *(1, 2)))
print(tuple([1, 2]), tuple("ab"), tuple(), tuple(range(3)), tuple({1: 2}), tuple(x * 2 for x in (1, 2)))
class Swap:
    pass
s = Swap()
s.a, s.b = 1, 2
s.a, s.b = s.b, s.a
print(s.a, s.b)
g = {}
g["x"], g["y"] = "xy"
print(g)
print((1, 2)[::-1], (1, 2, 3)[1], min((3, 1)), sorted((3, 1, 2)), sum((1, 2)), max((1, 2), (1, 3)))
def h(*args):
    return args
print(h(), h(1), h(*(1, 2), *[3]), h(*"ab"))
import sys
try:
    a, b = 1, 2, 3
except ValueError as e:
    print(e)
try:
    a, b, c = 1, 2
except ValueError as e:
    print(e)
try:
    a, *b, c = (1,)
except ValueError as e:
    print(e)
try:
    a, b = 5
except TypeError as e:
    print(e)
try:
    a, b = None
except TypeError as e:
    print(e)
try:
    a, b = iter([1, 2, 3])
except ValueError as e:
    print(e)
try:
    t = (1, [2])
    t[0] = 5
except TypeError as e:
    print(e)
try:
    t[1] += [3]
except TypeError as e:
    print(e, t)
try:
    hash((1, []))
except TypeError as e:
    print(e)
try:
    print((1, 2) + [3])
except TypeError as e:
    print(e)
try:
    (1).index(2)
except AttributeError as e:
    print(e)
try:
    (1, 2).index(3)
except ValueError as e:
    print(e)
