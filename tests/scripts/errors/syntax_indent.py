# SPDX-License-Identifier: BSL-1.0
def f():
    x = 1
      y = 2
