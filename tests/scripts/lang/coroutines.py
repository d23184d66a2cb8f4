# SPDX-License-Identifier: BSL-1.0
# async and await without an event loop: a small scheduler drives plain coroutines.
class Switch:
    def __await__(self): return (yield "switch")
async def add(a, b):
    await Switch()
    return a + b
async def main(n):
    total = 0
    for i in range(n): total = await add(total, i)
    return total
def run(coro):
    steps = 0
    try:
        while True: coro.send(None); steps += 1
    except StopIteration as s: return s.value, steps
print(run(main(5)))
async def use():
    out = []
    for i in range(3): out.append(await add(i, i))
    return out, f"{await add(1, 2)}", (await add(3, 4)) * 2
print(run(use()))
async def fails():
    await Switch(); raise KeyError("from coroutine")
async def catches():
    try: await fails()
    except KeyError as e: return f"caught {e}"
print(run(catches()))
def round_robin(coros):
    order, active = [], list(coros.items())
    while active:
        name, c = active.pop(0)
        try: c.send(None); order.append(name); active.append((name, c))
        except StopIteration as s: order.append((name, s.value))
    return order
print(round_robin({"a": main(2), "b": main(1), "c": add(1, 2)}))
c = add(1, 2); print(type(c).__name__); c.close()
try: run(type("X", (), {})())
except AttributeError as e: print(e)
async def bad(): await 5
try: run(bad())
except TypeError as e: print(e)
