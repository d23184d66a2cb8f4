# SPDX-License-Identifier: BSL-1.0
"""The Mandelbrot set, its rows dealt to several threads: arithmetic on floats, nothing shared.

    gilt run mandelbrot.py [threads] [size]
    python3  mandelbrot.py [threads] [size]

A shared counter under a lock says which row is next; every row goes to its place in one list.
Prints a checksum of all escape times and a small picture, the same for any number of threads.
"""
import sys
from threading import Lock, Thread

LIMIT = 120
SHADES = " .:-=+*%@#"


class Rows:
    """Hands out the numbers of the rows, each one once."""

    def __init__(self, count):
        self.count = count
        self.given = 0
        self.lock = Lock()

    def take(self):
        with self.lock:
            if self.given == self.count:
                return -1
            self.given += 1
            return self.given - 1


def escape_time(cx, cy, limit):
    x = y = x2 = y2 = 0.0
    for step in range(limit):
        if x2 + y2 > 4.0:
            return step
        y = 2.0 * x * y + cy
        x = x2 - y2 + cx
        x2 = x * x
        y2 = y * y
    return limit


def compute_row(row, size):
    cy = 2.4 * row / (size - 1) - 1.2
    return [escape_time(3.0 * column / (size - 1) - 2.1, cy, LIMIT) for column in range(size)]


def worker(rows, image, size):
    while True:
        row = rows.take()
        if row < 0:
            return
        image[row] = compute_row(row, size)


def main():
    threads = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 1100
    if threads < 1 or size < 2:
        sys.exit("usage: mandelbrot.py [threads] [size]")
    rows = Rows(size)
    image = [None] * size
    crew = [Thread(target=worker, args=(rows, image, size)) for _ in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()

    checksum = 0
    for row in image:
        for time in row:
            checksum = (checksum * 31 + time) % 1000000007
    inside = sum(row.count(LIMIT) for row in image)
    print(f"{size} x {size}, limit {LIMIT}: {inside} points inside, checksum {checksum}")
    for line in range(24):
        row = image[line * (size - 1) // 23]
        print("".join(SHADES[min(row[column * (size - 1) // 63] * 9 // 24, 9)]
                      for column in range(64)).rstrip())


if __name__ == "__main__":
    main()
