# SPDX-License-Identifier: BSL-1.0
try:
    print("ready", flush=True)
    while True:
        pass
except KeyboardInterrupt as e:
    print("caught", repr(e))
finally:
    print("finally")
