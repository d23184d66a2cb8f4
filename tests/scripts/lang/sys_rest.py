# SPDX-License-Identifier: BSL-1.0
# The rest of sys.
import sys
print(sys.version_info.major, sys.version_info >= (3, 11), sys.float_info.max, sys.float_info.epsilon, sys.hash_info.width, sys.maxunicode, sys.int_info.bits_per_digit > 0, sys.implementation.name != "")
