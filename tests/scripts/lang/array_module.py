# array: items, slices, operators, conversions, messages.
from array import array
import array as module


def show(text):
    try:
        print(text, eval(text))
    except Exception as e:
        print(text, type(e).__name__, e)


a = array("i", [1, 2, 3])
a.append(4)
a.extend(array("i", [5]))
a.extend(range(2))
a.insert(-1, 9)
print(a, len(a), a[0], a[-1], a[1:4], a[::-2], a.index(9), a.count(1), 9 in a, a.pop(), a.pop(0))
a[0], a[1:3] = 7, array("i", [8, 8, 8])
a[::2] = array("i", [0] * len(a[::2]))
del a[1], a[-2:]
a.reverse()
print(a, a * 2, a + a, a == array("q", a), a < array("i", [9]), list(a), a.tobytes().hex(), a.itemsize, a.typecode)
a *= 2
a += array("i", [1])
a.remove(0)
print(a.tolist(), array("d", [1, 2.5]), array("u", "héé"), array("u", "ab").tounicode(), array("b", b"ab"))
w = array("h", [1, 256])
w.byteswap()
print(w, memoryview(w).format, memoryview(w)[1], bytes(w), module.typecodes)
m = memoryview(w)
m[0] = -5
print(w, w.__reduce_ex__(2), module._array_reconstructor(array, "i", 3, b"abcd"))


class Named(array):
    pass


n = Named("i", [1])
n.name = "x"
print(n, n.name, type(n + n), len(Named("b")))
for text in ("array()", "array('x')", "array(1)", "array('i', 'abc')", "array('i', b'abc')", "array('i', [1.5])", "array('b', [200])",
             "array('B', [-1])", "array('h', [1 << 20])", "array('H', [-1])", "array('i', [1 << 40])", "array('I', [-1])",
             "array('l', [1 << 70])", "array('L', [-1])", "array('q', [1 << 70])", "array('Q', [-1])", "array('u', [1])",
             "array('i') + 1", "array('i') + array('h')", "array('i') * 1.0", "array('i').pop()", "array('i')[0]", "array('i')['a']",
             "array('i').__setitem__(0, 1)", "a.__setitem__(slice(0, 0), [1])", "a.__setitem__(slice(0, 4, 2), a)",
             "array('i').index(1)", "array('i').remove(1)", "array('i').extend(array('h'))", "array('i').fromlist(1)",
             "array('i').frombytes(b'abc')", "array('i').tounicode()", "array('i').fromunicode('a')", "array('i', 5)", "hash(a)",
             "array('i') < 1", "array('i').__iadd__([1])", "array('i', x=1)", "array('i', [1], 3)"):
    show(text)
