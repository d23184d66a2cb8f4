# SPDX-License-Identifier: BSL-1.0
"""Sorting with and without keys, and a merge sort by hand."""
from harness import main


def merge_sort(a):
    if len(a) < 2:
        return a
    middle = len(a) // 2
    x, y, out, i, j = merge_sort(a[:middle]), merge_sort(a[middle:]), [], 0, 0
    while i < len(x) and j < len(y):
        if y[j] < x[i]:
            out.append(y[j])
            j += 1
        else:
            out.append(x[i])
            i += 1
    return out + x[i:] + y[j:]


def work():
    data, x = [], 1
    for _ in range(40000):
        x = x * 75 % 65537
        data.append(x)
    by_hand = merge_sort(data)
    pairs = sorted(((v % 97, v) for v in data), key=lambda p: (p[0], -p[1]))
    return by_hand == sorted(data), pairs[100], pairs[-1]


main(work)
