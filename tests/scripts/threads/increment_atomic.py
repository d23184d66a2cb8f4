# SPDX-License-Identifier: BSL-1.0
# Increments of a global, an attribute, a list item and a dict entry in atomic blocks.
from threading import Thread
from transaction import atomic
N, COUNT = 3, 200
number = 0


class Box:
    value = 0


box, items, table = Box(), [0], {"n": 0}


def work():
    global number
    for _ in range(COUNT):
        with atomic:
            number += 1
        with atomic:
            box.value += 1
            items[0] += 1
            table["n"] += 1


crew = [Thread(target=work) for _ in range(N)]
for t in crew: t.start()
for t in crew: t.join()
print(number, box.value, items, table)
