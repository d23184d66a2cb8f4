# SPDX-License-Identifier: BSL-1.0
"""Runs `work` once in each of argv[1] threads (default 1, in the main thread) and prints its results."""
import sys
from threading import Thread


def main(work):
    threads = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    if threads == 0:
        print(work())
        return
    results = [None] * threads

    def run(k):
        results[k] = work()

    crew = [Thread(target=run, args=(k,)) for k in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    print(results[0], all(result == results[0] for result in results))
