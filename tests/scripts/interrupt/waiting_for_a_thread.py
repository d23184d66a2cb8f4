# SPDX-License-Identifier: BSL-1.0
from threading import Event, Thread
stop = Event()
t = Thread(target=stop.wait)
t.start()
try:
    print("ready", flush=True)
    t.join()
except KeyboardInterrupt:
    print("caught")
    stop.set()
    t.join()
print("end")
