# SPDX-License-Identifier: BSL-1.0
# A sort key that waits for another thread, and a callback in a native that blocks.
from queue import Queue
from threading import Thread
asked, answers = Queue(), Queue()


def oracle():
    while (v := asked.get()) is not None: answers.put(-v)


def key(v):
    asked.put(v)
    return answers.get()


t = Thread(target=oracle); t.start()
print(sorted(range(10), key=key), max([3, 1, 2], key=key), list(map(key, [1, 2])), min([5, 2], key=key))


class Waits:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return key(self.v) > key(o.v)
    def __hash__(self): return key(self.v) % 3
    def __eq__(self, o): return key(self.v) == key(o.v)
    def __repr__(self): return f"W{self.v}"


print(sorted([Waits(3), Waits(1), Waits(2)]), {Waits(i % 3): i for i in range(6)}, Waits(2) in [Waits(1), Waits(2)], str(Waits(9)))
asked.put(None); t.join()
