# SPDX-License-Identifier: BSL-1.0
# The program ends although a daemon thread still runs; other threads are waited for.
from threading import Event, Thread
import time


def forever():
    while True: pass


def slow():
    time.sleep(0.05)
    print("slow thread done")


Thread(target=forever, daemon=True).start()
Thread(target=Event().wait, daemon=True).start()
Thread(target=slow).start()
print("main done")
