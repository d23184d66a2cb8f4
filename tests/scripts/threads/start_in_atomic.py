# SPDX-License-Identifier: BSL-1.0
# A thread started inside an atomic block runs once the block is over.
from threading import Thread
import transaction
from transaction import atomic
import time
native = not hasattr(transaction, "ONE_LOCK")
log = []


def child(): log.append("child")


t = Thread(target=child)
with atomic:
    t.start()
    log.append("still in the block")
t.join()
print(not native or log == ["still in the block", "child"], sorted(log))


def sleeper():
    with atomic:
        log.append("before sleep"); time.sleep(0.005); log.append("after sleep")
crew = [Thread(target=sleeper) for _ in range(3)]
for t in crew: t.start()
for t in crew: t.join()
print(log[2:] == ["before sleep", "after sleep"] * 3)
with atomic: print("printed", "inside", "atomic")
def printer(k):
    with atomic:
        print("first"); print("second")
crew = [Thread(target=printer, args=(k,)) for k in range(3)]
for t in crew: t.start()
for t in crew: t.join()
