# SPDX-License-Identifier: BSL-1.0
"""Count the ways to put n queens on a board, the beginnings dealt to several threads.

    gilt run queens.py [threads] [n]
    python3  queens.py [threads] [n]

Each thread searches on a board of its own: method calls, attributes and lists, nothing shared but
the list of beginnings (the columns of the first two queens) and the list of results. Boards that
start in the right half are mirror images and not searched again. Prints the number of solutions for
every column of the first queen, the same for any number of threads.
"""
import sys
from threading import Lock, Thread


class Board:
    """Which columns and diagonals are taken, and where the queens stand."""

    def __init__(self, size):
        self.size = size
        self.columns = [False] * size
        self.rising = [False] * (2 * size)
        self.falling = [False] * (2 * size)
        self.queens = []

    def is_free(self, row, column):
        return not (self.columns[column] or self.rising[row + column]
                    or self.falling[row - column + self.size])

    def place(self, row, column):
        self.mark(row, column, True)
        self.queens.append(column)

    def remove(self, row, column):
        self.queens.pop()
        self.mark(row, column, False)

    def mark(self, row, column, taken):
        self.columns[column] = taken
        self.rising[row + column] = taken
        self.falling[row - column + self.size] = taken


def count_from(board, row):
    if row == board.size:
        return 1
    found = 0
    for column in range(board.size):
        if board.is_free(row, column):
            board.place(row, column)
            found += count_from(board, row + 1)
            board.remove(row, column)
    return found


def worker(beginnings, results, lock, size):
    board = Board(size)
    while True:
        with lock:
            if not beginnings:
                return
            first, second = beginnings.pop()
        board.place(0, first)
        if board.is_free(1, second):
            board.place(1, second)
            found = count_from(board, 2)
            board.remove(1, second)
            with lock:
                results[first] += found
        board.remove(0, first)


def main():
    threads = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 13
    if threads < 1 or size < 4:
        sys.exit("usage: queens.py [threads] [n], n at least 4")
    half = (size + 1) // 2
    beginnings = [(first, second) for first in range(half) for second in range(size)]
    results = [0] * size
    lock = Lock()
    crew = [Thread(target=worker, args=(beginnings, results, lock, size)) for _ in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()

    for first in range(half, size):
        results[first] = results[size - 1 - first]
    print(f"{sum(results)} ways to put {size} queens on a board")
    for column, found in enumerate(results):
        print(f"first queen in column {column}: {found:5}")


if __name__ == "__main__":
    main()
