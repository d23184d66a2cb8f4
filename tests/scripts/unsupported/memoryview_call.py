# SPDX-License-Identifier: BSL-1.0
# stderr: memoryview
memoryview(b"abc")
