# SPDX-License-Identifier: BSL-1.0
# Truth, `and`, `or`, `not`, `is`, None and Ellipsis.
class Falsy:
    def __bool__(self):
        return False


class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


for v in (0, 1, "", "0", [], [0], {}, {0: 0}, (), (0,), set(), {0}, None, 0.0, 0.1, Falsy(), Sized(0), Sized(2), range(0), range(3), b"", b"x", len, ...):
    print(bool(v), not v, "yes" if v else "no", end=" | ")
print()


def say(x):
    print("<", x, ">", sep="", end=" ")
    return x


print(say(0) or say("") or say("last"))
print(say(1) and say([]) and say("never"))
print(say(0) and say(1) or say(2))
print(not say(0) and not say(None))
print(None is None, None == 0, None is not False, ... is Ellipsis, repr(None), repr(...), type(None).__name__, NotImplemented)
print(True is True, True == 1, isinstance(True, int), type(True).__name__, True < 2, str(True) + "!")
a = []
b = a
print(a is b, a is [], a == [], id(a) == id(b))
print(any([0, "", 3]), all([1, "a", []]), any([]), all([]), any(x > 3 for x in range(5)), all(x < 3 for x in range(5)))
x = None
y = x or "default"
print(y, x if x is not None else "none")
if x:
    print("no")
elif y == "other":
    print("no")
elif not x and y:
    print("elif")
else:
    print("else")
print(1 if 0 else 2 if 0 else 3)
try:
    if 3 == "a" or undefined_thing:
        pass
except NameError as e:
    print(e)


class Bad:
    def __bool__(self):
        return 5


try:
    bool(Bad())
except TypeError as e:
    print(e)
class BadLen:
    def __len__(self):
        return -1


try:
    bool(BadLen())
except ValueError as e:
    print(e)
