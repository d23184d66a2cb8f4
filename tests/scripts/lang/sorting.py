# SPDX-License-Identifier: BSL-1.0
# Sorting: stability, keys, comparison of mixed data, large and adversarial inputs.
class Random:
    def __init__(self, seed): self.s = seed
    def next(self, n): self.s = (self.s * 6364136223846793005 + 1442695040888963407) % 2**64; return (self.s >> 33) % n
r = Random(1)
data = [r.next(1000) for _ in range(2000)]
s = sorted(data)
print(s[:10], s[-5:], all(a <= b for a, b in zip(s, s[1:])), sum(s) == sum(data), sorted(data, reverse=True) == s[::-1])
pairs = [(v % 10, i) for i, v in enumerate(data)]
by_first = sorted(pairs, key=lambda p: p[0])
print(all(a[0] < b[0] or a[1] < b[1] for a, b in zip(by_first, by_first[1:])))
rev = sorted(pairs, key=lambda p: p[0], reverse=True)
print(all(a[0] > b[0] or a[1] < b[1] for a, b in zip(rev, rev[1:])), sorted(pairs) == sorted(sorted(pairs, key=lambda p: p[1]), key=lambda p: p[0]))
for shape in (range(500), range(500, 0, -1), [1] * 300, [0, 1] * 200, list(range(200)) + list(range(200)), [5], []):
    l = list(shape); l.sort()
    print(len(l), l == sorted(l, key=lambda v: v), l[:3])
print(sorted("The quick Brown fox".split()), sorted("The quick Brown fox".split(), key=str.lower), sorted(["10", "9", "2"], key=int), sorted([3, -1, -4, 2], key=abs), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([[2], [1, 5], [1]]), sorted([True, False, 2, 1.5]), sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1]))
people = [{"name": n, "age": a} for n, a in (("ann", 30), ("bob", 25), ("cid", 30), ("dee", 25))]
print([p["name"] for p in sorted(people, key=lambda p: (-p["age"], p["name"]))], max(people, key=lambda p: p["age"])["name"], min(people, key=lambda p: (p["age"], p["name"]))["name"])
class V:
    compared = 0
    def __init__(self, v): self.v = v
    def __lt__(self, o): V.compared += 1; return self.v < o.v
vs = [V(v) for v in data[:500]]
print([v.v for v in sorted(vs)] == sorted(data[:500]), V.compared < 500 * 12)
calls = []
sorted([3, 1, 2], key=lambda v: calls.append(v) or v)
print(calls)
l = [3, 1, 2]
print(l.sort(), l, sorted(l) is l)
try:
    [1, "a", 2].sort()
except TypeError as e: print(e)
try:
    sorted([1, 2], key=5)
except TypeError as e: print(e)
try:
    sorted([1, 2, 0], key=lambda v: 1 // v)
except ZeroDivisionError as e: print(e)
l = [3, 2, 1]
try:
    l.sort(key=lambda v: 1 // (v - 2))
except ZeroDivisionError: print(l)
try:
    [3, 1].sort(lambda v: v)
except TypeError as e: print(e)
l = [3, 1, 2]
def meddle(v): l.append(9); return v
try:
    l.sort(key=meddle)
except ValueError as e: print(e)
def quicksort(a): return a if len(a) < 2 else quicksort([x for x in a[1:] if x < a[0]]) + [a[0]] + quicksort([x for x in a[1:] if x >= a[0]])
def mergesort(a):
    if len(a) < 2: return a
    m = len(a) // 2; x, y = mergesort(a[:m]), mergesort(a[m:]); out = []; i = j = 0
    while i < len(x) and j < len(y):
        if y[j] < x[i]: out.append(y[j]); j += 1
        else: out.append(x[i]); i += 1
    return out + x[i:] + y[j:]
def heapsort(a):
    a = a[:]; n = len(a)
    def sift(i, n):
        while (c := 2 * i + 1) < n:
            if c + 1 < n and a[c + 1] > a[c]: c += 1
            if a[i] >= a[c]: return
            a[i], a[c] = a[c], a[i]; i = c
    for i in range(n // 2 - 1, -1, -1): sift(i, n)
    for i in range(n - 1, 0, -1): a[0], a[i] = a[i], a[0]; sift(0, i)
    return a
print(quicksort(data) == s, mergesort(data) == s, heapsort(data) == s)
floats = [x / 7 for x in data[:50]] + [float("inf"), -0.0, 0.0]
print(sorted(floats)[:4], sorted(floats)[-2:], sorted(["b", "B", "a", "Ä", "é", ""]))
