# SPDX-License-Identifier: BSL-1.0
print("one")
x = "ÿþ"
