# SPDX-License-Identifier: BSL-1.0
"""Generators, comprehensions, closures."""
from harness import main


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def pipeline(n):
    odd = (x for x in count(n) if x & 1)
    return sum(x * x & 255 for x in odd)


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def work():
    adders = [lambda x, k=k: x + k for k in range(10)]
    s = 0
    for i in range(300000):
        s = adders[i % 10](s) & 0xFFFFF
    return pipeline(2400000), sum(tree(15)), s


main(work)
