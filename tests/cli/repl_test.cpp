// SPDX-License-Identifier: BSL-1.0
// gilt repl beside `python3 -i`: both streams, byte for byte, from a pipe; editing, history, completion
// and Ctrl-C at a terminal.
#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace {

using program::gilt;
using program::run;
using program::terminal;

// -q: no banner; -E -S is not used, since exit() comes from site.
program::outcome oracle(const std::string& input) { return run("/usr/bin/python3 -i -q", input); }

class repl_like_python : public ::testing::TestWithParam<const char*> {};

TEST_P(repl_like_python, both_streams_and_the_exit_code) {
  const auto expected = oracle(GetParam());
  const auto stm = gilt("repl -q", GetParam());
  const auto gil = gilt("repl -q --engine gil", GetParam());
  const auto barriers = gilt("repl -q --no-solo", GetParam());
  for (const auto& got : {stm, gil, barriers}) {
    EXPECT_EQ(got.output, expected.output);
    EXPECT_EQ(got.errors, expected.errors);
    EXPECT_EQ(got.code, expected.code);
  }
}
INSTANTIATE_TEST_SUITE_P(
    sessions, repl_like_python,
    ::testing::Values(
        "", "1 + 1\n_ * 2\n_\nNone\n_\n", "'text'\n'a' 'b'\n...\n",
        "for i in range(3):\n  i\n  i * 2\n\n", "if 1: print(1)\n\n", "if 0:\n  1\nelse:\n  2\n\n",
        "def f(x):\n  '''two\n\n  lines'''\n  return x\n\nf(3)\nf.__doc__\n", "class A:\n  def f(self):\n    pass\n   \n  # c\n  x = 1\n\nA.x\n",
        "x = (1,\n\n2)\nx\n", "s = '''a\n\nb'''\ns\n", "x = 1 + \\\n3\nx\n", "# only a comment\n   \n1\n",
        "def f():\n  1/0\n\nf()\ntry:\n  f()\nexcept ZeroDivisionError as e:\n  print(e)\n\n", "a b\n1\n", "if 1:\n  x y\n2\n",
        "if 1:\n  pass\nprint(5)\n6\n", "if 1:\n3\n2\n", "x = 'abc\n1\n", "f(]\n1\n", "exit\nquit\n", "exit(4)\n5\n",
        "raise SystemExit('why')\n", "import sys\nsys.exit()\n1\n", "import sys\nsys.ps1 = '$ '\nsys.ps2 = '. '\nif 1:\n  1\n\n",
        "if 1:\n  print('at the end')\n", "@staticmethod\ndef f(): return 7\n\nf()\n",
        "with open('/nowhere') as f:\n  pass\n\n", "match 3:\n  case 3:\n    'three'\n\n", "a = 1; a; b = 2; b\n",
        "(lambda: 0 if 1 else 2)()\n", "def g():\n  yield 1\n  2\n\nlist(g())\n", "[x\nfor x in range(3)]\n",
        "import sys\nsys.displayhook = lambda v: print('<', v, '>')\n1\n'a'\n", "raise KeyboardInterrupt\n1\n",
        "class E(Exception):\n  def __repr__(self): raise ValueError\n\nE()\n_\n", "try:\n  1/0\nfinally:\n  'done'\n\n2\n"));

// There CPython differs: input() has a buffer of its own, and a last line without its end asks for more.
TEST(repl, input_reads_the_next_line) {
  EXPECT_EQ(gilt("repl -q", "x = input()\nhello\nx\n").output, "'hello'\n");
}
TEST(repl, a_last_line_without_its_end) { EXPECT_EQ(gilt("repl -q", "1\n2").output, "1\n2\n"); }

TEST(repl, bad_usage) {
  for (const char* arguments : {"repl --nonsense", "repl file.py", "repl --engine none"}) {
    const auto r = gilt(arguments);
    EXPECT_EQ(r.code, 2) << arguments;
    EXPECT_NE(r.errors, "") << arguments;
  }
}
TEST(repl, a_banner_goes_to_stderr) {
  const auto r = gilt("repl", "1\n");
  EXPECT_EQ(r.output, "1\n");
  EXPECT_EQ(r.errors.rfind("gilt ", 0), 0u) << r.errors;
}

TEST(repl, threads_go_on_while_it_waits) {
  // The prompt's input is the thread's own output: it ends only if the thread runs meanwhile.
  const std::string script = R"(
import threading
def work():
    while not done: pass
    print('worked', flush=True)

done = False
t = threading.Thread(target=work); t.start()
)";
  terminal t({GILT_PROGRAM, "repl", "-q", "--history", ""}, {"TERM=xterm"});
  t.type(script.substr(1) + "\n");
  t.type("print('re' + 'ady')\n");
  ASSERT_TRUE(t.expect("\nready")) << t.seen();
  t.type("threading.Timer(0, lambda: globals().update(done=True)).start()\n");
  EXPECT_TRUE(t.expect("worked\r\n")) << t.seen();
  t.type("exit(3)\n");
  EXPECT_EQ(t.end(), 3);
}

class repl_terminal : public ::testing::Test {
 protected:
  repl_terminal() : t({GILT_PROGRAM, "repl", "-q"}, {"TERM=xterm", "GILT_HISTORY=" + std::string(f.path / "history"), "HOME=" + std::string(f.path)}) {
    EXPECT_TRUE(t.expect(">>> "));
  }
  // Before the prompt the terminal itself would take a Ctrl-C, a Ctrl-D, a tab.
  bool ready() { return t.expect(">>> "); }
  bool interrupted() { return t.expect("\nKeyboardInterrupt\r\n>>> "); }
  void leave() {
    EXPECT_TRUE(ready()) << t.seen();
    t.type("\x04");
    EXPECT_EQ(t.end(), 0);
  }
  program::folder f;
  terminal t;
};

TEST_F(repl_terminal, edits_a_line) {
  t.type("prent('a' + 'b')\x01\x1b[C\x1b[C\x1b[3~i\n");                // Ctrl-A, right twice, delete
  EXPECT_TRUE(t.expect("\nab")) << t.seen();
  leave();
}
TEST_F(repl_terminal, recalls_lines_and_keeps_them_in_a_file) {
  t.type("'x' + 'y'\n");
  ASSERT_TRUE(t.expect("\n'xy'")) << t.seen();
  t.type("\x1b[A\n");
  ASSERT_TRUE(t.expect("\n'xy'")) << t.seen();
  leave();
  terminal later({GILT_PROGRAM, "repl", "-q"}, {"TERM=xterm", "GILT_HISTORY=" + std::string(f.path / "history")});
  ASSERT_TRUE(later.expect(">>> "));
  later.type("\x1b[A\n");
  EXPECT_TRUE(later.expect("\n'xy'")) << later.seen();
}
TEST_F(repl_terminal, completes_names_attributes_and_keywords) {
  t.type("some_long_name = 'first second'\n");
  ASSERT_TRUE(ready()) << t.seen();
  t.type("some_l\t.spl\t)\n");                                        // split( or splitlines(: split is shared
  ASSERT_TRUE(t.expect("some_long_name.split)")) << t.seen();
  ASSERT_TRUE(t.expect("SyntaxError")) << t.seen();
  ASSERT_TRUE(ready()) << t.seen();
  t.type("some_long_name.\t\t");
  EXPECT_TRUE(t.expect("capitalize(")) << t.seen();
  t.type("\x03");
  ASSERT_TRUE(interrupted()) << t.seen();
  t.type("nonl\t\n");
  EXPECT_TRUE(t.expect("ocal")) << t.seen();
  EXPECT_TRUE(t.expect("SyntaxError")) << t.seen();
  ASSERT_TRUE(ready()) << t.seen();
  t.type("no_such_thing_at_all\t\n");
  EXPECT_TRUE(t.expect("is not defined")) << t.seen();
  leave();
}
TEST_F(repl_terminal, an_attribute_that_fails_to_complete_harms_nothing) {
  t.type("class A:\n  @property\n  def p(self): raise ValueError\n\nA().p\n");
  ASSERT_TRUE(t.expect("ValueError")) << t.seen();
  t.type("a = A()\na.p.x\t\n");
  ASSERT_TRUE(t.expect("ValueError")) << t.seen();
  t.type("'st' + 'ill'\n");
  EXPECT_TRUE(t.expect("\n'still'")) << t.seen();
  leave();
}
TEST_F(repl_terminal, interrupts_the_line_the_block_and_the_program) {
  t.type("x = 'lost\x03");
  ASSERT_TRUE(interrupted()) << t.seen();
  t.type("if 1:\n  print('never')\n\x03");
  ASSERT_TRUE(interrupted()) << t.seen();
  t.type("print('go' + 'ing')\nwhile True: pass\n\n");
  ASSERT_TRUE(t.expect("\ngoing")) << t.seen();
  ASSERT_TRUE(t.expect("... ")) << t.seen();
  ASSERT_TRUE(t.expect("\n")) << t.seen();
  t.type("\x03");
  ASSERT_TRUE(t.expect("line 1, in <module>\r\nKeyboardInterrupt\r\n>>> ")) << t.seen();
  t.type("'af' + 'ter'\n");
  EXPECT_TRUE(t.expect("\n'after'")) << t.seen();
  leave();
}

}  // namespace
