# SPDX-License-Identifier: BSL-1.0
# A JSON reader and writer by hand.
class JsonError(ValueError):
    def __init__(self, message, at): super().__init__(f"{message} at {at}"); self.at = at
class Reader:
    escapes = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
    def __init__(self, text): self.text, self.at = text, 0
    def peek(self): return self.text[self.at] if self.at < len(self.text) else ""
    def skip(self):
        while self.peek() in (" ", "\n", "\t", "\r") and self.peek(): self.at += 1
    def expect(self, c):
        self.skip()
        if self.peek() != c: raise JsonError(f"expected {c!r}, found {self.peek()!r}", self.at)
        self.at += 1
    def value(self):
        self.skip()
        c = self.peek()
        if c == "{": return self.object()
        if c == "[": return self.array()
        if c == '"': return self.string()
        if c == "-" or c.isdigit(): return self.number()
        for word, v in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at): self.at += len(word); return v
        raise JsonError(f"unexpected {c!r}", self.at)
    def object(self):
        out = {}
        self.expect("{"); self.skip()
        if self.peek() == "}": self.at += 1; return out
        while True:
            self.skip(); k = self.string(); self.expect(":"); out[k] = self.value(); self.skip()
            if self.peek() == ",": self.at += 1; continue
            self.expect("}"); return out
    def array(self):
        out = []
        self.expect("["); self.skip()
        if self.peek() == "]": self.at += 1; return out
        while True:
            out.append(self.value()); self.skip()
            if self.peek() == ",": self.at += 1; continue
            self.expect("]"); return out
    def string(self):
        self.expect('"'); out = []
        while (c := self.peek()) != '"':
            if not c: raise JsonError("unterminated string", self.at)
            self.at += 1
            if c == "\\":
                e = self.peek(); self.at += 1
                if e == "u": out.append(chr(int(self.text[self.at:self.at + 4], 16))); self.at += 4
                elif e in self.escapes: out.append(self.escapes[e])
                else: raise JsonError(f"bad escape {e!r}", self.at)
            else: out.append(c)
        self.at += 1
        return "".join(out)
    def number(self):
        start = self.at
        while self.peek() and self.peek() in "+-0123456789.eE": self.at += 1
        text = self.text[start:self.at]
        return float(text) if any(c in text for c in ".eE") else int(text)
def load(text):
    r = Reader(text); v = r.value(); r.skip()
    if r.at != len(text): raise JsonError("extra data", r.at)
    return v
def dump(v, indent=0, level=0):
    pad = "\n" + " " * indent * (level + 1) if indent else ""
    end = "\n" + " " * indent * level if indent else ""
    if v is None: return "null"
    if v is True: return "true"
    if v is False: return "false"
    if isinstance(v, (int, float)): return repr(v)
    if isinstance(v, str): return '"' + "".join({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(c, c if 31 < ord(c) < 127 else f"\\u{ord(c):04x}") for c in v) + '"'
    if isinstance(v, (list, tuple)): return "[" + ",".join(pad + dump(x, indent, level + 1) for x in v) + end + "]" if v else "[]"
    if isinstance(v, dict): return "{" + ",".join(f"{pad}{dump(k)}: {dump(x, indent, level + 1)}" for k, x in v.items()) + end + "}" if v else "{}"
    raise TypeError(f"cannot write {type(v).__name__}")
text = '{"name": "gilt \\u00e9\\n", "list": [1, -2.5, 1e3, true, false, null, []], "nested": {"a": {"b": [{}]}}, "s": "q\\"b\\\\"}'
v = load(text)
print(v); print(dump(v)); print(dump(v, 2)); print(load(dump(v)) == v, load(dump(v, 4)) == v)
for bad in ("", "{", "[1,", '{"a" 1}', '"abc', "[1] 2", "tru", '"\\x"', "{1: 2}"):
    try: print(load(bad))
    except JsonError as e: print(type(e).__name__, e, e.at)
try: dump({1, 2})
except TypeError as e: print(e)
records = [{"id": i, "tags": [f"t{j}" for j in range(i % 4)], "score": i / 8, "ok": i % 2 == 0} for i in range(200)]
print(len(dump(records)), load(dump(records)) == records)
