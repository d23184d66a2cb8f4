# SPDX-License-Identifier: BSL-1.0
# Every kind of code under threads at once: frames, handlers, generators, comprehensions, closures,
# sorting with keys, string building, recursion. Each thread's result must be the single-thread one.
from threading import Thread


class Base:
    def __init__(self, n): self.n = n; self.log = []
    def step(self): self.n = self.n * 3 + 1 if self.n % 2 else self.n // 2; self.log.append(self.n); return self.n


class Derived(Base):
    def step(self): return super().step() + 1
    @property
    def size(self): return len(self.log)
    def __iter__(self): return iter(self.log)
    def __lt__(self, o): return self.n < o.n


def gen(n):
    try:
        for i in range(n):
            got = yield i * 2
            if got: yield got + 100
    finally: pass


def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)


def work(seed):
    out = []
    d = Derived(seed + 5)
    while d.n != 1: d.step()
    out.append((d.size, sum(d)))
    for i in range(6):
        try:
            if i % 3 == 0: raise ValueError(i)
            if i % 3 == 1: {}[i]
            out.append(("fine", i))
        except ValueError as e: out.append(("value", e.args))
        except KeyError as e: out.append(("key", e.args))
        finally: out.append("f")
    g = gen(4)
    out.append([next(g), g.send(seed), next(g)]); out.append(list(g))
    out.append(sorted([Derived(x * seed % 17) for x in range(8)])[0].n)
    out.append(sorted(range(12), key=lambda v: (v * seed) % 7))
    out.append({k: [v for v in range(k)] for k in range(5) if k % 2})
    out.append("".join(f"{c}{i}" for i, c in enumerate("abc" * 3)))
    out.append(fib(9))
    s = ""
    for c in "hello": s += c.upper() + str(seed)
    out.append(s)
    a, *b = [seed, *range(4)]
    out.append((a, b, max(b, key=lambda v: -v), sum(x * y for x, y in zip(b, b[1:]))))
    fs = [lambda k=k: k + seed for k in range(3)]
    out.append([f() for f in fs])
    match out[0]:
        case (n, t) if n > 2: out.append(("matched", n, t))
        case _: out.append("other")
    return out


expected = [work(k) for k in range(4)]
results = [None] * 4


def run(k):
    for _ in range(2): results[k] = work(k)


crew = [Thread(target=run, args=(k,)) for k in range(4)]
for t in crew: t.start()
for t in crew: t.join()
print(results == expected)
for r in expected: print(r)
