# math with very large or odd arguments.
import math


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


n = 2 ** 1000
print(math.comb(n, 1) == n, math.comb(n, n), math.comb(n, 2) == n * (n - 1) // 2, math.comb(1, n), math.comb(50, 20), math.comb(7, 0))
print(math.perm(n, 2) == n * (n - 1), math.perm(1, n), math.perm(6, 3), math.perm(5), math.perm(5, None))
print(math.hypot(*[1.7e308] * 4), math.dist([1.7e308] * 2, [-1.7e308] * 2), math.isnan(math.fsum([1, float("nan")])), math.fsum([float("inf"), 1]))
for f in (lambda: math.comb(-n, 1), lambda: math.perm(1, -n), lambda: math.comb(n, n // 2), lambda: math.perm(n, n), lambda: math.isqrt(-n),
          lambda: math.lcm(120, 0, 84.0), lambda: math.prod([1], 2), lambda: math.fsum([float("inf"), float("-inf")]), lambda: math.prod([2, 3], start="ab")):
    show(f)
