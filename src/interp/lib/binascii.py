# SPDX-License-Identifier: BSL-1.0
"""Binary data as ASCII: hexadecimal, base 64, and checksums."""


class Error(ValueError):
    pass


class Incomplete(Exception):
    pass


def _ascii(data):
    if isinstance(data, str):
        if not data.isascii():
            raise ValueError("string argument should contain only ASCII characters")
        return data.encode()
    try:
        return bytes(memoryview(data))
    except TypeError:
        raise TypeError("argument should be bytes, buffer or ASCII string, not "
                        f"{type(data).__name__!r}") from None


def hexlify(data, *options, **named):
    return memoryview(data).hex(*options, **named).encode()


def unhexlify(hexstr, /):
    text = _ascii(hexstr)
    if len(text) % 2:
        raise Error("Odd-length string")
    if any(c not in b"0123456789abcdefABCDEF" for c in text):
        raise Error("Non-hexadecimal digit found")
    return bytes.fromhex(text.decode())


b2a_hex, a2b_hex = hexlify, unhexlify

_letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_values = {c: n for n, c in enumerate(_letters)}


def b2a_base64(data, /, *, newline=True):
    data = bytes(memoryview(data))
    out = bytearray()
    for at in range(0, len(data), 3):
        part = data[at:at + 3]
        n = int.from_bytes(part + bytes(3 - len(part)), "big")
        out += bytes(_letters[n >> shift & 63] for shift in (18, 12, 6, 0)[:len(part) + 1])
    out += b"=" * (-len(out) % 4)
    return bytes(out) + (b"\n" if newline else b"")


def a2b_base64(data, /, *, strict_mode=False):
    out = bytearray()
    bits = have = pads = seen = 0
    text = _ascii(data)
    if strict_mode and text[:1] == b"=":
        raise Error("Leading padding not allowed")
    for at, c in enumerate(text):
        if c == 61:
            pads += 1
            if seen >= 2 and seen + pads >= 4:
                if strict_mode and at + 1 < len(text):
                    raise Error("Excess data after padding")
                return bytes(out)
            continue
        n = _values.get(c)
        if n is None:
            if strict_mode:
                raise Error("Only base64 data is allowed")
            continue
        if strict_mode and pads:
            raise Error("Discontinuous padding not allowed")
        pads = 0
        seen = (seen + 1) % 4
        bits = bits << 6 | n
        have += 6
        if have >= 8:
            have -= 8
            out.append(bits >> have & 255)
        bits &= (1 << have) - 1
    if seen == 1:
        count = len(out) // 3 * 4 + 1
        raise Error(f"Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4")
    if seen:
        raise Error("Incorrect padding")
    return bytes(out)


def _crc32_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ (0xEDB88320 if n & 1 else 0)
        table.append(n)
    return table


_table = _crc32_table()


def crc32(data, crc=0, /):
    crc = ~crc & 0xFFFFFFFF
    for b in bytes(memoryview(data)):
        crc = crc >> 8 ^ _table[(crc ^ b) & 255]
    return ~crc & 0xFFFFFFFF


def crc_hqx(data, crc, /):
    crc &= 0xFFFF
    for b in bytes(memoryview(data)):
        crc ^= b << 8
        for _ in range(8):
            crc = (crc << 1 ^ (0x1021 if crc & 0x8000 else 0)) & 0xFFFF
    return crc
