# SPDX-License-Identifier: BSL-1.0
# A class derived from float.
class F(float):
    def __add__(self, o): return F(float.__add__(self, o) * 10)
print(F(1.5), F(1.5) + 1, type(F(2) + 1).__name__, F(2) == 2.0, isinstance(F(1), float), F(3) * 2, hash(F(1.5)) == hash(1.5), f"{F(2.5):.2f}", {1.5: "x"}[F(1.5)], int(F(7.9)))
