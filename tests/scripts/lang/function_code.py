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
