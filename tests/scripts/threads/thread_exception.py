# SPDX-License-Identifier: BSL-1.0
# compare: stderr
# An exception that leaves a thread is described on stderr and ends that thread alone.
from threading import Thread


def fail(n):
    return 10 // n


t = Thread(target=fail, args=(0,), name="failing")
t.start(); t.join()
print("main goes on", t.is_alive())


def leave():
    raise SystemExit("silently")


u = Thread(target=leave); u.start(); u.join()
print("end")
