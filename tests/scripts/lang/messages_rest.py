# SPDX-License-Identifier: BSL-1.0
# Messages about starred arguments that are not iterable, wrong causes, positional-only names and more.
import math, time
def f(*a, **k): pass
def g(a, b, /): pass
class BadRepr:
    def __repr__(self): return 5
def not_a_package(): import os.nope
def wrong_cause(): raise ValueError from 5
for bad in (lambda: [*5], lambda: f(*5), lambda: f(**5), lambda: {**5}, lambda: (*None,), lambda: f(1, **{"a": 1}, **{"a": 2}), lambda: g(a=1, b=2), wrong_cause, lambda: str(BadRepr()), not_a_package, lambda: math.sin(), lambda: math.sin(1, 2), lambda: time.sleep("a")):
    try: bad()
    except (TypeError, ImportError) as e: print(e)
class L: pass
class M(L): pass
for bad in (lambda: type("X", (L, M), {}), lambda: "é".encode("ascii"), lambda: b"a\xff".decode(), lambda: enumerate()):
    try: bad()
    except (TypeError, UnicodeError) as e: print(e, getattr(e, "start", None), getattr(e, "reason", None))
for bad in (lambda: b"" - 0, lambda: "a".find(1, 1.5), lambda: b"a".rindex("x", "y"), lambda: [1].index(2, "a"), lambda: (1).__add__(), lambda: "a".index(), lambda: sum(), lambda: (2).__str__(1), lambda: b"a".startswith()):
    try: bad()
    except TypeError as e: print(e)
