# SPDX-License-Identifier: BSL-1.0
# `x = EXPRESSION of x`: the register of x must not be written before x has been read, be x the only
# local (and so the last), the first of several, or the variable of a loop.
class O:
    a = 2
    def m(self, v): return v * 2


class C:
    def __init__(self, v): self.v = v
    def __enter__(self): return self.v + 1
    def __exit__(self, *a): return None


o = O()


def g(y, *a, **k): return y
def a0(x=5): x = g(x); return x
def b0(x=5, y=1, w=0): x = g(x); return x, w
def a1(x=5): x = [x, 1]; return x
def b1(x=5, y=1, w=0): x = [x, 1]; return x, w
def a2(x=5): x = [1, x]; return x
def b2(x=5, y=1, w=0): x = [1, x]; return x, w
def a3(x=5): x = (1, x); return x
def b3(x=5, y=1, w=0): x = (1, x); return x, w
def a4(x=5): x = {1: x}; return x
def b4(x=5, y=1, w=0): x = {1: x}; return x, w
def a5(x=5): x = {1, x}; return x
def b5(x=5, y=1, w=0): x = {1, x}; return x, w
def a6(x=5): x = 1 and x; return x
def b6(x=5, y=1, w=0): x = 1 and x; return x, w
def a7(x=5): x = 0 or x; return x
def b7(x=5, y=1, w=0): x = 0 or x; return x, w
def a8(x=5): x = x and 1 and x; return x
def b8(x=5, y=1, w=0): x = x and 1 and x; return x, w
def a9(x=5): x = x if 1 else 2; return x
def b9(x=5, y=1, w=0): x = x if 1 else 2; return x, w
def a10(x=5): x = 3 if x == 99 else x; return x
def b10(x=5, y=1, w=0): x = 3 if x == 99 else x; return x, w
def a11(x=5): x = f'{1}{x}'; return x
def b11(x=5, y=1, w=0): x = f'{1}{x}'; return x, w
def a12(x=5): x = f'{x}{1}'; return x
def b12(x=5, y=1, w=0): x = f'{x}{1}'; return x, w
def a13(x=5): x = x + 1; return x
def b13(x=5, y=1, w=0): x = x + 1; return x, w
def a14(x=5): x = 1 + x; return x
def b14(x=5, y=1, w=0): x = 1 + x; return x, w
def a15(x=5): x = 1 + x * 2; return x
def b15(x=5, y=1, w=0): x = 1 + x * 2; return x, w
def a16(x=5): x = (1 + 2) * x; return x
def b16(x=5, y=1, w=0): x = (1 + 2) * x; return x, w
def a17(x=5): x = -x; return x
def b17(x=5, y=1, w=0): x = -x; return x, w
def a18(x=5): x = not x; return x
def b18(x=5, y=1, w=0): x = not x; return x, w
def a19(x=5): x = 1 < x < 10; return x
def b19(x=5, y=1, w=0): x = 1 < x < 10; return x, w
def a20(x=5): x = 0 < 1 < x; return x
def b20(x=5, y=1, w=0): x = 0 < 1 < x; return x, w
def a21(x=5): x = [i for i in range(x)]; return x
def b21(x=5, y=1, w=0): x = [i for i in range(x)]; return x, w
def a22(x=5): x = [x for i in range(2)]; return x
def b22(x=5, y=1, w=0): x = [x for i in range(2)]; return x, w
def a23(x=5): x = {i: x for i in range(2)}; return x
def b23(x=5, y=1, w=0): x = {i: x for i in range(2)}; return x, w
def a24(x=5): x = list(i + x for i in range(2)); return x
def b24(x=5, y=1, w=0): x = list(i + x for i in range(2)); return x, w
def a25(x=5): x = (lambda: x)(); return x
def b25(x=5, y=1, w=0): x = (lambda: x)(); return x, w
def a26(x=5): x = (lambda y=x: y)(); return x
def b26(x=5, y=1, w=0): x = (lambda y=x: y)(); return x, w
def a27(x=5): x = [5, 6, 7, 8, 9, 10, 11][x]; return x
def b27(x=5, y=1, w=0): x = [5, 6, 7, 8, 9, 10, 11][x]; return x, w
def a28(x=5): x = [5,6,7,8,9,10,11][1:x]; return x
def b28(x=5, y=1, w=0): x = [5,6,7,8,9,10,11][1:x]; return x, w
def a29(x=5): x = o.m(x); return x
def b29(x=5, y=1, w=0): x = o.m(x); return x, w
def a30(x=5): x = o.a + x; return x
def b30(x=5, y=1, w=0): x = o.a + x; return x, w
def a31(x=5): x = g(1, x); return x
def b31(x=5, y=1, w=0): x = g(1, x); return x, w
def a32(x=5): x = g(x, g(x)); return x
def b32(x=5, y=1, w=0): x = g(x, g(x)); return x, w
def a33(x=5): x = g(y=x); return x
def b33(x=5, y=1, w=0): x = g(y=x); return x, w
def a34(x=5): x = g(*[x]); return x
def b34(x=5, y=1, w=0): x = g(*[x]); return x, w
def a35(x=5): x = g(**{'y': x}); return x
def b35(x=5, y=1, w=0): x = g(**{'y': x}); return x, w
def a36(x=5): x = [*[1], x]; return x
def b36(x=5, y=1, w=0): x = [*[1], x]; return x, w
def a37(x=5): x = (*[1], x); return x
def b37(x=5, y=1, w=0): x = (*[1], x); return x, w
def a38(x=5): x = {**{'a': 1}, 'b': x}; return x
def b38(x=5, y=1, w=0): x = {**{'a': 1}, 'b': x}; return x, w
def a39(x=5): x = (y := 3) + x; return x
def b39(x=5, y=1, w=0): x = (y := 3) + x; return x, w
def a40(x=5): x = (x := x + 1) + x; return x
def b40(x=5, y=1, w=0): x = (x := x + 1) + x; return x, w
def a41(x=5): x = g(1) + x; return x
def b41(x=5, y=1, w=0): x = g(1) + x; return x, w
def a42(x=5): x = g(1) + g(x); return x
def b42(x=5, y=1, w=0): x = g(1) + g(x); return x, w
def a43(x=5): x = o.m(1) + x; return x
def b43(x=5, y=1, w=0): x = o.m(1) + x; return x, w
def a44(x=5): x = [g(1), x]; return x
def b44(x=5, y=1, w=0): x = [g(1), x]; return x, w
def a45(x=5): x = [1][0] + x; return x
def b45(x=5, y=1, w=0): x = [1][0] + x; return x, w
def a46(x=5): x = 'a%d%d' % (1, x); return x
def b46(x=5, y=1, w=0): x = 'a%d%d' % (1, x); return x, w
def a47(x=5): x = str(x) + str(x); return x
def b47(x=5, y=1, w=0): x = str(x) + str(x); return x, w
def a48(x=5): x = '%s' % x; return x
def b48(x=5, y=1, w=0): x = '%s' % x; return x, w
def a49(x=5): x = x ** 2 - x; return x
def b49(x=5, y=1, w=0): x = x ** 2 - x; return x, w
def a50(x=5): x = x == x; return x
def b50(x=5, y=1, w=0): x = x == x; return x, w
def a51(x=5): x = x is x; return x
def b51(x=5, y=1, w=0): x = x is x; return x, w
def a52(x=5): x = x in [x]; return x
def b52(x=5, y=1, w=0): x = x in [x]; return x, w
def a53(x=5): x = 1 in [x]; return x
def b53(x=5, y=1, w=0): x = 1 in [x]; return x, w
def a54(x=5): x = slice(1, x); return x
def b54(x=5, y=1, w=0): x = slice(1, x); return x, w
def a55(x=5): x = g(1) if g(x) else x; return x
def b55(x=5, y=1, w=0): x = g(1) if g(x) else x; return x, w
def a56(x=5): x = g(0) or x; return x
def b56(x=5, y=1, w=0): x = g(0) or x; return x, w
def a57(x=5): x = (g(1), x); return x
def b57(x=5, y=1, w=0): x = (g(1), x); return x, w
def a58(x=5): x = x // 2 % x; return x
def b58(x=5, y=1, w=0): x = x // 2 % x; return x, w
def a59(x=5): x = ~x & 7 | x; return x
def b59(x=5, y=1, w=0): x = ~x & 7 | x; return x, w
def a60(x=5): x = o.m(x) + o.m(x); return x
def b60(x=5, y=1, w=0): x = o.m(x) + o.m(x); return x, w
def a61(x=5): x = o.m(o.m(x)); return x
def b61(x=5, y=1, w=0): x = o.m(o.m(x)); return x, w
def a62(x=5): x = g(g(g(x))); return x
def b62(x=5, y=1, w=0): x = g(g(g(x))); return x, w
def a63(x=5): x = max(x, 1); return x
def b63(x=5, y=1, w=0): x = max(x, 1); return x, w
def a64(x=5): x = sum([x, x]); return x
def b64(x=5, y=1, w=0): x = sum([x, x]); return x, w
def a65(x=5): x = [x][0]; return x
def b65(x=5, y=1, w=0): x = [x][0]; return x, w
def a66(x=5): x = {'k': x}['k']; return x
def b66(x=5, y=1, w=0): x = {'k': x}['k']; return x, w
def a67(x=5): x = (x,)[0]; return x
def b67(x=5, y=1, w=0): x = (x,)[0]; return x, w
def a68(x=5): x = g(x)[0:1] if 0 else x; return x
def b68(x=5, y=1, w=0): x = g(x)[0:1] if 0 else x; return x, w
def a69(x=5): x = f'{g(x)}{x:>{x}}'; return x
def b69(x=5, y=1, w=0): x = f'{g(x)}{x:>{x}}'; return x, w
def a70(x=5): x = [[x, j] for j in range(2)]; return x
def b70(x=5, y=1, w=0): x = [[x, j] for j in range(2)]; return x, w
def a71(x=5): x = g(x, y=x); return x
def b71(x=5, y=1, w=0): x = g(x, y=x); return x, w
def a72(x=5): x = (x, x)[g(0)]; return x
def b72(x=5, y=1, w=0): x = (x, x)[g(0)]; return x, w
def c0(x=5, y=3, z=4, l=None): l = [0, 0]; x += 1; return x, y, l
def d0(l=None, y=3, z=4, x=5): l = [0, 0]; x += 1; return x, y, l
def c1(x=5, y=3, z=4, l=None): l = [0, 0]; x += x; return x, y, l
def d1(l=None, y=3, z=4, x=5): l = [0, 0]; x += x; return x, y, l
def c2(x=5, y=3, z=4, l=None): l = [0, 0]; x, y = 1, x; return x, y, l
def d2(l=None, y=3, z=4, x=5): l = [0, 0]; x, y = 1, x; return x, y, l
def c3(x=5, y=3, z=4, l=None): l = [0, 0]; x, y = y if 0 else 7, x; return x, y, l
def d3(l=None, y=3, z=4, x=5): l = [0, 0]; x, y = y if 0 else 7, x; return x, y, l
def c4(x=5, y=3, z=4, l=None): l = [0, 0]; [x, z] = [1, x]; return x, y, l
def d4(l=None, y=3, z=4, x=5): l = [0, 0]; [x, z] = [1, x]; return x, y, l
def c5(x=5, y=3, z=4, l=None): l = [0, 0]; x = z = x + 1; return x, y, l
def d5(l=None, y=3, z=4, x=5): l = [0, 0]; x = z = x + 1; return x, y, l
def c6(x=5, y=3, z=4, l=None): l = [0, 0]; x = y = [x]; return x, y, l
def d6(l=None, y=3, z=4, x=5): l = [0, 0]; x = y = [x]; return x, y, l
def c7(x=5, y=3, z=4, l=(0,)):
    l = list(l) * 2
    for x in [x, 1]: pass
    return x, y, l
def d7(y=3, z=4, x=5):
    l = [0, 0]
    for x in [x, 1]: pass
    return x, y, l
def c8(x=5, y=3, z=4, l=(0,)):
    l = list(l) * 2
    for x in range(x): pass
    return x, y, l
def d8(y=3, z=4, x=5):
    l = [0, 0]
    for x in range(x): pass
    return x, y, l
def c9(x=5, y=3, z=4, l=(0,)):
    l = list(l) * 2
    with C(x) as x: pass
    return x, y, l
def d9(y=3, z=4, x=5):
    l = [0, 0]
    with C(x) as x: pass
    return x, y, l
def c10(x=5, y=3, z=4, l=None): l = [0, 0]; x: int = x + 1; return x, y, l
def d10(l=None, y=3, z=4, x=5): l = [0, 0]; x: int = x + 1; return x, y, l
def c11(x=5, y=3, z=4, l=None): l = [0, 0]; *x, = [x]; return x, y, l
def d11(l=None, y=3, z=4, x=5): l = [0, 0]; *x, = [x]; return x, y, l
def c12(x=5, y=3, z=4, l=None): l = [0, 0]; x, *y = x, 1, 2; return x, y, l
def d12(l=None, y=3, z=4, x=5): l = [0, 0]; x, *y = x, 1, 2; return x, y, l
def c13(x=5, y=3, z=4, l=None): l = [0, 0]; x = (yield_ := x); return x, y, l
def d13(l=None, y=3, z=4, x=5): l = [0, 0]; x = (yield_ := x); return x, y, l
def c14(x=5, y=3, z=4, l=None): l = [0, 0]; del z; x = x; return x, y, l
def d14(l=None, y=3, z=4, x=5): l = [0, 0]; del z; x = x; return x, y, l
def c15(x=5, y=3, z=4, l=(0,)):
    l = list(l) * 2
    try:
        x = 1 // 0
    except ZeroDivisionError as x2:
        x = x
    return x, y, l
def d15(y=3, z=4, x=5):
    l = [0, 0]
    try:
        x = 1 // 0
    except ZeroDivisionError as x2:
        x = x
    return x, y, l
def c16(x=5, y=3, z=4, l=None): l = [0, 0]; (x, y), z = (1, x), x; return x, y, l
def d16(l=None, y=3, z=4, x=5): l = [0, 0]; (x, y), z = (1, x), x; return x, y, l
def c17(x=5, y=3, z=4, l=None): l = [0, 0]; o.a, x = x, o.a; return x, y, l
def d17(l=None, y=3, z=4, x=5): l = [0, 0]; o.a, x = x, o.a; return x, y, l
def c18(x=5, y=3, z=4, l=None): l = [0, 0]; l[x % 2], x = x, 0; return x, y, l
def d18(l=None, y=3, z=4, x=5): l = [0, 0]; l[x % 2], x = x, 0; return x, y, l
def c19(x=5, y=3, z=4, l=None): l = [0, 0]; x = l[0] = x; return x, y, l
def d19(l=None, y=3, z=4, x=5): l = [0, 0]; x = l[0] = x; return x, y, l
def c20(x=5, y=3, z=4, l=None): l = [0, 0]; import math as x; return x, y, l
def d20(l=None, y=3, z=4, x=5): l = [0, 0]; import math as x; return x, y, l
def c21(x=5, y=3, z=4, l=None): l = [0, 0]; x = lambda: 5; return x, y, l
def d21(l=None, y=3, z=4, x=5): l = [0, 0]; x = lambda: 5; return x, y, l
def c22(x=5, y=3, z=4, l=None): l = [0, 0]; x = g; return x, y, l
def d22(l=None, y=3, z=4, x=5): l = [0, 0]; x = g; return x, y, l
def c23(x=5, y=3, z=4, l=None): l = [0, 0]; x -= g(x); return x, y, l
def d23(l=None, y=3, z=4, x=5): l = [0, 0]; x -= g(x); return x, y, l
def c24(x=5, y=3, z=4, l=None): l = [0, 0]; x += o.m(x); return x, y, l
def d24(l=None, y=3, z=4, x=5): l = [0, 0]; x += o.m(x); return x, y, l
def c25(x=5, y=3, z=4, l=None): l = [0, 0]; x = not x or x; return x, y, l
def d25(l=None, y=3, z=4, x=5): l = [0, 0]; x = not x or x; return x, y, l


def plain(v): return [plain(i) for i in v] if isinstance(v, (list, tuple)) else 'object' if callable(v) or type(v).__name__ == 'module' else v


for name, *functions in [
    ('g(x)', a0, b0),
    ('[x, 1]', a1, b1),
    ('[1, x]', a2, b2),
    ('(1, x)', a3, b3),
    ('{1: x}', a4, b4),
    ('{1, x}', a5, b5),
    ('1 and x', a6, b6),
    ('0 or x', a7, b7),
    ('x and 1 and x', a8, b8),
    ('x if 1 else 2', a9, b9),
    ('3 if x == 99 else x', a10, b10),
    ("f'{1}{x}'", a11, b11),
    ("f'{x}{1}'", a12, b12),
    ('x + 1', a13, b13),
    ('1 + x', a14, b14),
    ('1 + x * 2', a15, b15),
    ('(1 + 2) * x', a16, b16),
    ('-x', a17, b17),
    ('not x', a18, b18),
    ('1 < x < 10', a19, b19),
    ('0 < 1 < x', a20, b20),
    ('[i for i in range(x)]', a21, b21),
    ('[x for i in range(2)]', a22, b22),
    ('{i: x for i in range(2)}', a23, b23),
    ('list(i + x for i in range(2))', a24, b24),
    ('(lambda: x)()', a25, b25),
    ('(lambda y=x: y)()', a26, b26),
    ('[5, 6, 7, 8, 9, 10, 11][x]', a27, b27),
    ('[5,6,7,8,9,10,11][1:x]', a28, b28),
    ('o.m(x)', a29, b29),
    ('o.a + x', a30, b30),
    ('g(1, x)', a31, b31),
    ('g(x, g(x))', a32, b32),
    ('g(y=x)', a33, b33),
    ('g(*[x])', a34, b34),
    ("g(**{'y': x})", a35, b35),
    ('[*[1], x]', a36, b36),
    ('(*[1], x)', a37, b37),
    ("{**{'a': 1}, 'b': x}", a38, b38),
    ('(y := 3) + x', a39, b39),
    ('(x := x + 1) + x', a40, b40),
    ('g(1) + x', a41, b41),
    ('g(1) + g(x)', a42, b42),
    ('o.m(1) + x', a43, b43),
    ('[g(1), x]', a44, b44),
    ('[1][0] + x', a45, b45),
    ("'a%d%d' % (1, x)", a46, b46),
    ('str(x) + str(x)', a47, b47),
    ("'%s' % x", a48, b48),
    ('x ** 2 - x', a49, b49),
    ('x == x', a50, b50),
    ('x is x', a51, b51),
    ('x in [x]', a52, b52),
    ('1 in [x]', a53, b53),
    ('slice(1, x)', a54, b54),
    ('g(1) if g(x) else x', a55, b55),
    ('g(0) or x', a56, b56),
    ('(g(1), x)', a57, b57),
    ('x // 2 % x', a58, b58),
    ('~x & 7 | x', a59, b59),
    ('o.m(x) + o.m(x)', a60, b60),
    ('o.m(o.m(x))', a61, b61),
    ('g(g(g(x)))', a62, b62),
    ('max(x, 1)', a63, b63),
    ('sum([x, x])', a64, b64),
    ('[x][0]', a65, b65),
    ("{'k': x}['k']", a66, b66),
    ('(x,)[0]', a67, b67),
    ('g(x)[0:1] if 0 else x', a68, b68),
    ("f'{g(x)}{x:>{x}}'", a69, b69),
    ('[[x, j] for j in range(2)]', a70, b70),
    ('g(x, y=x)', a71, b71),
    ('(x, x)[g(0)]', a72, b72),
    ('x += 1', c0, d0),
    ('x += x', c1, d1),
    ('x, y = 1, x', c2, d2),
    ('x, y = y if 0 else 7, x', c3, d3),
    ('[x, z] = [1, x]', c4, d4),
    ('x = z = x + 1', c5, d5),
    ('x = y = [x]', c6, d6),
    ('for x in [x, 1]: pass', c7, d7),
    ('for x in range(x): pass', c8, d8),
    ('with C(x) as x: pass', c9, d9),
    ('x: int = x + 1', c10, d10),
    ('*x, = [x]', c11, d11),
    ('x, *y = x, 1, 2', c12, d12),
    ('x = (yield_ := x)', c13, d13),
    ('del z; x = x', c14, d14),
    ('try:\n        x = 1 // 0\n    except ZeroDivisionError as x2:\n        x = x', c15, d15),
    ('(x, y), z = (1, x), x', c16, d16),
    ('o.a, x = x, o.a', c17, d17),
    ('l[x % 2], x = x, 0', c18, d18),
    ('x = l[0] = x', c19, d19),
    ('import math as x', c20, d20),
    ('x = lambda: 5', c21, d21),
    ('x = g', c22, d22),
    ('x -= g(x)', c23, d23),
    ('x += o.m(x)', c24, d24),
    ('x = not x or x', c25, d25),
]:
    for f in functions:
        o.a = 2
        try: r = plain(f())
        except Exception as e: r = repr(e)
        print(name, '->', r)
