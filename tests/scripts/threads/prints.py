# SPDX-License-Identifier: BSL-1.0
# Printed lines are whole, and each thread's lines keep their order. One thread collects a digest.
import sys
from threading import Thread
N, COUNT = 4, 40


class Tee:
    def __init__(self): self.lines = []
    def write(self, text): self.lines.append(text)


def work(k, out):
    for i in range(COUNT):
        print(f"thread {k} line {i}", file=out, end="\n")


tee = Tee()
crew = [Thread(target=work, args=(k, tee)) for k in range(N)]
for t in crew: t.start()
for t in crew: t.join()
text = "".join(tee.lines)
lines = [l for l in tee.lines if l != "\n"]
print(text.count("\n"), sorted(lines) == sorted(f"thread {k} line {i}" for k in range(N) for i in range(COUNT)))
print(all([l for l in lines if l.startswith(f"thread {k} ")] == [f"thread {k} line {i}" for i in range(COUNT)] for k in range(N)))
sys.stdout.write("end\n")
