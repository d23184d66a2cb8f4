def f(n):
    if n == 0:
        raise ValueError("deep\nin two lines")
    f(n - 1)


def caught(call):
    try:
        call()
    except BaseException as e:
        return e


def chained():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise KeyError("k") from e


def raising():
    raise ExceptionGroup("inner", [OSError(2), caught(chained)])


inner = caught(raising)
noted = TypeError("t")
noted.add_note("a note")
try:
    raise ExceptionGroup("first", [ValueError()])
except ExceptionGroup:
    raise ExceptionGroup("outer", [caught(lambda: f(2)), inner, noted, ExceptionGroup("many", [OSError(i) for i in range(17)])])
