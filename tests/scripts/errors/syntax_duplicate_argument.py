# SPDX-License-Identifier: BSL-1.0
def f(a, b, a):
    pass
