# SPDX-License-Identifier: BSL-1.0
# The iteration protocol.
class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n + 1
print(list(Countdown(3)), sum(Countdown(4)), [x * 2 for x in Countdown(2)], 2 in Countdown(5), dict(zip("ab", Countdown(2))), max(Countdown(3)), sorted(Countdown(3)), tuple(Countdown(1)), ",".join(map(str, Countdown(3))), {*Countdown(1)})
class Range:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n): yield i
r = Range(3)
print(list(r), list(r), [(a, b) for a in r for b in r])
it = iter([1, 2, 3])
print(next(it), next(it), next(it), next(it, None), next(it, "still"))
it = iter("abc")
for c in it:
    print(c, next(it, "-"), end=" ")
print()
print(list(iter(lambda it=iter([1, 2, 0, 3]): next(it), 0)))
print(list(zip(range(3), "abcd", [True, False, None])), list(zip(*[(1, 2), (3, 4)])), list(map(max, [1, 5], [3, 2])), list(enumerate(Countdown(2), start=10)), list(filter(lambda v: v % 2, range(6))), list(reversed(range(4))), list(reversed("abc")), list(reversed((1, 2))))
try:
    list(zip([1, 2], [1], strict=True))
except ValueError as e: print(e)
z = zip([1, 2, 3], iter("ab"))
print(next(z), list(z), next(z, "empty"))
m = map(lambda x: x * 2, [1, 2, 3])
print(next(m), iter(m) is m, list(m), list(m))
print(range(5), list(range(5, 0, -2)), range(3) == range(0, 3), len(range(0, 100, 7)), 14 in range(0, 100, 7), 15 in range(0, 100, 7), range(10).index(3), range(2, 8).count(5), range(5)[-2], hash(range(3)) == hash(range(3)), list(range(-3, 3)), range(0), bool(range(0)), range(1, 10, 3).stop, range(1, 10, 3).step, sum(range(10**6)), len(range(10**15)), 10**14 in range(10**15), list(range(2**70, 2**70 + 2)))
a, b, *c = Countdown(5)
print(a, b, c)
l = [1, 2, 3]
i = iter(l)
next(i); l.append(4); print(list(i))
i = iter({"x": 1, "y": 2}); print(next(i), list(i))
class Peek:
    def __init__(self, it): self.it = iter(it); self.buffer = []
    def peek(self):
        if not self.buffer: self.buffer.append(next(self.it))
        return self.buffer[0]
    def __iter__(self): return self
    def __next__(self): return self.buffer.pop() if self.buffer else next(self.it)
p = Peek("xyz")
print(p.peek(), next(p), p.peek(), list(p))
for v in [1, 2, 3]: pass
print(v)
for v in []: pass
print(v)
for x, in [(1,), (2,)]: print(x, end=" ")
d = {}
for d["k"] in range(3): pass
for d["t"], (d["u"], *d["rest"]) in [(1, (2, 3, 4))]: print(d)
print(any(x > 1 for x in Countdown(2)), all(Countdown(3)), min(Countdown(3), key=lambda x: -x), sum([[1], [2]], []), list(map(str, range(3))))
c = Countdown(4)
print(any(x == 3 for x in c), list(c))
for bad in (lambda: iter(5), lambda: next([]), lambda: list(None), lambda: dict(5), lambda: next(iter([])), lambda: zip([1], 5), lambda: map(), lambda: enumerate(5), lambda: reversed({1}), lambda: range("a"), lambda: range(1, 2, 0), lambda: range(), lambda: range(1.5), lambda: iter(5, 5), lambda: sum(5), lambda: tuple(1)):
    try:
        print(bad())
    except (TypeError, StopIteration, ValueError) as e: print(type(e).__name__, e)
