// SPDX-License-Identifier: BSL-1.0
// A wrong program gets CPython 3.11's message, at CPython's place; and no text crashes the parser.

#include <gtest/gtest.h>

#include "interp/syntax/parser.hpp"
#include "oracle.hpp"

namespace {

using namespace gilt::interp::syntax;

constexpr const char* ask_errors = R"(
import ast, sys
for text in sys.stdin.buffer.read().split(b'\0')[:-1]:
    try:
        ast.parse(text.decode())
        answer = 'correct'
    except SyntaxError as e:
        answer = f'{type(e).__name__}: {e.msg} at {e.lineno}:{e.offset}'
    sys.stdout.buffer.write(answer.encode() + b'\0')
)";

std::string verdict(std::string_view text, source_kind kind = source_kind::text) {
  const parse_result result = parse(text, "test.py", parse_mode::file, kind);
  if (!result.error) return "correct";
  const syntax_error& e = *result.error;
  return std::string(name_of(e.type)) + ": " + e.message + " at " + std::to_string(e.line) + ":" +
         std::to_string(e.column);
}

std::string repeated(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(syntax_error, messages_are_cpythons) {
  if (!oracle::available()) GTEST_FAIL() << "/usr/bin/python3 is missing or no 3.11: ./x installs it";
  const std::vector<std::string> wrong = {
      "a = 0xg",
      "a = 'abc",
      "a = '''abc\nxx",
      "x = (1,\n2",
      "if x:\n",
      "if x:\ny",
      "  x",
      "if 1:\n    a\n  b\n",
      "if 1:\n\ta\n        b\n",
      "a \\ b",
      "a \\",
      "a = )",
      "(]",
      "$",
      "a = \342\202\254",
      "a=\302\240b",
      "\303\251 b",
      "x = '\303\251' y",
      "f'{a b}'",
      "f'{a'",
      "f'}'",
      "f'{}'",
      "x=1\nf'''\n{a b}'''",
      "print 'x'",
      "if 1:\n  if 2:\n x",
      "1a",
      "09",
      "1__0",
      "0b2",
      "b'\303\251'",
      "'\\x4'",
      "f(**a, *b)",
      "f(a=1, b)",
      "x = (a\nb c\n",
      "class",
      "def f(\n",
      "\"a\" b'c'",
      "x = 1 if 2",
      "{1:2, 3}",
      "f(a for a in b, c)",
      "async x",
      "a = 5 5\n'abc",
      "lambda",
      "0777",
      "(a b\n",
      "f'{a!x}'",
      "f'{lambda x:1}'",
      "f'{a:{b:{c}}}'",
      "f'{#}'",
      "f'{\\n}'",
      "yield = 1",
      "x + 1 = 2",
      "f() += 1",
      "(a, b): int",
      "del f()",
      "for 1 in x: pass",
      "with a as f(): pass",
      "a = 1 b",
      "try:\n x\n",
      "\014  a",
      "'''",
      "0_",
      "1.e",
      "1e+",
      "0o8",
      "1_",
      "5in x",
      "x = 0xfor",
      "\342\202\254",
      "a\tb = 1 2",
      "f'{a=!r:>{w}} {{}}'",
      "x = \\\n  1 1",
      "f(x=)",
      "f(1=2)",
      "f(True=2)",
      "not x = 1",
      "a, b += 1",
      "x = yield = 1",
      "def f(a=1, b): pass",
      "def f(*): pass",
      "import a.b as",
      "from . import *, a",
      "from a import (b,",
      "from a import b,",
      "else: x",
      "x = [i, for i in y]",
      "[*a for a in b]",
      "class A:\ndef f(): pass",
      "while 1\n x",
      "match x:\ncase 1: pass",
      "match x:\n case 1\n",
      "{**a for a in b}",
      "{a: *b}",
      "{a:}",
      "{a:1, b:}",
      "assert x = 1",
      "(x for x in y) = 1",
      "if x = 1: pass",
      "if (x = 1): pass",
      "a.b := 1",
      "(a.b := 1)",
      "(yield x) = 1",
      "'a' = 1",
      "None = 1",
      "None := 1",
      "f'a' = 1",
      "... = 1",
      "-x = 1",
      "a < b = 1",
      "lambda: 1 = 1",
      "`a`",
      "a <> b",
      "a!b",
      "i++",
      "++i",
      "exec 'a'",
      "print a b",
      "x = print a",
      "f(m stream)",
      "@a\n",
      "f'{:x}'",
      "f'{ !r}'",
      "f'{a b!r}'",
      "f'{*a}'",
      "f'{**a}'",
      "f'{1a}'",
      "f'{\"}'",
      "f'{(}'",
      "f'{]}'",
      "f'{a:{b}'",
      "x = {'a': 1 'b': 2}",
      "x = [1 2]",
      "x = (1,\n2 3)",
      "foo(a, b for b in c)",
      "foo(b for b in c, d)",
      "f(a=b for b in c)",
      "f(**a, b)",
      "f(a, b=1, c)",
      "class A(b=1, c): pass",
      "with a as 1: pass",
      "with (a as 1): pass",
      "with a\n x",
      "for x in y\n  z",
      "for f() in y: pass",
      "[x for 1 in y]",
      "del a, 1",
      "del *a",
      "del (a, b+1)",
      "a = b = 1 = c",
      "(a, 1) = b",
      "[a, f()] = b",
      "*a, 1 = b",
      "a() = b",
      "a if b else c = d",
      "(a if b else c) = d",
      "x.y, 1 += 2",
      "{} = 1",
      "{1} = 2",
      "[a for a in b] = c",
      "lambda x: y = 1",
      "yield x = 1",
      "async def f(): await x = 1",
      "f(lambda x: y = 1)",
      "a: b: c",
      "1: int",
      "[a]: int",
      "a, b: int",
      "x: int: str",
      "def f(a, /, b, /): pass",
      "def f(*a, /): pass",
      "def f(/, a): pass",
      "def f(a=1, /, b): pass",
      "def f((a, b)): pass",
      "def f(*a, *b): pass",
      "def f(**a, b): pass",
      "def f(**a, *b): pass",
      "def f(*a=1): pass",
      "def f(**a=1): pass",
      "def f(a=): pass",
      "def f(*, **a): pass",
      "def f(a /*b): pass",
      "lambda a=1, b: 0",
      "lambda *: 0",
      "lambda (a): 0",
      "lambda **a, b: 0",
      "lambda a, a=: 0",
      "def f: pass",
      "def f() pass",
      "def f()\n  pass",
      "class A\n  pass",
      "class A(\n",
      "try\n  a",
      "try:\n  a\nexcept\n  b",
      "try:\n  a\nexcept b, c: d",
      "try:\n  a\nexcept b as c\n  d",
      "try:\n  a\nexcept*: b",
      "try:\n  a\nexcept a: b\nexcept* c: d",
      "try:\n a\nfinally\n b",
      "try:\na\n",
      "try:\n a\nexcept:\nb",
      "try:\n a\nexcept b:\nc",
      "try:\n a\nexcept* b:\nc",
      "try:\n a\nfinally:\nb",
      "if a:\n b\nelse\n c",
      "if a:\n b\nelse:\nc",
      "if a:\n b\nelif c\n d",
      "if a:\n b\nelif c:\nd",
      "while a:\nb",
      "for a in b:\nc",
      "with a:\nb",
      "with (a, b):\nc",
      "def f():\nx",
      "match a\n case b: c",
      "match a:\n case b:\n c",
      "match a:\n case 1+1: pass",
      "match a:\n case 1j+1: pass",
      "match a:\n case b as _: pass",
      "match a:\n case b as 1: pass",
      "match a:\n case A(b=1, c): pass",
      "match a:\n case a.b as c.d: pass",
      "import a as b.c",
      "import a,",
      "from a import",
      "from a import (b",
      "from import a",
      "from . import b,",
      "x = \\y",
      "x = (\\\n",
      "x = 1 \\",
      "if a:\n\tb\n        c\n",
      "if a:\n        b\n\tc\n",
      "if a:\n  b\n c\n",
      "x = 0_1",
      "x = 1.0e",
      "x = 0x",
      "x = 0b",
      "x = 0o",
      "x = 1_a",
      "x = 1__2",
      "x = 0xg",
      "x = 12z",
      "x = 1jx",
      "x = '\\u12'",
      "x = '\\U00110000'",
      "x = b'\\xg'",
      "x = '\\",
      "\"\"\"a\n\nb",
      "x = 'a\ny",
      "x = \342\200\223 1",
      "x\342\200\213 = 1",
      "caf\303\251\342\202\254 = 1",
      "raise a from",
      "assert",
      "assert a, ",
      "global",
      "nonlocal a.b",
      "return = 1",
      "None = a",
      "True.x = 1; False = 2",
      "def None(): pass",
      "class True: pass",
      "for None in x: pass",
      "f(None=1)",
      "lambda None: 0",
      "import None",
      "a.None = 1",
      "a.if",
      "x = a.",
      "a..b",
      "x = = 1",
      "x === 1",
      "a \? b",
      "a && b",
      "!a",
      "x++",
      "print a",
      "print a, b",
      "exec a",
      "print",
      "x = print a + b",
      "print -1",
      "a b c",
      "a.b c",
      "(a b)",
      "[a b]",
      "{a b}",
      "{a: b c}",
      "{a: b, c}",
      "{a, b: c}",
      "{a: b, **}",
      "{**a: b}",
      "{a: }",
      "[a, b for b in c]",
      "{a, b for a in c}",
      "(a, b for a in c)",
      "(*a)",
      "(**a)",
      "[**a]",
      "(a=1)",
      "f(a.b=1)",
      "f(a+b=1)",
      "f(a, b c)",
      "if a = b: c",
      "if a.b = c: d",
      "while x = 1: y",
      "if (a, b) = c: d",
      "(a := 1, b = 2)",
      "a := 1",
      "((a, b) := 1)",
      "x = (yield) = 1",
      "else: a",
      "elif a: b",
      "except: a",
      "finally: a",
      "case a: b",
      "  a\n",
      "a\n  b\n",
      "def f():\n  a\n    b\n",
      "if a:\n",
      "if a: if b: c",
      "for x in y: for z in w: v",
      "async a",
      "async lambda: 1",
      "await",
      "x = await",
      "yield from",
      "(yield from)",
      "a if b",
      "[a if b for c in d]",
      "a if b else",
      "not",
      "not = 1",
      "-",
      "a +",
      "a *",
      "*",
      "**a",
      "a, *",
      "*a",
      "x = *a",
      "del",
      "del ()x",
      "'a' b'b'",
      "f'a' b'b'",
      "a; ; b",
      "; a",
      "a;;",
      "@",
      "@a\nb",
      "@a b\ndef f(): pass",
      "1 = x",
      "1 + 1 = 2",
      "'a' = b",
      "f'{a}' = b",
      "a < b = c",
      "a and b = c",
      "not a = b",
      "-a = b",
      "a = 1 = b",
      "x = {",
      "x = [1,\n",
      "x = (]",
      "x = )",
      "x = ]",
      "x = }",
      "([)]",
      "{(}",
      "x = (\n]\n",
      "x = (1\ny = 2\n",
      "x = [1\ndef f():\n  pass\n",
      "foo(1,\nif x:\n  y\n",
      "d = {'a': 1,\n'b' 2}\n",
      "'aaaaaaaaaa",
      "x = 5 if y else\n",
      "a.1",
      "1.a",
      "1..a b",
      "0777 + 1",
      "08",
      "1e5.5",
      "x = 1 if True else pass",
      "lambda: (yield",
      "import a from b",
      "from a import b as c.d",
      "with open(x) as f, open(y) as 1: pass",
      "while: x",
      "if: x",
      "for: x",
      "for x: y",
      "for in y: z",
      "for x in: y",
      "def (): pass",
      "class : pass",
      "with : pass",
      "match : pass",
      "return return",
      "x = return",
      "x = def",
      "class = 1",
      "a = class",
      "f(class=1)",
      "f(a, *)",
      "f(**)",
      "f(*, a)",
      "f(a for)",
      "f(a for b)",
      "f(a for b in)",
      "[a for b in c",
      "{a for b in c",
      "x[",
      "x[]",
      "x[1:2:3:4]",
      "x[a b]",
      "x[:, b c]",
  };
  const std::vector<std::string> expected = oracle::ask(ask_errors, wrong);
  ASSERT_EQ(expected.size(), wrong.size());
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    EXPECT_EQ(verdict(wrong[i]), expected[i]) << wrong[i];
  }
}

TEST(syntax_error, spans_the_culprit_and_shows_its_line) {
  const parse_result result = parse("x = 1\ny = (\xc3\xa9\xc3\xa9, a b)\n", "t", parse_mode::file);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.tree, nullptr);
  EXPECT_EQ(result.error->message, "invalid syntax. Perhaps you forgot a comma?");
  EXPECT_EQ(result.error->line, 2);
  EXPECT_EQ(result.error->column, 10);
  EXPECT_EQ(result.error->end_line, 2);
  EXPECT_EQ(result.error->end_column, 13);
  EXPECT_EQ(result.error->line_text, "y = (\xc3\xa9\xc3\xa9, a b)");
}

TEST(syntax_error, of_an_fstring_shows_the_expression) {
  const parse_result result = parse("x = f'{a}{b c}'\n", "t", parse_mode::file);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->message, "f-string: invalid syntax. Perhaps you forgot a comma?");
  EXPECT_EQ(result.error->line_text, "(b c)");
  EXPECT_EQ(result.error->column, 2);
  EXPECT_EQ(result.error->end_column, 5);
}

TEST(syntax_error, unknown_character_names) {
  EXPECT_NE(verdict("x = '\\N{DASH}'").find("codec can't decode bytes in position 0-7: unknown Unicode character name"),
            std::string::npos);
}

TEST(syntax_error, bytes_that_are_no_text) {
  EXPECT_EQ(verdict("x\n'\xff'\n", source_kind::bytes),
            "SyntaxError: Non-UTF-8 code starting with '\\xff' in file test.py on line 2, but no "
            "encoding declared; see https://peps.python.org/pep-0263/ for details at 2:0");
  EXPECT_EQ(verdict("# coding: klingon\n", source_kind::bytes),
            "SyntaxError: unknown encoding: klingon at 0:0");
  EXPECT_EQ(verdict(std::string_view("a\0b", 3), source_kind::bytes),
            "SyntaxError: source code cannot contain null bytes at 0:0");
}

TEST(syntax_error, a_second_statement_is_refused_in_single_mode) {
  const parse_result result = parse("a\nb\n", "t", parse_mode::single);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->message, "multiple statements found while compiling a single statement");
}

TEST(nesting, two_hundred_brackets_are_fine_and_more_are_refused) {
  EXPECT_EQ(verdict(repeated("(", 200) + "1" + repeated(")", 200)), "correct");
  EXPECT_EQ(verdict(repeated("(", 201) + "1" + repeated(")", 201)),
            "SyntaxError: too many nested parentheses at 1:201");
}

TEST(nesting, no_text_exhausts_the_stack) {
  constexpr int many = 100'000;
  for (const char* piece : {"(", "[", "{", "f(", "a[", "{1:"}) {
    EXPECT_NE(verdict(repeated(piece, many)).find("too many nested parentheses"), std::string::npos)
        << piece;
  }
  for (const char* piece :
       {"-", "not ", "lambda: ", "1 if 1 else ", "2 ** ", "a = lambda x=", "a + ", "a.", "~"}) {
    EXPECT_NE(verdict(repeated(piece, many) + "1"), "correct") << piece;
  }
  EXPECT_NE(verdict("a" + repeated("()", many)), "correct");
  EXPECT_NE(verdict("if 1: pass\n" + repeated("elif 1: pass\n", many)), "correct");
  std::string blocks;
  for (int i = 0; i < 150; ++i) blocks += std::string(static_cast<std::size_t>(i), ' ') + "if 1:\n";
  EXPECT_NE(verdict(blocks).find("too many levels of indentation"), std::string::npos);
}

// The second pass goes back a lot; without its memory these would take 2^190 steps.
TEST(nesting, a_deep_mistake_is_found_in_time) {
  for (const auto& [open, close] :
       std::vector<std::pair<std::string, std::string>>{{"(", ")"},
                                                        {"[", "]"},
                                                        {"{", "}"},
                                                        {"f(", ")"},
                                                        {"f(a=", ")"},
                                                        {"a[", "]"},
                                                        {"{1:", "}"},
                                                        {"{**", "}"},
                                                        {"f(*", ")"},
                                                        {"(yield ", ")"},
                                                        {"[x for x in ", "]"},
                                                        {"(a := ", ")"}}) {
    EXPECT_NE(verdict(repeated(open, 190) + "1 1" + repeated(close, 190)), "correct") << open;
  }
  std::string blocks;
  for (int i = 0; i < 99; ++i) blocks += std::string(static_cast<std::size_t>(i), ' ') + "try:\n";
  EXPECT_NE(verdict(blocks + std::string(99, ' ') + "x x\n"), "correct");
}

}  // namespace
