# SPDX-License-Identifier: BSL-1.0
# The rest of math.
import math
print(math.ulp(1.0), math.ulp(1e300), math.ulp(0.0), math.log2(2**500))
for x in (0.5, 1, 1.5, 2.5, 10, 100): print(math.gamma(x), math.lgamma(x))
