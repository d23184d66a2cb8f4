# SPDX-License-Identifier: BSL-1.0
x = 5
1 + x = 3
