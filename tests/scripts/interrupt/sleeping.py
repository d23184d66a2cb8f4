# SPDX-License-Identifier: BSL-1.0
import time
print("ready", flush=True)
time.sleep(60)
