# SPDX-License-Identifier: BSL-1.0
# stderr: \N{
print("\N{BULLET}")
