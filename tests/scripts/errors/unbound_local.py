# SPDX-License-Identifier: BSL-1.0
def f():
    value += 1
    return value


f()
