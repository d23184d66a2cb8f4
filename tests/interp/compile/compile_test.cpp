// SPDX-License-Identifier: BSL-1.0
// The compiler: well-formed code for real programs, CPython's messages, and the shapes of code that
// the VM's speed depends on.
#include "interp/compile/compile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "interp/syntax/parser.hpp"

namespace {
using namespace gilt::interp;

compile_result compiled(std::string_view text) {
  const auto parsed = syntax::parse(text, "test.py", syntax::parse_mode::file);
  if (parsed.error) {
    compile_result r;
    r.error = parsed.error;
    return r;
  }
  return compile(*parsed.tree, "test.py");
}
std::string message(std::string_view text) {
  const auto r = compiled(text);
  return r.error ? std::to_string(r.error->line) + ": " + r.error->message : "none";
}
// The code of the first function defined in the text.
std::shared_ptr<code> function(std::string_view text) {
  const auto r = compiled(text);
  if (!r.program) return nullptr;
  for (const auto& k : r.program->constants) {
    if (k.what == constant::kind::code) return k.function;
  }
  return nullptr;
}
int count(const code& c, opcode wanted) {
  int n = 0;
  for (std::size_t pc = 0; pc < c.words.size(); pc += static_cast<std::size_t>(info(static_cast<opcode>(c.words[pc].op)).words))
    n += c.words[pc].op == static_cast<std::uint16_t>(wanted);
  return n;
}

TEST(compile, the_standard_library_is_well_formed) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/python3.11")) {
    if (entry.path().extension() == ".py") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  ASSERT_GT(files.size(), 100u);
  int unsupported = 0;
  for (const auto& path : files) {
    std::ifstream in(path);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto parsed = syntax::parse(text, path, syntax::parse_mode::file);
    ASSERT_FALSE(parsed.error) << path;
    const auto r = compile(*parsed.tree, path);
    if (r.error) {
      EXPECT_NE(r.error->message.find("is not supported by gilt"), std::string::npos) << path << ": " << r.error->message;
      ++unsupported;
      continue;
    }
    EXPECT_EQ(verify(*r.program), "") << path;
  }
  EXPECT_LT(unsupported, 5);
}

TEST(compile, the_verifier_sees_a_wrong_jump) {
  auto c = *function("def f(n):\n  while n > 0:\n    n -= 1\n  return n\n");
  ASSERT_EQ(verify(c), "");
  for (auto& w : c.words) {
    if (w.op == static_cast<std::uint16_t>(opcode::JUMP)) w.b = static_cast<std::uint16_t>(w.b + 1000);
  }
  EXPECT_NE(verify(c), "");
}

TEST(compile, locals_are_operands_in_place) {
  const auto f = function("def f(a, b):\n  c = a + b\n  return c\n");
  EXPECT_EQ(count(*f, opcode::MOVE), 0) << disassemble(*f);
  EXPECT_EQ(count(*f, opcode::CHECK_LOCAL), 0) << disassemble(*f);
}
TEST(compile, a_walrus_makes_operands_be_copied) {
  const auto f = function("def f(x):\n  return x + (x := 2)\n");
  EXPECT_GE(count(*f, opcode::MOVE), 1) << disassemble(*f);
}
TEST(compile, small_constants_are_immediate) {
  const auto f = function("def f(n):\n  n += 1\n  return n - 2\n");
  EXPECT_EQ(count(*f, opcode::ADDI), 2) << disassemble(*f);
}
TEST(compile, conditions_are_fused) {
  const auto f = function("def f(n):\n  if n < 2:\n    return n\n  while n > 3:\n    n -= 1\n");
  EXPECT_EQ(count(*f, opcode::JUMP_UNLESS_LT), 1) << disassemble(*f);
  EXPECT_EQ(count(*f, opcode::LOOP_GT), 1) << disassemble(*f);
}
TEST(compile, a_local_that_may_be_unbound_is_checked) {
  EXPECT_EQ(count(*function("def f(a):\n  if a:\n    x = 1\n  return x\n"), opcode::CHECK_LOCAL), 1);
  EXPECT_EQ(count(*function("def f(a):\n  if a:\n    x = 1\n  else:\n    x = 2\n  return x\n"), opcode::CHECK_LOCAL), 0);
  EXPECT_EQ(count(*function("def f(a):\n  x = 1\n  del x\n  return x\n"), opcode::CHECK_LOCAL), 1);
  EXPECT_EQ(count(*function("def f(a):\n  for x in a:\n    pass\n  return x\n"), opcode::CHECK_LOCAL), 1);
  EXPECT_EQ(count(*function("def f(a):\n  a and x\n  x = a\n  return x\n"), opcode::CHECK_LOCAL), 1);
}
TEST(compile, a_far_jump_is_not_fused) {
  std::string text = "def f(n):\n  if n < 2:\n";
  for (int i = 0; i < 20000; ++i) text += "    n = n * n\n    n = n % 7\n";
  text += "  return n\n";
  const auto r = compiled(text);
  ASSERT_TRUE(r.program);
  EXPECT_EQ(verify(*r.program), "");
}
TEST(compile, a_long_chain_needs_no_deep_stack) {
  std::string text = "x = 1";
  for (int i = 0; i < 3000; ++i) text += " + y";
  const auto r = compiled(text + "\n");
  ASSERT_TRUE(r.program);
  EXPECT_EQ(verify(*r.program), "");
}
TEST(compile, errors_are_cpythons) {
  EXPECT_EQ(message("return 1\n"), "1: 'return' outside function");
  EXPECT_EQ(message("yield 1\n"), "1: 'yield' outside function");
  EXPECT_EQ(message("break\n"), "1: 'break' outside loop");
  EXPECT_EQ(message("continue\n"), "1: 'continue' not properly in loop");
  EXPECT_EQ(message("def f(x):\n  global x\n"), "2: name 'x' is parameter and global");
  EXPECT_EQ(message("def f():\n  x = 1\n  global x\n"), "3: name 'x' is assigned to before global declaration");
  EXPECT_EQ(message("def f():\n  nonlocal x\n"), "2: no binding for nonlocal 'x' found");
  EXPECT_EQ(message("nonlocal x\n"), "1: nonlocal declaration not allowed at module level");
  EXPECT_EQ(message("def f(a, a): pass\n"), "1: duplicate argument 'a' in function definition");
  EXPECT_EQ(message("a, *b, *c = x\n"), "1: multiple starred expressions in assignment");
  EXPECT_EQ(message("try:\n  pass\nexcept:\n  pass\nexcept E:\n  pass\n"), "3: default 'except:' must be last");
  EXPECT_EQ(message("def f():\n  from x import *\n"), "2: import * only allowed at module level");
}

}  // namespace
