# SPDX-License-Identifier: BSL-1.0
# Code objects and traceback objects.
def f(a, b=1, *c): return a
print(f.__code__.co_argcount, f.__code__.co_name, f.__code__.co_firstlineno, f.__code__.co_filename == __file__, f.__code__.co_varnames)
def deep(n):
    if n == 0: raise ValueError("bottom")
    deep(n - 1)
try: deep(2)
except ValueError as x:
    t, lines = x.__traceback__, []
    while t: lines.append(t.tb_lineno); t = t.tb_next
    print(lines, x.__traceback__.tb_frame is not None)
def g(a, /, b, *c, d, **e):
    x = 1
    def inner(): return x, a
    return inner
print(g.__code__.co_varnames, g.__code__.co_cellvars, g(1, 2, d=3).__code__.co_freevars, g.__code__.co_flags, g(1, 2, d=3).__code__.co_flags, g.__code__.co_posonlyargcount, g.__code__.co_kwonlyargcount)
class A:
    def m(self): pass
print(A().m.__code__ is A.m.__code__, A.m.__code__.co_qualname, A.m.__code__ == f.__code__, len({A.m.__code__, f.__code__}))
import sys
def who(): return sys._getframe().f_code.co_name, sys._getframe().f_back.f_code.co_name, sys._getframe(1).f_lineno
def caller():
    return who()
print(caller(), sys._getframe(0).f_globals is globals(), sys._getframe().f_back)
