// SPDX-License-Identifier: BSL-1.0
// gilt dis: the listing's form, and what it says about bad input.
#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace {

using program::gilt;

TEST(dis, a_listing) {
  const auto r = gilt("dis -", "def f(a):\n    try:\n        return a.b + 1\n    except E:\n        pass\n");
  EXPECT_EQ(r.code, 0) << r.errors;
  EXPECT_EQ(r.errors, "");
  EXPECT_EQ(r.output, R"(code <module>, line 1: 0 positional, 5 registers
     1        0  LOAD_EMPTY          r1
              1  LOAD_EMPTY          r2
              2  LOAD_EMPTY          r3
              3  LOAD_EMPTY          r4
              4  MAKE_FUNCTION       r0, <code f>, r1
              5  STORE_GLOBAL        r0, .f
              7  RETURN_NONE

code f, line 1: 1 positional, 6 registers
     3        0  LOAD_ATTR           r5, r0=a, .b
              2  ADDI                r4, r5, 1
              3  RETURN              r4
              4  JUMP                to 16
       >>     5  PUSH_HANDLED        r1
     4        6  LOAD_GLOBAL         r4, .E
              8  MATCH_EXCEPTION     r5, r1, r4
              9  JUMP_IF_FALSE       r5, to 12
     5       10  POP_HANDLED         r1
             11  JUMP                to 16
       >>    12  POP_HANDLED         r1
             13  RERAISE             r1
       >>    14  POP_HANDLED         r1
             15  RERAISE             r3
       >>    16  RETURN_NONE
  exceptions, innermost first:
    0 to 3 -> 5 in r1
    6 to 10 -> 14 in r3
)");
}
TEST(dis, shows_constants_as_python_writes_them) {
  const auto r = gilt("dis -c 'x = (\"a\\n\", b\"\\0\", 2.5, 3j, None, 10**30, frozenset)'");
  EXPECT_EQ(r.code, 0);
  for (const char* shown : {R"('a\n')", R"(b'\x00')", "2.5", "3j", "None"}) EXPECT_NE(r.output.find(shown), std::string::npos) << shown << r.output;
}
TEST(dis, every_code_object_is_shown) {
  const auto r = gilt("dis -c 'class A:\n  def f(self): return [lambda: x for x in y]'");
  for (const char* name : {"code <module>", "code A,", "code A.f,", "code A.f.<locals>.<listcomp>", "<lambda>"})
    EXPECT_NE(r.output.find(name), std::string::npos) << name << r.output;
}
TEST(dis, bad_input_has_a_message) {
  const program::folder f;
  const auto expect = [](const std::string& arguments, int code, const std::string& message) {
    const auto r = gilt(arguments);
    EXPECT_EQ(r.code, code) << arguments;
    EXPECT_EQ(r.output, "") << arguments;
    EXPECT_NE(r.errors.find(message), std::string::npos) << arguments << ": " << r.errors;
  };
  expect("dis", 2, "no script given");
  expect("dis -c 1 x.py", 2, "both a file and -c");
  expect("dis --nonsense x.py", 2, "--nonsense");
  expect("dis /no/such/file.py", 2, "No such file or directory");
  expect("dis " + std::string(f.path), 2, "is a directory");
  expect("dis " + f.write("wrong.py", "x = 1 +\n"), 1, "wrong.py\", line 1\n    x = 1 +\n           ^\nSyntaxError: invalid syntax");
  expect("dis " + f.write("binary.py", std::string("\x7f" "ELF\0\1\2", 7)), 1, "SyntaxError: source code cannot contain null bytes");
  expect("dis " + f.write("compiler.py", "def f():\n  x = 1\n  global x\n"), 1, "SyntaxError: name 'x' is assigned to before global declaration");
  const auto empty = gilt("dis " + f.write("empty.py", ""));
  EXPECT_EQ(empty.code, 0);
  EXPECT_NE(empty.output.find("RETURN_NONE"), std::string::npos);
}

}  // namespace
