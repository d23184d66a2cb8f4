# SPDX-License-Identifier: BSL-1.0
# A file open for reading and writing at once.
import os
path = "/tmp/gilt_update_%d" % os.getpid()
with open(path, "w+") as f: f.write("first\nsecond\n"); f.seek(0); print(f.read(), end="")
with open(path, "r+") as f: f.write("FIRST"); f.seek(0); print(f.readline(), end="")
with open(path, "rb+") as f: print(f.read(3)); f.seek(0); f.write(b"xyz")
with open(path, "a+") as f: f.seek(0); print(f.read().split())
os.remove(path)
path = "/tmp/gilt_update_more_%d" % os.getpid()
with open(path, "w") as f:
    print(f.tell(), f.write("héllo\n"), f.tell(), f.seekable(), f.readable(), f.writable())
    f.seek(0); f.write("J"); f.seek(0, 2); f.write("end\n"); print(f.tell())
print(open(path).read())
with open(path, "r+") as f:
    print(f.readline(), f.tell(), f.read(2), f.tell(), f.readable(), f.writable(), f.mode)
    f.seek(0, 2); f.writelines(["a\n", "b\n", "ü"]); f.seek(0); print(f.readlines()); f.seek(3); print(f.truncate(), f.tell())
    try: f.seek(1, 1)
    except OSError as e: print(type(e).__name__, e)
print(open(path).read())
with open(path, "wb+") as f:
    f.write(b"0123456789"); f.seek(-3, 2); print(f.read(), f.tell()); f.seek(2); print(f.read(3)); f.seek(1, 1); f.write(b"X"); f.seek(0); print(f.read())
    print(f.truncate(4)); f.seek(0); print(f.read()); f.write(bytearray(b"zz"))
with open(path, "a+") as f:
    print(f.tell(), repr(f.read())); f.write("more"); f.seek(0); print([l for l in f])
try: open(path, "x+")
except FileExistsError as e: print(e.errno)
os.remove(path)
try: open(path, "r+")
except FileNotFoundError as e: print(e.strerror)
for m in ("r++", "rw", "+", "z", "rbt"):
    try: open(path, m)
    except ValueError as e: print(e)
with open(path, "w+") as f:
    for i in range(2000): f.write("line %d\n" % i)
    f.seek(0); print(sum(1 for _ in f), f.read())
    f.seek(0); f.readline(); print(f.readline(), end="")
try: f.read()
except ValueError as e: print(e)
os.remove(path)
