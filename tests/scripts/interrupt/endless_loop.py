# SPDX-License-Identifier: BSL-1.0
import sys
print("ready", flush=True)
n = 0
while True:
    n += 1
