# SPDX-License-Identifier: BSL-1.0
# Condition, Barrier, Timer, local, BoundedSemaphore.
import threading
from threading import Barrier, BoundedSemaphore, Condition, Lock, Thread, Timer, local
cond, items, got = Condition(), [], []


def consumer():
    for _ in range(20):
        with cond:
            while not items: cond.wait()
            got.append(items.pop(0))


def producer(k):
    for i in range(20):
        with cond:
            items.append((k, i)); cond.notify()


crew = [Thread(target=consumer), Thread(target=consumer), Thread(target=producer, args=(0,)), Thread(target=producer, args=(1,))]
for t in crew: t.start()
for t in crew: t.join()
print(len(got), sorted(got) == [(k, i) for k in range(2) for i in range(20)])
barrier, phases, lock = Barrier(3), [], Lock()


def phase(k):
    for i in range(5):
        with lock: phases.append(i)
        barrier.wait()


crew = [Thread(target=phase, args=(k,)) for k in range(3)]
for t in crew: t.start()
for t in crew: t.join()
print(phases)
mine, out = local(), []
mine.v = "main"


def own(k):
    mine.v = k
    for _ in range(10): mine.v += 1
    out.append(mine.v)


crew = [Thread(target=own, args=(k * 100,)) for k in range(3)]
for t in crew: t.start()
for t in crew: t.join()
print(mine.v, sorted(out))
fired = []
t = Timer(0.01, fired.append, args=("fired",)); t.start(); t.join(); print(fired)
c = Timer(60, fired.append, args=("never",)); c.start(); c.cancel(); c.join(); print(fired)
s = BoundedSemaphore(2)
print(s.acquire(), s.acquire(), s.acquire(False)); s.release(); s.release()
try: s.release()
except ValueError as e: print(e)
active, peak, gate, guard = [0], [0], threading.Semaphore(2), Lock()


def limited():
    for _ in range(10):
        with gate:
            with guard: active[0] += 1; peak[0] = max(peak[0], active[0])
            with guard: active[0] -= 1


crew = [Thread(target=limited) for _ in range(4)]
for t in crew: t.start()
for t in crew: t.join()
print(peak[0] <= 2, active)
with cond: print(cond.wait(0.01), cond.wait_for(lambda: True), cond.wait_for(lambda: False, 0.01))
try: cond.notify()
except RuntimeError as e: print(e)
