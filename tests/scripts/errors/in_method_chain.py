# SPDX-License-Identifier: BSL-1.0
class Chain:
    def __init__(self, n):
        self.n = n

    def next(self):
        if self.n == 0:
            raise StopIteration("chain ends")
        return Chain(self.n - 1)


Chain(2).next().next().next()
