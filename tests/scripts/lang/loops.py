# SPDX-License-Identifier: BSL-1.0
# for, while, else, break, continue, nested.
for i in range(3):
    if i == 5: break
else: print("no break")
for i in range(3):
    if i == 1: break
else: print("never")
print(i)
n = 0
while n < 3:
    n += 1
    if n == 2: continue
    print(n, end=" ")
else: print("while else")
while True:
    n += 1
    if n > 6: break
else: print("never")
for n in range(2, 20):
    for d in range(2, n):
        if n % d == 0: break
    else: print(n, end=" ")
print()
out = []
for i in range(4):
    for j in range(4):
        if j == i: continue
        if i + j == 5: break
        out.append((i, j))
    else:
        out.append("full")
        continue
    out.append("cut")
print(out)
total = 0
i = 10
while i:
    i -= 1
    if not i % 3: continue
    total += i
print(total)
def find(grid, v):
    for y, row in enumerate(grid):
        for x, c in enumerate(row):
            if c == v: return x, y
    return None
print(find(["abc", "def"], "e"), find(["a"], "z"))
while 0: print("never")
else: print("else of while 0")
for _ in "": pass
else: print("else of empty")
x = 5
while x > 0: x -= 2
print(x)
def collatz(n):
    steps = 0
    while n != 1: n, steps = (n // 2 if n % 2 == 0 else 3 * n + 1), steps + 1
    return steps
print([collatz(n) for n in range(1, 20)])
s = 0
for i in range(0, 1000000, 1): s += i & 3
print(s)
i = 0
for i in range(5): i = i * 10
print(i)
for a in range(3):
    try:
        if a == 1: break
    finally: print("f", a)
k = 3
while (k := k - 1): print("k", k)
for i in range(10, 0, -3): print(i, end=",")
for i in reversed(range(3)): print(i, end=";")
for c in "ab" "cd": print(c, end="")
for i, in zip(range(2)): print(i, end="")
print()
for t in 1, 2, *[3]: print(t, end=" ")
print()
matrix = [[i * j for j in range(4)] for i in range(4)]
for row in matrix:
    print(" ".join(f"{v:2}" for v in row))
