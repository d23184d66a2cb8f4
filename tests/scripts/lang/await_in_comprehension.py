# SPDX-License-Identifier: BSL-1.0
# await inside a comprehension of an async function.
class Switch:
    def __await__(self): return (yield "switch")
async def add(a, b): await Switch(); return a + b
async def main(): return [await add(i, 1) for i in range(3)], {i: await add(i, i) for i in range(2)}
c, n = main(), 0
try:
    while True: c.send(None); n += 1
except StopIteration as s: print(s.value, n)
