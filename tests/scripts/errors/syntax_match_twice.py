# SPDX-License-Identifier: BSL-1.0
match 5:
    case [x, {'k': x}]:
        pass
