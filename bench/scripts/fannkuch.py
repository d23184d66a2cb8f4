# SPDX-License-Identifier: BSL-1.0
"""Permutations and reversals of small lists."""
from harness import main


def fannkuch(n):
    perm1, count = list(range(n)), [0] * n
    most, checksum, sign = 0, 0, 1
    while True:
        if perm1[0]:
            perm, flips = perm1[:], 0
            while k := perm[0]:
                perm[:k + 1] = perm[k::-1]
                flips += 1
            if flips > most:
                most = flips
            checksum += sign * flips
        if sign == 1:
            perm1[0], perm1[1] = perm1[1], perm1[0]
            sign = -1
            continue
        perm1[1], perm1[2] = perm1[2], perm1[1]
        sign = 1
        for i in range(2, n):
            if count[i] < i:
                count[i] += 1
                break
            count[i] = 0
            if i == n - 1:
                return checksum, most
            perm1.insert(i + 1, perm1.pop(0))


def work():
    return fannkuch(9)


main(work)
