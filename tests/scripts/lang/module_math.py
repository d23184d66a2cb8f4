# SPDX-License-Identifier: BSL-1.0
# The math module.
import math
from math import pi, e, tau, inf, nan, sqrt as root
print(pi, e, tau, inf, nan, root(2), math.sqrt(16), math.isqrt(17), math.cbrt(27))
for x in (0, 0.5, 1, -1, 2.5, 10, 100):
    print(x, math.sin(x), math.cos(x), math.exp(x) if x < 50 else "", math.atan(x), math.floor(x), math.ceil(x), math.trunc(x), math.fabs(x), math.tanh(x), math.erf(x))
    if x > 0: print(math.log(x), math.log2(x), math.log10(x), math.log1p(x))
print(math.tan(1), math.asin(0.5), math.acos(0.5), math.atan2(1, -1), math.sinh(1), math.cosh(1), math.asinh(1), math.acosh(2), math.atanh(0.5), math.expm1(1e-10), math.degrees(math.pi), math.radians(180), math.hypot(3, 4), math.hypot(1, 2, 3), math.dist((0, 0), (3, 4)))
print(math.pow(2, 0.5), math.fmod(-7, 3), math.remainder(7, 4), math.copysign(3, -0.0), math.modf(3.75), math.frexp(10.0), math.ldexp(0.5, 4), math.log(100, 10), math.log(8, 2), math.fsum([0.1] * 10), math.prod([1, 2, 3, 4]), math.prod([0.5] * 3, start=8))
print(math.gcd(12, 18), math.gcd(), math.gcd(12, 18, 27), math.lcm(4, 6), math.factorial(20), math.comb(10, 3), math.perm(5, 2), math.perm(4), math.isnan(nan), math.isinf(-inf), math.isfinite(1), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-9, abs_tol=1e-8), math.nextafter(1, 2))
print(math.log(2**200), math.sqrt(10**40), math.floor(1e20), math.ceil(-0.5), math.floor(-2.5), math.isqrt(10**50), math.factorial(0))
class F:
    def __float__(self): return 4.0
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
print(math.sqrt(F()), math.floor(F()), math.ceil(F()), math.trunc(F()), math.sqrt(True))
for bad in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.exp(1000), lambda: math.acos(2), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.sqrt("a"), lambda: math.gcd(1.5), lambda: math.floor(inf), lambda: math.ceil(nan), lambda: math.pow(0, -1), lambda: math.fmod(1, 0), lambda: math.isqrt(-1), lambda: math.comb(-1, 2), lambda: math.nope, lambda: math.gamma(0), lambda: math.cosh(1000), lambda: math.pow(10, 400), lambda: math.ldexp(1, 5000)):
    try:
        print(bad())
    except Exception as x: print(type(x).__name__, x)
