# SPDX-License-Identifier: BSL-1.0
for i in range(3):
    pass
break
