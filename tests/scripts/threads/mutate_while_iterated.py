# SPDX-License-Identifier: BSL-1.0
# One thread changes a list and a dict while others iterate over them: no crash, no foreign error.
from threading import Thread
items, table, done, problems = list(range(50)), {i: i for i in range(50)}, [], []


def change():
    for i in range(200):
        items.append(i)
        if len(items) > 80: del items[:40]
        table[i + 50] = i
        table.pop(i, None)
    done.append(1)


def look():
    while not done:
        try:
            s = sum(items) + len(items)
            for v in items: s += v
            for k in table: s += k
            sorted(items); items.count(3); 5 in items; list(table.items())
        except RuntimeError as e:
            if str(e) not in ("dictionary changed size during iteration", "dictionary keys changed during iteration"): problems.append(str(e))
        except Exception as e: problems.append(repr(e))


crew = [Thread(target=change), Thread(target=look), Thread(target=look)]
for t in crew: t.start()
for t in crew: t.join()
print(problems, sorted(table) == list(range(200, 250)), len(items) <= 120)
