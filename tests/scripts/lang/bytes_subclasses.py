# Subclasses of bytes and bytearray, __bytes__, bytearray.__init__.
import os


class B(bytes):
    pass


class Own(str):
    def __bytes__(self):
        return B(b"own")


class Plain:
    def __bytes__(self):
        return b"plain"

    def __index__(self):
        return 3


class Array(bytearray):
    def __init__(self, note, *args, **named):
        bytearray.__init__(self, *args, **named)
        self.note = note


class Wrong:
    def __bytes__(self):
        return 1


print(bytes(Own("x")), type(bytes(Own("x"))).__name__, type(B(Own("x"))).__name__, bytes(Plain()), B(Plain()))
a = Array(4, b"abcd")
print(a, a.note, Array(1), Array(note=2, source="é", encoding="latin-1"))
a.__init__(5, range(3))
print(a, a.note)
b = bytearray(b"xyz")
b.__init__()
x = b"abc"
print(b, x * 1 is x, b"%d" % 5, ord(bytearray(b"A")), os.fsencode("é"), os.fsdecode(b"\xc3\xa9"), ascii(os.fsdecode(b"\xff")))
for f in (lambda: bytes(Wrong()), lambda: bytearray.__init__(b, "x"), lambda: ord(bytearray(b"ab")), lambda: b.__setitem__("a", "b")):
    try:
        print(f())
    except TypeError as e:
        print(e)
