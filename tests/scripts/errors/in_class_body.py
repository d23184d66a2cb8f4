# SPDX-License-Identifier: BSL-1.0
class Broken:
    x = 1
    y = x.missing
