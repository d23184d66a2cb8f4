# SPDX-License-Identifier: BSL-1.0
"""Integer arithmetic on locals."""
from harness import main


def work():
    a, b, s = 1, 7, 0
    for i in range(3000000):
        a = (a * 1103515245 + 12345) & 0x7FFFFFFF
        b ^= a >> 3
        if b & 1:
            s += i % 7
        else:
            s -= i // 5 & 3
    return s, a, b


main(work)
