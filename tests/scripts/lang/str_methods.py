# SPDX-License-Identifier: BSL-1.0
# The methods of str.
s = "  Hello, World! hello  "
print(repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), s.strip().upper(), s.lower(), s.title(), s.swapcase(), s.strip().capitalize(), s.casefold())
print("xxabcxx".strip("x"), "abcba".lstrip("ab"), "abcba".rstrip("ab"), "mississippi".strip("ipm"))
t = "the quick brown fox jumps over the lazy dog"
print(t.split(), t.split(" ", 2), t.rsplit(" ", 2), t.split("o"), t.split("the"), "a,b,,c,".split(","), "".split(), "".split(","), " a  b ".split(), " a  b ".split(" "))
print(" a b c d".split(None, 2), "a b c d ".rsplit(None, 2), "a\nb\r\nc\rd\n".splitlines(), "a\nb\n".splitlines(True), "a\x0bb\x1cc\u2028d".splitlines())
print("-".join(["a", "b", "c"]), "".join([]), ", ".join(str(i) for i in range(5)), "ab".join("xyz"))
print(t.find("o"), t.find("o", 13), t.find("o", 13, 17), t.find("zzz"), t.rfind("o"), t.index("quick"), t.rindex("the"), t.count("o"), t.count("the"), "aaaa".count("aa"), "abc".count(""), "abc".find(""), "abc".rfind(""), "abc".find("", 4))
print(t.replace("o", "0"), t.replace("o", "0", 2), t.replace("the", ""), "abc".replace("", "-"), "aaa".replace("a", "bb"), "abc".replace("x", "y"))
print(t.startswith("the"), t.startswith("quick", 4), t.startswith(("a", "the")), t.endswith("dog"), t.endswith(("cat", "dog")), t.endswith("lazy", 0, -4), "".startswith(""))
print("abc".center(9, "*"), "abc".center(8, "*"), "abcd".center(9, "*"), "abc".ljust(6, "."), "abc".rjust(6, "."), "42".zfill(5), "-42".zfill(5), "+7".zfill(4), "abc".center(2))
print(t.partition(" "), t.rpartition(" "), t.partition("zzz"), t.rpartition("zzz"))
print("abc".isalpha(), "ab1".isalpha(), "ab1".isalnum(), "123".isdigit(), "12.3".isdigit(), " \t\n".isspace(), "".isspace(), "ABC".isupper(), "aBC".isupper(), "abc".islower(), "Hello World".istitle(), "Hello world".istitle(), "a_1".isidentifier(), "1a".isidentifier(), "abc".isascii(), "\u00e4".isascii(), "a b".isprintable(), "a\n".isprintable(), "12".isdecimal(), "12".isnumeric())
print("a\tbc\td".expandtabs(), "a\tbc\td".expandtabs(4), "01\t012\t0123".expandtabs(4))
print("prefix-body".removeprefix("prefix-"), "body.py".removesuffix(".py"), "body".removeprefix("x"))
print("hello".translate({104: "J", 101: None, 108: 76}), "hello".translate(str.maketrans("el", "ip")), "hello".translate(str.maketrans({"h": "HH"})), "abcd".translate(str.maketrans("ab", "xy", "d")))
print("abc" < "abd", "abc" < "ab", "a" < "B", "" < "a", "abc" == "abc", "abc" != "abd", "Z" > "A")
print("ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "a" + "b" "c")
print("ell" in "hello", "xyz" in "hello", "" in "hello", "h" not in "hello")
print(len("hello"), min("hello"), max("hello"), sorted("hello"), list("abc"), tuple("abc"), list(reversed("abc")))
print(ord("a"), chr(97), ord("\n"), chr(8364), [ord(c) for c in "h\u00e9"])
print("abc".encode(), "h\u00e9".encode("utf-8"), "abc".encode("ascii"), str(b"abc", "ascii"), "h\u00e9".encode("latin-1"))
print("Hello"[0], "Hello"[-1], "Hello"[1:3], "Hello"[::-1], "Hello"[::2], "Hello"[10:], "Hello"[-3:])
print(str(1), str(1.5), str(None), str([1, "a"]), str(), repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("tab\t nl\n cr\r bs\\ nul\0 \x7f \x1b"))
print(str.upper("abc"), str.join("-", ["a", "b"]), list(map(str.strip, [" a ", "b "])))
word = ""
for c in "concatenation":
    word += c.upper()
print(word)
for f in (lambda: "abc".index("z"), lambda: "abc"[5], lambda: "a".join([1]), lambda: "abc".split(""), lambda: "abc".foo, lambda: "a" * 1.5, lambda: "a" - "b", lambda: "abc"["a"], lambda: chr(-1), lambda: ord("ab"), lambda: "abc".replace("a"), lambda: "abc".startswith(1), lambda: "x".center("a"), lambda: "a" in 5, lambda: 5 in "a", lambda: "h\u00e9".encode("ascii")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
try:
    s = "abc"
    s[0] = "x"
except TypeError as e:
    print(e)
