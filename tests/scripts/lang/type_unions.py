# SPDX-License-Identifier: BSL-1.0
# X | Y of types.
print(isinstance(1, int | str), isinstance(1.5, int | str), isinstance(None, int | None), int | None, issubclass(bool, int | str), int | str == str | int)
def f(x: int | None = None) -> list[int] | None: return x
print(f(3))
