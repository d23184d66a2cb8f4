# SPDX-License-Identifier: BSL-1.0
# Threads of _thread insert into one sorted list, and each has its own attributes of a local.
import _thread
import bisect
import threading

numbers, seen, done = [], [], threading.Semaphore(0)


class Own(threading.local):
    kind = "own"

    def __init__(self, start):
        self.total = start
        seen.append(start)


own = Own(100)


def insert(which, count=0):
    for i in range(count):
        bisect.insort(numbers, i * 4 + which)
        own.total += 1
    seen.append((which, own.total, own.kind, sorted(own.__dict__)))
    done.release()


for which in range(4):
    _thread.start_new_thread(insert, (which,), {"count": 50})
for which in range(4):
    done.acquire()
print(numbers == list(range(200)), own.total)
print(sorted(seen, key=str))
for wrong in (lambda: _thread.start_new_thread(3, ()), lambda: _thread.start_new_thread(insert, []),
              lambda: _thread.start_new_thread(insert, (), 5), lambda: setattr(own, "__dict__", {}),
              lambda: threading.local(1), lambda: threading.Lock().acquire(timeout=-3)):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
