# SPDX-License-Identifier: BSL-1.0
# Slices of every sequence, reading, assigning, deleting; all combinations against a model.
def model(n, start, stop, step):
    step = 1 if step is None else step
    if step > 0:
        low, high = 0, n
    else:
        low, high = -1, n - 1
    def clamp(v, default):
        if v is None:
            return default
        if v < 0:
            v += n
            return max(v, low)
        return min(v, high)
    a = clamp(start, low if step > 0 else high)
    b = clamp(stop, high if step > 0 else low)
    out = []
    while (a < b) if step > 0 else (a > b):
        out.append(a)
        a += step
    return out


text = "abcdefg"
items = list(text)
pair = tuple(text)
data = text.encode()
bounds = (None, -9, -8, -7, -6, -3, -1, 0, 1, 3, 6, 7, 8, 9)
checked = 0
for start in bounds:
    for stop in bounds:
        for step in (None, 1, 2, 3, 7, -1, -2, -3, -9):
            want = [text[i] for i in model(7, start, stop, step)]
            assert items[start:stop:step] == want, (start, stop, step)
            assert text[start:stop:step] == "".join(want), (start, stop, step)
            assert pair[start:stop:step] == tuple(want), (start, stop, step)
            assert data[start:stop:step] == "".join(want).encode(), (start, stop, step)
            assert list(range(7)[start:stop:step]) == model(7, start, stop, step), (start, stop, step)
            assert slice(start, stop, step).indices(7) is not None
            checked += 1
print(checked)
a = list(range(10))
print(a[2:5], a[:], a[::-1], a[::3], a[-3:], a[5:2], a[100:], a[:-100])
a[2:4] = ["x", "y", "z"]
print(a)
a[:0] = [-1]
a[len(a):] = [99]
print(a)
a[3:3] = a[:2]
print(a)
a[::2] = range(len(a[::2]))
print(a)
a[1:3] = []
print(a)
a[-2:] = "ab"
print(a)
a[::-1] = a[:]
print(a)
del a[0], a[-1]
print(a)
del a[1:3]
print(a)
del a[::2]
print(a)
del a[:]
print(a)
b = list(range(20))
del b[10:2:-3]
print(b)
del b[-100:3]
print(b)
b[2:2] = (i * i for i in range(4))
print(b)
b[:] = b
print(b)
print(slice(1, 2), slice(None, 5), slice(1, 10, 2).indices(7), slice(None, None, -1).indices(5), slice(3).start, slice(3).stop, slice(1) == slice(1))
print(range(10)[2:8], range(10)[::-1], range(0, 100, 7)[3], range(10)[-1], range(5)[1:100])


class Grid:
    def __getitem__(self, key):
        return key


print(Grid()[1:2], Grid()[1:2, ::3], Grid()[..., 0], Grid()[()], Grid()[1,])
for f in (lambda: [1, 2][::0], lambda: "ab"[1:"a"], lambda: [1, 2][1.0], lambda: [1][5], lambda: (1,)[-2], lambda: range(3)[3], lambda: slice(1, 2, 0).indices(3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
try:
    c = [1, 2, 3, 4]
    c[::2] = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    c[0:1] = 5
except TypeError as e:
    print(e)
try:
    c[10] = 5
except IndexError as e:
    print(e)
try:
    del c[10]
except IndexError as e:
    print(e)
