# SPDX-License-Identifier: BSL-1.0
print([x for x in range(3) for y in [z := x]])
