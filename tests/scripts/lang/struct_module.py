# struct: formats, sizes, orders, limits and messages.
import struct


def show(text):
    try:
        print(text, eval(text))
    except Exception as e:
        print(text, type(e).__name__, e)


for order in "@=<>!":
    print(struct.pack(order + "bBhHiIqQ", -1, 2, -3, 4, -5, 6, -7, 8), struct.calcsize(order + "bhilq"))
print(struct.unpack("<3sxH2p?c", struct.pack("<3sxH2p?c", b"ab", 513, b"xyz", [], b"q")))
print(struct.unpack(">efd", struct.pack(">efd", 1.5, -2.25, 1e100)), struct.pack("e", 65504.0), struct.pack("<e", 5.96e-8))
s = struct.Struct(b"<Ih")
print(s.format, s.size, s.pack(1, 2), s.unpack(bytes(6)), list(s.iter_unpack(bytes(range(12)))))
b = bytearray(8)
s.pack_into(b, 1, 7, -2)
print(b, s.unpack_from(b, 1), s.unpack_from(buffer=b, offset=-7), struct.iter_unpack("i", b).__length_hint__())
for code in "bBhHiIlLqQ":
    for number in (-1, 1 << 7, 1 << 8, 1 << 16, 1 << 32, 1 << 64):
        show(f"struct.pack('<{code}', {number})")
for text in ("struct.pack('c', b'ab')", "struct.pack('s', 'a')", "struct.pack('2i', 1)", "struct.unpack('i', b'')",
             "struct.calcsize('1')", "struct.calcsize('z')", "struct.calcsize(1)", "struct.calcsize('9999999999999999999999i')",
             "struct.unpack_from('i', b'abc')", "struct.unpack_from('i', b'abc', -8)", "struct.unpack_from('i', b'abc', -2)",
             "struct.pack_into('i', bytearray(3), 0, 1)", "struct.pack_into('i', b'abcd', 0, 1)", "struct.pack_into('i')",
             "struct.iter_unpack('i', b'abc')", "struct.iter_unpack('', b'')", "struct.pack('i', 1.5)", "struct.pack('f', 'a')",
             "struct.pack('<f', 1e300)", "struct.pack('<e', 1e10)", "struct.unpack('i', 'abcd')"):
    show(text)
