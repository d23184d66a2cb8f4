# SPDX-License-Identifier: BSL-1.0
# globals() is the module's namespace itself: writing to it defines and changes globals.
globals()["made"] = 42
print(made)
globals()["made"] += 1
print(made, "made" in globals(), globals().get("none"))
del globals()["made"]
try: made
except NameError as e: print(e)
def f(): globals().update(a=1, b=2)
f(); print(a + b)
g = globals()
g["x"] = 6
print(g is globals(), "x" in g, "nope" in g, type(g).__name__)
def f(): return globals()["x"]
print(f(), sorted(k for k in globals() if not k.startswith("_")))
print("%(x)s" % globals(), "{x}".format(**globals()))
def h(**k): return k["x"]
print(h(**globals()), dict(globals())["x"], dict(globals(), q=1)["q"])
import os
print(os.__dict__["sep"], vars(os)["sep"], "sep" in vars(os))
locals()["z"] = 9
print(z)
print(f.__globals__ is g)
g["len"] = lambda v: "mine"
print(len([1]))
del g["len"]
print(len([1]))
def use(): return len([1,2])
print(use())
len = lambda v: "again"
print(use())
del len
print(use())
import os
os.newname = 3
print(os.newname)
try: g["none"]
except KeyError as e: print(repr(e))
print(g == globals(), bool(g))
for k, v in list(globals().items()):
    if k == "x": print(k, v)
print(g.pop("x"), "x" in g, g.setdefault("w", 3), w)
print({**g}["w"], [*g][:1] == list(g)[:1])
print(len.__self__.__name__, [].append.__self__, sorted(n for n in globals() if n.startswith("__")))
print(len(dir()) == len(globals()), "g" in vars(), "g" in dir())
for name in list(globals()):
    if name == "w": del globals()[name]
print("w" in globals())
