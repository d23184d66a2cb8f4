# SPDX-License-Identifier: BSL-1.0
# Integers of any size.
def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


print(factorial(50))
print(factorial(200))
print(fibonacci(500))
print(2**64, 2**64 - 1, -2**64, 2**63, 2**100, -(2**100) + 1)
edges = [2**47, 2**47 - 1, 2**48, 2**53, 2**62, 2**63, 2**64, 10**18, 10**19, 10**30]
for a in edges:
    for s in (a, -a):
        print(s, s + 1, s - 1, s * 3, s * s, s // 7, s % 7, s // -7, s % -7, s << 5, s >> 5, -s, ~s, abs(s))
        print(hex(s), bin(s).count("1"), oct(s), s.bit_length(), float(s), hash(s), s == float(s), s > 1e10)
a = 123456789012345678901234567890
b = 987654321098765432109876543210
for x in (a, -a):
    for y in (b, -b, 12345, -12345, 10**20, -(10**20)):
        print(x + y, x - y, x * y)
        print(x // y, x % y, divmod(y, x))
        print(x & y, x | y, x ^ y)
        print(x < y, x <= y, x > y, x >= y, x == y, x != y)
print(pow(a, 20, b), pow(3, a, 1000007), pow(7, -1, 10**30 + 57))
print(a**5)
print(int("1" * 60), int("-" + "9" * 45), int("f" * 30, 16), int("z" * 20, 36))
print(str(a) + str(-b), f"{a:,} {b:_} {a:x} {-a:#x} {a:e} {b:>40} {b:<40}|")
print(a / b, b / a, a / 3, 10**300 / 10**299, (2**60 + 1) / 2**59)
print(int(1e20), int(-1e25), int(2.0**80), round(12345678901234567890, -5))
print((1 << 200) >> 190, (1 << 200) % 1000, -(1 << 200) >> 195, (-1) >> 300, -(1 << 70) // 3)
print((2**200).to_bytes(26, "big"), int.from_bytes(b"\xff" * 20, "little"), int.from_bytes(b"\x80" + b"\0" * 15, "big", signed=True))
total = 0
for i in range(1, 200):
    total += i**i % 10**20
print(total)
digits = str(2**1000)
print(len(digits), digits, sum(map(int, digits)))
small = (2**80 - 2**80 + 5)
print(small, small is not None, small + 1, [10, 20, 30, 40, 50, 60][small])
print({2**70: "a", 2**71: "b"}[2**70], 2**70 in {2**70}, hash(2**61 - 1), hash(2**61), hash(-(2**61)))
import math
print(math.isqrt(10**40), math.gcd(a, b), math.factorial(30), math.log10(10**50), math.comb(100, 50))
for f in (lambda: 2**70 // 0, lambda: 10**400 / 1, lambda: float(10**400), lambda: 2**70 % 0, lambda: int(float("inf")), lambda: int(float("nan"))):
    try:
        print(f())
    except (ZeroDivisionError, OverflowError, ValueError) as e:
        print(type(e).__name__ + ":", e)
