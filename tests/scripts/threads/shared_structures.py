# SPDX-License-Identifier: BSL-1.0
# Many threads on one dict, one set, one tree, one class attribute, under a lock or atomic methods.
from threading import Lock, Thread
from transaction import atomic
N, COUNT = 4, 120
table, members, lock = {}, set(), Lock()


class Node:
    made = 0
    def __init__(self, key): self.key, self.left, self.right, self.n = key, None, None, 1


root = Node(50)


def insert(key):
    node = root
    while True:
        if key == node.key: node.n += 1; return
        side = "left" if key < node.key else "right"
        child = getattr(node, side)
        if child is None: setattr(node, side, Node(key)); Node.made += 1; return
        node = child


def walk(n): return walk(n.left) + [(n.key, n.n)] + walk(n.right) if n else []


def work(k):
    x = k + 1
    for i in range(COUNT):
        x = x * 75 % 65537
        table[k, i] = x
        members.add(x % 97)
        with atomic: insert(x % 101)
        with lock: table["total"] = table.get("total", 0) + 1
        if i % 3 == 0: table.pop((k, i), None)


crew = [Thread(target=work, args=(k,)) for k in range(N)]
for t in crew: t.start()
for t in crew: t.join()
def expect():
    counts, keys, rest = {50: 1}, set(), {}
    for k in range(N):
        x = k + 1
        for i in range(COUNT):
            x = x * 75 % 65537
            keys.add(x % 97); counts[x % 101] = counts.get(x % 101, 0) + 1
            if i % 3: rest[k, i] = x
    return sorted(counts.items()), keys, rest
counts, keys, rest = expect()
total = table.pop("total")
print(total, len(table), table == rest, members == keys, walk(root) == counts, Node.made == len(counts) - 1)
