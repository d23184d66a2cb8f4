# SPDX-License-Identifier: BSL-1.0
print("never printed")
x = (1 + 2
y = 3
