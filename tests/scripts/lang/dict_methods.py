# SPDX-License-Identifier: BSL-1.0
# Dicts: order, methods, views, deletion, many keys, keys of every type.
d = {"b": 1, "a": 2}
d["c"] = 3
d["b"] = 10
print(d, len(d), "a" in d, "z" not in d, d["b"], d.get("z"), d.get("z", 0), d.get("a"))
del d["b"]
d["b"] = 5
print(d, list(d), list(d.keys()), list(d.values()), list(d.items()), d == {"b": 5, "c": 3, "a": 2})
print(d.pop("c"), d.pop("c", None), d.popitem(), d)
print(d.setdefault("x", []), d.setdefault("x", 1), d)
d.setdefault("x").append(4)
d.update({"p": 1}); d.update([("q", 2), "rs"]); d.update(t=3, u=4); d.update()
print(d)
e = d.copy()
e["a"] = "changed"
print(d["a"], e["a"], d | {"a": 0, "new": 1}, {**d, "a": 7})
e |= {"z": 1}
print(e, sorted(e))
e.clear()
print(e, bool(e), dict(), dict(a=1), dict([(1, 2), (3, 4)]), dict({1: 2}, b=3), dict(zip("ab", [1, 2])), dict.fromkeys("abc"), dict.fromkeys([1, 2], 0))
mixed = {1: "int", "1": "str", (1, 2): "tuple", None: "none", 2.5: "float", frozenset([1]): "fs", True: "bool overwrites 1", b"x": "bytes", 10**30: "big", print: "builtin"}
print(len(mixed), mixed[1], mixed[1.0], mixed[(1, 2)], mixed[None], mixed[frozenset([1])], mixed[10**30], mixed[b"x"], mixed[print])
for k in d: print(k, end=" ")
for k, v in d.items(): print(k, v, end="; ")
for v in d.values(): print(v, end=",")
print()
for i, (k, v) in enumerate(sorted(d.items(), key=lambda kv: kv[0])): print(i, k, v)
keys = d.keys()
d["later"] = 1
print("later" in keys, len(keys), keys & {"later", "zz"}, sorted(keys | {"zz"}), sorted(keys - {"later"}), sorted({"later", "q"} ^ keys)[:2], keys == set(d), ("q", 2) in d.items(), 99 in d.values())
print(list(reversed({"a": 1, "b": 2})), list(reversed({"a": 1, "b": 2}.items())), keys.isdisjoint(["none"]))
big = {}
for i in range(20000):
    big[i] = i * i
    big[str(i)] = i
for i in range(0, 20000, 2):
    del big[i]
print(len(big), big[19999], big["500"], 500 in big, sum(v for k, v in big.items() if isinstance(k, int)))
for i in range(0, 20000, 4):
    big[i] = -i
print(len(big), list(big)[:3], list(big)[-3:], next(iter(big)))
while len(big) > 5:
    big.popitem()
print(big)
counts = {}
for c in "the quick brown fox jumps over the lazy dog":
    counts[c] = counts.get(c, 0) + 1
print(counts, max(counts, key=counts.get), sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:4])
class Key:
    def __init__(self, v): self.v = v
    def __hash__(self): return hash(self.v) % 3
    def __eq__(self, other): return isinstance(other, Key) and self.v == other.v
    def __repr__(self): return f"Key({self.v})"
clash = {Key(i): i for i in range(30)}
for i in range(0, 30, 3):
    del clash[Key(i)]
print(len(clash), clash[Key(7)], Key(9) in clash, clash)
class Missing(dict):
    def __missing__(self, key): return f"no {key}"
m = Missing(a=1)
print(m["a"], m["b"], m.get("b"), len(m), m)
print({1: {2: {3: 4}}}[1][2][3], {"a": [1, {"b": (2,)}]}, {}.get("x") is None, {1: 1} != {1: 2}, {"a": 1} == {"a": 1.0})
r = {}
r["self"] = r
print(r)
for change in ("grow", "shrink"):
    d = {i: i for i in range(5)}
    try:
        for k in d:
            if change == "grow": d[k + 100] = 1
            else: del d[k]
    except RuntimeError as e:
        print(change, e)
d = {1: 2}
for k in d: d[k] = 5
for k in list(d): del d[k]
print(d)
for f in (lambda: {}["x"], lambda: {}[1, 2], lambda: {[]: 1}, lambda: {}.pop("k"), lambda: {}.popitem(), lambda: {}.foo, lambda: {1: 2} < {1: 3}, lambda: {} + {}, lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(5), lambda: {{}: 1}, lambda: {}.get(), lambda: {} | 5, lambda: {1: 2}[[]], lambda: [] in {}, lambda: {}.update(5), lambda: dict.fromkeys(5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
