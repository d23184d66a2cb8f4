# SPDX-License-Identifier: BSL-1.0
# Queues between threads, unbounded and bounded, with task_done and join.
from queue import Empty, Full, Queue
from threading import Thread


def run(size, producers, consumers, items):
    q, out = Queue(maxsize=size), Queue()

    def produce(k):
        for i in range(items):
            q.put(k * items + i)

    def consume():
        while True:
            v = q.get()
            if v is None:
                q.task_done()
                return
            out.put(v)
            q.task_done()

    ps = [Thread(target=produce, args=(k,)) for k in range(producers)]
    cs = [Thread(target=consume) for _ in range(consumers)]
    for t in ps + cs: t.start()
    for t in ps: t.join()
    for _ in cs: q.put(None)
    q.join()
    for t in cs: t.join()
    got = []
    while not out.empty(): got.append(out.get())
    return len(got), sorted(got) == list(range(producers * items)), q.empty(), q.qsize()


print(run(0, 1, 1, 200))
print(run(1, 2, 2, 60))
print(run(3, 3, 2, 50))
print(run(5, 1, 4, 100))
q = Queue(2)
q.put("a"); q.put_nowait("b")
print(q.full(), q.qsize(), q.maxsize)
for f in (lambda: q.put_nowait("c"), lambda: q.put("c", False), lambda: q.put("c", timeout=0.01)):
    try:
        f()
    except Full: print("Full")
print(q.get(), q.get_nowait(), q.empty())
for f in (lambda: q.get_nowait(), lambda: q.get(False), lambda: q.get(timeout=0.01)):
    try:
        f()
    except Empty: print("Empty")
try:
    q.task_done(); q.task_done(); q.task_done()
except ValueError as e: print(e)
one = Queue()
order = []
t = Thread(target=lambda: order.extend(one.get() for _ in range(100)))
t.start()
for i in range(100): one.put(i)
t.join()
print(order == list(range(100)))
