# SPDX-License-Identifier: BSL-1.0
print(f(a=1, a=2))
