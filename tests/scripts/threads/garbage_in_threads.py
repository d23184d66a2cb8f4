# SPDX-License-Identifier: BSL-1.0
# Threads that make much garbage and share some of it.
from threading import Thread
shared, sums = {}, [0] * 3


class Node:
    def __init__(self, v, next): self.v, self.next = v, next


def work(k):
    for r in range(60):
        head = None
        for i in range(100): head = Node(i, head)
        n, s = head, 0
        while n: s += n.v; n = n.next
        sums[k] += s
        shared[k, r % 5] = head
        text = "".join(str(i) for i in range(50)); sums[k] += len(text)


crew = [Thread(target=work, args=(k,)) for k in range(3)]
for t in crew: t.start()
for t in crew: t.join()
def length(n): 
    c = 0
    while n: c += 1; n = n.next
    return c
print(sums, len(shared), all(length(h) == 100 for h in shared.values()))
