# SPDX-License-Identifier: BSL-1.0
def down(n):
    return down(n + 1)


try:
    down(0)
except RecursionError:
    print("limit")
raise SystemError("after recursion")
