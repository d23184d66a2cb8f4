# SPDX-License-Identifier: BSL-1.0
# Floats: arithmetic, shortest repr, rounding, special values.
import math
inf, nan = float("inf"), float("nan")
for x in (0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 2 / 3, 1e15, 1e16, 1e17, 1e22, 1e23, 123456789.123456789, 1e-4, 1e-5, 5e-324, 1.7976931348623157e308, 2.5, 3.5, 1e100, 0.1 + 0.2, inf, -inf, nan):
    print(repr(x), str(x), -x, abs(x), x == x, bool(x), x * 2, x + 1)
for a in (7.5, -7.5, 0.1, 1e10, -3.0):
    for b in (2.0, -2.0, 0.3, -0.3, 3):
        print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b))
print(2.0**10, 2.0**-1, 4**0.5, (-8.0)**3, 2**0.5, 0.0**0)
print((-8)**(1/3) != 0)
for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1.005, 1e20, 123.456):
    print(round(x), round(x, 1), round(x, 2), round(x, -1), int(x), math.floor(x), math.ceil(x), math.trunc(x))
print(float("1.5"), float(" -2e3 "), float("1_0.5"), float("inf"), float("-Infinity"), float("nan"), float(7), float())
print(inf > 1e308, -inf < 0, nan == nan, nan != nan, nan < 1, inf == inf, inf - inf, inf * 0)
print(1.0 == 1, hash(1.0) == hash(1), hash(0.5), hash(-1.0), hash(inf), hash(1e300), {1: "a"}[1.0])
print((0.5).as_integer_ratio(), (2.75).as_integer_ratio(), (3.0).is_integer(), (3.5).is_integer())
print((1.0).hex(), (-0.1).hex(), (255.5).hex(), float.fromhex("0x1.8p3"))
print(1e3, 1E3, .5, 5., 1_0.0_1, 1e-7, 12345678901234567.0)
print(min(1.5, 1), max(2, 2.0), sum([0.1] * 10), sum([1, 2.5, 3]))
print("%.3f %5.1f %e %g %G %08.3f %+.2f" % (3.14159, 2.55, 12345.678, 1e-5, 1e20, -3.14159, 2.0))
print(f"{3.14159:.2f} {1e10:.3e} {0.1:.20f} {1234567.891:,.2f} {0.25:%} {0.000012:g} {1e16:g} {100000.0:g} {1000000.0:g} {1.0:g}")
print(f"{inf} {-inf:10} {nan:>8} {inf:.2f} {-0.0:+} {1.5:010.3f} {-1.5:010.3f} {3.0:.0f} {2.5:.0f} {3.5:.0f}")
x = 1.0
for i in range(1, 30):
    x = x / 3 + i
    print(x)
for f in (lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 0.0**-1, lambda: float("abc"), lambda: float(""), lambda: 1e308 * 10, lambda: 10.0**400, lambda: round(inf), lambda: math.sqrt(-1), lambda: math.exp(1000)):
    try:
        print(f())
    except (ZeroDivisionError, OverflowError, ValueError) as e:
        print(type(e).__name__ + ":", e)
