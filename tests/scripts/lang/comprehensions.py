# SPDX-License-Identifier: BSL-1.0
# Comprehensions and generator expressions, their scopes and order of evaluation.
print([x * x for x in range(10)], [x for x in range(20) if x % 2 if x % 3], [(x, y) for x in range(3) for y in range(x)], [[y for y in range(x)] for x in range(4)])
print({x: x * x for x in range(5)}, {k: v for k, v in [("a", 1), ("b", 2)] if v > 1}, sorted({x % 3 for x in range(10)}), {str(k): [v] * k for k, v in enumerate("abc")})
print(sum(x for x in range(100)), list(x + 1 for x in [1, 2]), max(len(w) for w in ["a", "bcd"]), "".join(c.upper() for c in "abc"), dict((i, i * i) for i in range(3)), sorted(-x for x in [1, 3, 2]))
x = "outer"
print([x for x in range(3)], x)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [v for row in matrix for v in row], [v if v % 2 else -v for row in matrix for v in row if v != 3])
n = 10
def scope():
    m = 5
    return [n + m + k for k in range(3)], {k: m for k in "ab"}, list(m * k for k in range(3))
print(scope())
print([f(3) for f in [lambda v, k=k: v * k for k in range(4)]], [f() for f in [lambda: k for k in range(4)]])
def trace(label, value):
    print(label, end=" ")
    return value
print([trace("e", i) for i in trace("iter", range(3)) if trace("cond", i != 1)])
g = (trace("g", i) for i in range(3))
print("made", next(g), list(g))
class C:
    size = 3
    items = [i * 2 for i in range(size)]
    print(items)
    table = {i: size2 for i, size2 in enumerate("abc")}
print(C.items, C.table)
print([y := 5, y ** 2], [last := i for i in range(4)], last, [z for i in range(5) if (z := i * i) > 3], z)
print([a + b for a, b in zip([1, 2], [3, 4])], [a for a, *b in ["xyz", "uv"]], [b for a, *b in ["xyz", "uv"]], [i for i, (j, k) in enumerate([(1, 2), (3, 4)]) if j < k])
print([1 for _ in range(3)], [[] for _ in range(2)], list(range(0)), [i for i in []], {i for i in ()})
print([(i, j, k) for i in range(1, 20) for j in range(i, 20) for k in range(j, 20) if i * i + j * j == k * k])
print(list(map(lambda r: [c for c in r], ["ab", "c"])), [*(i for i in range(3))], (lambda: [q for q in "xy"])())
try:
    [1 / i for i in (1, 0)]
except ZeroDivisionError as e:
    print(e)
try:
    print([undefined for i in range(1)])
except NameError as e:
    print(e)
try:
    list(i for i in 5)
except TypeError as e:
    print(e)
try:
    k_leaked
except NameError as e:
    print(e)
