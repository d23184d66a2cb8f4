# SPDX-License-Identifier: BSL-1.0
# Context managers.
class M:
    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow
    def __enter__(self): print("enter", self.name); return self.name.upper()
    def __exit__(self, kind, error, trace):
        print("exit", self.name, kind and kind.__name__, error, trace is not None)
        return self.swallow
with M("a") as a, M("b"): print(a)
with (M("c") as c, M("d") as d,): print(c, d)
with M("s", True): raise ValueError("swallowed")
print("after")
try:
    with M("o"), M("i"): raise KeyError("out")
except KeyError as e: print("caught", e)
def early():
    with M("r"): return "returned"
print(early())
for i in range(3):
    with M(f"loop{i}"):
        if i == 0: continue
        if i == 1: break
class Bad:
    def __enter__(self): return self
    def __exit__(self, *a): raise RuntimeError("from exit")
try:
    with Bad(): raise ValueError("first")
except RuntimeError as e: print(e, repr(e.__context__))
class EnterFails(M):
    def __enter__(self): raise OSError("enter fails")
try:
    with M("outer"), EnterFails("x"): print("never")
except OSError as e: print(e)
class Target: pass
t = Target(); l = [0]
with M("t") as t.attr, M("u") as l[0]: print(t.attr, l)
with M("tuple") as (x, *y): print(x, y)
def gen():
    with M("g"):
        yield 1
        yield 2
g = gen(); next(g); g.close()
print(list(gen()))
class Stack:
    def __init__(self): self.undo = []
    def __enter__(self): return self
    def __exit__(self, *a):
        while self.undo: self.undo.pop()()
with Stack() as s:
    for i in range(3): s.undo.append(lambda i=i: print("undo", i))
def nested(n):
    if n == 0: raise ValueError("deep")
    with M(str(n), n == 3): nested(n - 1)
    print("survived at", n)
nested(4)
def finally_inside():
    with M("f"):
        try: return 1
        finally: print("finally")
print(finally_inside())
for bad in (5, M, type("NoExit", (), {"__enter__": lambda s: s})()):
    try:
        with bad: pass
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
import threading
lock = threading.Lock()
with lock: print(lock.locked())
print(lock.locked())
