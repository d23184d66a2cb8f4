# SPDX-License-Identifier: BSL-1.0
"""Count the words of the licence texts with several threads and one shared dict.

    gilt run wordcount.py [threads] [lock|atomic] [rounds]
    python3  wordcount.py [threads] [lock|atomic] [rounds]

Every thread takes a file name from a shared queue, reads and splits the file on its own, and adds
its counts to the one dict that all threads share: under a threading.Lock (`lock`), or in a block
that is atomic without any lock (`atomic`). CPython has no atomic blocks, so a lock stands in there.
The work, and every line printed, is the same for any number of threads.
"""
import os
import sys
from queue import Empty, Queue
from threading import Lock, Thread

try:
    from transaction import atomic
except ImportError:
    atomic = Lock()

FOLDER = "/usr/share/common-licenses"
ROUNDS = 300
EDGES = ".,;:!?()[]{}<>\"'`*-_=/\\&#"


def texts(folder):
    """The paths of the real files in the folder: links to them would count them twice."""
    paths = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and not os.path.islink(path):
            paths.append(path)
    return paths


def count_words(path):
    counts = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            for piece in line.lower().split():
                word = piece.strip(EDGES)
                if word:
                    counts[word] = counts.get(word, 0) + 1
    return counts


def worker(tasks, total, guard):
    while True:
        try:
            path = tasks.get_nowait()
        except Empty:
            return
        counts = count_words(path)
        with guard:
            for word, count in counts.items():
                total[word] = total.get(word, 0) + count


def main():
    threads = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    way = sys.argv[2] if len(sys.argv) > 2 else "lock"
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else ROUNDS
    if threads < 1 or rounds < 1 or way not in ("lock", "atomic"):
        sys.exit("usage: wordcount.py [threads] [lock|atomic] [rounds]")
    guard = Lock() if way == "lock" else atomic

    paths = texts(FOLDER)
    tasks = Queue()
    for _ in range(rounds):
        for path in paths:
            tasks.put(path)

    total = {}
    crew = [Thread(target=worker, args=(tasks, total, guard)) for _ in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()

    print(f"{len(paths)} files, {rounds} times")
    print(f"{sum(total.values()):,} words, {len(total):,} different")
    for word, count in sorted(total.items(), key=lambda item: (-item[1], item[0]))[:20]:
        print(f"{count:10,}  {word}")


if __name__ == "__main__":
    main()
