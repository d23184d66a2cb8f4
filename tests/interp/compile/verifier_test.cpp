// SPDX-License-Identifier: BSL-1.0
// The verifier: whatever the compiler makes is right; each operand of each instruction, put out of
// range, is wrong.
#include <gtest/gtest.h>

#include <limits>

#include "interp/compile/compile.hpp"
#include "interp/compile/operands.hpp"
#include "interp/syntax/parser.hpp"

namespace gilt::interp {
namespace {

constexpr const char* program = R"(
import a.b as c
from d import e
class C(c, metaclass=e):
    x: int = 1
    def m(self, /, p, *q, k=2, **r):
        nonlocal_like = [lambda: p + y for y in q if y is not None]
        for i in range(10):
            while i < p and not k:
                i += 1
            else:
                del i
        first, *rest = q
        f"{p!r:>{k}}{r}"
        return self.m(1, *rest, z=3, **r) or {**r, 'a': {1, 2}} or p[1:2:3]
    def g(self):
        x = yield self
        yield from x
        try:
            with x as y, self.f(k=1):
                print(x, y, sep='')
        except (ValueError, TypeError) as error:
            raise KeyError from error
        finally:
            assert x, 'text'
        match x:
            case [1, *_] | {'k': _}: pass
            case {'k': _, **rest}: pass
            case C(1, y=2): x.z = 3; x[1] = 2; del x.z, x[1]
async def h(z):
    async for i in z: await i
def outer():
    v = 1
    class D:
        w = v
    def inner():
        nonlocal v
        v = 2
        del v
    return inner
)";

std::shared_ptr<code> compiled(const char* text) {
  const auto parsed = syntax::parse(text, "x.py", syntax::parse_mode::file);
  EXPECT_FALSE(parsed.error) << parsed.error->message;
  auto r = compile(*parsed.tree, "x.py");
  EXPECT_FALSE(r.error);
  return r.program;
}

template <class F>
void each_code(code& c, F&& f) {
  f(c);
  for (constant& k : c.constants) {
    if (k.what == constant::kind::code) each_code(*k.function, f);
  }
}

bool is_index(operand what) {
  switch (what) {
    case operand::unused:
    case operand::first:
    case operand::number:
    case operand::count:
    case operand::counts: return false;
    default: return true;
  }
}

TEST(verifier, every_operand_out_of_range_is_refused) {
  const auto top = compiled(program);
  ASSERT_EQ(verify(*top), "");
  int refused = 0;
  each_code(*top, [&](code& c) {
    for (std::size_t pc = 0; pc < c.words.size(); pc += static_cast<std::size_t>(info(static_cast<opcode>(c.words[pc].op)).words)) {
      const instruction before = c.words[pc];
      const operands what = operands_of(static_cast<opcode>(before.op));
      const auto spoil = [&](operand role, std::uint16_t instruction::*field, std::uint16_t to) {
        if (!is_index(role)) return;
        if (role == operand::wide_target && info(static_cast<opcode>(before.op)).form == op_form::LOOP) return;   // in the next word
        c.words[pc].*field = to;
        EXPECT_NE(verify(*top), "") << disassemble(c) << "at " << pc;
        c.words[pc] = before;
        ++refused;
      };
      spoil(what.a, &instruction::a, 0xFFFF);
      spoil(what.b, &instruction::b, 0xFFFF);
      spoil(what.c, &instruction::c, 0x7FFF);
    }
    EXPECT_EQ(verify(*top), "");
  });
  EXPECT_GT(refused, 300);
}
TEST(verifier, register_ranges_are_within_the_frame) {
  const auto top = compiled(program);
  each_code(*top, [&](code& c) {
    for (std::size_t pc = 0; pc < c.words.size(); pc += static_cast<std::size_t>(info(static_cast<opcode>(c.words[pc].op)).words)) {
      const register_range r = range_of(c.words[pc]);
      EXPECT_LE(r.first + r.count, c.registers);
      if (r.count == 0) continue;
      const std::uint32_t registers = c.registers;
      c.registers = r.first + r.count - 1;
      EXPECT_NE(verify(*top), "") << info(static_cast<opcode>(c.words[pc].op)).name;
      c.registers = registers;
    }
  });
}
TEST(verifier, tables_and_ends) {
  const auto refuses = [](auto spoil) {
    const auto top = compiled("def f(a):\n  try:\n    return g(a, b=1)\n  except E:\n    return 2\n");
    code& f = *[&] {
      for (constant& k : top->constants) {
        if (k.what == constant::kind::code) return k.function;
      }
      return top;
    }();
    EXPECT_EQ(verify(*top), "");
    spoil(f);
    return !verify(*top).empty();
  };
  EXPECT_TRUE(refuses([](code& f) { f.words.pop_back(); }));
  EXPECT_TRUE(refuses([](code& f) { f.words.clear(); }));
  EXPECT_TRUE(refuses([](code& f) { f.words.back().op = static_cast<std::uint16_t>(opcode::NOP); }));
  EXPECT_TRUE(refuses([](code& f) { f.words.front().op = static_cast<std::uint16_t>(opcode::count_); }));
  EXPECT_TRUE(refuses([](code& f) { f.handlers.at(0).end = f.handlers.at(0).begin; }));
  EXPECT_TRUE(refuses([](code& f) { f.handlers.at(0).end = static_cast<std::uint32_t>(f.words.size() + 1); }));
  EXPECT_TRUE(refuses([](code& f) { f.handlers.at(0).target = static_cast<std::uint32_t>(f.words.size()); }));
  EXPECT_TRUE(refuses([](code& f) { f.handlers.at(0).reg = static_cast<std::uint16_t>(f.registers); }));
  EXPECT_TRUE(refuses([](code& f) { f.positions.at(1).pc = f.positions.at(0).pc; }));
  EXPECT_TRUE(refuses([](code& f) { f.positional = 2; f.keyword_only = 70000; }));
  EXPECT_TRUE(refuses([](code& f) { f.registers = 70000; }));
  EXPECT_TRUE(refuses([](code& f) { f.positional_only = 2; }));
  EXPECT_TRUE(refuses([](code& f) { for (constant& k : f.constants) if (k.what == constant::kind::tuple) k.items[0].what = constant::kind::none; }));
}
TEST(verifier, a_malformed_code_can_still_be_listed) {
  const auto top = compiled(program);
  each_code(*top, [&](code& c) {
    for (instruction& w : c.words) w = {static_cast<std::uint16_t>(w.op + 7), 0xFFFF, 0x8000, 0x8000};
  });
  EXPECT_NE(verify(*top), "");
  EXPECT_NE(disassemble(*top), "");
}

}  // namespace
}  // namespace gilt::interp
