# SPDX-License-Identifier: BSL-1.0
class S:
    def __str__(self):
        raise LookupError("no text")


print("value:", S())
