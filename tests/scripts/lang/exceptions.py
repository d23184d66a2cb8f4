# SPDX-License-Identifier: BSL-1.0
# Raising, catching, finally, chaining, custom exceptions.
def attempt(f, *args):
    try:
        r = f(*args)
    except ZeroDivisionError as e:
        return f"zde {e}"
    except (KeyError, IndexError) as e:
        return f"lookup {type(e).__name__} {e} {e.args}"
    except Exception as e:
        return f"other {e!r}"
    else:
        return f"fine {r}"
    finally:
        print("finally", end=" ")
print(attempt(lambda: 1 / 0)); print(attempt(lambda: {}["k"])); print(attempt(lambda: [][1])); print(attempt(lambda: int("x"))); print(attempt(lambda: 5))
class AppError(Exception):
    def __init__(self, code, message="none"):
        super().__init__(code, message)
        self.code = code
    def __str__(self): return f"code {self.code}"
class SubError(AppError): pass
try:
    raise SubError(7, "m")
except AppError as e:
    print(e, repr(e), e.args, e.code, type(e).__name__, isinstance(e, Exception))
try:
    e
except NameError as x:
    print(x)
def chain():
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise ValueError("second") from e
    except ValueError as v:
        return repr(v.__cause__), repr(v.__context__), v.__suppress_context__
print(chain())
def context():
    try:
        try:
            {}["x"]
        except KeyError:
            raise TypeError("while handling")
    except TypeError as t:
        return repr(t.__context__), t.__cause__, t.__suppress_context__
print(context())
try:
    try:
        raise KeyError("a")
    except KeyError:
        raise IndexError("b") from None
except IndexError as e:
    print(e.__cause__, repr(e.__context__), e.__suppress_context__)
def returns():
    for i in range(3):
        try:
            if i == 1: return "try"
            continue
        finally:
            print("f", i, end=" ")
print(returns())
def override():
    try:
        return "try"
    finally:
        return "finally"
print(override())
def swallow():
    while True:
        try:
            1 / 0
        finally:
            break
    return "swallowed"
print(swallow())
def nested():
    log = []
    try:
        log.append(1)
        try:
            log.append(2)
            raise ValueError("inner")
        except KeyError:
            log.append("never")
        finally:
            log.append(3)
    except ValueError as e:
        log.append(str(e))
        try:
            raise
        except ValueError as again:
            log.append(again is e)
    else:
        log.append("never")
    finally:
        log.append("end")
    return log
print(nested())
def reraise():
    try:
        try:
            raise OSError("disk")
        except OSError:
            print("cleanup", end=" ")
            raise
    except OSError as e:
        return str(e)
print(reraise())
def loop_finally():
    out = []
    for i in range(5):
        try:
            if i == 1: continue
            if i == 3: break
            out.append(i)
        except Exception: pass
        else: out.append("else")
        finally: out.append("f")
    else: out.append("no")
    return out
print(loop_finally())
for raiser in ("ValueError", "ValueError()", "ValueError('a', 1)", "KeyError('k')", "StopIteration(3)", "SystemExit(2)", "KeyboardInterrupt()", "GeneratorExit()", "OSError(2, 'No file', 'name')", "AssertionError('x')", "NotImplementedError", "RuntimeError('r')", "UnicodeDecodeError('utf-8', b'x', 0, 1, 'why')", "ArithmeticError()", "LookupError(1, 2)", "BaseException('b')"):
    made = {"ValueError": ValueError, "ValueError()": ValueError(), "ValueError('a', 1)": ValueError("a", 1), "KeyError('k')": KeyError("k"), "StopIteration(3)": StopIteration(3), "SystemExit(2)": SystemExit(2), "KeyboardInterrupt()": KeyboardInterrupt(), "GeneratorExit()": GeneratorExit(), "OSError(2, 'No file', 'name')": OSError(2, "No file", "name"), "AssertionError('x')": AssertionError("x"), "NotImplementedError": NotImplementedError, "RuntimeError('r')": RuntimeError("r"), "UnicodeDecodeError('utf-8', b'x', 0, 1, 'why')": UnicodeDecodeError("utf-8", b"x", 0, 1, "why"), "ArithmeticError()": ArithmeticError(), "LookupError(1, 2)": LookupError(1, 2), "BaseException('b')": BaseException("b")}[raiser]
    try:
        raise made
    except BaseException as e:
        print(repr(e), "|", str(e), "|", e.args, isinstance(e, Exception), [k.__name__ for k in type(e).__mro__])
try:
    raise OSError(2, "No such file or directory", "f.txt")
except FileNotFoundError as e:
    print(e.errno, e.strerror, e.filename, e)
try:
    open("/nonexistent/file")
except FileNotFoundError as e:
    print(e, e.errno)
e = ValueError("x"); e.extra = 5
print(e.extra, e == ValueError("x"), e.__traceback__)
for bad in (lambda: (_ for _ in ()).throw(5),):
    try:
        bad()
    except TypeError as x:
        print(x)
def raise_int(): raise 5
def raise_none(): raise
def except_int():
    try: 1 / 0
    except 5: pass
for bad in (raise_int, raise_none, except_int):
    try:
        bad()
    except (TypeError, RuntimeError) as x:
        print(type(x).__name__, x)
def deep(n):
    if n == 0: raise ValueError("bottom")
    try: deep(n - 1)
    finally: counter.append(n)
counter = []
try:
    deep(50)
except ValueError as x:
    print(x, len(counter), counter[0], counter[-1])
import sys
try: 1 / 0
except ZeroDivisionError: print(sys.exc_info()[0].__name__, sys.exc_info()[1])
print(sys.exc_info())
x = ValueError("noted"); x.add_note("a note"); print(x.__notes__)
y = x.with_traceback(None); print(y is x)
# A name of `except E as name` is unbound however its body is left.
def left_by_exception(a=0):
    try:
        try: raise KeyError
        except KeyError as a: raise ValueError
    except ValueError: return a
def left_by_return(a=0):
    try:
        try: raise KeyError
        except KeyError as a: return 1
    finally: print("fin", a)
def left_by_break(a=0):
    while True:
        try: raise KeyError
        except KeyError as a: break
    return a
# A finally on the way out of another finally is no part of what the outer one guards.
def two_finallys(c):
    try:
        try:
            try: raise ValueError(1)
            finally: return c
        except NameError: print("no")
    except IndexError: print("wrong")
    finally:
        if c: [c][c]
def three_finallys(c):
    for i in range(2):
        try:
            try:
                try: continue
                finally: c += 1
            finally:
                if c > 1: return {}[c]
        except KeyError as e: print("caught", e); raise
        finally: c += 1; print("c", c)
for f in (left_by_exception, left_by_return, left_by_break, two_finallys, three_finallys):
    try: print(f.__name__, f(1))
    except Exception as e: print(f.__name__, type(e).__name__, e, repr(e.__context__))
