# SPDX-License-Identifier: BSL-1.0
x = "unterminated
y = 1
