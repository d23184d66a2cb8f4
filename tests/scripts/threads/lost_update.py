# SPDX-License-Identifier: BSL-1.0
# Write skew and lost update must be impossible in atomic blocks, and a lock must be mutual exclusion.
from threading import Lock, Thread
from transaction import atomic
on_call, errors = {"ann": True, "bob": True}, []


def leave(me, other):
    for _ in range(80):
        with atomic:
            if on_call[other]: on_call[me] = False
        with atomic:
            if not on_call[me] and not on_call[other]: errors.append("nobody")
            on_call[me] = True


crew = [Thread(target=leave, args=p) for p in (("ann", "bob"), ("bob", "ann"))]
for t in crew: t.start()
for t in crew: t.join()
lock, inside, most = Lock(), [0], [0]


def enter():
    for _ in range(80):
        with lock:
            inside[0] += 1; most[0] = max(most[0], inside[0]); inside[0] -= 1


crew = [Thread(target=enter) for _ in range(3)]
for t in crew: t.start()
for t in crew: t.join()
print(errors, on_call, most)
