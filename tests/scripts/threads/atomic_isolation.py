# SPDX-License-Identifier: BSL-1.0
# What one atomic block does is seen whole or not at all.
from threading import Thread
from transaction import atomic
pair, torn, done = [0, 0], [], []


class P:
    x = y = 0


p, d = P(), {"x": 0, "y": 0}


def write():
    for i in range(150):
        with atomic:
            pair[0] = i; p.x = i; d["x"] = i
            pair[1] = i; p.y = i; d["y"] = i
    done.append(1)


def read():
    while not done:
        with atomic:
            seen = (pair[0], pair[1], p.x, p.y, d["x"], d["y"])
        if len(set(seen)) != 1: torn.append(seen)


crew = [Thread(target=write), Thread(target=read), Thread(target=read)]
for t in crew: t.start()
for t in crew: t.join()
print(torn, pair, p.x, p.y, d)
