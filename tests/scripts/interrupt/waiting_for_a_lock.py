# SPDX-License-Identifier: BSL-1.0
from threading import Lock
lock = Lock()
lock.acquire()
try:
    print("ready", flush=True)
    lock.acquire()
except KeyboardInterrupt:
    print("caught", lock.locked())
