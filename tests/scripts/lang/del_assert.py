# SPDX-License-Identifier: BSL-1.0
# del, assert, pass, global state, id, locals and globals.
x = 5
del x
try: x
except NameError as e: print(e)
a, b = [1, 2, 3], {"k": 1}
del a[0], b["k"]
print(a, b)
class C: attr = 1
c = C(); c.z = 1
del c.z, C.attr
print(hasattr(c, "z"), hasattr(C, "attr"))
del (a, (b, c))
try: a
except NameError as e: print(e)
for bad in ("no message", "message", "tuple"):
    try:
        if bad == "no message": assert 1 == 2
        elif bad == "message": assert [], f"message {bad}"
        else: assert False, (1, 2)
    except AssertionError as e: print(repr(e), e.args)
assert True; assert [0], "fine"
def f():
    y = 1
    def g(): return y
    del y
    try: g()
    except NameError as e: print(type(e).__name__, e)
    y = 2
    return g()
print(f())
def names():
    one, two = 1, 2
    return sorted(locals())
print(names(), "names" in globals(), globals()["__name__"])
made = 42
print(made, globals()["made"])
def change():
    global made, fresh
    made += 1; fresh = "fresh"
change(); print(made, fresh)
i = 10
def loop():
    global i
    for i in range(3): pass
loop(); print(i)
print(callable(f), type(f), f is f, id(f) == id(f), f.__module__, dir(C())[-1] >= "_", "attr" in dir(type("T", (), {"attr": 1})), vars(type("T", (), {"q": 1}))["q"])
if True: pass
class Empty: ...
def nothing(): pass
print(nothing(), (lambda: None)(), Empty.__name__)
print(abs.__name__, print.__name__)
try: del undefined_name
except NameError as e: print(e)
try: del [][0]
except IndexError as e: print(e)
try: del {}["z"]
except KeyError as e: print(repr(e))
try: del (5).real
except AttributeError as e: print(type(e).__name__)
try: nothing.x.y
except AttributeError as e: print(e)
