# SPDX-License-Identifier: BSL-1.0
# Integers that fit a machine word: operators, signs, bases, methods.
values = [0, 1, -1, 2, -2, 3, -3, 7, -7, 10, -10, 255, -256, 65535, 2**31 - 1, -2**31, 2**47 - 1, -2**47]
for a in values:
    for b in (1, -1, 2, -2, 3, -3, 7, -7, 1000, -1000):
        print(a, b, a + b, a - b, a * b, a // b, a % b, divmod(a, b), a & b, a | b, a ^ b)
for a in values:
    print(a, -a, +a, ~a, abs(a), a << 3, a >> 3, a << 0, a >> 60, bool(a), not a)
    print(bin(a), oct(a), hex(a), a.bit_length(), repr(a), str(a), int(str(a)))
for base in range(2, 8):
    for exponent in range(0, 12):
        print(base, exponent, base**exponent, (-base)**exponent, end="; ")
    print()
print(pow(3, 20, 7), pow(-3, 5, 7), pow(2, 10, -7), pow(3, -1, 7))
print(2**-1, (-2)**-3, 0**0)
print(7 / 2, -7 / 2, 1 / 3, 10 / 5)
print(int("0x1f", 16), int("1f", 16), int("0b101", 0), int("0o17", 0), int("-12"), int(" 42 "), int("1_000"))
print(0x1F, 0b1011, 0o17, 1_000_000)
print(int(3.99), int(-3.99), int(True), int())
print(True + True, True * 5, False - 1, True & False, True ^ True, True | False, ~True)
print(5 .bit_count(), (10).to_bytes(2, "big"), int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\xff\xfe", "little", signed=True))
print((5).conjugate(), (5).real, (5).imag, (5).numerator, (5).denominator)
print(round(1234, -2), round(1250, -2), round(1350, -2), round(-1250, -2), round(15, 3))
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, 1 != 1.0, 2 > 1 >= 1)
print(hash(0), hash(1), hash(-1), hash(2**40))
x = 10
x += 5; x -= 3; x *= 4; x //= 5; x %= 7; x **= 3; x <<= 2; x >>= 1; x |= 1; x &= 0xFF; x ^= 0x55
print(x)
for bad in ("", "abc", "1.5", "0x10", "1__0", "_1"):
    try:
        print(int(bad))
    except ValueError as e:
        print("ValueError:", e)
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0), lambda: 0**-1, lambda: 1 << -1, lambda: 1 >> -1, lambda: pow(2, 3, 0)):
    try:
        print(f())
    except (ZeroDivisionError, ValueError) as e:
        print(type(e).__name__ + ":", e)
for f in (lambda: 1 + "a", lambda: "a" + 1, lambda: 1 - None, lambda: [] * 1.5, lambda: -"a", lambda: 1 & 1.0, lambda: 1 < "a", lambda: ~1.5, lambda: int([]), lambda: int("1", 99), lambda: 1 @ 2):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__ + ":", e)
