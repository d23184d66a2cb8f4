// SPDX-License-Identifier: BSL-1.0
// gilt check: what it finds, what it passes over, its form and its exit codes.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.hpp"

namespace {

using program::gilt;

// The findings without their source lines: "LINE:COL: MESSAGE", one a line.
std::string found(const std::string& text) {
  const auto r = gilt("check -", text);
  std::string out;
  std::istringstream lines(r.output);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("<stdin>:", 0) == 0) out += line.substr(8) + "\n";
  }
  EXPECT_EQ(r.code, out.empty() ? 0 : 1) << text << r.errors;
  return out;
}

TEST(check, shows_the_line_and_a_caret) {
  const auto r = gilt("check -", "def f():\n    return ö + misspelt\nö = 1\n");
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(r.output, "<stdin>:2:16: name 'misspelt' is not defined\n    return ö + misspelt\n               ^^^^^^^^\n");
}
TEST(check, undefined_names) {
  EXPECT_EQ(found("print(x)\nx = 1\n"), "");
  EXPECT_EQ(found("prnt(1)\n"), "1:1: name 'prnt' is not defined\n");
  EXPECT_EQ(found("def f(a):\n  def g(): return a + b\n  return g\n"), "2:23: name 'b' is not defined\n");
  EXPECT_EQ(found("class A:\n  x = 1\n  def f(self): return x\n"), "3:23: name 'x' is not defined\n");
  EXPECT_EQ(found("class A:\n  __x = 1\n  y = __x\n  def f(self): return __class__, __y\n"), "4:34: name '_A__y' is not defined\n");
  EXPECT_EQ(found("[i for i in range(3) if j]\n"), "1:25: name 'j' is not defined\n");
  EXPECT_EQ(found("@deco\ndef f(x: T = d) -> R: pass\n"), "1:2: name 'deco' is not defined\n2:10: name 'T' is not defined\n2:14: name 'd' is not defined\n2:20: name 'R' is not defined\n");
}
TEST(check, names_that_may_exist_are_passed_over) {
  for (const char* text : {"from m_y import *\nx\n", "exec('x = 1')\nx\n", "globals()['x'] = 1\nx\n", "try:\n  unicode\nexcept NameError:\n  unicode = str\n",
                           "import sys\nif sys.version_info < (3,):\n  unicode\n", "def f():\n  global x\n  x = 1\nx\n", "print(__name__, __file__, __doc__)\n",
                           "for i in []: pass\nelse: i\n", "try: pass\nexcept E as e: e\nE = 1\n", "match [1]:\n  case [a, *b]: a, b\n  case {'k': c, **d}: c, d\n",
                           "class A(B):\n  x = auto()\nB = 1\n", "from __future__ import annotations\ndef f(x: T) -> R: pass\n", "def f():\n  x: T = 1\n  return x\n",
                           "if (n := 3): n\n", "[(y := i) for i in range(2)]\ny\n", "import a.b as c\nc\n" , "class A:\n  print(__module__, __qualname__)\n",
                           "def f(): return lambda x, *y, z=1, **k: (x, y, z, k)\n", "with open('f') as (g, h): g, h\n"}) {
    const std::string r = found(text);
    EXPECT_EQ(r.find("is not defined"), std::string::npos) << text << r;
  }
}
TEST(check, arity_of_functions_of_the_file) {
  const std::string f = "def f(a, /, b, c=1, *, d, e=2): pass\n";
  EXPECT_EQ(found(f + "f(1, 2, d=1)\nf(1, b=2, c=3, d=4, e=5)\nf(*x, **x)\nf(1, **x)\nx = []\n"), "");
  EXPECT_EQ(found(f + "f(1, d=1)\n"), "2:1: f() lacks its argument 'b' (defined in line 1)\n");
  EXPECT_EQ(found(f + "f(1, 2)\n"), "2:1: f() lacks its keyword argument 'd' (defined in line 1)\n");
  EXPECT_EQ(found(f + "f(1, 2, 3, 4, d=1)\n"), "2:1: f() takes 3 arguments by position, 4 given (defined in line 1)\n");
  EXPECT_EQ(found(f + "f(1, 2, d=1, g=3)\n"), "2:14: f() has no parameter 'g' (defined in line 1)\n");
  EXPECT_EQ(found(f + "f(a=1, b=2, d=1)\n"), "2:3: f() has no parameter 'a' (defined in line 1)\n");
  EXPECT_EQ(found(f + "f(1, 2, b=2, d=1)\n"), "2:9: f() gets 'b' twice (defined in line 1)\n");
  EXPECT_EQ(found("def g(*a, **k): pass\ng(1, 2, 3, x=4)\n"), "");
  EXPECT_EQ(found("def outer():\n  def inner(a): pass\n  inner()\n"), "3:3: inner() lacks its argument 'a' (defined in line 2)\n");
}
TEST(check, calls_that_may_be_right_are_passed_over) {
  for (const char* text : {"def f(a): pass\nf = print\nf()\n", "def f(a): pass\nif 1:\n  def f(): pass\nf()\n", "import x_\n@x_.deco\ndef f(a): pass\nf()\n",
                           "def f(a): pass\ntry:\n  f()\nexcept TypeError: pass\n", "def f(a): pass\ndef g(f): f()\n", "def f(a): pass\nclass A:\n  def f(self): pass\n  f(1)\n",
                           "def f(a): pass\ndef t(self):\n  with self.assertRaises(TypeError):\n    f()\n", "def f(a): pass\ndef g():\n  global f\n  f = 1\nf()\n",
                           "def len(): pass\nlen()\n", "len(*[1])\n"}) {
    const std::string r = found(text);
    EXPECT_EQ(r.find("()"), std::string::npos) << text << r;
  }
}
TEST(check, arity_of_builtins) {
  EXPECT_EQ(found("len()\n"), "1:1: len() takes at least 1 argument, 0 given\n");
  EXPECT_EQ(found("isinstance(1, 2, 3)\n"), "1:1: isinstance() takes at most 2 arguments, 3 given\n");
}
TEST(check, effects_in_atomic_blocks) {
  const std::string from = "from transaction import atomic\nimport os, time as t\n";
  EXPECT_EQ(found(from + "with atomic:\n  open('f')\n").substr(0, 31), "4:3: open() inside an atomic bl");
  EXPECT_EQ(found(from + "with atomic:\n  t.sleep(1)\n").substr(0, 20), "4:3: time.sleep() in");
  EXPECT_EQ(found(from + "with atomic(rollback=True):\n  if 1: os.remove('f')\n").substr(0, 19), "4:9: os.remove() in");
  EXPECT_EQ(found("import transaction\nwith transaction.atomic: input()\n").substr(0, 16), "2:26: input() in");
  EXPECT_EQ(found(from + "open('f')\nwith atomic:\n  x = 1\n  print(x, os.sep)\n  def later(): open('f')\n"), "");
  EXPECT_EQ(found("atomic = 1\nwith atomic: open('f')\n"), "");
}
TEST(check, modules_that_are_missing) {
  EXPECT_EQ(found("import no_such_module_here\n"), "1:8: no module named 'no_such_module_here': gilt has none of its own, and none in Python was found\n");
  EXPECT_EQ(found("import sys, math, threading, os.path, builtins, textwrap\nfrom . import x\n"), "");
  EXPECT_EQ(found("try:\n  import no_such_module_here\nexcept ImportError: pass\ndef f():\n  import no_such_either\n"), "");
}
TEST(check, syntax_errors_are_findings) {
  const auto r = gilt("check -", "x = (1,\n");
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(r.output, "<stdin>:1:5: SyntaxError: '(' was never closed\n    x = (1,\n        ^\n");
}
TEST(check, bad_input_has_a_message_and_the_other_files_are_checked) {
  const program::folder f;
  const auto r = gilt("check /no/such.py " + std::string(f.path) + " " + f.write("a.py", "x\n"));
  EXPECT_EQ(r.code, 2);
  EXPECT_NE(r.output.find("a.py:1:1: name 'x'"), std::string::npos) << r.output;
  EXPECT_NE(r.errors.find("No such file"), std::string::npos);
  EXPECT_NE(r.errors.find("is a directory"), std::string::npos);
  EXPECT_EQ(gilt("check").code, 2);
  EXPECT_EQ(gilt("check --nonsense " + f.write("b.py", "")).code, 2);
  EXPECT_EQ(gilt("check " + f.write("empty.py", "")).code, 0);
  EXPECT_EQ(gilt("check " + f.write("binary.py", std::string("\0\1\xff", 3))).code, 1);
}
TEST(check, sarif) {
  const auto r = gilt("check --format sarif -", "x = ä\n");
  EXPECT_EQ(r.code, 1);
  const auto run = nlohmann::json::parse(r.output).at("runs").at(0);
  const auto& result = run.at("results").at(0);
  EXPECT_EQ(result.at("ruleId"), "undefined-name");
  EXPECT_EQ(result.at("locations").at(0).at("physicalLocation").at("region").at("startColumn"), 5);
}
TEST(check, no_false_alarm_in_the_installed_library) {
  // What it reports there are modules that gilt lacks; names come from them or are there.
  const auto r = gilt("check /usr/lib/python3.11/*.py");
  EXPECT_EQ(r.output.find("is not defined"), std::string::npos) << r.output;
  EXPECT_EQ(r.output.find("() takes"), std::string::npos) << r.output;
  EXPECT_EQ(r.output.find("() lacks"), std::string::npos) << r.output;
  EXPECT_EQ(r.output.find("atomic block"), std::string::npos) << r.output;
}

}  // namespace
