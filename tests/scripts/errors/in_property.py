# SPDX-License-Identifier: BSL-1.0
class P:
    @property
    def value(self):
        return 1 / 0


print(P().value)
