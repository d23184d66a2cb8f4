# SPDX-License-Identifier: BSL-1.0
# compare: sorted
# Real lines on stdout from several threads: every line comes once and whole. CPython 3.11 does not
# promise as much (its TextIOWrapper now and then writes freed memory when threads print at the same
# time), so there the threads run one after another.
from threading import Thread
import transaction
native = not hasattr(transaction, "ONE_LOCK")


def work(k):
    for i in range(50):
        print(f"thread {k} line {i} {'x' * 30} end of line\n", end="")


crew = [Thread(target=work, args=(k,)) for k in range(4)]
for t in crew:
    t.start()
    if not native: t.join()
for t in crew: t.join()
