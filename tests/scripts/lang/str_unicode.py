# SPDX-License-Identifier: BSL-1.0
# Text beyond ASCII.
s = "Grüße, мир, 世界, 🌍!"
print(s, len(s), s[::-1], s.upper(), s.lower(), s[2], s[-2], s[7:10])
print([c for c in s], [ord(c) for c in s])
print(s.find("мир"), s.index("世"), s.count("р"), s.replace("мир", "Welt"), s.split(", "), s.partition("世"))
print("ß".upper(), "ŉ".upper(), "İ".lower(), "ǆ".title(), "straße".casefold() == "STRASSE".casefold(), "Σας".lower(), "ΑΣ".lower())
print("é" == "e\u0301", len("e\u0301"), "\u00e9\U0001F600", "\x41")
print("٣".isdigit(), "²".isdigit(), "½".isnumeric(), "五".isnumeric(), "ä".isalpha(), "Ω".isupper(), "\u00a0".isspace(), "世".isidentifier())
print(repr("\u00e9 \u200b \ud800 \U0001F600 \x85 \u3000"), ascii("é世🌍"), repr("é"))
print("🌍" * 3, "世" in s, "🌍" > "é", max(s), min(s))
print(s.encode("utf-8"), s.encode("utf-8").decode("utf-8") == s, "é".encode("utf-16-le"), b"\xe4".decode("latin-1"))
print(b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("utf-8", "ignore"), "é".encode("ascii", "replace"), "é".encode("ascii", "ignore"), "é".encode("ascii", "backslashreplace"), "é".encode("ascii", "xmlcharrefreplace"))
print("|" + "é".center(5) + "|", "|" + "世".ljust(4, "界") + "|", f"|{'é':>4}|{'世':*^5}|{'🌍':<3}|")
größe = 5
π = 3.14
print(größe * π)
d = {"ключ": 1, "鍵": 2, "🔑": 3}
print(d, d["鍵"], sorted(d))
print(int("١٢٣"), float("१.५"), int("４２"))
print("a\u0300".isalpha(), "\u0301".isalpha(), "Ａ".lower(), "ﬁ".upper(), "ﬃ".casefold())
print("%s %r %5s|" % ("é", "世", "🌍"), "{:>3}|{!r}|{!a}".format("é", "世", "🌍"))
for c in "naïve café":
    print(c, c.isalpha(), end=" ")
print()
words = "zebra Äpfel apfel Zebra äpfel école".split()
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=str.casefold, reverse=True))
for f in (lambda: "\ud800".encode(), lambda: b"\xff".decode(), lambda: b"\xc3".decode("utf-8"), lambda: b"ab\xe9".decode("ascii"), lambda: "世".encode("latin-1"), lambda: "a".encode("nonsense")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
