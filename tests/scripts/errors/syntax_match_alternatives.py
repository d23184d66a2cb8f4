# SPDX-License-Identifier: BSL-1.0
match 5:
    case [x, y] | [x]:
        pass
