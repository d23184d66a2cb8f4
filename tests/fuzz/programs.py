# SPDX-License-Identifier: BSL-1.0
"""Random programs that end: make(seed) gives the text of one.

Expressions are made by type, from variables whose type is known, so that most programs run to their
end; some operations may fail (division, missing keys, wrong indices), inside `try` or not. Everything
is bounded: loops by small counts, values by clipping what is assigned (ints to 40 digits, texts and
lists to 30 items), recursion by a depth parameter. Nothing depends on hashes, addresses or time.
"""
import random

PRELUDE = """\
def clip(v):
    if isinstance(v, bool): return v
    if isinstance(v, int): return v % 10 ** 40 if abs(v) >= 10 ** 40 else v
    if isinstance(v, (str, list, tuple, bytes)): return v[:30]
    return v
"""


class Program:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines = PRELUDE.splitlines()
        self.indent = 0
        self.scopes = [{}]          # name -> type, innermost last
        self.functions = []         # (name, parameter types, result type)
        self.classes = []           # (name, fields)
        self.count = 0
        self.loops = 0
        self.in_function = False

    # -- text --
    def put(self, line):
        self.lines.append('    ' * self.indent + line)

    def block(self, head, body):
        self.put(head)
        self.indent += 1
        before = len(self.lines)
        body()
        if len(self.lines) == before:
            self.put('pass')
        self.indent -= 1

    def fresh(self, prefix='v'):
        self.count += 1
        return f'{prefix}{self.count}'

    def pick(self, *choices):
        return self.r.choice(choices)

    def chance(self, p):
        return self.r.random() < p

    # -- variables --
    def of_type(self, kind):
        return [n for scope in self.scopes for n, k in scope.items() if k == kind]

    def bind(self, name, kind):
        self.scopes[-1][name] = kind

    # -- expressions --
    def expr(self, kind, depth=3):
        known = self.of_type(kind)
        if known and self.chance(0.35 if depth > 0 else 0.7):
            return self.r.choice(known)
        if depth <= 0:
            return self.literal(kind)
        if self.chance(0.08):
            calls = [f for f in self.functions if f[2] == kind]
            if calls and not self.loops:
                return self.call(self.r.choice(calls), depth)
        if self.chance(0.06):
            return f'({self.expr(kind, depth - 1)} if {self.expr("bool", depth - 1)} else {self.expr(kind, depth - 1)})'
        return getattr(self, 'expr_' + kind)(depth - 1)

    def literal(self, kind):
        r = self.r
        if kind == 'int':
            return str(self.pick(0, 1, 2, 3, -1, 7, 10, 255, -128, 2 ** 31, 2 ** 47 - 1, 2 ** 47, -2 ** 47, 2 ** 63, 10 ** 20, r.randrange(-100, 1000)))
        if kind == 'float':
            return self.pick('0.0', '-0.0', '1.5', '2.5', '-0.1', '1e10', '1e-7', '3.141592653589793', '1e300', '123456.789', '1e22', '0.3', repr(r.uniform(-100, 100)))
        if kind == 'str':
            return repr(self.pick('', 'a', 'abc', 'Hello World', 'x y  z', 'äöü', '€uro', '123', '-7', 'aXbXc', '\t\n', 'ß', 'q' * 5, '😀b', "it's"))
        if kind == 'bool':
            return self.pick('True', 'False')
        if kind == 'bytes':
            return repr(self.pick(b'', b'abc', b'\x00\xff', b'a-b-c', b'12'))
        if kind == 'list':
            return '[' + ', '.join(str(r.randrange(-9, 30)) for _ in range(r.randrange(0, 6))) + ']'
        if kind == 'tuple':
            return '(' + ''.join(self.pick("1, ", "'t', ", '2.5, ', 'None, ') for _ in range(r.randrange(0, 4))) + ')'
        if kind == 'dict':
            return '{' + ', '.join(f'{k!r}: {r.randrange(100)}' for k in r.sample('abcdef', r.randrange(0, 4))) + '}'
        return 'set(' + self.literal('list') + ')'

    def expr_int(self, d):
        e = self.expr
        choice = self.r.randrange(20)
        if choice < 6:
            return f'({e("int", d)} {self.pick("+", "-", "*", "&", "|", "^")} {e("int", d)})'
        if choice < 8:
            return f'({e("int", d)} {self.pick("//", "%")} {self.pick(e("int", d), "3", "-7", "10")})'
        if choice == 8:
            return f'(clip({e("int", d)}) ** {self.r.randrange(4)})'
        if choice == 9:
            return f'({e("int", d)} {self.pick("<<", ">>")} {self.r.randrange(70)})'
        if choice == 10:
            return f'{self.pick("-", "~", "+")}{e("int", d)}'
        if choice == 11:
            return f'len({e(self.pick("str", "list", "dict", "tuple", "set", "bytes"), d)})'
        if choice == 12:
            return f'{self.pick("sum", "len")}({e("list", d)})'
        if choice == 13:
            return f'{self.pick("max", "min")}({e("int", d)}, {e("int", d)})'
        if choice == 14:
            return f'{e("dict", d)}.get({self.r.choice("abcdef")!r}, {e("int", d)})'
        if choice == 15:
            return f'({e("list", d)} or [5])[{self.pick("0", "0", "0", "-1", "-1", "1")}]'
        if choice == 16:
            return f'{self.pick("int", "round")}({e("float", d)} / 1e5)' if self.chance(0.8) else f'int({e("str", d)})'
        if choice == 17:
            return f'{e("str", d)}.{self.pick("find", "count", "rfind")}({e("str", d)})'
        if choice == 18:
            return f'({e("int", d)}).bit_length()'
        return f'sum({self.comprehension(d)})'

    def comprehension(self, d):
        name = self.fresh('c')
        self.scopes.append({name: 'int'})
        item, test = self.expr('int', d), self.expr('bool', d)
        self.scopes.pop()
        tail = f' if {test}' if self.chance(0.4) else ''
        return f'{item} for {name} in {self.pick("range(%d)" % self.r.randrange(6), self.expr("list", d))}{tail}'

    def expr_float(self, d):
        e = self.expr
        choice = self.r.randrange(8)
        if choice < 3:
            return f'({e("float", d)} {self.pick("+", "-", "*", "/", "%", "//")} {e("float", d)})'
        if choice == 3:
            return f'({e("int", d)} / {self.pick(e("int", d), "7", "-3")})'
        if choice == 4:
            return f'float({e("int", d)} % 1000003)'
        if choice == 5:
            return f'abs({e("float", d)})'
        if choice == 6:
            return f'round({e("float", d)}, {self.r.randrange(-2, 6)})'
        return f'{self.pick("max", "min")}({e("float", d)}, {e("float", d)})'

    def spec(self, kind):
        fill = self.pick('', '', '*<', '>', '^', '_^', '0')
        width = self.pick('', '3', '8', '12')
        if kind == 'str':
            return (fill if fill != '0' else '') + width + self.pick('', '.2')
        sign = self.pick('', '+', ' ') if fill != '0' else ''
        if kind == 'int':
            return fill.replace('0', '') + sign + ('0' if fill == '0' and width else '') + width + self.pick('', 'd', 'x', ',', '_', 'b', 'o', 'X')
        return fill.replace('0', '') + sign + ('0' if fill == '0' and width else '') + width + self.pick('', '.3', '.2f', '.3e', 'g', '.1%', ',.2f')

    def expr_str(self, d):
        e = self.expr
        choice = self.r.randrange(14)
        if choice < 2:
            return f'({e("str", d)} + {e("str", d)})'
        if choice == 2:
            return f'({e("str", d)} * {self.r.randrange(-1, 4)})'
        if choice == 3:
            return f'{e("str", d)}.{self.pick("upper", "lower", "title", "strip", "swapcase", "capitalize", "casefold", "lstrip", "rstrip")}()'
        if choice == 4:
            return f'{e("str", d)}.{self.pick("center", "ljust", "rjust", "zfill")}({self.r.randrange(12)})'
        if choice == 5:
            return f'{e("str", d)}.replace({self.literal("str")}, {self.literal("str")})'
        if choice == 6:
            kind = self.pick('int', 'float', 'str')
            return f'format({e(kind, d)}, {self.spec(kind)!r})'
        if choice == 7:
            kind = self.pick('int', 'float', 'str')
            return 'f"{' + self.unquoted(kind) + self.pick('', '!r', '') + '}|{' + self.unquoted('int') + ':' + self.spec('int') + '}"'
        if choice == 8:
            return f'{self.pick("str", "repr", "ascii")}({e(self.pick("int", "float", "list", "tuple", "dict", "bool", "str", "bytes"), d)})'
        if choice == 9:
            return f'{e("str", d)}[{self.slice()}]'
        if choice == 10:
            return f'({self.pick("%s", "%d", "%5d", "%-6d|", "%x", "%05d", "%+d", "%r")!r} % ({e("int", d)},))'
        if choice == 11:
            return f'({self.pick("%s", "%.2f", "%g", "%10.3e", "%r")!r} % ({e("float", d)},))'
        if choice == 12:
            return f'{self.literal("str")}.join(map(str, {e("list", d)}))'
        return f'type({e(self.pick("int", "float", "str", "list", "bool"), d)}).__name__'

    def unquoted(self, kind):
        known = self.of_type(kind)
        return self.r.choice(known) if known else str(self.r.randrange(100))

    def slice(self):
        def part():
            return self.pick('', '', '0', '1', '-1', '2', '-3', '5')
        return f'{part()}:{part()}' + (f':{self.pick("1", "2", "-1", "-2")}' if self.chance(0.4) else '')

    def expr_bool(self, d):
        e = self.expr
        choice = self.r.randrange(9)
        if choice < 3:
            kind = self.pick('int', 'float', 'str', 'list')
            return f'({e(kind, d)} {self.pick("<", "<=", ">", ">=", "==", "!=")} {e(kind, d)})'
        if choice == 3:
            return f'({e("bool", d)} {self.pick("and", "or")} {e("bool", d)})'
        if choice == 4:
            return f'(not {e(self.pick("bool", "int", "str", "list", "dict"), d)})'
        if choice == 5:
            return f'({e("int", d)} {self.pick("in", "not in")} {e(self.pick("list", "tuple", "set"), d)})'
        if choice == 6:
            return f'({e("str", d)} in {e(self.pick("str", "dict"), d)})'
        if choice == 7:
            return f'isinstance({e(self.pick("int", "bool", "float"), d)}, {self.pick("int", "bool", "(int, str)", "float")})'
        return f'({e("int", d)} < {e("int", d)} <= {e("int", d)})'

    def expr_bytes(self, d):
        e = self.expr
        choice = self.r.randrange(4)
        if choice == 0:
            return f'({e("bytes", d)} + {e("bytes", d)})'
        if choice == 1:
            return f'{e("str", d)}.encode()'
        if choice == 2:
            return f'{e("bytes", d)}[{self.slice()}]'
        return f'bytes({self.literal("list").replace("-", "")})'

    def expr_list(self, d):
        e = self.expr
        choice = self.r.randrange(9)
        if choice == 0:
            return f'[{self.comprehension(d)}]'
        if choice == 1:
            return f'({e("list", d)} + {e("list", d)})'
        if choice == 2:
            return f'{e("list", d)}[{self.slice()}]'
        if choice == 3:
            return f'sorted({e(self.pick("list", "set"), d)}{self.pick("", ", reverse=True", ", key=lambda z: -z", ", key=abs")})'
        if choice == 4:
            return f'list({self.pick("reversed", "iter")}({e("list", d)}))'
        if choice == 5:
            return f'[{e("int", d)}, *{e("list", d)}]'
        if choice == 6:
            return f'list(map(lambda z: {self.pick("z + 1", "z * z", "-z", "z % 3", "z // 2")}, {e("list", d)}))'
        if choice == 7:
            return f'list({e("dict", d)}.values())'
        return f'[z for z, w in zip({e("list", d)}, {e("str", d)})]'

    def expr_tuple(self, d):
        if self.chance(0.5):
            return f'({self.expr(self.pick("int", "str", "float"), d)}, {self.expr(self.pick("int", "bool", "list"), d)})'
        return f'{self.pick("divmod(%s, 7)" % self.expr("int", d), "tuple(%s)" % self.expr("list", d), self.expr("str", d) + ".partition(%s)" % repr(self.r.choice("aX -")))}'

    def expr_dict(self, d):
        choice = self.r.randrange(4)
        if choice == 0:
            return '{' + f'**{self.expr("dict", d)}, {self.r.choice("abcdef")!r}: {self.expr("int", d)}' + '}'
        if choice == 1:
            return f'dict(zip({self.literal("str")}, {self.expr("list", d)}))'
        if choice == 2:
            return '{str(z): z * 2 for z in ' + self.expr('list', d) + '}'
        return f'({self.expr("dict", d)} | {self.expr("dict", d)})'

    def expr_set(self, d):
        if self.chance(0.5):
            return f'({self.expr("set", d)} {self.pick("|", "&", "-", "^")} {self.expr("set", d)})'
        return '{' + self.comprehension(d) + '}'

    # -- statements --
    def kind(self):
        return self.pick('int', 'int', 'int', 'float', 'str', 'str', 'list', 'list', 'dict', 'tuple', 'set', 'bool', 'bytes')

    def shown(self, kind, text):
        return f'sorted({text})' if kind == 'set' else text

    def statement(self, depth=2):
        makers = [self.assign] * 6 + [self.show] * 3 + [self.change] * 4
        if depth > 0:
            makers += [self.if_, self.for_, self.for_, self.while_, self.try_, self.try_, self.try_, self.match, self.with_]
            if not self.loops:
                makers += [self.function, self.function, self.generator, self.closure]
                if not self.in_function:
                    makers += [self.class_, self.class_]
        self.r.choice(makers)(depth)

    def statements(self, n, depth):
        for _ in range(n):
            self.statement(depth)

    def assign(self, depth):
        kind = self.kind()
        known = [n for n, k in self.scopes[-1].items() if k == kind]
        name = self.r.choice(known) if known and self.chance(0.5) else self.fresh()
        if self.chance(0.08):
            other = self.fresh()
            self.put(f'{name}, *{other} = [{self.expr("int")}] + {self.expr("list")}')
            self.bind(name, 'int')
            self.bind(other, 'list')
            return
        value = self.expr(kind)
        self.put(f'{name} = clip({value})')
        self.bind(name, kind)

    def show(self, depth):
        kind = self.kind()
        self.put(f'print({self.shown(kind, self.expr(kind))}{self.pick("", ", " + self.expr("int", 1), ", sep=%r" % "-", ", end=%r" % ";")})')

    def change(self, depth):
        kind = self.pick('list', 'dict', 'int', 'str', 'set')
        known = [n for n, k in self.scopes[-1].items() if k == kind]
        if not known:
            return self.assign(depth)
        name = self.r.choice(known)
        e = self.expr
        if kind == 'int':
            self.put(f'{name} {self.pick("+=", "-=", "*=", "^=", "|=")} {e("int")}')
            self.put(f'{name} = clip({name})')
        elif kind == 'str':
            self.put(f'{name} += {e("str")}')
            self.put(f'{name} = clip({name})')
        elif kind == 'list':
            self.put(self.pick(f'{name}.append({e("int")})', f'{name}.extend({e("list")})', f'{name}.sort()', f'{name}.reverse()',
                               f'{name}.insert({self.r.randrange(-2, 4)}, {e("int")})', f'{name}[{self.pick("0", "-1", "1")}] = {e("int")}',
                               f'{name}[{self.slice_plain()}] = {e("list")}', f'del {name}[{self.slice_plain()}]',
                               f'{name}.pop()', f'{name}.remove({e("int")})', f'{name} *= 2'))
            self.put(f'del {name}[30:]')
        elif kind == 'dict':
            self.put(self.pick(f'{name}[{e("str")}] = {e("int")}', f'{name}.update({e("dict")})', f'{name}.pop({self.r.choice("abcdef")!r}, None)',
                               f'{name}.setdefault({self.r.choice("abcdef")!r}, {e("int")})', f'del {name}[{self.r.choice("abcdef")!r}]',
                               f'{name}.popitem()'))
            self.put(f'while len({name}) > 30: {name}.popitem()')
        else:
            self.put(self.pick(f'{name}.add({e("int")})', f'{name}.discard({e("int")})', f'{name} |= {e("set")}', f'{name} &= {e("set")}'))

    def slice_plain(self):
        return f'{self.pick("", "0", "1", "-2")}:{self.pick("", "2", "-1", "4")}'

    # What is bound in a branch is not known after it.
    def branch(self, n, depth, extra=()):
        self.scopes.append(dict(extra))
        self.statements(n, depth)
        self.scopes.pop()

    def if_(self, depth):
        self.block(f'if {self.expr("bool")}:', lambda: self.branch(self.r.randrange(1, 3), depth - 1))
        if self.chance(0.3):
            self.block(f'elif {self.expr("bool")}:', lambda: self.branch(1, depth - 1))
        if self.chance(0.5):
            self.block('else:', lambda: self.branch(self.r.randrange(1, 3), depth - 1))

    def loop(self, head, depth, extra, first=None):
        def body():
            if first:
                self.put(first)
            if self.chance(0.2):
                self.put(f'if {self.expr("bool", 1)}: {self.pick("break", "continue")}')
            self.branch(self.r.randrange(1, 4), depth - 1, extra)
        self.loops += 1
        self.block(head, body)
        self.loops -= 1
        if self.chance(0.2):
            self.block('else:', lambda: self.branch(1, depth - 1))

    def for_(self, depth):
        name = self.fresh('i')
        choice = self.r.randrange(5)
        if choice == 0:
            self.loop(f'for {name} in range({self.r.randrange(5)}):', depth, {name: 'int'})
        elif choice == 1:
            self.loop(f'for {name} in clip({self.expr("list")})[:6]:', depth, {name: 'int'})
        elif choice == 2:
            other = self.fresh('i')
            self.loop(f'for {name}, {other} in list({self.expr("dict")}.items())[:6]:', depth, {name: 'str', other: 'int'})
        elif choice == 3:
            other = self.fresh('i')
            self.loop(f'for {name}, {other} in enumerate(clip({self.expr("str")})[:6]):', depth, {name: 'int', other: 'str'})
        else:
            self.loop(f'for {name} in range({self.r.randrange(-3, 8)}, {self.r.randrange(-3, 8)}, {self.pick("1", "2", "-1", "-3")}):', depth, {name: 'int'})

    def while_(self, depth):
        name = self.fresh('n')
        self.put(f'{name} = {self.r.randrange(1, 5)}')
        self.loop(f'while {name} > 0{self.pick("", " and " + self.expr("bool", 1))}:', depth, {}, f'{name} -= 1')

    def try_(self, depth):
        self.block('try:', lambda: self.branch(self.r.randrange(1, 4), depth - 1) if self.chance(0.8) else self.put(
            f'raise {self.pick("ValueError", "KeyError", "TypeError", "IndexError")}({self.expr(self.pick("int", "str"), 1)})'))
        name = self.fresh('e')
        handled = self.pick('Exception', 'Exception', '(ValueError, ZeroDivisionError, OverflowError)', 'LookupError', 'ArithmeticError')
        def handler():
            self.put(f'print(type({name}).__name__, {name}{self.pick("", ", " + name + ".args")})')
            if self.chance(0.1):
                self.put('raise' + self.pick('', f' RuntimeError("again") from {name}'))
        self.block(f'except {handled} as {name}:', handler)
        if handled != 'Exception' and self.chance(0.7):
            self.block('except Exception:', lambda: self.put('print("other")'))
        if self.chance(0.2):
            self.block('else:', lambda: self.branch(1, depth - 1))
        if self.chance(0.3):
            self.block('finally:', lambda: self.put(f'print("finally", {self.expr("int", 1)})'))

    def match(self, depth):
        name = self.fresh('m')
        self.put(f'match {self.expr(self.pick("int", "tuple", "list", "dict", "str"))}:')
        self.indent += 1
        cases = ['case 0 | 1 | -1:', f'case [{name}]:', f'case ({name}, _):', f'case [_, *{name}]:', "case {'a': %s}:" % name,
                 f'case str({name}):', f'case int() as {name} if {name} > 5:', 'case [] | {}:', 'case None:']
        for case in self.r.sample(cases, 3):
            self.block(case, lambda: self.put(f'print({name if name in case else repr("none")})'))
        self.block('case _:', lambda: self.put('print("default")'))
        self.indent -= 1

    def with_(self, depth):
        name = self.fresh('W')
        self.put(f'class {name}:')
        self.put(f'    def __enter__(self): print("enter"); return {self.r.randrange(9)}')
        self.put(f'    def __exit__(self, t, v, b): print("exit", t and t.__name__); return {self.pick("True", "False", "True")}')
        inner = self.fresh()
        self.block(f'with {name}() as {inner}:', lambda: self.branch(self.r.randrange(1, 3), depth - 1, {inner: 'int'}))

    def parameters(self):
        return [(self.fresh('p'), self.kind()) for _ in range(self.r.randrange(0, 4))]

    def within(self, bound, body):
        loops, inside = self.loops, self.in_function
        functions = list(self.functions)
        self.loops, self.in_function = 0, True
        self.functions = [] if len(functions) > 6 else functions
        self.scopes.append(dict(bound))
        body()
        self.scopes.pop()
        self.loops, self.in_function, self.functions = loops, inside, functions

    # Outer variables are read only: a function may rebind no name that it reads from outside.
    def function(self, depth):
        name, result = self.fresh('f'), self.kind()
        parameters = self.parameters()
        shown = []
        for k, (p, kind) in enumerate(parameters):
            shown.append(f'{p}={self.literal(kind)}' if k == len(parameters) - 1 and self.chance(0.4) else p)
        if self.chance(0.15):
            shown.append('*rest')
        def body():
            self.statements(self.r.randrange(1, 4), depth - 1)
            self.put(f'return clip({self.expr(result)})')
        self.block(f'def {name}({", ".join(shown)}):', lambda: self.within(parameters, body))
        self.functions.append((name, parameters, result))

    def call(self, f, depth):
        name, parameters, _ = f
        values = [self.expr(kind, 1) for _, kind in parameters]
        if values and self.chance(0.3):
            values[-1] = f'{parameters[-1][0]}={values[-1]}'
        return f'{name}({", ".join(values)})'

    def generator(self, depth):
        name = self.fresh('g')
        parameter, item = self.fresh('p'), self.fresh('i')
        def body():
            self.block(f'for {item} in range({parameter}):', lambda: (
                self.put(f'got = yield {self.expr("int", 2)}'), self.put('if got: print("got", got)')))
            if self.chance(0.4):
                self.put(f'yield from {self.expr("list", 1)}')
            self.put(f'return {self.expr("int", 1)}')
        self.block(f'def {name}({parameter}):', lambda: self.within({parameter: 'int'}, body))
        target = self.fresh()
        if self.chance(0.5):
            self.put(f'{target} = list({name}({self.r.randrange(4)}))')
        else:
            g = self.fresh('it')
            self.put(f'{g} = {name}(2); {target} = [next({g}), {g}.send({self.r.randrange(3)})]; {g}.close()')
        self.bind(target, 'list')

    def closure(self, depth):
        name, counter = self.fresh('mk'), self.fresh('k')
        self.put(f'def {name}():')
        self.put(f'    {counter} = {self.expr("int", 1)}')
        self.put(f'    def step(by={self.r.randrange(1, 9)}):')
        self.put(f'        nonlocal {counter}')
        self.put(f'        {counter} = clip({counter} {self.pick("+", "*", "-", "^")} by)')
        self.put(f'        return {counter}')
        self.put('    return step')
        target = self.fresh()
        self.put(f'{name}_ = {name}(); {target} = {name}_() + {name}_({self.r.randrange(5)})')
        self.bind(target, 'int')

    def class_(self, depth):
        name = self.fresh('C')
        base = self.r.choice(self.classes) if self.classes and self.chance(0.4) else None
        self.put(f'class {name}({base}):' if base else f'class {name}:')
        self.indent += 1
        self.put(f'kind = {self.literal("str")}')
        if not base:
            if self.chance(0.2):
                self.put("__slots__ = ('x', 'y')")
            self.put(f'def __init__(self, x, y={self.literal("int")}): self.x = x; self.y = y')
            self.put('def __repr__(self): return f"{type(self).__name__}({self.x!r}, {self.y!r})"')
            self.put('def __eq__(self, other): return isinstance(other, type(self)) and self.x == other.x')
            self.put('def __lt__(self, other): return self.x < other.x')
            self.put('def __hash__(self): return hash(self.y)')
        def method():
            self.put(f'def get(self, n={self.r.randrange(9)}):')
            self.put('    x, y = self.x, self.y')
            self.within({'x': 'int', 'y': 'int', 'n': 'int'}, lambda: self.put(f'    return clip({self.expr("int")})' if not base or self.chance(0.5) else '    return super().get(n) + 1'))
        method()
        for op, dunder in self.r.sample([('+', '__add__'), ('-', '__sub__'), ('*', '__mul__'), ('//', '__floordiv__'), ('%', '__mod__'), ('|', '__or__')], 2):
            self.put(f'def {dunder}(self, other): return type(self)(clip(self.x {op} (other.x if isinstance(other, type(self)) else other)), self.y)')
        if self.chance(0.3):
            self.put('@property')
            self.put('def twice(self): return self.x * 2')
        if self.chance(0.3):
            self.put('@classmethod')
            self.put('def make(cls, *a, **k): return cls(len(a), len(k))')
        if self.chance(0.3):
            self.put('def __getitem__(self, i):')
            self.put('    if i > 3: raise IndexError(i)')
            self.put('    return self.x + i')
        self.indent -= 1
        self.classes.append(name)
        a, b = self.fresh('o'), self.fresh('o')
        self.put(f'{a} = {name}({self.expr("int", 1)}); {b} = {name}({self.expr("int", 1)}, y={self.r.randrange(9)})')
        self.block('try:', lambda: self.put(f'print({a} {self.pick("+", "-", "*", "//", "%", "|")} {b}, {a} == {b}, {a} < {b}, {a}.get(), {b}.kind, {self.pick("list(%s)", "%s.twice", "%s.make(1, 2, z=3)", "sorted([%s])", "%s")  % a})'))
        self.block('except Exception as e:', lambda: self.put('print(type(e).__name__, e)'))

    def text(self):
        for kind in ('int', 'float', 'str', 'list', 'dict'):
            name = self.fresh()
            self.put(f'{name} = {self.literal(kind)}')
            self.bind(name, kind)
        self.statements(self.r.randrange(6, 14), 2)
        for name, kind in self.scopes[0].items():
            self.put(f'print({name!r}, {self.shown(kind, name)})')
        return '\n'.join(self.lines) + '\n'


def make(seed):
    return Program(seed).text()
