# SPDX-License-Identifier: BSL-1.0
def f():
    global x
    x = 1
    global x
