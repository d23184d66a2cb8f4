# SPDX-License-Identifier: BSL-1.0
import sys
print("leaving")
sys.exit("the reason")
