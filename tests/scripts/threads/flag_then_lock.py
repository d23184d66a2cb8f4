# SPDX-License-Identifier: BSL-1.0
# Main sets a flag, then blocks on a lock whose holder spins on the flag.
from threading import Lock, Thread
flag, lock, order = [False], Lock(), []
held = []


def holder():
    with lock:
        held.append(1)
        while not flag[0]:
            pass
        order.append("holder saw the flag")


t = Thread(target=holder)
t.start()
while not held:
    pass
flag[0] = True
with lock:
    order.append("main has the lock")
t.join()
print(order)
