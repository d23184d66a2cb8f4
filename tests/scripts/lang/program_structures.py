# SPDX-License-Identifier: BSL-1.0
# LRU cache, heap, trie, graph search, union-find, matrix of queues: data structures by hand.
class LRU:
    class Entry:
        __slots__ = ("key", "value", "before", "after")
        def __init__(self, key=None, value=None): self.key, self.value = key, value
    def __init__(self, size):
        self.size, self.map, self.root, self.hits, self.misses = size, {}, self.Entry(), 0, 0
        self.root.before = self.root.after = self.root
    def unlink(self, e): e.before.after, e.after.before = e.after, e.before
    def front(self, e): e.after, e.before = self.root.after, self.root; e.after.before = e; self.root.after = e
    def get(self, key, compute):
        e = self.map.get(key)
        if e is not None: self.hits += 1; self.unlink(e); self.front(e); return e.value
        self.misses += 1
        if len(self.map) >= self.size: old = self.root.before; self.unlink(old); del self.map[old.key]
        e = self.map[key] = self.Entry(key, compute(key)); self.front(e)
        return e.value
    def __iter__(self):
        e = self.root.after
        while e is not self.root: yield e.key; e = e.after
lru = LRU(10); x = 1; s = 0
for _ in range(3000): x = x * 75 % 65537; s += lru.get(x % 17, lambda k: k * k)
print(s, lru.hits, lru.misses, list(lru), len(lru.map))
class Heap:
    def __init__(self): self.a = []
    def push(self, v):
        a = self.a; a.append(v); i = len(a) - 1
        while i and a[i] < a[(i - 1) // 2]: a[i], a[(i - 1) // 2] = a[(i - 1) // 2], a[i]; i = (i - 1) // 2
    def pop(self):
        a = self.a; a[0], a[-1] = a[-1], a[0]; top = a.pop(); i = 0
        while (c := 2 * i + 1) < len(a):
            if c + 1 < len(a) and a[c + 1] < a[c]: c += 1
            if a[i] <= a[c]: break
            a[i], a[c] = a[c], a[i]; i = c
        return top
    def __len__(self): return len(self.a)
h = Heap(); values = [(i * 7919 % 1009, i) for i in range(400)]
for v in values: h.push(v)
print([h.pop() for _ in range(len(h))] == sorted(values))
def dijkstra(graph, start):
    dist, q = {start: 0}, Heap(); q.push((0, start))
    while len(q):
        d, n = q.pop()
        if d > dist[n]: continue
        for m, w in graph[n].items():
            if d + w < dist.get(m, float("inf")): dist[m] = d + w; q.push((d + w, m))
    return dist
graph = {f"n{i}": {f"n{(i * k + k) % 40}": (i * k) % 13 + 1 for k in (1, 3, 7)} for i in range(40)}
print(sorted(dijkstra(graph, "n0").items(), key=lambda kv: (kv[1], kv[0])))
def bfs(maze):
    rows = maze.split(); start = next((r, c) for r, row in enumerate(rows) for c, v in enumerate(row) if v == "S")
    seen, frontier, steps = {start}, [start], 0
    while frontier:
        following = []
        for r, c in frontier:
            if rows[r][c] == "E": return steps, len(seen)
            for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
                p = r + dr, c + dc
                if 0 <= p[0] < len(rows) and 0 <= p[1] < len(rows[0]) and rows[p[0]][p[1]] != "#" and p not in seen: seen.add(p); following.append(p)
        frontier, steps = following, steps + 1
print(bfs("S..#....\n.#.#.##.\n.#...#..\n.####.#.\n......#E"))
class Trie:
    def __init__(self): self.children, self.end = {}, False
    def add(self, w):
        n = self
        for c in w: n = n.children.setdefault(c, Trie())
        n.end = True
    def words(self, prefix=""):
        if self.end: yield prefix
        for c in sorted(self.children): yield from self.children[c].words(prefix + c)
t = Trie()
for w in "the then there these they that than a an and ant".split(): t.add(w)
print(list(t.words()), len(list(t.children["t"].words("t"))))
class Union:
    def __init__(self, n): self.parent, self.rank = list(range(n)), [0] * n
    def find(self, x):
        while self.parent[x] != x: self.parent[x] = self.parent[self.parent[x]]; x = self.parent[x]
        return x
    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b: return False
        if self.rank[a] < self.rank[b]: a, b = b, a
        self.parent[b] = a; self.rank[a] += self.rank[a] == self.rank[b]
        return True
u = Union(100)
print(sum(u.join(i, i * i % 100) for i in range(100)), len({u.find(i) for i in range(100)}))
def lcs(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b): table[i + 1][j + 1] = table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
    out, i, j = [], len(a), len(b)
    while i and j:
        if a[i - 1] == b[j - 1]: out.append(a[i - 1]); i -= 1; j -= 1
        elif table[i - 1][j] >= table[i][j - 1]: i -= 1
        else: j -= 1
    return "".join(reversed(out))
print(lcs("the quick brown fox", "a quiet crown of oxen"))
def topological(edges):
    out, mark = [], {}
    def visit(n):
        if mark.get(n) == 1: raise ValueError(f"cycle at {n}")
        if n not in mark:
            mark[n] = 1
            for m in edges.get(n, ()): visit(m)
            mark[n] = 2; out.append(n)
    for n in sorted(edges): visit(n)
    return out[::-1]
print(topological({"shirt": ["tie", "belt"], "tie": ["jacket"], "trousers": ["shoes", "belt"], "belt": ["jacket"]}))
try: topological({"a": ["b"], "b": ["a"]})
except ValueError as e: print(e)
