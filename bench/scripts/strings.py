# SPDX-License-Identifier: BSL-1.0
"""Strings: split, join, format, search, characters."""
from harness import main

TEXT = "It was the best of times, it was the worst of times, it was the age of wisdom. " * 40


def work():
    s, longest = 0, ""
    for i in range(500):
        words = TEXT.lower().replace(",", "").split()
        for w in words:
            s += len(w.strip(".")) + (1 if w.startswith("w") else 0)
        joined = "-".join(words)
        s += joined.count("was") + joined.find("wisdom")
        longest = f"{i:>5}|{s:,}|{joined[i:i + 9]!r}"
    for c in TEXT * 200:
        if c in "aeiou":
            s += ord(c)
    return s, longest


main(work)
