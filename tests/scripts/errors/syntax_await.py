# SPDX-License-Identifier: BSL-1.0
def f():
    await g()
