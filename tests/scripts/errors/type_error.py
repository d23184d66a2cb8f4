# SPDX-License-Identifier: BSL-1.0
items = [1, 2]
total = sum(items) + "x"
