# SPDX-License-Identifier: BSL-1.0
"""mutate(text, seed): a program with a few tokens or lines changed.

Most end in an exception, many in a SyntaxError: what is compared is then the message and its line.
Loops and powers stay as they are, so that what ended before still ends.
"""
import random
import re

TOKEN = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|\w+|\*\*|//|<<|>>|<=|>=|==|!=|[-+*/%&|^]=|\S")
KEPT = re.compile(r'\bwhile\b|\bfor\b|\*\*|<<|\*=|def clip|range|-= 1')
GROUPS = [['+', '-', '*', '/', '//', '%', '&', '|', '^'], ['<', '<=', '>', '>=', '==', '!=', 'in', 'is'],
          ['and', 'or', 'if'], ['(', ')', '[', ']', '{', '}', ',', ':', '.', '='],
          ['return', 'yield', 'raise', 'del', 'print', 'pass', 'assert', 'not', 'global', 'nonlocal', 'await', 'lambda', 'else', 'import']]
VALUES = ['0', '1', '-1', 'None', 'True', "''", "'a'", '[]', '{}', '()', '1.5', '2j', "b'x'", 'int', 'str', 'print', 'len', '...',
          'float("nan")', 'range(3)', '{1}', '[1, 2, 3]', '10 ** 20', 'lambda: 1', 'object', 'ValueError', 'type', 'slice(1)']


def mutate(text, seed):
    r = random.Random(seed)
    lines = text.splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith('    return v')) + 1
    for _ in range(r.randrange(1, 4)):
        at = r.randrange(first, len(lines))
        if KEPT.search(lines[at]):
            continue
        choice = r.randrange(10)
        if choice == 0:
            del lines[at]
            if len(lines) <= first:
                break
            continue
        if choice == 1:
            lines.insert(at, lines[r.randrange(first, len(lines))] if not KEPT.search(lines[at]) else '')
            continue
        tokens = list(TOKEN.finditer(lines[at]))
        if not tokens:
            continue
        t = r.choice(tokens)
        word = t.group()
        if choice < 5:
            group = next((g for g in GROUPS if word in g), VALUES)
            new = r.choice(group)
        elif choice < 8:
            new = r.choice(VALUES)
        elif choice == 8:
            new = ''
        else:
            new = r.choice(tokens).group()
        lines[at] = lines[at][:t.start()] + new + lines[at][t.end():]
    return '\n'.join(lines) + '\n'
