// SPDX-License-Identifier: BSL-1.0
// The tree of a correct program is CPython's, node by node.

#include <gtest/gtest.h>

#include <algorithm>

#include "interp/syntax/dump.hpp"
#include "interp/syntax/parser.hpp"
#include "oracle.hpp"

namespace {

using namespace gilt::interp::syntax;

constexpr const char* dump_snippets = R"(
import ast, sys
for text in sys.stdin.buffer.read().split(b'\0')[:-1]:
    mode = 'exec'
    if text.startswith(b'#eval\n'): text, mode = text[6:], 'eval'
    if text.startswith(b'#single\n'): text, mode = text[8:], 'single'
    answer = ast.dump(ast.parse(text.decode(), mode=mode))
    sys.stdout.buffer.write(answer.encode('utf-8', 'surrogatepass') + b'\0')
)";

constexpr const char* dump_files = R"(
import ast, sys
for name in sys.stdin.buffer.read().split(b'\0')[:-1]:
    answer = ast.dump(ast.parse(open(name, 'rb').read()))
    sys.stdout.buffer.write(answer.encode('utf-8', 'surrogatepass') + b'\0')
)";

std::string dump_of(std::string text, source_kind kind) {
  parse_mode mode = parse_mode::file;
  if (text.starts_with("#eval\n")) {
    mode = parse_mode::expression;
    text.erase(0, 6);
  } else if (text.starts_with("#single\n")) {
    mode = parse_mode::single;
    text.erase(0, 8);
  }
  const parse_result result = parse(text, "test", mode, kind);
  if (result.error) {
    return "error: " + result.error->message + " at " + std::to_string(result.error->line) + ":" +
           std::to_string(result.error->column);
  }
  return dump(*result.tree);
}

void expect_same_trees(const std::vector<std::string>& texts) {
  if (!oracle::available()) GTEST_FAIL() << "/usr/bin/python3 is missing or no 3.11: ./x installs it";
  const std::vector<std::string> expected = oracle::ask(dump_snippets, texts);
  ASSERT_EQ(expected.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(dump_of(texts[i], source_kind::text), expected[i]) << texts[i];
  }
}

TEST(tree, expressions) {
  expect_same_trees({
      "a + b * c ** -d // e % f @ g - h\n",
      "a << b >> c & d ^ e | ~f\n",
      "not a and b or c and not d\n",
      "a < b <= c != d is not e not in f is g in h\n",
      "x if y else z if w else v\n",
      "lambda: 0\n",
      "lambda a, /, b=1, *c, d, e=2, **f: a\n",
      "lambda *, a: a\n",
      "a.b.c(d)[e](f)(g)[h:i, j:k:l, ::, :]\n",
      "a[1:2], a[::3], a[*b], a[b:=1]\n",
      "f(a, *b, c=1, *d, **e, f=2)\n",
      "f(x for x in y)\n",
      "f(a := 1, b)\n",
      "f(*a, *b, **c, **d)\n",
      "(), (a,), (a, b), (a), [a, *b], {a, *b}, {**a, b: c}, {}\n",
      "[x for x in y if z if w for q in r]\n",
      "{x for x in y}, {x: y for x, y in z}\n",
      "(x async for x in y)\n",
      "[(yield)]\n",
      "await x ** 2\n",
      "(y := 1, z := 2)\n",
      "x[y := 1]\n",
      "...\nNone\nTrue\nFalse\n",
      "print(*a, sep='')\n",
      "a if b else lambda: c\n",
      "-x ** -y\n",
      "{1: 2, **{3: 4}}\n",
      "{a: b for a in c}\n",
      "{(yield)}\n",
      "[*a, *b]\n",
      "*a, b\n",
      "(a)(b)\n",
      "x = yield\n",
      "x = yield a, b\n",
      "x = yield from a\n",
  });
}

TEST(tree, literals) {
  expect_same_trees({
      "0, 00, 0xFF, 0o17, 0b101, 1_000, 0x_f\n",
      "9223372036854775807, 9223372036854775808\n",
      "0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF, 0b1" + std::string(100, '0') + "\n",
      "123456789012345678901234567890\n",
      "1., .5, 1e10, 1E-5, 1.5e+300, 1e400, 1e-400, 1_0.0_1\n",
      "0.1, 1e16, 1e15, 123456789.125, 0.0001, 0.00001, 5e-324\n",
      "1j, 1.5J, 0j, 1e20j, 1_0j\n",
      "'a' \"b\" '''c\nd''' r'\\n' u'e'\n",
      "u'a' 'b', 'a' u'b'\n",
      R"('\a\b\f\n\r\t\v\\\'\"\0\101\x41\u00e9\U0001F600\q\
')"
      "\n",
      "'\\ud800', '\\777'\n",
      "b'abc\\x00\\xff\\101\\n' rb'\\x' Rb'a' BR'b'\n",
      "'\xc3\xa9\xe2\x82\xac'\n",
      "b'\\'\"', '\\'\"', \"'\"\n",
      "'\\\xc3\xa9'\n",
      "1if 0else 2\n",
  });
}

TEST(tree, fstrings) {
  expect_same_trees({
      "f''\n",
      "f'a'\n",
      "f'{a}'\n",
      "f'a{b}c' 'd' f'{e}{f}'\n",
      "'a' f'{b}'\n",
      "f'{a!r}{b!s}{c!a}'\n",
      "f'{a:>10}{b:{c}}{d:{e}.{f}}'\n",
      "f'{a=}{b = }{c=!s}{d=:5}'\n",
      "f'{{}}{{{a}}}'\n",
      "f'{a:}'\n",
      "f'{x for x in y}'\n",
      "f'{a, b}'\n",
      "f'{*a, b}'\n",
      "f'{yield x}'\n",
      "f'{(lambda x: x)}'\n",
      "f'{a[\"b\"]}{{c}}'\n",
      "f'{a != b}{a == b}{a >= b}{a <= b}'\n",
      "rf'\\{a}\\n'\n",
      "f'\\n{a}\\x41'\n",
      "f'\\{a}'\n",
      "f'''{\na\n}\n{b}'''\n",
      "f'{a!r:>{w}}'\n",
      "F'{a}' fR'{b}'\n",
      "f'{ {1: 2}[1] }'\n",
      "f'{\":\" }'\n",
      "f'{x:%H:%M}'\n",
      "f'{f\"{a}\"}'\n",
      "f'{a:{{}}}'\n",
      "f'{a:x{b}y{c}z}'\n",
  });
}

TEST(tree, simple_statements) {
  expect_same_trees({
      "a = b = c\n",
      "a, *b = c\n",
      "(a, [b, *c]), d.e, f[g] = h\n",
      "a += 1; b @= 2; c //= 3; d **= 4\n",
      "a: int\na: int = 1\n(a): int\na.b: c\na[b]: c = *d, e\n",
      "x = *a, b\n",
      "del a, b.c, d[e], (f, [g])\n",
      "del (a), (b,), ()\n",
      "return\n",
      "return a, *b\n",
      "raise\nraise a\nraise a from b\n",
      "assert a\nassert a, b\n",
      "global a, b\n",
      "nonlocal c\n",
      "import a, b.c as d\n",
      "from . import a\nfrom .. import b\nfrom ...c.d import e as f, g\nfrom .... import h\n",
      "from a import (b, c as d,)\nfrom e import *\n",
      "pass; break; continue;\n",
      "x = y\n",
      "(a.b) = 1\n",
      "[a, b] = c\n",
      "x = y = yield z\n",
      "a.b.c += yield\n",
      "match = 1\ncase = _ = match\n",
      "match(x)\nmatch[x]\nmatch.x\nmatch, case\nprint(match)\n",
      "match -x\nmatch * y\n",
  });
}

TEST(tree, compound_statements) {
  expect_same_trees({
      "if a: b\nelif c: d\nelif e:\n  f\nelse:\n  g\n",
      "while a:\n  b\nelse:\n  c\n",
      "for a, *b in c, d:\n  e\nelse: f\n",
      "for (a) in b: pass\nfor a.b in c: pass\nfor [a, b] in c: pass\n",
      "async def f():\n  async for a in b: pass\n  async with c as d: pass\n  await e\n",
      "with a, b as c, d as (e, f): pass\n",
      "with (a, b as c,): pass\n",
      "with (a): pass\n",
      "with (a) as b: pass\n",
      "with (a, b) as c: pass\n",
      "with (a as b): pass\n",
      "with (yield): pass\n",
      "try: a\nfinally: b\n",
      "try:\n  a\nexcept b:\n  c\nexcept d as e:\n  f\nexcept:\n  g\nelse:\n  h\nfinally:\n  i\n",
      "try: a\nexcept* b as c: d\nexcept* e: f\n",
      "def f(): pass\n",
      "def f(a, b: int = 1, /, c=2, *d: e, f, g: h = 3, **i: j) -> k:\n  '''doc'''\n",
      "def f(*, a): pass\ndef f(*a): pass\ndef f(**a): pass\ndef f(a, /): pass\n",
      "def f(*a: *b): pass\n",
      "@a\n@b.c(d)\n@(e := f)\ndef g(): pass\n",
      "@a\nclass B(C, *D, metaclass=E, **F): pass\n",
      "class A: x = 1; y = 2\n",
      "class A(): pass\n",
      "@a\nasync def f(): pass\n",
      "if a:\n\tb\n\tif c:\n\t\td\n",
      "if a:\n  b\n  # comment\n\n# comment\n  c\n",
      "\n\n# only\n",
      "",
      "x = (1 +\n  # inside\n\n 2)\n",
      "x = 1 + \\\n  2\n",
      "\f\nx\n",
      "if a: b; c\n",
      "x\r\ny\rz\n",
      "x = 1 # end",
  });
}

TEST(tree, patterns) {
  expect_same_trees({
      "match x:\n case 1: pass\n case -1: pass\n case 1+2j: pass\n case -1.5-2j: pass\n case 'a' "
      "'b': pass\n"
      " case None: pass\n case True: pass\n case b'c': pass\n",
      "match x:\n case _: pass\n case a: pass\n case a.b.c: pass\n case (a): pass\n case (a, b): "
      "pass\n"
      " case a, b: pass\n case a,: pass\n case *a, b: pass\n case [a, *_]: pass\n case []: pass\n "
      "case (): pass\n",
      "match x, y:\n case {}: pass\n case {'a': b, -1: c, d.e: f, **g}: pass\n case {**h}: pass\n "
      "case {1: _,}: pass\n",
      "match x:\n case A(): pass\n case A(b, c.d, e=f, g=1,): pass\n case a.B(c=d): pass\n",
      "match x:\n case 1 | 2 | (3 | 4) as y if y > 1: pass\n case [1 as a, 2 | 3 as b]: pass\n",
      "match *x, y:\n case _: pass\n",
      "match (x):\n case _: pass\n",
      "match x:\n case match: pass\n case case: pass\n",
  });
}

TEST(tree, names_are_normalised) {
  expect_same_trees({"\xef\xac\x81 = 1\n", "\xc3\xa9t\xc3\xa9.\xce\xb1\xce\xb2 = \xe4\xb8\xad\n",
                     "def \xf0\x9d\x94\xaa(\xc2\xaa): pass\n", "x\xc2\xb7 = a\xcc\x81\n"});
}

TEST(tree, other_modes) {
  expect_same_trees({"#eval\na + 1", "#eval\n(a,\nb)\n\n", "#eval\na, b", "#single\nx = 1\n",
                     "#single\nif a:\n  b\n", "#single\na; b\n", "#single\nfor x in y: z\n"});
}

TEST(tree, the_standard_library) {
  if (!oracle::available()) GTEST_FAIL() << "/usr/bin/python3 is missing or no 3.11: ./x installs it";
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/python3.11")) {
    if (entry.path().extension() == ".py") names.push_back(entry.path().string());
  }
  std::sort(names.begin(), names.end());
  ASSERT_GE(names.size(), 100U);
  std::vector<std::string> chosen;
  for (std::size_t i = 0; i < names.size() && chosen.size() < 60; i += 2)
    chosen.push_back(names[i]);
  const std::vector<std::string> expected = oracle::ask(dump_files, chosen);
  ASSERT_EQ(expected.size(), chosen.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    EXPECT_TRUE(dump_of(oracle::read_file(chosen[i]), source_kind::bytes) == expected[i])
        << chosen[i];
  }
}

TEST(tree, positions_are_cpythons) {
  const parse_result result =
      parse("x = (\xc3\xa9 +\n  b)\nf'a{b + c}'\n", "test", parse_mode::file);
  ASSERT_FALSE(result.error);
  const auto& first = as<assign>(*result.tree->body[0]);
  EXPECT_EQ(first.line, 1);
  EXPECT_EQ(first.end_line, 2);
  EXPECT_EQ(first.end_column, 4);
  EXPECT_EQ(first.value->column, 5);
  EXPECT_EQ(first.value->end_column, 3);
  const auto& text = as<joined_str>(*as<expr_stmt>(*result.tree->body[1]).value);
  const auto& sum = as<bin_op>(*as<formatted_value>(*text.values[1]).value);
  EXPECT_EQ(sum.line, 3);
  EXPECT_EQ(sum.column, 4);
  EXPECT_EQ(sum.end_column, 9);
}

TEST(tree, keeps_its_text_for_messages) {
  const parse_result result = parse("a\r\nb", "test", parse_mode::file);
  ASSERT_FALSE(result.error);
  EXPECT_EQ(line_of(result.tree->source, 1), "a");
  EXPECT_EQ(line_of(result.tree->source, 2), "b");
  EXPECT_EQ(line_of(result.tree->source, 9), "");
}

TEST(tree, encoding_lines_are_obeyed) {
  EXPECT_EQ(dump_of("# -*- coding: latin-1 -*-\n'\xe9'\n", source_kind::bytes),
            "Module(body=[Expr(value=Constant(value='\xc3\xa9'))], type_ignores=[])");
  EXPECT_EQ(dump_of("\xef\xbb\xbf"
                    "x\n",
                    source_kind::bytes),
            "Module(body=[Expr(value=Name(id='x', ctx=Load()))], type_ignores=[])");
}

}  // namespace
