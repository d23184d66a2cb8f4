# SPDX-License-Identifier: BSL-1.0
# Each thread runs generators of its own; one generator is passed round under a lock.
from threading import Lock, Thread


def primes(n):
    found = []
    for i in range(2, n):
        if all(i % p for p in found):
            found.append(i)
            yield i


def chunks(it, size):
    chunk = []
    for v in it:
        chunk.append(v)
        if len(chunk) == size:
            got = yield chunk
            chunk = [got] if got is not None else []
    if chunk: yield chunk


results = [None] * 4


def work(k): results[k] = [sum(c) for c in chunks(primes(80 + 20 * k), 5)]


crew = [Thread(target=work, args=(k,)) for k in range(4)]
for t in crew: t.start()
for t in crew: t.join()
for r in results: print(r)
shared, lock, taken = iter(x * x for x in range(200)), Lock(), []


def take():
    while True:
        with lock: v = next(shared, None)
        if v is None: return
        taken.append(v)


crew = [Thread(target=take) for _ in range(3)]
for t in crew: t.start()
for t in crew: t.join()
print(sorted(taken) == [x * x for x in range(200)])
