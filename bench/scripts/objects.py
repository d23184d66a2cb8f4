# SPDX-License-Identifier: BSL-1.0
"""Objects made and dropped: linked lists and trees."""
from harness import main


class Tree:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        return 1 if self.left is None else 1 + self.left.check() + self.right.check()


def make(depth):
    return Tree(None, None) if depth == 0 else Tree(make(depth - 1), make(depth - 1))


def work():
    kept = make(12)
    return sum(make(8).check() for _ in range(3000)), kept.check()


main(work)
