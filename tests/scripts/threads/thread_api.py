# SPDX-License-Identifier: BSL-1.0
# Thread objects: names, daemon, is_alive, join, subclasses, misuse.
import threading
from threading import Thread, current_thread, main_thread
print(current_thread() is main_thread(), main_thread().name, threading.active_count(), current_thread().daemon)
t = Thread(target=lambda: None, name="named")
print(t.name, t.daemon, t.is_alive(), t.ident)
t.start(); t.join()
print(t.is_alive(), t.ident is not None)
names = []


def who(): names.append(current_thread().name)


for k in range(3):
    u = Thread(target=who, name=f"worker-{k}"); u.start(); u.join()
print(names)


class Adder(Thread):
    def __init__(self, a, b):
        super().__init__()
        self.a, self.b = a, b

    def run(self):
        self.result = self.a + self.b


adders = [Adder(i, i * 10) for i in range(4)]
for a in adders: a.start()
for a in adders: a.join()
print([a.result for a in adders])
out = []
k = Thread(target=lambda *a, **kw: out.append((a, kw)), args=(1, 2), kwargs={"x": 3})
k.start(); k.join()
print(out)
for bad in (lambda: t.start(), lambda: Thread().join(), lambda: current_thread().join(), lambda: Thread(5), lambda: setattr(t, "daemon", True) if False else Thread.join(Thread())):
    try:
        bad()
    except (RuntimeError, AssertionError) as e: print(type(e).__name__, e)
d = Thread(target=who, daemon=True)
print(d.daemon); d.start(); d.join(5); print(d.is_alive())
slow = threading.Event()
s = Thread(target=slow.wait); s.start()
print(s.is_alive(), s.join(0.01), s.is_alive(), s in threading.enumerate(), threading.active_count())
slow.set(); s.join()
print(threading.active_count())
Thread().start()
