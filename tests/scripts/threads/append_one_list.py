# SPDX-License-Identifier: BSL-1.0
# N threads append to one list: nothing is lost, each thread's items keep their order.
from threading import Thread
N, COUNT = 4, 300
shared = []


def work(k):
    for i in range(COUNT):
        shared.append((k, i))


crew = [Thread(target=work, args=(k,)) for k in range(N)]
for t in crew:
    t.start()
for t in crew:
    t.join()
print(len(shared), sorted(shared) == [(k, i) for k in range(N) for i in range(COUNT)])
print([[i for k2, i in shared if k2 == k] == list(range(COUNT)) for k in range(N)])
