# SPDX-License-Identifier: BSL-1.0
# A template engine, a tokenizer with an expression evaluator, run-length and Huffman coding, ciphers.
class Template:
    def __init__(self, text): self.nodes = self.parse(self.split(text), None)
    @staticmethod
    def split(text):
        parts = []
        while text:
            a = text.find("{"); b = text.find("}", a)
            if a < 0 or b < 0: parts.append(("text", text)); break
            if a: parts.append(("text", text[:a]))
            parts.append(("tag", text[a + 1:b].strip())); text = text[b + 1:]
        return parts
    def parse(self, parts, until):
        nodes = []
        while parts:
            kind, v = parts.pop(0)
            if kind == "text": nodes.append(("text", v))
            elif v == until: return nodes
            elif v.startswith("for "): _, name, _, source = v.split(); nodes.append(("for", name, source, self.parse(parts, "end")))
            elif v.startswith("if "): nodes.append(("if", v[3:], self.parse(parts, "end")))
            else: name, *filters = [s.strip() for s in v.split("|")]; nodes.append(("var", name, filters))
        if until: raise SyntaxError(f"missing {until}")
        return nodes
    filters = {"upper": str.upper, "title": str.title, "len": lambda v: str(len(v)), "money": lambda v: f"{float(v):,.2f}"}
    def lookup(self, path, scope):
        v = scope
        for p in path.split("."): v = v[p] if isinstance(v, dict) else getattr(v, p)
        return v
    def render(self, scope, nodes=None):
        out = []
        for node in self.nodes if nodes is None else nodes:
            match node:
                case ("text", t): out.append(t)
                case ("var", name, filters):
                    v = self.lookup(name, scope)
                    for f in filters: v = self.filters[f](v)
                    out.append(str(v))
                case ("for", name, source, body):
                    for v in self.lookup(source, scope): out.append(self.render({**scope, name: v}, body))
                case ("if", cond, body):
                    if self.lookup(cond, scope): out.append(self.render(scope, body))
        return "".join(out)
t = Template("Dear { user.name | title },\n{ for item in items }- { item.what }: { item.price | money }{ if item.sale } SALE{ end }\n{ end }Total { items | len } things.\n")
print(t.render({"user": {"name": "ann lee"}, "items": [{"what": "tea", "price": 3.5, "sale": True}, {"what": "car", "price": 12345, "sale": False}]}), end="")
try: Template("{ for x in y }")
except SyntaxError as e: print(e)
class Parser:
    def __init__(self, text): self.tokens = list(self.lex(text)); self.names = {"pi": 3.14159}
    def lex(self, text):
        i = 0
        while i < len(text):
            c = text[i]
            if c.isspace(): i += 1
            elif c.isdigit() or c == ".":
                j = i
                while j < len(text) and (text[j].isdigit() or text[j] == "."): j += 1
                yield ("num", float(text[i:j]) if "." in text[i:j] else int(text[i:j])); i = j
            elif c.isalpha():
                j = i
                while j < len(text) and text[j].isalnum(): j += 1
                yield ("name", text[i:j]); i = j
            elif text[i:i + 2] in ("**", "//"): yield ("op", text[i:i + 2]); i += 2
            elif c in "+-*/%(),=": yield ("op", c); i += 1
            else: raise ValueError(f"bad character {c!r}")
        yield ("end", None)
    def peek(self): return self.tokens[0][1] if self.tokens[0][0] == "op" else None
    def take(self): return self.tokens.pop(0)[1]
    def expression(self, level=0):
        if level == 2: return self.unary()
        v = self.expression(level + 1)
        while self.peek() in (("+", "-"), ("*", "/", "//", "%"))[level]:
            op, w = self.take(), self.expression(level + 1)
            v = {"+": lambda: v + w, "-": lambda: v - w, "*": lambda: v * w, "/": lambda: v / w, "//": lambda: v // w, "%": lambda: v % w}[op]()
        return v
    def unary(self):
        if self.peek() == "-": self.take(); return -self.unary()
        v = self.atom()
        if self.peek() == "**": self.take(); return v ** self.unary()
        return v
    def atom(self):
        kind, v = self.tokens.pop(0)
        if kind == "num": return v
        if kind == "name":
            if self.peek() == "(":
                self.take(); args = []
                while self.peek() != ")":
                    args.append(self.expression())
                    if self.peek() == ",": self.take()
                self.take()
                return {"max": max, "min": min, "abs": abs, "sum": lambda *a: sum(a)}[v](*args)
            return self.names[v]
        if v == "(":
            r = self.expression()
            if self.take() != ")": raise ValueError("expected )")
            return r
        raise ValueError(f"unexpected {v!r}")
for e in ("1 + 2 * 3", "(1 + 2) * 3", "2 ** 3 ** 2", "-2 ** 2", "7 // 2 + 7 % 4 - 1.5", "max(1, 2 * 5, 3) - min(4, 2)", "pi * 2", "sum(1,2,3)/4", "1 + ", "(1", "2 $ 3", "1 / 0", "nope", "--5"):
    try: print(e, "=", Parser(e).expression())
    except (ValueError, ZeroDivisionError, KeyError) as x: print(e, "!", type(x).__name__, x)
def rle(s): 
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out.append(f"{j - i}{s[i]}"); i = j
    return "".join(out)
print(rle("aaabbbbccd"), rle(""), len(rle("ab" * 500)))
def huffman(text):
    counts = {}
    for c in text: counts[c] = counts.get(c, 0) + 1
    trees = sorted((n, c, None) for c, n in counts.items()); k = 0
    trees = [(n, i, c) for i, (n, c, _) in enumerate(trees)]; k = len(trees)
    while len(trees) > 1:
        (n1, _, a), (n2, _, b) = trees[0], trees[1]
        trees = sorted(trees[2:] + [(n1 + n2, k, (a, b))], key=lambda t: t[:2]); k += 1
    codes = {}
    def walk(t, prefix):
        if isinstance(t, str): codes[t] = prefix or "0"
        else: walk(t[0], prefix + "0"); walk(t[1], prefix + "1")
    walk(trees[0][2], "")
    return codes
text = "she sells sea shells by the sea shore"
codes = huffman(text); bits = "".join(codes[c] for c in text)
back, word, inverse = "", "", {v: k for k, v in codes.items()}
for b in bits:
    word += b
    if word in inverse: back += inverse[word]; word = ""
print(sorted(codes.items(), key=lambda kv: (len(kv[1]), kv[0])), len(bits), back == text)
def caesar(s, k): return "".join(chr((ord(c) - 97 + k) % 26 + 97) if c.islower() else chr((ord(c) - 65 + k) % 26 + 65) if c.isupper() else c for c in s)
print(caesar("Hello, World!", 3), caesar(caesar("Hello, World!", 3), -3), "".join(sorted("anagram")) == "".join(sorted("nagaram")), "racecar"[::-1] == "racecar")
words = {}
for w in text.split(): words.setdefault(len(w), []).append(w)
print(words, [" ".join(w.capitalize() for w in text.split())], max(text.split(), key=len), {c: text.count(c) for c in "aeiou"})
print("\n".join(f"{i:>3} {'fizz' * (i % 3 == 0) + 'buzz' * (i % 5 == 0) or i:>8}|" for i in range(1, 16)))
def roman(n):
    out = ""
    for v, s in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += s * (n // v)
        n %= v
    return out
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2023, 3999)])
