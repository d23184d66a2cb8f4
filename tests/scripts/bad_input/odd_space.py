# SPDX-License-Identifier: BSL-1.0
print("form feed")
if 1:
	print("tab")
\

print("x" \
  "y")
