# SPDX-License-Identifier: BSL-1.0
if True:
        x = 1
    y = 2
