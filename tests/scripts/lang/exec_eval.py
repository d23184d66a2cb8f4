# SPDX-License-Identifier: BSL-1.0
# exec, eval, compile: where their names live.
x = 10
exec("x = x + 1; y = x * 2")
print(x, y, eval("x + y"))

names = {"a": 1}
exec("b = a + 1\ndef f(n): return n + b\nclass C:\n    v = b\n    def m(self): return a", names)
print(names["b"], names["f"](5), names["C"]().m(), names["C"].__module__, sorted(names)[0])
names["b"] = 100
print(names["f"](5), names["f"].__globals__ is names, eval("f(1)", names))
print("__builtins__" in names)

local = {}
exec("p = 1\nglobal q\nq = 2\nprint(sorted(locals()))", names, local)
print(local, names["q"])


def inner(n):
    m = 3
    exec("m = 4")
    return m, eval("n + m"), eval("[n for _ in range(2)]", {"n": 7})


print(inner(1))
code = compile("k = [i * base for i in range(3)]", "<here>", "exec")
for base in (1, 2):
    space = {"base": base}
    exec(code, space)
    print(space["k"])
exec(code)
print(k, code.co_filename, code.co_name)
f = eval("lambda v: v * base")
print(f(21), f.__name__)
print(eval(compile("1 + 2", "", "eval")), eval("  \t 3"), eval(b"4"), exec("5"))
exec(compile("6\nz = 7", "", "single") if False else compile("6", "", "single"))


class Counting(dict):
    def __missing__(self, key):
        return "no " + key


print(eval("nothing", {}, Counting()))


class Mapping:
    def __init__(self):
        self.seen = {}

    def __getitem__(self, key):
        return self.seen[key]

    def __setitem__(self, key, item):
        self.seen[key] = item

    def __delitem__(self, key):
        del self.seen[key]


m = Mapping()
exec("one = 1\ntwo = one + one\ndel one", {}, m)
print(m.seen)


def attempt(what, *args):
    try:
        print(what(*args))
    except Exception as e:
        print(type(e).__name__, e)


attempt(eval, "1 +")
attempt(eval, "a = 1")
attempt(exec, "return")
attempt(eval, "undefined_name", {})
attempt(exec, "del nothing", {})
attempt(eval, 5)
attempt(exec, 5)
attempt(exec, "1", 5)
attempt(eval, "1", 5)
attempt(eval, "1", {}, 5)
attempt(exec, "1", {}, 5)
attempt(exec, "a\0b")
attempt(compile, "1", "f", "other")
attempt(compile, 1, "f", "exec")
attempt(eval, "len", {"__builtins__": {}})
attempt(eval, "len([1])", {"__builtins__": {"len": len}})
try:
    exec("def g():\n    1 / 0\ng()", {"__name__": "made"})
except ZeroDivisionError as e:
    trace = e.__traceback__.tb_next
    while trace:
        print(trace.tb_frame.f_code.co_name, trace.tb_lineno, trace.tb_frame.f_code.co_filename, trace.tb_frame.f_globals["__name__"])
        trace = trace.tb_next
exec("from math import floor, ceil\nimport os.path\nprint(floor(2.5), os.path.join('a', 'b'))", {})
exec("@lambda c: c\nclass D:\n    print(__qualname__, __module__)", {"__name__": "n"})
exec("total = 0\nfor i in range(5): total += i\nprint(total, [total + j for j in range(2)])", {})
exec("if (n := 5) > 3: print(n, any((last := v) > 1 for v in [1, 2]), last)", {})
