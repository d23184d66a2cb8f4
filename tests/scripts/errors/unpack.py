# SPDX-License-Identifier: BSL-1.0
a, b = 1, 2
c, d = (1, 2, 3)
