# memoryview: windows on bytes and bytearrays, slices, casts, comparisons, messages.
def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

data = bytearray(b"abcdefgh")
m = memoryview(data)
print(len(m), m[0], m[-1], m[2:5].tobytes(), m[::-2].tobytes(), list(m)[:3])
m[0] = 65
m[1:3] = b"XY"
print(data, m.readonly, m.format, m.itemsize, m.ndim, m.shape, m.strides, m.nbytes)
print(m.obj is data, m.c_contiguous, m[::2].c_contiguous, m.hex(":", 2))
print(m == data, m == b"AXYdefgh", m != b"x", m[:2] == b"AX", 65 in m)
r = memoryview(b"0123")
print(r.readonly, hash(r) == hash(b"0123"), r == memoryview(bytearray(b"0123")), r.toreadonly().readonly)
i = memoryview(bytearray(range(16))).cast("I")
print(i.tolist(), i.shape, i.strides, i.format, i[1:3].tolist())
grid = memoryview(bytearray(range(12))).cast("B", [3, 4])
print(grid.tolist(), grid[1, 2], grid.shape, grid.strides, grid.tobytes("F"))
grid[2, 3] = 99
print(grid.tolist()[2], grid.contiguous, grid.f_contiguous)
d = memoryview(bytearray(16)).cast("d")
d[0] = 1.5
print(d.tolist(), bytes(d)[:8])
print(bytes(m[2:4]), bytearray(m)[:2], b"-".join([memoryview(b"a"), b"b"]), b"abc".find(memoryview(b"c")))
print(b"ab" + memoryview(b"cd"), bytes(memoryview(b"12")).decode())
with memoryview(b"abc") as w:
    print(w[0])
show(lambda: w[0])
show(lambda: r.__setitem__(0, 1))
show(lambda: m["a"])
show(lambda: m[8])
show(lambda: m[0, 0])
show(lambda: memoryview(1))
show(lambda: memoryview())
show(lambda: m.cast("x"))
show(lambda: m[:3].cast("H"))
show(lambda: i.cast("d"))
show(lambda: m.__setitem__(0, 300))
show(lambda: m.__setitem__(0, "a"))
show(lambda: m.__setitem__(slice(0, 2), b"abc"))
show(lambda: hash(m))
show(lambda: m.__delitem__(0))
show(lambda: grid[0])
show(lambda: r.cast("B", [2, 3]))
show(lambda: r.cast("B", 5))
show(lambda: d.__setitem__(0, "a"))
