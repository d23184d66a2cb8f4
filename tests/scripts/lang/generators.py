# SPDX-License-Identifier: BSL-1.0
# Generators: laziness, send, throw, close, return values, yield from, recursion.
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
print(list(count(5)), sum(count(100)), [*count(2), *count(3)], max(count(7)), list(zip(count(3), count(10))), 3 in count(5), tuple(count(0)))
def echo():
    got = yield "ready"
    while got != "stop":
        got = yield f"got {got}"
    return "done"
e = echo()
print(next(e), e.send(1), e.send("x"), next(e))
try:
    e.send("stop")
except StopIteration as s: print("stopped", s.value)
print(next(e, "exhausted"))
def robust():
    while True:
        try: x = yield
        except ValueError as v: print("threw", v)
        except GeneratorExit: print("closing"); raise
        else: print("value", x)
        finally: print("fin")
r = robust(); next(r); r.send(1); r.throw(ValueError("bad")); r.throw(ValueError); r.close(); r.close()
try:
    next(r)
except StopIteration: print("closed")
def inner():
    try:
        a = yield 1
        b = yield a
        return (a, b)
    except KeyError: yield "inner caught"; return "after"
def outer():
    result = yield from inner()
    yield ("result", result)
    yield from [10, 20]
    yield from "ab"
    return "end"
o = outer()
print(next(o), o.send(5), o.send(6), list(o))
o = outer(); next(o); print(o.throw(KeyError("k")), next(o), next(o))
def delegating_value():
    value = yield from outer()
    print("value", value)
print(list(delegating_value()))
def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)
print(list(tree(4)))
def permutations(items):
    if len(items) <= 1: yield items
    else:
        for i in range(len(items)):
            for rest in permutations(items[:i] + items[i + 1:]): yield items[i:i + 1] + rest
print(list(permutations([1, 2, 3])), len(list(permutations("abcdef"))))
def primes():
    yield 2
    found = [2]
    n = 3
    while True:
        if all(n % p for p in found if p * p <= n): found.append(n); yield n
        n += 2
p = primes()
print([next(p) for _ in range(25)])
def take(n, it):
    for _, v in zip(range(n), it): yield v
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
print(list(take(15, fib())), list(take(3, take(5, fib()))))
def pipeline():
    nums = (x for x in range(100))
    odd = (x for x in nums if x % 2)
    sq = (x * x for x in odd)
    return sum(x for x in sq if x % 3 == 0)
print(pipeline())
def finally_gen():
    try: yield 1; yield 2
    finally: print("cleanup")
for v in finally_gen(): print(v)
g = finally_gen(); next(g); g.close()
g = finally_gen(); g.close(); print("nothing ran")
def raises():
    yield 1
    raise ValueError("inside")
try:
    for v in raises(): print(v)
except ValueError as e: print(e)
def stop():
    yield 1
    raise StopIteration("leak")
try:
    list(stop())
except RuntimeError as e: print(e, repr(e.__cause__))
def reenter():
    yield next(me)
me = reenter()
try:
    next(me)
except ValueError as e: print(e)
try:
    count(3).send(5)
except TypeError as e: print(e)
try:
    g = count(3); g.throw(KeyError("at start"))
except KeyError as e: print(e, list(g))
def ignore_exit():
    try: yield
    except GeneratorExit: yield "no"
g = ignore_exit(); next(g)
try:
    g.close()
except RuntimeError as e: print(e)
def lazy(): print("started"); yield
l = lazy(); print("not yet"); next(l)
print(type(l).__name__, iter(l) is l, l.__name__, hasattr(l, "send"), callable(l))
a = [count(3), count(3)]
print([next(x) for x in a], [next(x) for x in a], list(a[0]))
def average():
    total = n = 0
    avg = None
    while True:
        v = yield avg
        total += v; n += 1; avg = total / n
avg = average(); next(avg)
print([avg.send(v) for v in (10, 20, 60)])
def scheduler(tasks):
    out = []
    while tasks:
        t = tasks.pop(0)
        try: out.append(next(t)); tasks.append(t)
        except StopIteration: pass
    return out
print(scheduler([(f"a{i}" for i in range(3)), (f"b{i}" for i in range(1)), (f"c{i}" for i in range(2))]))
def deep(n):
    if n: yield from deep(n - 1)
    yield n
print(sum(deep(200)))
x = [i for i in (yield_ for yield_ in range(3))]
print(x, (lambda: (yield 5))().__next__())
def catching():
    while True:
        try: yield
        except (KeyError, ValueError) as e: print(repr(e))
c = catching(); next(c); c.throw(KeyError, "k"); c.throw(ValueError, (1, 2)); c.throw(KeyError, KeyError("i")); c.throw(ValueError)
try: c.throw(KeyError("a"), 5)
except TypeError as e: print(e)
