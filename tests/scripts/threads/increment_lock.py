# SPDX-License-Identifier: BSL-1.0
# The same under a Lock, an RLock and a semaphore.
from threading import Lock, RLock, Semaphore, Thread
N, COUNT = 3, 100


def run(guard):
    state = {"n": 0}

    def work():
        for _ in range(COUNT):
            with guard:
                n = state["n"]
                for _ in range(3):
                    pass
                state["n"] = n + 1

    crew = [Thread(target=work) for _ in range(N)]
    for t in crew: t.start()
    for t in crew: t.join()
    return state["n"]


print(run(Lock()), run(RLock()), run(Semaphore(1)))
lock = Lock()
print(lock.acquire(), lock.acquire(False), lock.locked(), lock.acquire(timeout=0.01), lock.release(), lock.locked())
try:
    lock.release()
except RuntimeError as e:
    print(e)
r = RLock()
with r:
    with r:
        print("twice")
try:
    r.release()
except RuntimeError as e:
    print(e)
