# SPDX-License-Identifier: BSL-1.0
"""SHA-512 and SHA-384 (FIPS 180-4), for random.seed() of text and for hashlib.

The constants are fractions of roots of the first primes, as the standard defines them: 64 bits of
the square roots of the first eight (SHA-384: of the ninth to sixteenth) begin the state, 64 bits of
the cube roots of the first eighty are added in the rounds.
"""

_mask = (1 << 64) - 1


def _primes(count):
    found = []
    n = 2
    while len(found) < count:
        if all(n % p for p in found):
            found.append(n)
        n += 1
    return found


def _root(n, degree):
    """The integer part of the root, by bisection."""
    low, high = 0, 1 << (n.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if middle ** degree <= n:
            low = middle
        else:
            high = middle
    return low


_first = _primes(80)
_start512 = [_root(p << 128, 2) & _mask for p in _first[:8]]
_start384 = [_root(p << 128, 2) & _mask for p in _first[8:16]]
_round = [_root(p << 192, 3) & _mask for p in _first]


def _turn(x, n):
    return (x >> n | x << (64 - n)) & _mask


def _compress(state, block):
    w = [int.from_bytes(block[i:i + 8], "big") for i in range(0, 128, 8)]
    for i in range(16, 80):
        x, y = w[i - 15], w[i - 2]
        w.append((w[i - 16] + (_turn(x, 1) ^ _turn(x, 8) ^ x >> 7) + w[i - 7]
                  + (_turn(y, 19) ^ _turn(y, 61) ^ y >> 6)) & _mask)
    a, b, c, d, e, f, g, h = state
    for i in range(80):
        t = h + (_turn(e, 14) ^ _turn(e, 18) ^ _turn(e, 41)) + (e & f ^ ~e & g) + _round[i] + w[i]
        u = (_turn(a, 28) ^ _turn(a, 34) ^ _turn(a, 39)) + (a & b ^ a & c ^ b & c)
        h, g, f, e, d, c, b, a = g, f, e, (d + t) & _mask, c, b, a, (t + u) & _mask
    return [(x + y) & _mask for x, y in zip(state, (a, b, c, d, e, f, g, h))]


class _Hash:
    block_size = 128

    def __init__(self, data=b""):
        self._state = self._start
        self._rest = b""
        self._length = 0
        self.update(data)

    def update(self, data):
        data = bytes(memoryview(data).cast("B")) if not isinstance(data, bytes) else data
        self._length += len(data)
        data = self._rest + data
        end = len(data) - len(data) % 128
        for at in range(0, end, 128):
            self._state = _compress(self._state, data[at:at + 128])
        self._rest = data[end:]

    def copy(self):
        other = type(self)()
        other._state, other._rest, other._length = self._state, self._rest, self._length
        return other

    def digest(self):
        other = self.copy()
        padding = b"\x80" + bytes((111 - self._length) % 128) + (self._length * 8).to_bytes(16, "big")
        other.update(padding)
        return b"".join(n.to_bytes(8, "big") for n in other._state)[:self.digest_size]

    def hexdigest(self):
        return self.digest().hex()


class _Sha512(_Hash):
    name = "sha512"
    digest_size = 64
    _start = _start512


class _Sha384(_Hash):
    name = "sha384"
    digest_size = 48
    _start = _start384


def sha512(string=b"", *, usedforsecurity=True):
    return _Sha512(string)


def sha384(string=b"", *, usedforsecurity=True):
    return _Sha384(string)
