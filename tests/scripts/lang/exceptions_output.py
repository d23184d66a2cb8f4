# SPDX-License-Identifier: BSL-1.0
# Errors met inside nested calls are described right, and state after them is right.
log = []
def needs_one(x): pass
def risky(n):
    if n == 1: return [][0]
    if n == 2: return {}["missing"]
    if n == 3: return None.attr
    if n == 4: return 1 + "1"
    if n == 5: return undefined
    if n == 6: return int("zz")
    if n == 7: return (1, 2, 3)[5]
    if n == 8: return "abc".nope()
    if n == 9: return 1 / 0
    if n == 10: return [1, 2] + 5
    if n == 11: return len(5)
    if n == 12: return {}[[]]
    if n == 13: a, b = 1, 2, 3
    if n == 14: raise KeyError
    if n == 15: raise KeyError("two", "args")
    if n == 16: return next(iter(()))
    if n == 17: return "x" in 5
    if n == 18: return None[0]
    if n == 19: None[0] = 1
    if n == 20: del None[0]
    if n == 21: return -"x"
    if n == 22: return [3, "a"] < [3, 4]
    if n == 23: return None()
    if n == 24: return risky.missing
    if n == 25: return needs_one()
    if n == 26: return abs("x")
    if n == 27: return "a" * "b"
    if n == 28: return 5 .foo
    if n == 29: return [].foo
    if n == 30: return type.foo
    if n == 31: return math_missing.sqrt(1)
    if n == 32: return "%d" % "x"
    if n == 33: return float("1.2.3")
    if n == 34: return chr(1114112)
    if n == 35: return sum([1, "a"])
    if n == 36: return max()
    if n == 37: return isinstance(1, "int")
    if n == 38: return {1, 2}.pop(1)
    if n == 39: return sorted([1, None])
    if n == 40: return ord("")
    if n == 41: return round("x")
    if n == 42: return (1).__add__("a")
    if n == 43: return getattr(1, 5)
    if n == 44: return "abc".encode(5)
    if n == 45: return [1, 2, 3].index(9)
    if n == 46: return bytes([300])
    if n == 47: return divmod("a", 1)
    if n == 48: return pow("a", 1)
    if n == 49: return hex(1.5)
    if n == 50: return not_defined()
    return "ok"
def middle(n):
    try: return risky(n)
    finally: log.append(n)
for n in range(51):
    try: r = middle(n)
    except Exception as e: r = f"{type(e).__name__}: {e}"; depth = 0
    print(n, r)
print(log == list(range(51)))
