# SPDX-License-Identifier: BSL-1.0
from threading import Thread
stop, counts = [], [0, 0]


def work(k):
    while not stop:
        counts[k] += 1


crew = [Thread(target=work, args=(k,)) for k in range(2)]
for t in crew:
    t.start()
try:
    print("ready", flush=True)
    while True:
        pass
except KeyboardInterrupt:
    stop.append(1)
for t in crew:
    t.join()
print("stopped", all(n >= 0 for n in counts))
