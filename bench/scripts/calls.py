# SPDX-License-Identifier: BSL-1.0
"""Calls of functions: Fibonacci and Ackermann-like recursion, default and keyword arguments."""
from harness import main


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def scale(x, by=3, offset=1):
    return x * by + offset


def work():
    s = 0
    for i in range(1000000):
        s += scale(i) + scale(i, 2) + scale(i, offset=5)
    return fib(29), s


main(work)
