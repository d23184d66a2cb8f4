# SPDX-License-Identifier: BSL-1.0
print("no newline at the end")