# SPDX-License-Identifier: BSL-1.0
def f():
    return completely_undefined_thing + 1


f()
