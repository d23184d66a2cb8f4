# SPDX-License-Identifier: BSL-1.0
try:
    pass
x = 1
