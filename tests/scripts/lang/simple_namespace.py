# SPDX-License-Identifier: BSL-1.0
# types.SimpleNamespace is a class to be called, compared, shown and derived from.
import copy
import sys
import types

n = types.SimpleNamespace(a=1, b="two")
print(n, n.a, n.b, n == types.SimpleNamespace(a=1, b="two"), n != types.SimpleNamespace(a=1))
n.c = n
print(n)
del n.c, n.a
print(n, vars(n), type(sys.implementation) is types.SimpleNamespace, hasattr(sys, "nothing"))


class Point(types.SimpleNamespace):
    pass


print(Point(x=1), copy.copy(Point(x=[1])), Point(x=1) == types.SimpleNamespace(x=1))
for wrong in (lambda: types.SimpleNamespace(1), lambda: hash(n), lambda: sys.nothing, lambda: n < 3):
    try:
        wrong()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__)
