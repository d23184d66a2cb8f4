# Messages of numbers, text and bytes, and some values beside them.
class I(int): pass
class BadInt:
    def __int__(self): return I(5)
class BadInt2:
    def __int__(self): return 1.5
class BadIdx:
    def __index__(self): return I(7)
class BadFloat:
    def __float__(self):
        class F(float): pass
        return F(1.5)
class Tr:
    def __trunc__(self): return 42
class C:
    def __complex__(self): return 1
class FI:
    def __index__(self): return 3
class F: pass
E = '''"a\\tb".expandtabs(2**70)
"a\\tb".expandtabs("x")
"a".splitlines("x")
"a".splitlines(keepends=2)
b"a".splitlines("x")
"%*d" % (2**70, 1)
"%.*d" % (2**70, 1)
"%*d" % ("a", 1)
"%.*f" % (2**31, 1)
"%99999999999999999999d" % 1
"%.99999999999999999999f" % 1
int.__pow__(1)
int.__pow__(1,2,3,4)
(2).__pow__()
pow(2)
pow(2,-1,0)
pow(2,-1,4)
pow(2.0,1,2)
pow(1,2,3.0)
b"ab".hex(1)
b"ab".hex("ab")
b"ab".hex("é")
b"ab".hex(b"\\xff")
b"ab".hex(None)
b"ab".hex(":", 2**70)
float(bytearray(b"x"))
float(b"x")
float("x")
float(memoryview(b"1.5"))
int(memoryview(b"15"))
int(bytearray(b"zz"))
float([])
float(None)
float("1_0"), float("1__0")
float.fromhex("x")
float.fromhex("0x1p5000")
float.fromhex(1)
(1.5).__round__("a")
round(1.5, 2**70)
round(1e300, -2**70)
round(float("nan"))
round(float("inf"))
float("nan").as_integer_ratio()
float("inf").as_integer_ratio()
float("inf").__trunc__()
int(float("nan"))
complex("1+")
complex("j"), complex("-j"), complex("1e5j"), complex("(1+2j)"), complex(" 1+2j ")
complex("1 + 2j")
complex(1,"2")
complex("1", 2)
complex([])
complex(C())
complex(FI())
complex(real=1, imag=2)
complex(1, 2, 3)
complex(b"1")
1j < 2
1j // 2
1j % 2
divmod(1j, 2)
abs(1e200+1e200j), abs(complex("inf"))
(1j) ** 2, (1+2j)**0.5, 0j**0, (1+1j)**-3
0j ** -1
0j ** 1j
pow(1j, 2, 3)
1j/0
int(1j)
float(1j)
hash(1j), hash(1+0j), hash(complex("nan")) != None
format(1+2j, ".2f"), format(1j, "e"), format(1+2j, ">20"), format(-0.0+0j, "g")
format(1j, "=10")
format(1j, "010")
format(1j, "s")
repr(complex("nan")), repr(complex("inf")), repr(-0j), repr(complex(-0.0, -0.0)), repr(1e16+1e-5j)
(1+2j).__getnewargs__()
(1+2j).conjugate()
1j.__format__(1)
int("1"*5000)
int("0b1", 2), int("0o7", 0), int(" 12 ")
int("12", 37)
int("12", 1)
int("", 0)
int("_1")
int("1_")
int("0_1", 0)
int("01", 0)
int("é")
int("\\ud800")
int("1\\0")
int(b"1\\0")
int(b"\\xff")
int("x"*300)
int(1.5, 10)
int("1", "a")
int("1", 2.0)
int(base=10)
int("1", base=16), int("z", 36)
int(BadInt())
int(BadInt2())
int(BadIdx())
int(Tr())
int(F())
float(BadFloat())
float(FI())
float(F())
(5).to_bytes(1, "x")
(500).to_bytes(1, "big")
(-5).to_bytes(1, "big")
(5).to_bytes(-1, "big")
(5).to_bytes()
(5).to_bytes(2)
int.from_bytes(b"ab", "x")
int.from_bytes(b"ab")
int.from_bytes(5, "big")
int.from_bytes([1,2,300], "big")
int.from_bytes("ab", "big")
(5).bit_count(), (-5).bit_count(), (5).bit_length(), (0).bit_length()
(5).as_integer_ratio()
1 << -1
1 >> -1
1 << 2**70
0 << 2**70
1 >> 2**70
1 // 0
1 % 0
1 / 0
divmod(1, 0)
1.0 / 0
1.0 // 0
1.0 % 0
divmod(1.0, 0)
2**70 / 0
0 ** -1
0.0 ** -1
(-8) ** 0.5
10 ** 400 / 3
1e308 * 10 ** 400
2.0 ** 5000
10**400 + 1.0
float(10**400)
math.sqrt(10**400)
~1.5
-"a"
+[]
1 + "a"
"a" + 1
"a" * 1.5
"a" * 2**70
"a" * 2**40
b"a" * 2**70
[1] * 2**70
b"a" + "a"
"a" in b"a"
1 in "a"
b"a" in "a"
300 in b"a"
b"abc".find("a")
b"abc".find(300)
b"abc".index(b"x")
"abc".index("x")
"abc".find(1)
"abc".count(1)
"abc".startswith(1)
"abc".startswith((1,))
b"abc".startswith("a")
b"abc".startswith(("a",))
"abc".replace(1, 2)
"abc".replace("a")
"abc".replace("a", "b", "c")
"abc".replace("a", "b", 2**70)
"abc".split(1)
"abc".split("")
"abc".split("a", "b")
b"abc".split("a")
b"abc".split(b"")
"abc".rsplit("")
"abc".partition("")
"abc".partition(1)
b"abc".partition(b"")
b"abc".partition("a")
"abc".join(1)
",".join([1])
",".join(["a", 1])
b",".join(["a"])
b",".join(1)
"abc".center()
"abc".center("a")
"abc".center(10, "ab")
"abc".center(10, 1)
b"abc".center(10, "a")
b"abc".center(10, b"ab")
"abc".ljust(2**70)
"abc".zfill("a")
"abc".strip(1)
b"abc".strip("a")
"abc".translate(1)
"abc".translate({97: 2**70})
"abc".translate({97: []})
"abc".translate({97: -1})
"abc".maketrans("a")
"abc".maketrans("a", "bc")
str.maketrans({1.5: 1})
str.maketrans({"ab": 1})
str.maketrans("a", "b", 1)
str.maketrans(1, 2)
bytes.maketrans(b"a", b"bc")
b"a".translate(b"a")
b"a".translate("a")
b"a".translate(None, "a")
"abc".encode("x")
"abc".encode(1)
"é".encode("ascii")
"é".encode("ascii", "x")
"\\ud800".encode()
b"\\xff".decode()
b"\\xff".decode("ascii")
b"\\xff".decode("x")
str(b"a", 1)
str("a", "b")
str(1, "b")
str(b"a", "ascii", 1)
str(object=b"a", encoding="ascii")
str(b"a", foo=1)
bytes("a")
bytes("a", 1)
bytes(1, "a")
bytes(-1)
bytes([300])
bytes([-1])
bytes(["a"])
bytes(1.5)
bytes(2**70)
bytes(None)
bytes(b"a", "b")
bytes([1], "b")
bytes(source=b"a")
bytes(1,2,3,4)
bytearray("a")
bytearray([300])
bytearray(b"a")[5]
bytearray(b"a")["x"]
bytearray(b"a").append("x")
bytearray(b"a").append(300)
bytearray(b"a").pop(5)
bytearray().pop()
bytearray(b"a").remove(5)
bytearray(b"a").remove(300)
bytearray(b"a").insert(0, 300)
bytearray(b"a").extend([300])
bytearray(b"a").extend(5)
bytearray(b"a").extend("a")
bytearray(b"a").__setitem__(0, 300)
bytearray(b"a").__setitem__(0, "a")
bytearray(b"a").__setitem__(5, 1)
bytearray(b"abc").__setitem__(slice(0,2), 5)
bytearray(b"abc").__setitem__(slice(0,3,2), b"abc")
bytearray(b"abc").__setitem__(slice(0,2), "ab")
bytearray(b"abc").__delitem__(5)
b"a"[5]
b"a"["x"]
b"a"[2**70]
"a"[5]
"a"["x"]
"a"[1.5]
"a"[2**70]
"abc"[::0]
bytes.fromhex("zz")
bytes.fromhex("1")
bytes.fromhex(1)
bytes.fromhex("é")
b"%d" % "a"
b"%s" % "a"
b"%c" % 300
b"%c" % "a"
b"%b" % "a"
b"%x" % 1.5
b"%q" % 1
b"%" % 1
b"%d" % ()
b"%d" % (1, 2)
"%d" % "a"
"%c" % 2**70
"%c" % -1
"%c" % "ab"
"%c" % 1.5
"%x" % 1.5
"%d" % 1.5
"%d" % None
"%f" % "a"
"%q" % 1
"%" % 1
"%(a)s" % 1
"%(a)s" % {}
"%(a" % {}
"%d" % ()
"%d %d" % (1,)
"%d" % (1, 2)
"a" % 1
"%s" % (1,2)
"%5.3d|%-5d|%+d|% d|%05d|%#x|%#o|%e|%g|%r|%a" % (1,2,3,4,5,6,7,8.0,9.0,"é","é")
"%i %u" % (1.9, 2)
"{}".format()
"{1}".format(1)
"{a}".format()
"{0}{}".format(1, 2)
"{}{0}".format(1, 2)
"{".format()
"}".format()
"{!x}".format(1)
"{!}".format(1)
"{!r".format(1)
"{0.}".format(1)
"{0[}".format(1)
"{0[]}".format(1)
"{0[a]x}".format({"a": 1})
"{:{}{}}".format(1, 2)
"{:d}".format("a")
"{:s}".format(1)
"{:.3d}".format(1)
"{:c}".format(2**70)
"{:c}".format(-1)
"{:+c}".format(5)
"{:,c}".format(5)
"{:,s}".format("a")
"{:=10}".format("a")
"{:010}".format("a")
"{:+}".format("a")
"{: }".format("a")
"{:#}".format("a")
"{:z}".format("a")
"{:z}".format(1)
"{:zf}".format(-0.0)
"{:_,}".format(1)
"{:,_}".format(1)
"{:,,}".format(1)
"{:,x}".format(1)
"{:_x}".format(2**40)
"{:,n}".format(1)
"{:.f}".format(1.5)
"{:99999999999999999999}".format(1)
"{:.99999999999999999999}".format(1.5)
"{:.2147483648}".format(1.5)
"{:ab}".format(1)
"{:é}".format(1)
"{:%}".format(1), "{:.1%}".format(0.123)
"{:q}".format(1.5)
"{:q}".format(1)
"{:q}".format("a")
"{:d}".format(1.5)
"{:x}".format(1.5)
format(1, 2)
format([], "x")
format(object(), "10")
"a".format_map(1)
"{a}".format_map({})
"{a.b}".format(a=1)
ord("ab")
ord(1)
ord(b"ab")
chr(-1)
chr(2**70)
chr("a")
hex(1.5)
bin("a")
oct(None)
"abc".removeprefix(1)
"abc".casefold(1)
"abc".isidentifier(1)
"ab" < 1
b"a" < "a"
bytearray(b"a") < 1
"a".upper(1)
str.upper()
str.upper(1)
"a".zfill()
"ß".upper(), "ŉ".upper(), "ﬁ".title(), "Σ".lower(), "ΑΣ".lower(), "ǆ".title(), "İ".lower()
"a".foo
int.foo
str()
str(b"a")
"{:>{w}}".format(1, w="a")
f"{1:{'x'}}"
f"{1!r:>5}{'a':^5}{1.5:08.3f}{10:#x}{1=}"
sum(["a"])
math.gcd(1.5)
math.factorial(-1)
math.factorial(1.5)
math.factorial(2**70)
math.comb(5, -1)
math.comb(5.0, 1)
math.perm(5, -1)
math.perm(5, 2), math.perm(5)
math.isqrt(-1)
math.log(0)
math.log(-1)
math.log(2, 1)
math.log(2, 0)
math.log("a")
math.log10(0)
math.log2(-2**2000)
math.fsum([1e308, 1e308])
math.fsum([float("inf"), float("-inf")])
math.fmod(1, 0)
math.remainder(1, 0)
math.pow(0, -1)
math.pow(-1, 0.5)
math.pow(10, 400)
math.exp(1000)
math.sqrt(-1)
math.acos(2)
math.dist([1], [1, 2])
math.dist(1, 2)
math.hypot("a")
math.prod(["a"])
math.floor("a")
math.ceil(float("inf"))
math.trunc("a")
math.ldexp(1, 2**70)
math.ldexp(1, 1.5)
math.frexp("a")
math.nextafter(1, 2), math.ulp(1.0)
math.isclose(1, 1, rel_tol=-1)
math.isclose(1, 2, 3)
math.cbrt(27), math.exp2(3)
math.lcm(4, 6), math.gcd(), math.lcm()
math.gamma(-1)
math.lgamma(-1)
math.copysign(1, -0.0)
math.degrees("a")'''
import math, sys
for e in E.split("\n"):
    try:
        r = repr(eval(e))
        print(e, "->", r if len(r) < 300 else hash(r) and len(r))
    except Exception as x:
        print(e, "->", type(x).__name__, x)
