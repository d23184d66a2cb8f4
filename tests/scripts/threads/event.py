# SPDX-License-Identifier: BSL-1.0
# Events: wait, set, clear, timeouts, many waiters.
from threading import Event, Thread
e, log = Event(), []
print(e.is_set(), e.wait(0.01), e.set(), e.is_set(), e.wait(), e.wait(5), e.clear(), e.is_set())


def wait(k):
    e.wait()
    log.append(k)


crew = [Thread(target=wait, args=(k,)) for k in range(5)]
for t in crew: t.start()
print(log)
e.set()
for t in crew: t.join()
print(sorted(log))
ping, pong, rounds = Event(), Event(), []


def player():
    for i in range(20):
        ping.wait(); ping.clear()
        rounds.append(("ping", i))
        pong.set()


t = Thread(target=player)
t.start()
for i in range(20):
    ping.set()
    pong.wait(); pong.clear()
    rounds.append(("pong", i))
t.join()
print(rounds == [(w, i) for i in range(20) for w in ("ping", "pong")])
