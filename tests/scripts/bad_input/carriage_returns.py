# SPDX-License-Identifier: BSL-1.0
if True:
    print("""carriage
returns""".encode())
x = (1,
     2)
print(x)
