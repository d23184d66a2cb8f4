# SPDX-License-Identifier: BSL-1.0
"""Lists: index, store, append, slices, sieve."""
from harness import main


def work():
    n = 1000000
    flags = [True] * n
    for i in range(2, 1001):
        if flags[i]:
            for j in range(i * i, n, i):
                flags[j] = False
    primes = [i for i in range(2, n) if flags[i]]
    grid = [[i ^ j for j in range(120)] for i in range(120)]
    for _ in range(100):
        for row in grid:
            for k in range(1, 119):
                row[k] = (row[k - 1] + row[k] + row[k + 1]) % 256
    out = []
    for row in grid:
        out.extend(row[::3])
    return len(primes), primes[-1], sum(out)


main(work)
