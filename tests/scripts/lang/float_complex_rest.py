inf = float("inf")
print((-0.0) ** -inf, 0.0 ** -inf, 0.0 ** inf, pow(0, -inf))
for bad in (1, None, "x"):
    try:
        print(float.__getformat__(bad))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


class F(float):
    pass


print(type(F(2.5).__float__()), F(2.5).__float__())


class C(complex):
    pass


c = 3.5 + 1j
print(complex(c) is c, type(C(c).__complex__()), complex(C(c)) is c, C(c) == c, type(c.__complex__()))
