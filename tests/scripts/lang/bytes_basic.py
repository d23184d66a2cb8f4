# SPDX-License-Identifier: BSL-1.0
# bytes and bytearray.
b = b"hello\x00\xff'\"\n"
print(b, len(b), b[0], b[-1], b[1:3], list(b"abc"), b"a" + b"b", b"ab" * 3, b"el" in b, 104 in b, b == b"hello", b"a" < b"b", bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes(b"x"), bytes(), bytes(range(5)))
print(b"a,b,c".split(b","), b" x ".strip(), b"abc".upper(), b"abc".replace(b"b", b"zz"), b"abc".find(b"c"), b"abcabc".count(b"bc"), b"-".join([b"a", b"b"]), b"abc".startswith(b"ab"), b"abc".endswith(b"bc"), b"abc".hex(), bytes.fromhex("00 ff 10"), b"abc".decode(), b"\xc3\xa9".decode("utf-8"), b"abc".isalpha(), b"12".isdigit(), b"a\tb".expandtabs(4), b"abc".center(7, b"*"), b"a b".partition(b" "), b"x\ny".splitlines(), b"abc".index(b"b"), b"AbC".swapcase(), b"7".zfill(3))
print(hash(b"abc") == hash(b"abc"), {b"k": 1}[b"k"], b"a" == "a", repr(b"it's"), str(b"x"), sorted([b"b", b"a"]), max(b"abc"), sum(b"\x01\x02"), [hex(x) for x in b"\x10\x20"], b"%d %s" % (5, b"x"))
a = bytearray(b"abc")
a[0] = 120; a.append(33); a.extend(b"yz"); a += b"!"; a[1:2] = b"QQ"; del a[-1]; a.insert(0, 65)
print(a, len(a), a.pop(), a.pop(0), a, bytes(a), a == b"xQQc!y", a.find(b"c"), a[::-1], a.decode(), bytearray(2), bytearray([1, 2]), list(a))
a.reverse(); a.remove(ord("c")); print(a); a.clear(); print(a, bool(a))
print((258).to_bytes(2, "little"), int.from_bytes(b"\x02\x01", "big"))
for i, x in enumerate(b"ab"): print(i, x, end=" ")
print()
for bad in (lambda: b"a" + "b", lambda: bytes([256]), lambda: b"abc"[5], lambda: bytes(-1), lambda: "a" in b"abc", lambda: b"a".join(["x"]), lambda: bytes("x"), lambda: bytes.fromhex("zz"), lambda: b"abc".split(","), lambda: bytearray(b"a").append(300), lambda: b"x" % 1, lambda: b"a" < "b", lambda: bytes([1, "a"]), lambda: b"a".index(b"z"), lambda: hash(bytearray())):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
try:
    b"abc"[0] = 1
except TypeError as e: print(e)
