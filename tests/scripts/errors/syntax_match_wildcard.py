# SPDX-License-Identifier: BSL-1.0
match 5:
    case 1 | _ | 3:
        pass
