# SPDX-License-Identifier: BSL-1.0
# stderr: exec
exec("x = 1")
