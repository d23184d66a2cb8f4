# SPDX-License-Identifier: BSL-1.0
# Threads started by threads, joined by their starters.
from threading import Lock, Thread
lock, log = Lock(), []


def tree(depth, path):
    with lock: log.append(path)
    if depth:
        kids = [Thread(target=tree, args=(depth - 1, path + (k,))) for k in range(2)]
        for t in kids: t.start()
        for t in kids: t.join()
        with lock: log.append(path + ("joined",))


t = Thread(target=tree, args=(3, ())); t.start(); t.join()
print(len(log), sorted(map(str, log)))
many = []
for i in range(60):
    t = Thread(target=many.append, args=(i,)); t.start(); t.join()
print(many == list(range(60)))
