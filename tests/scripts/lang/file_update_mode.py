# SPDX-License-Identifier: BSL-1.0
# A file open for reading and writing at once.
import os
path = "/tmp/gilt_update_%d" % os.getpid()
with open(path, "w+") as f: f.write("first\nsecond\n"); f.seek(0); print(f.read(), end="")
with open(path, "r+") as f: f.write("FIRST"); f.seek(0); print(f.readline(), end="")
with open(path, "rb+") as f: print(f.read(3)); f.seek(0); f.write(b"xyz")
with open(path, "a+") as f: f.seek(0); print(f.read().split())
os.remove(path)
