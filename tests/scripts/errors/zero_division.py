# SPDX-License-Identifier: BSL-1.0
def inner(a, b):
    return a / b


def outer():
    print("before")
    return inner(1, 0)


outer()
print("never")
