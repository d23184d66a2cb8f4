# SPDX-License-Identifier: BSL-1.0
x = 1
match x:
    case x():
        pass
