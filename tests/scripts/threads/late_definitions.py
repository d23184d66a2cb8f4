# SPDX-License-Identifier: BSL-1.0
# Globals, classes and attributes that come into being, are rebound and vanish while threads look.
from threading import Thread
version, log = 1, []


class Config:
    value = "first"


def current(): return version, Config.value


def watch():
    while current() != (3, "third"): pass
    log.append("third")
    while "late" not in globals(): pass
    log.append(late())
    while hasattr(Config, "value"): pass
    log.append("gone")


crew = [Thread(target=watch) for _ in range(2)]
for t in crew: t.start()
version = 2
Config.value = "second"
version = 3
Config.value = "third"
while log.count("third") < 2: pass
def late(): return "late function"
while log.count("late function") < 2: pass
del Config.value
for t in crew: t.join()
print(sorted(log))
