# SPDX-License-Identifier: BSL-1.0
# A print happens before what follows it is seen: the order of output follows a hand-over.
from queue import Queue
from threading import Thread
a, b = Queue(), Queue()


def ping():
    for i in range(30):
        print("ping", a.get())
        b.put(i)


def pong():
    for i in range(30):
        a.put(i)
        print("pong", b.get())


crew = [Thread(target=ping), Thread(target=pong)]
for t in crew: t.start()
for t in crew: t.join()
