# SPDX-License-Identifier: BSL-1.0
def first():
    return [][3]


try:
    first()
except IndexError:
    print("handling")
    {}["other"]
