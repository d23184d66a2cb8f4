# SPDX-License-Identifier: BSL-1.0
# Transfers and audits: no audit sees money vanish.
from threading import Thread
from transaction import atomic
accounts, wrong = [100] * 8, []


def transfer(seed):
    for i in range(150):
        seed = seed * 75 % 65537
        a, b, n = seed % 8, seed // 8 % 8, seed % 10
        with atomic:
            if accounts[a] >= n: accounts[a] -= n; accounts[b] += n


def audit():
    for _ in range(60):
        with atomic: s = sum(accounts)
        if s != 800: wrong.append(s)


crew = [Thread(target=transfer, args=(k + 1,)) for k in range(3)] + [Thread(target=audit)]
for t in crew: t.start()
for t in crew: t.join()
print(sum(accounts), min(accounts) >= 0, wrong)
