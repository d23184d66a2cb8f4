# io.StringIO and io.BytesIO.
import io

s = io.StringIO("one\ntwo\nthree")
print(s.read(2), repr(s.readline()), s.tell(), list(s), s.read(), s.seek(0), s.readlines(5))
s.seek(0, 2)
print(s.write("\nmore"), s.getvalue().split("\n"), s.seek(4), s.write("TWO"), s.getvalue()[:9], s.truncate(7), s.getvalue())
s.seek(10)
s.write("x")
print(ascii(s.getvalue()), s.readable(), s.writable(), s.seekable(), s.isatty(), s.closed)
print("a", 1, file=s)
with s:
    pass
print(s.closed)
print([io.StringIO("a\r\nb\rc\nd", newline=n).getvalue() for n in (None, "", "\n", "\r", "\r\n")])
print([io.StringIO("a\r\nb\rc\nd", newline=n).readlines() for n in (None, "", "\n", "\r", "\r\n")])
b = io.BytesIO(b"one\ntwo")
print(b.read(2), b.readline(), b.read1(), b.seek(-3, 2), b.read(), b.write(b"!!"), b.getvalue(), b.tell())
b.seek(12)
b.write(memoryview(b"z"))
room = bytearray(4)
b.seek(0)
print(b.getvalue(), b.readinto(room), room, bytes(b.getbuffer()[:3]), b.truncate(2), b.getvalue(), list(io.BytesIO(b"a\nb")))
for wrong in (lambda: s.read(), lambda: io.StringIO(1), lambda: io.StringIO().write(b""), lambda: io.BytesIO("a"), lambda: b.write("a"),
              lambda: b.seek(-1), lambda: io.StringIO().seek(-1), lambda: io.StringIO("abc").seek(1, 1), lambda: io.BytesIO().fileno(),
              lambda: io.StringIO(newline="x"), lambda: b.seek(0, 5)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
