# SPDX-License-Identifier: BSL-1.0
def risky():
    assert 1 + 1 == 3, "arithmetic"


try:
    risky()
except AssertionError as e:
    print("saw", e)
    raise
