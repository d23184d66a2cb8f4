# Instances of subclasses of int, str, bytes and complex have attributes, however long their data.

class Int(int):
    def __new__(cls, *args):
        self = int.__new__(cls, *args)
        self.note = [args]
        return self


class Str(str):
    kind = "text"


class Bytes(bytes):
    pass


class Complex(complex):
    pass


class Slim(str):
    __slots__ = ()


made = []
for size in (0, 1, 7, 8, 9, 40):
    for value in (Int(2 ** (size * 8)), Int(size), Str("a" * size), Str("é" * size), Str("€" * size), Str("😀" * size),
                  Bytes(b"x" * size), Complex(size, 1)):
        value.first = size
        for k in range(12):
            setattr(value, f"more{k}", [size, k])
        made.append((value, size))
junk = [[n] for n in range(1000)]
for value, size in made:
    assert value.first == size and value.more11 == [size, 11], (value, size)
    del value.more0
    assert not hasattr(value, "more0") and len(value.__dict__) >= 12
    value.__dict__["other"] = 1
    assert value.other == 1
print(len(made), Int(5).note, Str("x").kind, vars(Str("y")), Int(3) + 4, Str("ab") + "c", {Str("k"): 1}["k"])
s = Str("abc")
s.kind = "own"
print(s.kind, s.upper(), type(s[:]), s.__dict__, Complex(1, 2) == 1 + 2j)
for wrong in (lambda: setattr(5, "x", 1), lambda: setattr("a", "x", 1), lambda: setattr(Slim("a"), "x", 1), lambda: Int(1).missing):
    try:
        wrong()
    except AttributeError as e:
        print(e)
