# SPDX-License-Identifier: BSL-1.0
values = {
    "one": 1,
    "two": [
        1,
        2,
        None + 3,
    ],
}
