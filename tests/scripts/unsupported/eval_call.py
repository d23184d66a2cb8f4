# SPDX-License-Identifier: BSL-1.0
# stderr: eval
print("before")
eval("1 + 1")
