# SPDX-License-Identifier: BSL-1.0
# := and star expressions.
data = [3, 1, 4, 1, 5, 9, 2, 6]
if (n := len(data)) > 5: print("long", n)
i = 0
while (v := data[i]) != 9: i += 1
print(i, v, [y for x in data if (y := x * x) > 10], y, any((found := x) > 4 for x in data), found)
print((a := 1, b := 2), a + b, (lambda: (c := 5) + c)(), f"{(z := 7)} {z}", [w := 1, w + 1], {(k := "key"): (q := 3)}, k, q)
def f(x, /, *, y): return x, y
print(f((t := 4), y=t))
def g():
    total = 0
    return [total := total + v for v in [1, 2, 3]], total
print(g())
print([*range(3), *"ab", *[], 9], (*[1], 2), {*[1, 2], 2} == {1, 2}, {**{"a": 1}, "b": 2, **{"a": 3}}, [*{"x": 1}], [*map(str, [1, 2])])
h = *[1, 2], 3
print(h)
def r(): return *[1, 2], 3
print(r(), print(*[1, 2], *(3,), sep="-"))
x = y = z = 0
x, (y, z) = 1, [2, 3]
(x), [y] = 4, [5]
*a, = "xyz"
print(x, y, z, a)
l = [0] * 3
l[0], *l[1:], m = range(5)
print(l, m)
x: int = 5
y: "annotation only"
class C: attr: int = 1; bare: str
print(x, C.attr, C.__annotations__, __annotations__)
a = b = c = []
a += [1]
print(b is c, c)
s = "x"; s *= 3; s += "y"
t = (1,); t += (2,)
print(s, t)
d = {"n": [0]}
d["n"][0] += 5; d["n"] += [6]
print(d)
def side(v): print("side", v, end=" "); return v
lst = [0, 0]
lst[side(0)] += side(5); print(lst)
lst[side(1)] = side(2); print(lst)
