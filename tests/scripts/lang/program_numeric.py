# SPDX-License-Identifier: BSL-1.0
# Spectral norm, fannkuch, a sieve, matrices, integration, pi: numeric kernels.
def eval_a(i, j): return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)
def times(v, u, flip): return [sum(eval_a(*((j, i) if flip else (i, j))) * u[j] for j in range(len(u))) for i in range(len(v))]
def spectral(n):
    u = [1.0] * n; v = u
    for _ in range(4): v = times(u, times(u, u, False), True); u = times(v, times(v, v, False), True)
    return (sum(a * b for a, b in zip(u, v)) / sum(b * b for b in v)) ** 0.5
print("%.9f" % spectral(30))
def fannkuch(n):
    perm1, count, flips_max, checksum, r, sign = list(range(n)), [0] * n, 0, 0, n, 1
    while True:
        if perm1[0] != 0:
            perm, flips = perm1[:], 0
            while (k := perm[0]) != 0:
                perm[:k + 1] = reversed(perm[:k + 1]); flips += 1
            flips_max = max(flips_max, flips); checksum += sign * flips
        if sign == 1:
            perm1[0], perm1[1] = perm1[1], perm1[0]; sign = -1
        else:
            perm1[1], perm1[2] = perm1[2], perm1[1]; sign = 1
            for i in range(2, n):
                if count[i] < i: count[i] += 1; break
                count[i] = 0
                if i == n - 1: return checksum, flips_max
                perm1.insert(i + 1, perm1.pop(0))
print(fannkuch(7))
def sieve(n):
    flags = bytearray([1]) * (n + 1)
    flags[0:2] = b"\0\0"
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]: flags[i * i::i] = bytes(len(range(i * i, n + 1, i)))
    return [i for i, f in enumerate(flags) if f]
print(len(sieve(30000)), sieve(60))
def multiply(a, b): return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]
def power(m, n):
    result = [[int(i == j) for j in range(len(m))] for i in range(len(m))]
    while n:
        if n & 1: result = multiply(result, m)
        m = multiply(m, m); n >>= 1
    return result
print(power([[1, 1], [1, 0]], 300)[0][1])
def determinant(m):
    m, d = [row[:] for row in m], 1
    for i in range(len(m)):
        p = max(range(i, len(m)), key=lambda r: abs(m[r][i]))
        if m[p][i] == 0: return 0
        if p != i: m[i], m[p] = m[p], m[i]; d = -d
        d *= m[i][i]
        for r in range(i + 1, len(m)):
            k = m[r][i] / m[i][i]
            m[r] = [a - k * b for a, b in zip(m[r], m[i])]
    return d
print("%.6f" % determinant([[2.0, 1, 3], [0, 4, 1], [5, 2, 1]]))
def simpson(f, a, b, n):
    h = (b - a) / n
    return h / 3 * (f(a) + f(b) + sum((4 if i % 2 else 2) * f(a + i * h) for i in range(1, n)))
print("%.12f" % simpson(lambda x: x * x * x - 2 * x + 1, 0, 3, 100))
def pi_digits(n):
    q, r, t, k, m, x, out = 1, 0, 1, 1, 3, 3, ""
    while len(out) < n:
        if 4 * q + r - t < m * t: out += str(m); q, r, m = q * 10, (r - m * t) * 10, (q * 3 + r) * 10 // t - 10 * m
        else: q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return out
print(pi_digits(150))
def newton(f, d, x):
    for _ in range(50):
        step = f(x) / d(x); x -= step
        if abs(step) < 1e-14: break
    return x
print("%.12f" % newton(lambda x: x ** 3 - 2 * x - 5, lambda x: 3 * x * x - 2, 2.0))
state, hits = 42, 0
for _ in range(30000):
    state = (1103515245 * state + 12345) & 0x7FFFFFFF; x = state / 0x7FFFFFFF
    state = (1103515245 * state + 12345) & 0x7FFFFFFF; y = state / 0x7FFFFFFF
    hits += x * x + y * y <= 1
print(4 * hits / 30000)
def crc32(data):
    crc = 0xFFFFFFFF
    for b in data:
        crc ^= b
        for _ in range(8): crc = (crc >> 1) ^ (0xEDB88320 & -(crc & 1))
    return crc ^ 0xFFFFFFFF
print(hex(crc32(b"The quick brown fox jumps over the lazy dog")))
def mandel(w, h): return ["".join(" .:-=+*#%@"[min(9, n // 4)] for x in range(w) for n in [escape(complex(3 * x / w - 2, 2 * y / h - 1))]) for y in range(h)]
def escape(c):
    z = 0j
    for n in range(40):
        if abs(z) > 2: return n
        z = z * z + c
    return 40
print("\n".join(mandel(40, 12)))
