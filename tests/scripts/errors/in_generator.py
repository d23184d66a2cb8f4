# SPDX-License-Identifier: BSL-1.0
def numbers():
    yield 1
    raise ArithmeticError("generator broke")


for n in numbers():
    print(n)
