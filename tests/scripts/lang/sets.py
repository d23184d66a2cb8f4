# SPDX-License-Identifier: BSL-1.0
# Sets and frozensets (printed sorted: their order is nobody's promise).
s = {3, 1, 2, 3}
print(sorted(s), len(s), 1 in s, 5 not in s, set(), {1}, {"only"}, frozenset(), frozenset([1]))
s.add(4); s.add(1); s.discard(99); s.discard(2); s.remove(3)
print(sorted(s))
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(b - a), sorted(a ^ b))
print(sorted(a.union(b, [9])), sorted(a.intersection(b, [3])), sorted(a.difference([1], (2,))), sorted(a.symmetric_difference([1, 10])))
print({1, 2} <= a, a <= a, a < a, a >= {1}, a > {1}, {1, 9} < a, a.issubset(range(10)), a.issuperset([1]), a.isdisjoint([7]), a == {4, 3, 2, 1}, a != b)
c = a.copy()
c |= {100}; c &= {1, 2, 100}; c -= {2}; c ^= {1, 7}
print(sorted(c), sorted(a))
c.update([1, 2], "x"); c.intersection_update({1, 2, 7, "x"}); c.difference_update([7]); c.symmetric_difference_update([1, 55])
print(sorted(map(str, c)))
f = frozenset([1, 2])
print(f == {1, 2}, {f: 1}[frozenset([2, 1])], hash(f) == hash(frozenset([2, 1])), sorted(f | {3}), type(f | {3}).__name__, type({3} | f).__name__)
print(sorted(set("hello")), sorted({x % 3 for x in range(10)}), sorted(set([1, 1.0, True])), len({(), (1,), "a", None, 1.5}))
popped = {5}
print(popped.pop(), popped)
big = set(range(10000))
big -= set(range(0, 10000, 2))
print(len(big), sum(big), 501 in big, 500 in big)
for i in range(20000): big.add(i % 777)
print(len(big), min(big), max(big))
for i in range(5000): big.discard(i)
print(len(big))
print({frozenset([1]), frozenset([1])} == {frozenset([1])}, {1} in [{1}], {1, 2} == frozenset([1, 2]))
seen = set()
order = [x for x in [3, 1, 3, 2, 1] if not (x in seen or seen.add(x))]
print(order)
s = {1, 2, 3}
s.clear()
print(s, bool(s), bool({0}))
primes = set(range(2, 50))
for i in range(2, 8):
    primes -= set(range(i * 2, 50, i))
print(sorted(primes))
for g in (lambda: {1}.remove(2), lambda: set().pop(), lambda: {[]}, lambda: {1} | [2], lambda: {1} < 5, lambda: set(5), lambda: {1}[0], lambda: frozenset([1]).add(2), lambda: hash({1}), lambda: {1} + {2}, lambda: {1}.add(), lambda: {1} <= [1]):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__ + ":", e)
try:
    s = {1, 2}
    for x in s: s.add(x + 10)
except RuntimeError as e:
    print(e)
