# SPDX-License-Identifier: BSL-1.0
# Two threads take turns by spinning on a global and on an attribute.
from threading import Thread
turn = 0


class State:
    turn = 0


state, log = State(), []


def play(me):
    global turn
    for i in range(15):
        while turn != me:
            pass
        log.append((me, i))
        turn = 1 - me


def play_attribute(me):
    for i in range(15):
        while state.turn != me:
            pass
        log.append((me, i))
        state.turn = 1 - me


for target in (play, play_attribute):
    crew = [Thread(target=target, args=(k,)) for k in (0, 1)]
    for t in crew: t.start()
    for t in crew: t.join()
print(log == [(k, i) for i in range(15) for k in (0, 1)] * 2, len(log))
