# SPDX-License-Identifier: BSL-1.0
# stderr: compile
compile("1", "f", "eval")
