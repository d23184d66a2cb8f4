# SPDX-License-Identifier: BSL-1.0
try:
    int("x")
except ValueError:
    raise RuntimeError("replaced") from None
