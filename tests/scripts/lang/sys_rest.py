# SPDX-License-Identifier: BSL-1.0
# The rest of sys.
import sys
print(sys.version_info.major, sys.version_info >= (3, 11), sys.float_info.max, sys.float_info.epsilon, sys.hash_info.width, sys.maxunicode, sys.int_info.bits_per_digit > 0, sys.implementation.name != "")
print(sys.version_info[:2], sys.version_info.releaselevel, sys.float_info, sys.exception(), isinstance(sys.version_info, tuple))
try: 1 / 0
except ZeroDivisionError: print(sys.exception())
import time
print(time.gmtime(0), time.gmtime(0).tm_year, time.gmtime(86400 * 365.25)[:3], time.struct_time((1, 2, 3, 4, 5, 6, 7, 8, 9)))
print(time.strftime("%Y-%m-%d", time.gmtime(0)), time.asctime(time.gmtime(0)), time.mktime(time.localtime(12345)))
