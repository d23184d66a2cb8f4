# SPDX-License-Identifier: BSL-1.0
"""Dicts: look-ups, stores, growth, tuple and string keys."""
from harness import main


def work():
    counts, names, table = {}, [f"name{i}" for i in range(500)], {}
    for i in range(1200000):
        name = names[i * 7 % 500]
        counts[name] = counts.get(name, 0) + 1
    for i in range(150000):
        table[i % 300, i // 500] = i
    s = 0
    for key, v in table.items():
        s += key[0] * v
    grown = {}
    for i in range(200000):
        grown[i] = i
    return len(counts), s, len(grown), sum(grown[i] for i in range(0, 200000, 3))


main(work)
