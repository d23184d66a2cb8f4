# SPDX-License-Identifier: BSL-1.0
# Closures, nonlocal, global, scopes.
def counter(start=0):
    count = start
    def increment(by=1):
        nonlocal count
        count += by
        return count
    def get():
        return count
    return increment, get
inc, get = counter(10)
inc2, get2 = counter()
print(inc(), inc(5), inc2(), get(), get2())
total = 0
def add(n):
    global total, created
    total += n
    created = "yes"
add(3); add(4)
print(total, created)
def outer():
    x = "outer"
    def middle():
        def inner():
            nonlocal x
            x = "inner"
            return x
        return inner
    before = x
    middle()()
    return before, x
print(outer())
fs = []
for i in range(3):
    fs.append(lambda: i)
print([f() for f in fs])
fs = [(lambda i: lambda: i)(i) for i in range(3)]
print([f() for f in fs])
def make():
    def late():
        return value
    value = 1
    a = late()
    value = 2
    return a, late()
print(make())
x = "global"
def shadow():
    x = "local"
    class K:
        y = x
        def method(self):
            return x
    return K.y, K().method()
print(shadow())
class Scope:
    x = "class"
    def method(self):
        return x
    z = [x for _ in range(1)]
print(Scope().method(), Scope.z)
def recursive(n):
    def fact(k):
        return 1 if k < 2 else k * fact(k - 1)
    return fact(n)
print(recursive(10))
def adder(n):
    return lambda m: m + n
print(adder(5)(6), list(map(adder(1), [1, 2, 3])), (lambda *a, **k: (a, k))(1, b=2))
def compose(*functions):
    def run(v):
        for f in functions:
            v = f(v)
        return v
    return run
print(compose(adder(1), lambda v: v * 2, str)(4))
def unbound():
    try:
        print(later)
    except UnboundLocalError as e:
        print(type(e).__name__, e)
    later = 1
unbound()
def free():
    def inner():
        return later
    try:
        inner()
    except NameError as e:
        print(type(e).__name__, e)
    later = 2
    return inner()
print(free())
def deleted():
    v = 1
    del v
    try:
        v
    except UnboundLocalError as e:
        print(e)
deleted()
g = 5
def read_then_global():
    return g
print(read_then_global())
g = 6
print(read_then_global())
del g
try:
    read_then_global()
except NameError as e:
    print(e)
len = lambda v: "shadowed"
print(len([1]))
del len
print(len([1]))
def defaults(a, b=[], c={}):
    b.append(a)
    c[a] = 1
    return b, c
print(defaults(1), defaults(2), defaults(3, []))
def accumulate():
    state = {"n": 0}
    def step():
        state["n"] += 1
        return state["n"]
    return step
step = accumulate()
print(step(), step(), step.__name__, accumulate.__name__, step.__closure__ is not None, (lambda: 0).__name__, step.__qualname__)
def deep():
    a = 1
    def l1():
        b = 2
        def l2():
            c = 3
            def l3():
                nonlocal a, b, c
                a += 1; b += 1; c += 1
                return a, b, c
            return l3
        return l2
    return l1()()
f = deep()
print(f(), f())
def loop_cells():
    out = []
    for i in range(3):
        def f(i=i, j=None):
            return i
        out.append(f)
    return [f() for f in out], i
print(loop_cells())
try:
    exec_missing()
except NameError as e:
    print(e)
def shadowing():                       # a class body's own binding of a name its methods find further out
    x = "outer"
    class C:
        x = "class"
        y = x
        def m(self): return x
    return C.x, C.y, C().m()
print(shadowing())
