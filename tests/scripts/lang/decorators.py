# SPDX-License-Identifier: BSL-1.0
# Decorators of functions and classes, with and without arguments.
def trace(f):
    def wrapper(*args, **kwargs):
        print("call", f.__name__, args, kwargs)
        result = f(*args, **kwargs)
        print("return", result)
        return result
    wrapper.__name__ = f.__name__
    wrapper.__wrapped__ = f
    return wrapper
def repeat(times):
    def decorate(f):
        def wrapper(*a): return [f(*a) for _ in range(times)]
        return wrapper
    return decorate
@trace
def add(a, b=1): return a + b
@repeat(3)
@trace
def hi(name): return "hi " + name
print(add(1), add(1, b=5), hi("x"), add.__name__, add.__wrapped__(2))
def memo(f):
    cache = {}
    def inner(*a):
        if a not in cache: cache[a] = f(*a)
        return cache[a]
    inner.cache = cache
    return inner
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), len(fib.cache))
class CountCalls:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a): self.n += 1; return self.f(*a)
@CountCalls
def sq(x): return x * x
print(sq(3), sq(4), sq.n)
registry = {}
def register(cls): registry[cls.__name__] = cls; cls.registered = True; return cls
@register
class A: pass
@register
class B(A): pass
print(sorted(registry), A.registered, B().registered)
def add_repr(*fields):
    def decorate(cls):
        cls.__repr__ = lambda self: f"{cls.__name__}({', '.join(f'{k}={getattr(self, k)!r}' for k in fields)})"
        return cls
    return decorate
@add_repr("x", "y")
class P:
    def __init__(self, x, y): self.x, self.y = x, y
print(P(1, "a"), [P(2, None)])
class Router:
    def __init__(self): self.routes = {}
    def route(self, path, method="GET"):
        def d(f): self.routes[method, path] = f; return f
        return d
app = Router()
@app.route("/")
def index(): return "index"
@app.route("/save", method="POST")
def save(): return "saved"
print(sorted(app.routes), app.routes["POST", "/save"]())
@(lambda f: lambda *a: f(*a) * 2)
def double(x): return x
print(double(21))
decorators = [trace, memo]
@decorators[1]
def plain(x): return x
print(plain(5), plain(5))
class Method:
    def log(f):
        def w(self, *a): self.calls.append(f.__name__); return f(self, *a)
        return w
    def __init__(self): self.calls = []
    @log
    def one(self): return 1
    @log
    def two(self, x): return x
    @property
    @log
    def prop(self): return "p"
    @staticmethod
    @trace
    def stat(x): return x
    @classmethod
    @trace
    def klass(cls, x): return cls.__name__, x
m = Method()
print(m.one(), m.two(2), m.prop, m.calls, m.stat(3), Method.klass(4))
def order(tag):
    print("make", tag)
    def d(f): print("apply", tag); return f
    return d
@order("outer")
@order("inner")
def done(): pass
