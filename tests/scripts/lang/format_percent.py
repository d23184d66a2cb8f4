# SPDX-License-Identifier: BSL-1.0
# The % operator on strings.
print("%d %i %5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o" % (42, -42, 42, 42, 42, 42, 42, 255, 255, 255, 8, 8))
print("%s|%10s|%-10s|%.2s|%10.2s|%r|%a" % ("abc", "abc", "abc", "abc", "abc", "abc", "é"))
print("%f|%.2f|%10.3f|%-10.3f|%010.3f|%+f|%e|%.3E|%g|%G" % (1.5, 1.567, 1.567, 1.567, -1.567, 1.5, 12345.678, 0.00012, 1e-10, 1e10))
print("%c%c%c %%" % ("a", 98, "é"))
print("%(name)s is %(age)d, %(name)r %(age)05.1f" % {"name": "Ann", "age": 30, "unused": 1})
print("%s" % (1,), "%s" % [1, 2], "%s" % {"a": 1}, "%s" % None, "%s %s" % ("a", (1, 2)), "%s" % ((1, 2),))
print("%*d|%-*d|%.*f" % (6, 42, 6, 42, 2, 3.14159))
print("%d" % 3.99, "%d" % True, "%d" % 2**80, "%x" % 2**70, "%5.3d" % 7, "%.0f" % 2.5, "%.0f" % 3.5)
print("%s %s %s" % (1.0, 1e100, float("inf")), "%f %5.1f %d" % (float("nan"), float("-inf"), -0))
print("%d%%|" % 5, "100%")
print("%-8s|%8s|" % ("ab", "cd"), "%s" % "%d")
for name, score in [("ann", 9.5), ("bob", 10), ("christopher", 7.25)]:
    print("%-10s %6.2f %3d%%" % (name, score, score * 10))


class Point:
    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


print("%s %r %10s|" % (Point(), Point(), Point()))
for f in (lambda: "%d" % "a", lambda: "%s %s" % 1, lambda: "%s" % (1, 2), lambda: "%z" % 1, lambda: "%(a)s" % {}, lambda: "%(a)s" % 1, lambda: "%c" % "ab", lambda: "%x" % 1.5, lambda: "%" % 1, lambda: "%d" % None, lambda: "abc" % 1, lambda: "%f" % "x"):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
