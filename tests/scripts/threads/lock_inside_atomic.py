# SPDX-License-Identifier: BSL-1.0
# A lock taken inside an atomic block, in both orders: no deadlock, nothing lost.
from threading import Lock, Thread
from transaction import atomic
a, b, count = Lock(), Lock(), [0, 0]


def one():
    for _ in range(60):
        with atomic:
            with a:
                count[0] += 1


def two():
    for _ in range(60):
        with a:
            count[0] += 1
        with b:
            count[1] += 1


def three():
    for _ in range(60):
        with atomic:
            with b: count[1] += 1


crew = [Thread(target=f) for f in (one, two, three, one)]
for t in crew: t.start()
for t in crew: t.join()
print(count, a.locked(), b.locked())
