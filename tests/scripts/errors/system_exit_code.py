# SPDX-License-Identifier: BSL-1.0
import sys
try:
    sys.exit(7)
finally:
    print("finally")
