# SPDX-License-Identifier: BSL-1.0
x = f"{1 +}"
