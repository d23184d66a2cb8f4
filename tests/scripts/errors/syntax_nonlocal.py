# SPDX-License-Identifier: BSL-1.0
def f():
    nonlocal missing
