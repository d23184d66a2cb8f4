# SPDX-License-Identifier: BSL-1.0
# Text put together in many ways; docstrings, raw and triple quotes, implicit joins, escapes.
"""Not the docstring, but a string."""
a = "one" 'two' """three"""
b = r"raw \n \d" + "\x41\u0042\U00000043\103\7\u2022"
c = """line 1
line "2" 'x'
\tline 3\
 joined"""
print(a, repr(b), c, len(c), '\'', "\"", "\\", repr("\a\b\f\v\0"), "a\
b")
print(b"\x00\xff\n", rb"\x", br'\y', b"a" b"b", f"{1}" "{1}" f"{{1}}", rf"\{5}", "tab\there", 'it''s')
s = ""
for i in range(1000): s += str(i % 10)
print(len(s), s[:20], s.count("7"))
parts = []
for i in range(100): parts.append(f"{i:02x}")
print("".join(parts))
t = "x"
for i in range(10): t = t + t
print(len(t), (t + "y").index("y"), t.replace("x" * 512, "<>"))
def f():
    """Doc of f."""
    "second string"
    return f.__doc__
class D:
    """Doc of D."""
    def m(self):
        r"""Raw \doc."""
print(f(), D.__doc__, D.m.__doc__, D().m.__doc__)
print("%s-%s" % ("a", "b") + "c" * 2, ("a" "b") * 2, "a" + "b" * 2 + "c", "abc"[1] + "d", "-".join("abc").upper().split("-"))
lines = "b\na\nc".split("\n"); lines.sort(); print("\n".join(lines))
print("".join(chr(ord("a") + i) for i in range(26)), "".join(map(chr, range(48, 58))), "|".join(["x"] * 5), *"spread", sep=" ")
i = 3; print(f"{i}{i+1}{i*2:>4}{'q'*i}{i if i else 0}{[i,i]}{(i,)}{ {i} }{i!r:>3}{i:{i}}")
