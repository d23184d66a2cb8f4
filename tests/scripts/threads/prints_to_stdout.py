# SPDX-License-Identifier: BSL-1.0
# compare: sorted
# Real lines on stdout from several threads: every line comes once and whole.
from threading import Thread


def work(k):
    for i in range(50):
        print(f"thread {k} line {i} {'x' * 30} end of line\n", end="")


crew = [Thread(target=work, args=(k,)) for k in range(4)]
for t in crew: t.start()
for t in crew: t.join()
