# SPDX-License-Identifier: BSL-1.0
# print() and its options.
import sys
print(); print("a", 1, 2.5, None, True, [1], sep=", "); print("no newline", end=""); print(" -> end", end="!\n"); print("x", "y", sep=""); print(*range(5), sep="->"); print("sep none", 1, sep=None, end=None); print("a\nb\tc", "d\\e"); print("", "", sep="|"); print("flushed", flush=True); print("to stdout", file=sys.stdout); print("file none", file=None)
class Writer:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s); return len(s)
w = Writer()
print("a", 1, sep="-", end=".", file=w); print(w.parts)
old = sys.stdout
sys.stdout = w
print("captured", 5)
sys.stdout = old
print(w.parts)
class S:
    def __str__(self): return "str of S"
print(S(), [type(S()).__name__], {"k": S}.keys())
for bad in (lambda: print(1, sep=5), lambda: print(1, end=5), lambda: print(1, file=5), lambda: print(1, wrong=1)):
    try:
        bad()
    except (TypeError, AttributeError) as e: print(e)
long = "x" * 100000
print(len(long), long[:5]); print(long)
for i in range(300): print(i, end=" " if i % 20 else "\n")
print()
sys.stdout.write("write returns "); print(sys.stdout.write("5 chars"))
print("é世🌍", "\x00\x01", repr("\x00"), sep="|")
