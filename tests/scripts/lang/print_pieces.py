# SPDX-License-Identifier: BSL-1.0
# print() writes what it has before a later argument's __str__ fails.
class Fails:
    def __str__(self): raise ValueError("in str")
try: print("before", Fails(), "after")
except ValueError as e: print("|", e)
