# SPDX-License-Identifier: BSL-1.0
# Much garbage, cycles and long-lived structures: nothing live may be lost.
class Node:
    def __init__(self, v): self.v = v; self.other = None; self.items = [v]
def cycle(n):
    first = last = Node(0)
    for i in range(1, n): last.other = Node(i); last = last.other
    last.other = first
    return first
keep = [cycle(50) for _ in range(20)]
total = 0
for round in range(200):
    c = cycle(100)
    total += c.other.other.v
    keep[round % 20] = c if round % 3 == 0 else keep[round % 20]
print(total)
for c in keep:
    n, steps, s = c.other, 1, c.v
    while n is not c: s += n.v + n.items[0]; n = n.other; steps += 1
    total += s + steps
print(total)
table = {}
for i in range(60000):
    key = f"key{i % 500}"
    table[key] = [i, str(i) * 3, (i, key)]
    if i % 7 == 0: table.pop(f"key{(i * 13) % 500}", None)
print(len(table), sum(v[0] for v in table.values()), all(v[1] == str(v[0]) * 3 and v[2] == (v[0], k) for k, v in table.items()))
s = ""
for i in range(5000): s += chr(97 + i % 26)
print(len(s), s[-10:])
l = []
for i in range(300):
    l.append([j * 0.5 for j in range(i)])
    if len(l) > 50: l = l[25:]
print(len(l), sum(map(sum, l)))
def gens():
    live = []
    for i in range(500):
        g = (x for x in range(i, i + 3)); next(g); live.append(g)
        if len(live) > 40: live.pop(0)
    return sum(next(g) for g in live)
print(gens())
closures = [(lambda a, b: lambda: (a, b))(i, str(i)) for i in range(1000)]
junk = [bytes(100) for _ in range(20000)]
junk = None
print(sum(f()[0] for f in closures), closures[777]())
big = [10**50 + i for i in range(2000)]
big2 = [b * b for b in big]
print(sum(big2) % 10**9, sum(big) == 2000 * 10**50 + 1999000)
deep = None
for i in range(100000): deep = (deep, i)
n = 0
while deep is not None: deep, v = deep; n += v
print(n)
