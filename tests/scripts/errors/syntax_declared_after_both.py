# SPDX-License-Identifier: BSL-1.0
def f():
    x = 1
    print(x)
    global x
