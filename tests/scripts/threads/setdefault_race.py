# SPDX-License-Identifier: BSL-1.0
# dict.setdefault is atomic: every thread gets the same list for a key.
from threading import Thread
N, KEYS = 4, 50
table, seen = {}, [[] for _ in range(N)]


def work(k):
    for i in range(KEYS):
        bucket = table.setdefault(i, [])
        bucket.append(k)
        seen[k].append(bucket)


crew = [Thread(target=work, args=(k,)) for k in range(N)]
for t in crew: t.start()
for t in crew: t.join()
print(len(table), all(sorted(b) == list(range(N)) for b in table.values()))
print(all(seen[k][i] is table[i] for k in range(N) for i in range(KEYS)))
