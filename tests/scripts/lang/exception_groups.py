# except*, ExceptionGroup.


def show(e):
    if isinstance(e, BaseExceptionGroup):
        return (type(e).__name__, e.message, [show(x) for x in e.exceptions])
    return repr(e)


def handled(raise_it):
    log = []
    try:
        try:
            raise_it()
        except* ValueError as e:
            log.append(("value", show(e)))
        except* (TypeError, KeyError) as e:
            log.append(("type or key", show(e)))
        else:
            log.append("else")
        finally:
            log.append("finally")
    except BaseException as e:
        log.append(("left", show(e)))
    print(log)
    assert "e" not in locals()


def group(*members, message="m"):
    def f():
        raise BaseExceptionGroup(message, list(members))
    return f


def plain(e):
    def f():
        raise e
    return f


handled(lambda: None)
handled(plain(ValueError(1)))
handled(plain(KeyError(2)))
handled(plain(OSError(3)))
handled(group(ValueError(1), TypeError(2), OSError(3)))
handled(group(ValueError(1), ExceptionGroup("inner", [TypeError(2), ValueError(4)]), KeyError(5)))
handled(group(KeyboardInterrupt(), ValueError(1)))
handled(group(OSError(1), ExceptionGroup("inner", [OSError(2)])))

# What clauses raise, and what they raise again, comes out together.
def raising():
    try:
        raise ExceptionGroup("outer", [ValueError(1), ExceptionGroup("in", [TypeError(2), KeyError(3)]), OSError(4)])
    except* ValueError:
        raise ZeroDivisionError("new")
    except* TypeError:
        raise
    except* KeyError as e:
        raise RuntimeError("from") from e

try:
    raising()
except BaseException as e:
    print(show(e), show(e.exceptions[0].__context__), show(e.exceptions[1].__cause__))

def again():
    try:
        raise ExceptionGroup("outer", [ValueError(1), ExceptionGroup("in", [TypeError(2), KeyError(3)]), OSError(4)])
    except* TypeError:
        raise
    except* ValueError as e:
        raise e

try:
    again()
except BaseException as e:
    print(show(e))

# Loops inside a clause; nested statements; handled exceptions.
import sys
try:
    try:
        raise ExceptionGroup("a", [ValueError(1), OSError(2)])
    except* OSError as e:
        for i in range(5):
            if i == 2:
                continue
            if i == 3:
                break
            print(i, show(sys.exception()))
        try:
            raise ExceptionGroup("b", [KeyError(1)])
        except* KeyError:
            print("inner", show(sys.exception()))
        print("after", show(sys.exception()))
except* ValueError as e:
    print("rest", show(e))
print(sys.exception())

# Types.
for make in (lambda: ExceptionGroup("m", [KeyboardInterrupt()]), lambda: ExceptionGroup("m", []),
             lambda: ExceptionGroup("m", [1]), lambda: ExceptionGroup("m", ValueError()), lambda: ExceptionGroup("m"),
             lambda: ExceptionGroup(), lambda: ExceptionGroup(1, [ValueError()]), lambda: ExceptionGroup("m", {}),
             lambda: ExceptionGroup("m", "ab"), lambda: ExceptionGroup("m", [ValueError(), int]),
             lambda: BaseExceptionGroup("m", [ValueError()]).split(3)):
    try:
        print(make())
    except Exception as e:
        print(type(e).__name__, e)
g = BaseExceptionGroup("m", (ValueError(1), TypeError("x")))
print(type(g), g, repr(g), g.args, g.message, g.exceptions)
print(type(BaseExceptionGroup("m", [KeyboardInterrupt()])), ExceptionGroup.__mro__, issubclass(ExceptionGroup, Exception))
print(ExceptionGroup("one", [ValueError(1)]))
print([show(x) if x else x for x in g.split(ValueError)], [show(x) if x else x for x in g.split(lambda e: "x" in e.args)])
print(show(g.subgroup((TypeError, OSError))), g.subgroup(OSError), g.split(Exception)[0] is g)


class Mine(ExceptionGroup):
    def __new__(cls, message, members, code=0):
        made = super().__new__(cls, message, members)
        made.code = code
        return made

    def derive(self, members):
        return Mine(self.message, members, self.code)


m = Mine("mine", [ValueError(1), Mine("deep", [TypeError(2), ValueError(3)], 8)], 7)
m.add_note("noted")
yes, no = m.split(ValueError)
print(show(yes), yes.code, yes.exceptions[1].code, yes.__notes__, show(no), no.code)


class Base(BaseExceptionGroup):
    pass


print(type(Base("b", [ValueError()])), type(Base("b", [KeyboardInterrupt()])))

# What may not be caught, or left.
for classes in (ExceptionGroup, (ValueError, BaseExceptionGroup), 5, (OSError, str)):
    try:
        try:
            raise ValueError(1)
        except* classes:
            print("never")
    except TypeError as e:
        print(e)
for text in ("return", "break", "continue"):
    try:
        compile(f"def f():\n  for x in y:\n    try: pass\n    except* ValueError: {text}", "f", "exec")
    except SyntaxError as e:
        print(e)


def generator():
    try:
        yield 1
    except* ValueError as e:
        yield show(e)
    yield 3


it = generator()
print(next(it), it.throw(ValueError(9)), next(it))
