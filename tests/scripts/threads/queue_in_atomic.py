# SPDX-License-Identifier: BSL-1.0
# Blocking inside an atomic block: the block waits, runs again, and takes effect as a whole.
from queue import Queue
from threading import Event, Lock, Thread
import transaction
from transaction import atomic
native = not hasattr(transaction, "ONE_LOCK")
source, sink, seen = Queue(), Queue(), []


def mover():
    for _ in range(20):
        if native:
            with atomic:
                v = source.get()
                sink.put(v)
                seen.append(v)
        else:
            v = source.get()
            with atomic: sink.put(v); seen.append(v)


crew = [Thread(target=mover) for _ in range(2)]
for t in crew: t.start()
for i in range(40): source.put(i)
for t in crew: t.join()
got = sorted(sink.get() for _ in range(40))
print(got == list(range(40)), sorted(seen) == got, source.empty(), sink.empty())
gate, passed = Event(), []


def waiter(k):
    if native:
        with atomic:
            gate.wait()
            passed.append(k)
    else:
        gate.wait(); passed.append(k)


crew = [Thread(target=waiter, args=(k,)) for k in range(3)]
for t in crew: t.start()
print(passed)
gate.set()
for t in crew: t.join()
print(sorted(passed))
