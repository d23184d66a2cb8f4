# SPDX-License-Identifier: BSL-1.0
# divmod() and pow() ask both operands.
class D:
    def __divmod__(self, o): return "divmod", o
    def __rdivmod__(self, o): return "rdivmod", o
    def __pow__(self, o, m=None): return "pow", o, m
    def __rpow__(self, o): return "rpow", o
print(divmod(D(), 1), divmod(1, D()), pow(D(), 2), pow(D(), 2, 3), pow(2, D()), 2 ** D())
