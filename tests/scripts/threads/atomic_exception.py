# SPDX-License-Identifier: BSL-1.0
# An exception leaves an atomic block and what was done stays done.
from transaction import atomic, is_atomic
from threading import Thread
log, balance = [], {"a": 100, "b": 0}


def transfer(n):
    with atomic:
        balance["a"] -= n
        if balance["a"] < 50: raise ValueError(f"too low: {balance['a']}")
        balance["b"] += n


def run():
    for n in (10, 20, 30, 40):
        try: transfer(n)
        except ValueError as e: log.append(str(e))


t = Thread(target=run); t.start(); t.join()
print(balance, log, is_atomic())
with atomic:
    print(is_atomic())
    with atomic: print("nested", is_atomic())
    print(is_atomic())
print(is_atomic())


def early():
    with atomic:
        for i in range(5):
            if i == 2: return i


print(early(), is_atomic())
for i in range(3):
    with atomic:
        if i == 1: break
print(i, is_atomic())
try:
    with atomic:
        with atomic: raise KeyError("deep")
except KeyError as e: print(e, is_atomic())
def gen():
    with atomic: yield is_atomic()
print(list(gen()), is_atomic())
