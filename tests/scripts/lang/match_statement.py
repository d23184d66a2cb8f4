# SPDX-License-Identifier: BSL-1.0
# Structural pattern matching.
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Circle:
    def __init__(self, center, radius): self.center, self.radius = center, radius
class Color: RED = "red"; BLUE = 2
def describe(v):
    match v:
        case 0: return "zero"
        case 1 | 2 | 3 as small: return f"small {small}"
        case -5: return "minus five"
        case 2.5: return "two and a half"
        case "hello": return "greeting"
        case b"x": return "bytes"
        case None: return "none"
        case True: return "true"
        case Color.RED: return "red!"
        case Color.BLUE: return "never: 2 came before"
        case []: return "empty list"
        case [x]: return f"one {x}"
        case [1, 2, *rest]: return f"starts 1 2 then {rest}"
        case [first, *_, last] if first == last: return f"bookends {first}"
        case (a, [b, c]): return f"nested {a} {b} {c}"
        case [x, y]: return f"pair {x} {y}"
        case [*all_of_it, "end"]: return f"ends {all_of_it}"
        case {"type": "circle", "r": r}: return f"circle {r}"
        case {"type": t, **rest} if rest: return f"type {t} and {rest}"
        case {"only": {"deep": [_, second]}}: return f"deep {second}"
        case {}: return "some mapping"
        case Point(x=0, y=0): return "origin"
        case Point(0, y): return f"on y axis {y}"
        case Point(x, y) if x == y: return f"diagonal {x}"
        case Point(): return "point"
        case Circle(center=Point(cx, cy), radius=r): return f"circle at {cx},{cy} r {r}"
        case int(n) if n > 100: return f"big int {n}"
        case int(): return "int"
        case str() as s if len(s) > 3: return f"long string {s}"
        case str(s): return f"short {s}"
        case float() | complex(): return "number"
        case tuple(): return "tuple"
        case set() | frozenset(): return "set"
        case _: return f"other {type(v).__name__}"
for v in (0, 1, 3, -5, 2.5, "hello", b"x", None, True, False, "red", [], [9], [1, 2], [1, 2, 3, 4], [7, 8, 7], (5, [6, 7]), (5, 6), [5, 6], [3, 4, "end"], {"type": "circle", "r": 2}, {"type": "square", "w": 1}, {"type": "x"}, {"only": {"deep": [1, 2]}}, {}, {"z": 1}, Point(0, 0), Point(0, 5), Point(4, 4), Point(1, 2), Circle(Point(1, 2), 3), 500, 50, "abcdef", "ab", 1.5, (1, 2, 3), {1}, frozenset(), range(3), range(0), print, 0.0, 1.0):
    print(repr(v) if not isinstance(v, (Point, Circle)) else type(v).__name__, "->", describe(v))
def command(text):
    match text.split():
        case ["go", ("north" | "south") as direction]: return f"going {direction}"
        case ["go", other]: return f"cannot go {other}"
        case ["take", *things] if things: return f"taking {', '.join(things)}"
        case ["quit" | "exit"]: return "bye"
        case [] | [""]: return "nothing"
        case _: return "what?"
for t in ("go north", "go up", "take lamp sword", "take", "exit", "", "dance now please"): print(command(t))
def evaluate(e):
    match e:
        case int() | float(): return e
        case ("+", *args): return sum(map(evaluate, args))
        case ("*", a, b): return evaluate(a) * evaluate(b)
        case ("neg", a): return -evaluate(a)
        case (op, *_): raise ValueError(f"unknown {op}")
print(evaluate(("+", 1, ("*", 2, ("neg", 3)), 4.5)))
try:
    evaluate(("/", 1))
except ValueError as e: print(e)
match 5:
    case x if x > 10: print("never")
    case x: print("bound", x)
print(x)
match (1, 2), 3:
    case (a, b), c: print(a, b, c)
match "unmatched":
    case 1: print("never")
match = case = _ = 3
print(match + case + _)
match match:
    case 3: print("soft keyword")
try:
    match Point(1, 2):
        case Point(1, 2, 3): pass
except TypeError as e: print(e)
try:
    match Circle(1, 2):
        case Circle(1): pass
except TypeError as e: print(e)
