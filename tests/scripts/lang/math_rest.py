# SPDX-License-Identifier: BSL-1.0
# The rest of math.
import math
print(math.ulp(1.0), math.ulp(1e300), math.ulp(0.0), math.log2(2**500))
for x in (0.5, 1, 1.5, 2.5, 10, 100): print(math.gamma(x), math.lgamma(x))
for n in (10, 2**53, 2**64, 10**30, 10**400, 3**1000): print(math.log(n), math.log2(n), math.log10(n), math.log(n, 7))
for i in range(12): print(math.hypot(i * 1.1, i * 0.37, 3.3), math.dist([i * .3, 2.2], [1.7, i * 1.9]), math.gamma(i - 5.3), math.lgamma(-i - 0.7))
for bad in (lambda: math.gamma(-3), lambda: math.lgamma(0), lambda: math.gamma(200), lambda: math.log2(-1)):
    try: bad()
    except (ValueError, OverflowError) as e: print(type(e).__name__, e)
