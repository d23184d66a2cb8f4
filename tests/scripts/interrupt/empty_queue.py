# SPDX-License-Identifier: BSL-1.0
from queue import Queue
q = Queue()
try:
    print("ready", flush=True)
    q.get()
except KeyboardInterrupt:
    print("caught", q.empty())
