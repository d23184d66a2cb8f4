# SPDX-License-Identifier: BSL-1.0
# async for, async with, asynchronous generators and comprehensions, driven by hand.
class Pause:
    def __init__(self, tag):
        self.tag = tag

    def __await__(self):
        got = yield self.tag
        return got


def run(coroutine):
    """Answers every pause with its number; shows what was paused for."""
    seen, n = [], 0
    send = None
    while True:
        try:
            seen.append(coroutine.send(send))
        except StopIteration as end:
            return end.value, seen
        except Exception as e:
            return type(e).__name__, str(e), seen
        n += 1
        send = n


async def numbers(n):
    try:
        for i in range(n):
            got = await Pause(f"p{i}")
            sent = yield i * 10 + got
            if sent:
                print("sent", sent)
    except ValueError as e:
        print("numbers saw", e)
        raise


async def loop():
    out = []
    async for v in numbers(3):
        if v == 12:
            continue
        out.append(v)
    else:
        out.append("else")
    return out


async def broken():
    async for v in numbers(3):
        break
    else:
        print("never")
    return v


async def comprehensions():
    a = [v async for v in numbers(2)]
    b = {v: await Pause("in") for v in range(2)}
    c = [w async for w in (x + 1 async for x in numbers(2) if x > 1)]
    d = {v for v in [await Pause("set")]}
    return a, b, c, d


class Manager:
    def __init__(self, swallow):
        self.swallow = swallow

    async def __aenter__(self):
        return await Pause("enter")

    async def __aexit__(self, kind, error, trace):
        print("exit", kind and kind.__name__, error)
        await Pause("exit")
        return self.swallow


async def managed(swallow):
    async with Manager(swallow) as m, Manager(False) as n:
        print("inside", m, n)
        raise KeyError("k")
    return "after"


async def leaving():
    async with Manager(False):
        return "returned"


for c in (loop(), broken(), comprehensions(), managed(True), managed(False), leaving()):
    print(run(c))


async def by_hand():
    g = numbers(5)
    print(await g.__anext__(), await g.asend("hello"))
    try:
        await g.athrow(ValueError, "thrown")
    except ValueError as e:
        print("came out", e)
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print("ended")
    h = numbers(2)
    await anext(h)
    await h.aclose()
    print(await anext(h, "default"))
    await h.aclose()
    print(await anext(numbers(1), "unused"))


print(run(by_hand()))


async def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


async def stops():
    yield 1
    raise StopAsyncIteration("inner")


async def wrong(which):
    if which == 0:
        async for _ in [1]:
            pass
    if which == 1:
        async with 5:
            pass
    if which == 2:
        await 5
    if which == 3:
        s = stubborn()
        await s.__anext__()
        await s.aclose()
    if which == 4:
        async for _ in stops():
            pass
    if which == 5:
        it = numbers(1).__anext__()
        await it
        await it
    if which == 6:
        for _ in numbers(1):
            pass
    if which == 7:
        await (x for x in [])


for which in range(8):
    print(which, run(wrong(which)))
c = loop()
c.close()
try:
    c.send(None)
except RuntimeError as e:
    print(e)
try:
    iter(loop())
except TypeError as e:
    print(e)
g = numbers(1)
print(type(g).__name__, type(loop()).__name__, hasattr(g, "__anext__"), hasattr(g, "__next__"), type(g.__anext__()).__name__, type(g.aclose()).__name__)
print(aiter(g) is g)
for text in ("async for x in y: pass", "def f():\n    async with x: pass", "async def f():\n    yield 1\n    return 2",
             "async def f():\n    yield from x", "def f():\n    [x async for x in y]"):
    try:
        compile(text, "<t>", "exec")
    except SyntaxError as e:
        print(e.msg, e.lineno)
