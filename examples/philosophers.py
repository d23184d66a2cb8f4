# SPDX-License-Identifier: BSL-1.0
"""The dining philosophers: once with a lock for every fork, once with atomic blocks.

    gilt run philosophers.py [philosophers] [meals]
    python3  philosophers.py [philosophers] [meals]

With locks each philosopher must take the lower fork first, or all may starve. An atomic block needs
no order: it takes both forks or neither, and other threads see nothing between.
"""
import sys
from threading import Lock, RLock, Thread

try:
    from transaction import atomic
except ImportError:
    atomic = RLock()


class Fork:
    def __init__(self):
        self.lock = Lock()
        self.taken = False
        self.uses = 0


def dine_with_locks(left, right, lower_first, meals, eaten, seat):
    first, second = (left, right) if lower_first else (right, left)
    for _ in range(meals):
        with first.lock, second.lock:
            left.uses += 1
            right.uses += 1
            eaten[seat] += 1


def dine_with_atomic(left, right, lower_first, meals, eaten, seat):
    for _ in range(meals):
        with atomic:
            if left.taken or right.taken:
                raise AssertionError("a fork lies half taken")
            left.taken = right.taken = True
            left.uses += 1
            right.uses += 1
            eaten[seat] += 1
            left.taken = right.taken = False


def dinner(dine, seats, meals):
    forks = [Fork() for _ in range(seats)]
    eaten = [0] * seats
    crew = []
    for seat in range(seats):
        left, right = forks[seat], forks[(seat + 1) % seats]
        arguments = (left, right, seat + 1 < seats, meals, eaten, seat)
        crew.append(Thread(target=dine, args=arguments))
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    return eaten, [fork.uses for fork in forks]


def main():
    seats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    meals = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    for name, dine in (("locks", dine_with_locks), ("atomic blocks", dine_with_atomic)):
        eaten, uses = dinner(dine, seats, meals)
        print(f"{name}: meals {eaten}, uses of forks {uses}")


if __name__ == "__main__":
    main()
