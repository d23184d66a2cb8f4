# SPDX-License-Identifier: BSL-1.0
match 5:
    case [y, *_]:
        pass
    case y:
        pass
    case 2:
        pass
