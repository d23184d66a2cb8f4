# SPDX-License-Identifier: BSL-1.0
def needs_two(a, b):
    return a


needs_two(1)
