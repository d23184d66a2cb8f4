# SPDX-License-Identifier: BSL-1.0
# Recursion: deep, mutual, and the limit.
import sys
def ack(m, n): return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
print(ack(2, 6))
def hanoi(n, a, b, c, moves): 
    if n: hanoi(n - 1, a, c, b, moves); moves.append((a, c)); hanoi(n - 1, b, a, c, moves)
    return moves
print(len(hanoi(10, "A", "B", "C", [])), hanoi(3, "A", "B", "C", []))
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(500), odd(501), even(301))
def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
print(depth(900))
def endless(n): return endless(n + 1)
try:
    endless(0)
except RecursionError as e: print(type(e).__name__, e)
print(sys.getrecursionlimit())
sys.setrecursionlimit(5000)
print(depth(4500))
sys.setrecursionlimit(1000)
def tree(n): return None if n == 0 else (tree(n - 1), n, tree(n - 1))
def walk(t): return [] if t is None else walk(t[0]) + [t[1]] + walk(t[2])
print(walk(tree(5)))
def flatten(l): return [y for x in l for y in (flatten(x) if isinstance(x, list) else [x])]
print(flatten([1, [2, [3, [4, [5]]], 6], [[]], 7]))
def perms(s): return [s] if len(s) < 2 else [s[i] + p for i in range(len(s)) for p in perms(s[:i] + s[i + 1:])]
print(perms("abc"), len(perms("abcdef")))
def subsets(l): return [[]] if not l else subsets(l[1:]) + [[l[0]] + s for s in subsets(l[1:])]
print(subsets([1, 2, 3]))
def gcd(a, b): return a if b == 0 else gcd(b, a % b)
print(gcd(1071, 462), gcd(2**40, 6**20))
def binary(n): return str(n) if n < 2 else binary(n // 2) + str(n % 2)
print(binary(1000))
class Tree:
    def __init__(self, v): self.v = v; self.left = self.right = None
    def insert(self, v):
        side = "left" if v < self.v else "right"
        child = getattr(self, side)
        if child is None: setattr(self, side, Tree(v))
        else: child.insert(v)
    def __iter__(self):
        if self.left: yield from self.left
        yield self.v
        if self.right: yield from self.right
    def height(self): return 1 + max(self.left.height() if self.left else 0, self.right.height() if self.right else 0)
t = Tree(50)
for i in range(100): t.insert(i * 37 % 101)
print(list(t) == sorted([50] + [i * 37 % 101 for i in range(100)]), t.height())
class Loop:
    def __getattr__(self, n): return getattr(self, n + "x")
try:
    Loop().a
except RecursionError as e: print("RecursionError")
class Repr:
    def __repr__(self): return repr(self)
try:
    repr(Repr())
except RecursionError as e: print("RecursionError")
class Eq:
    def __eq__(self, o): return self == o
try:
    Eq() == Eq()
except RecursionError as e: print("RecursionError")
print(depth(500))
n = []
for i in range(100): n = [n]
print(str(n).count("["))
def mutual_gen(n):
    if n: yield n; yield from mutual_gen(n - 1)
print(sum(mutual_gen(300)))
