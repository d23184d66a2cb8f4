# SPDX-License-Identifier: BSL-1.0
"""try, raise, except, finally."""
from harness import main


class Wrong(Exception):
    pass


def check(i):
    if i % 3 == 0:
        raise Wrong(i)
    return i


def work():
    good = bad = ends = 0
    for i in range(1200000):
        try:
            good += check(i)
        except Wrong as e:
            bad += e.args[0]
        finally:
            ends += 1
    return good, bad, ends


main(work)
