# SPDX-License-Identifier: BSL-1.0
"""A pipeline of threads that hand work over through bounded queues.

    gilt run producer_consumer.py [consumers] [items]
    python3  producer_consumer.py [consumers] [items]

The producer waits while the queue is full, the consumers while it is empty; None ends a consumer.
"""
import sys
from queue import Queue
from threading import Thread


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def producer(out, items, consumers):
    for n in range(1, items + 1):
        out.put(n)
    for _ in range(consumers):
        out.put(None)


def consumer(source, out):
    while (n := source.get()) is not None:
        out.put((collatz(n), n))
    out.put(None)


def main():
    consumers = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    items = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    work, done = Queue(maxsize=16), Queue(maxsize=16)
    crew = [Thread(target=producer, args=(work, items, consumers))]
    crew += [Thread(target=consumer, args=(work, done)) for _ in range(consumers)]
    for thread in crew:
        thread.start()

    results = []
    finished = 0
    while finished < consumers:
        result = done.get()
        if result is None:
            finished += 1
        else:
            results.append(result)
    for thread in crew:
        thread.join()

    results.sort(key=lambda result: (-result[0], result[1]))
    print(f"{len(results)} numbers, {sum(steps for steps, _ in results)} steps")
    for steps, n in results[:5]:
        print(f"{n:6} takes {steps} steps")


if __name__ == "__main__":
    main()
