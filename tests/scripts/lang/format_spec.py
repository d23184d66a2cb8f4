# SPDX-License-Identifier: BSL-1.0
# format(), str.format and f-strings with every kind of spec.
n, x, s = 42, 3.14159265, "text"
for spec in ("", "d", "5", "05", "<5", ">5", "^5", "*^7", "+", "-", " ", "=+6", "x", "X", "#x", "#010x", "b", "#b", "o", "c", "n", ",", "_", "e", "f", ".2f", "g", "%", "_b", "#_x"):
    print(repr(spec), [format(v, spec) for v in (n, -n, 0)] if spec != "c" else format(n, spec))
for spec in ("", "f", ".0f", ".1f", "10.3f", "<10.3f", "^10.3f", "010.3f", "+.2f", " .2f", "e", ".2e", "E", "g", ".3g", "G", "%", ".1%", ",.2f", "_.2f", "n", "#.0f", ".10", "5", "z.1f"):
    print(repr(spec), [format(v, spec) for v in (x, -x, 0.0, 1234567.891, 1e-7, 1e22)])
for spec in ("", "s", "10", "<10", ">10", "^10", "*^11", ".2", "10.2", "05", "é>6"):
    print(repr(spec), repr(format(s, spec)))
print(f"{n} {n!r} {s!r} {s!s:>6} {s!a} {n:>{n - 30}} {x:.{n % 5}f} {'nested ' + f'{n}'} {{literal}} {n=} {n + 1=} {x=:.2f} {s = }")
print(f"{1000000:,} {1234567.5:,} {-1234:,} {123:,} {2**70:,} {0x1234abcd:_x} {1e6:,.0f}")
print(f"{True} {True:d} {True:5} {None} {[1, 2]} { {1: 2}[1] } {(lambda a: a * 2)(4)} {n if n > 1 else s}")
print("{} {} {}".format(1, "a", None), "{0} {1} {0}".format("a", "b"), "{a} {b}".format(a=1, b=2), "{0[1]} {1.real} {d[k]}".format([1, 2], 5, d={"k": "v"}), "{:>5}|{:<5}|{:^5}".format(1, 2, 3), "{:{w}.{p}f}".format(x, w=8, p=2), "{{}}".format(), "{!r:>6}".format("a"))
print("{a[0]}{a[2]}".format(a="xyz"), "{:d}".format(True), "{0:{1}}".format("a", ">3"), "{:,}".format(12345678))
print(f'{"quotes"} {s["t" == "t":]} {s[0]}{s[-1]} {s.upper()} {len(s):03} {max(1, 2)}')
print(f"""multi
{n}
line {
    n
    + 1
}""")
print(f"a" "b" f"{n}" r"\n" rf"\{n}")
print(f"{3 != 4} {n == 42} {n >= 5} {n:=+5} {'a' if n else 'b'!r}")


class Money:
    def __init__(self, v):
        self.v = v

    def __format__(self, spec):
        return f"<{spec}|{self.v}>"

    def __str__(self):
        return "money"


m = Money(5)
print(f"{m} {m:abc} {m!s:>8} {m:{n}}", format(m), format(m, "z"), "{:x y}".format(m))


class Plain:
    def __repr__(self):
        return "plain"


print(f"{Plain()} {Plain()!s:>8}", format(Plain()))
for width in range(0, 9, 4):
    for fill in "*0":
        for align in "<>^=":
            print(format(-7, f"{fill}{align}{width}"), end="|")
print()
for f in (lambda: format(1, "s"), lambda: format("a", "d"), lambda: format(1.5, "d"), lambda: format("a", ","), lambda: format(1, ".2"), lambda: format(1, "y"), lambda: "{}".format(), lambda: "{0} {}".format(1), lambda: "{a}".format(), lambda: "{".format(), lambda: "}".format(), lambda: format(Plain(), "x"), lambda: format("a", "=5"), lambda: "{!x}".format(1), lambda: format([], "5"), lambda: format(1, ",_"), lambda: format("a", "+"), lambda: "{0.foo}".format(1), lambda: format(None, "5")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
