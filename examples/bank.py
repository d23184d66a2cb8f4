# SPDX-License-Identifier: BSL-1.0
"""Transfers between accounts and audits of all of them, as atomic blocks.

    gilt run bank.py [threads] [transfers]
    python3  bank.py [threads] [transfers]

A transfer is two plain statements in a `with atomic` block: no lock, no lock order. An audit adds up
all accounts while transfers run beside it and must always find the same sum.
"""
import sys
from threading import RLock, Thread

try:
    from transaction import atomic
except ImportError:
    atomic = RLock()

ACCOUNTS = 64
START = 1000


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance


class NotEnough(Exception):
    pass


def transfer(source, target, amount):
    with atomic:
        if source.balance < amount:
            raise NotEnough(source.number)
        source.balance -= amount
        target.balance += amount


def random_numbers(seed):
    while True:
        seed = (seed * 1103515245 + 12345) % 2147483648
        yield seed >> 8


def teller(accounts, seed, transfers, refused):
    numbers = random_numbers(seed)
    for _ in range(transfers):
        source = accounts[next(numbers) % ACCOUNTS]
        target = accounts[next(numbers) % ACCOUNTS]
        try:
            transfer(source, target, next(numbers) % 100)
        except NotEnough:
            refused.append(source.number)


def auditor(accounts, audits, wrong):
    for _ in range(audits):
        with atomic:
            total = sum(account.balance for account in accounts)
        if total != ACCOUNTS * START:
            wrong.append(total)


def main():
    threads = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    transfers = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
    accounts = [Account(number, START) for number in range(ACCOUNTS)]
    wrong, refused = [], []
    crew = [Thread(target=teller, args=(accounts, 7 + k, transfers, refused)) for k in range(threads)]
    crew.append(Thread(target=auditor, args=(accounts, 200, wrong)))
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    print(f"{ACCOUNTS} accounts hold {sum(account.balance for account in accounts)} in all")
    print("poorest account is in credit:", min(account.balance for account in accounts) >= 0)
    print(f"200 audits found a wrong sum {len(wrong)} times")


if __name__ == "__main__":
    main()
