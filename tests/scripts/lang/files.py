# SPDX-License-Identifier: BSL-1.0
# Text files: modes, iteration, seeking, errors; os.path and os functions around them.
import os
import sys
folder = "/tmp/gilt_files_%d" % os.getpid()
os.mkdir(folder)
path = os.path.join(folder, "a.txt")
with open(path, "w") as f:
    print(f.write("first\n"), f.write("second é\n"), f.writable(), f.readable(), f.closed)
    f.writelines(["third\n", "no newline"])
    print("printed", 5, file=f)
print(f.closed)
with open(path) as f: print(repr(f.read()), repr(f.read()))
with open(path) as f:
    for line in f: print(repr(line))
with open(path) as f: print(f.readline(), f.readline(3), f.readlines())
with open(path) as f: print([line.strip() for line in f], f.read(2) == "")
with open(path) as f: print(f.read(4), f.read(100).count("\n"), repr(f.read(1)))
with open(path, "a") as f: f.write("appended\n")
with open(path, encoding="utf-8") as f: lines = f.read().splitlines(); print(len(lines), lines[-1])
with open(path, "rb") as f: data = f.read(); print(data[:8], type(data).__name__, len(data)); f.seek(6); print(f.read(6), f.tell())
with open(os.path.join(folder, "b.bin"), "wb") as f: print(f.write(bytes(range(256))), f.write(b""))
with open(os.path.join(folder, "b.bin"), "rb") as f: print(list(f.read(3)), len(f.read()))
with open(os.path.join(folder, "crlf.txt"), "wb") as f: f.write(b"a\r\nb\rc\n")
with open(os.path.join(folder, "crlf.txt")) as f: print(repr(f.read()))
with open(os.path.join(folder, "crlf.txt"), newline="") as f: print(repr(f.read()))
with open(os.path.join(folder, "l1.txt"), "w", encoding="latin-1") as f: f.write("é")
with open(os.path.join(folder, "l1.txt"), "rb") as f: print(f.read())
f = open(path); f.close(); f.close()
for bad in (lambda: f.read(), lambda: open(os.path.join(folder, "none")), lambda: open(folder), lambda: open(path, "q"), lambda: open(os.path.join(folder, "l1.txt")).read(), lambda: open(path, "w").read(), lambda: open(path).write("x"), lambda: open(path, "x"), lambda: open(5.5), lambda: open(path, "rb").read().foo, lambda: open(path, "w").write(5)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, str(e).replace(folder, "DIR"))
print(sorted(os.listdir(folder)), os.path.exists(path), os.path.isfile(path), os.path.isdir(folder), os.path.isfile(folder), os.path.getsize(os.path.join(folder, "b.bin")), os.path.exists(path + "x"))
print(os.path.basename(path), os.path.dirname("/a/b/c"), os.path.splitext("x.tar.gz"), os.path.join("a", "b", "/c", "d"), os.path.split("/a/b"), os.path.abspath("/a/../b/./c"), os.path.normpath("a//b/../c"), os.sep)
big = os.path.join(folder, "big.txt")
with open(big, "w") as f:
    for i in range(20000): f.write(f"line {i}\n")
total = 0
with open(big) as f:
    for n, line in enumerate(f): total += len(line)
print(n, total, os.path.getsize(big))
with open(big) as f: print(sum(int(line.split()[1]) for line in f))
with open(big) as f: print(f.read(10), f.readline(), next(f), end="")
for name in os.listdir(folder): os.remove(os.path.join(folder, name))
os.rmdir(folder)
print(os.path.exists(folder), os.environ.get("NOT_SET_AT_ALL"), os.getenv("NOT_SET_AT_ALL", "default"), "PATH" in os.environ)
sys.stdout.write("direct\n"); print(sys.stdout.writable())
