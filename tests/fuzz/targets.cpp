// SPDX-License-Identifier: BSL-1.0
#include "tests/fuzz/targets.hpp"

#include <algorithm>
#include <vector>

#include "interp/compile/compile.hpp"
#include "interp/compile/operands.hpp"
#include "interp/syntax/dump.hpp"
#include "interp/syntax/parser.hpp"

namespace fuzz {
namespace {

using namespace gilt::interp;
using syntax::parse_mode;
using syntax::source_kind;

// Reads numbers from the front of some bytes; zeros after their end.
class reader {
 public:
  explicit reader(std::string_view bytes) : bytes_(bytes) {}
  bool done() const { return at_ >= bytes_.size(); }
  std::uint32_t byte() { return done() ? 0 : static_cast<unsigned char>(bytes_[at_++]); }
  std::uint16_t word() {
    const std::uint32_t low = byte();
    return static_cast<std::uint16_t>(low | byte() << 8);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

constexpr const char* programs[] = {
    "x = [i for i in range(10) if i % 2]\nprint(f'{x!r:>10}', *x, sep='', **{})\n",
    "def f(a, /, b=1, *c, d, **e):\n    try:\n        while a < b:\n            a += yield c\n    except (A, B) as g:\n        raise g from None\n"
    "    finally:\n        del b\n    return lambda: (a, d)\n",
    "class C(B, metaclass=M):\n    x = 1\n    def m(self):\n        return super().m(x=self.x, *self)\n",
    "match x:\n    case [1, *r] | {'k': r}: pass\n    case {'k': 1, **s}: pass\n    case C(1, y=z) if z: import a.b as c\n",
    "async def f():\n    async with a as b:\n        async for c in d:\n            await e\nfrom m import *\n"};

// The code object and those within it.
std::vector<code*> codes_of(code& top) {
  std::vector<code*> all = {&top};
  for (std::size_t k = 0; k < all.size(); ++k) {
    for (constant& c : all[k]->constants) {
      if (c.what == constant::kind::code) all.push_back(c.function.get());
    }
  }
  return all;
}

bool inside(const code& c, std::size_t pc, const operands& what) {
  const instruction i = c.words[pc];
  const auto reg_ok = [&](operand role, std::uint16_t x) {
    return (role != operand::input && role != operand::output && role != operand::changed) || x < c.registers;
  };
  const auto name_ok = [&](operand role, std::uint16_t x) {
    return (role != operand::name || x < c.names.size()) && (role != operand::wide_name || i.wide() < c.names.size());
  };
  const register_range r = range_of(i);
  return reg_ok(what.a, i.a) && reg_ok(what.b, i.b) && reg_ok(what.c, i.c) && name_ok(what.a, i.a) && name_ok(what.b, i.b) &&
         name_ok(what.c, i.c) && (r.count == 0 || std::uint64_t{r.first} + r.count <= c.registers);
}

}  // namespace

std::string parse(std::string_view bytes) {
  for (const parse_mode mode : {parse_mode::file, parse_mode::single, parse_mode::expression}) {
    for (const source_kind kind : {source_kind::bytes, source_kind::text}) {
      const auto r = syntax::parse(bytes, "fuzz.py", mode, kind);
      if ((r.tree == nullptr) != r.error.has_value()) return "neither tree nor error, or both";
      if (r.tree != nullptr && syntax::dump(*r.tree).empty()) return "an empty dump";
      if (!r.error) continue;
      if (r.error->message.empty()) return "an error without a message";
      const auto lines = std::count(bytes.begin(), bytes.end(), '\n') + std::count(bytes.begin(), bytes.end(), '\r') + std::count(bytes.begin(), bytes.end(), '\f');
      if (r.error->line < 0 || r.error->line > lines + 2) return "an error outside the text: line " + std::to_string(r.error->line);
      if (r.error->column < 0) return "a column below zero";
    }
  }
  return {};
}

std::string compile(std::string_view bytes) {
  for (const bool mapped : {false, true}) {
    const auto parsed = syntax::parse(bytes, "fuzz.py", parse_mode::file);
    if (parsed.error) return {};
    const auto r = gilt::interp::compile(*parsed.tree, "fuzz.py", mapped);
    if ((r.program == nullptr) != r.error.has_value()) return "neither code nor error, or both";
    if (r.error) {
      if (r.error->message.empty()) return "an error without a message";
      continue;
    }
    if (const std::string fault = verify(*r.program); !fault.empty()) return fault;
    if (disassemble(*r.program).empty()) return "an empty listing";
  }
  return {};
}

std::string malformed(std::string_view bytes) {
  reader in(bytes);
  const auto parsed = syntax::parse(programs[in.byte() % std::size(programs)], "fuzz.py", parse_mode::file);
  if (parsed.error) return "a program of the list does not parse";
  const auto made = gilt::interp::compile(*parsed.tree, "fuzz.py");
  if (made.error) return "a program of the list does not compile";
  const std::vector<code*> all = codes_of(*made.program);
  for (int changes = 0; !in.done() && changes < 64; ++changes) {
    code& c = *all[in.byte() % all.size()];
    const std::uint16_t where = in.word(), what = in.word();
    instruction* w = c.words.empty() ? nullptr : &c.words[where % c.words.size()];
    handler* h = c.handlers.empty() ? nullptr : &c.handlers[where % c.handlers.size()];
    constant* k = c.constants.empty() ? nullptr : &c.constants[where % c.constants.size()];
    switch (in.byte() % 12) {
      case 0: if (w) w->op = static_cast<std::uint16_t>(what % (static_cast<unsigned>(opcode::count_) + 2)); break;
      case 1: if (w) w->a = what; break;
      case 2: if (w) w->b = what; break;
      case 3: if (w) w->c = what; break;
      case 4: if (w) c.words.resize(where % c.words.size()); break;
      case 5: c.registers = what; break;
      case 6: c.names.resize(what % (c.names.size() + 1)); break;
      case 7: if (h) h->target = what; break;
      case 8: if (h) h->begin = what; break;
      case 9: if (h) h->reg = what; break;
      case 10: if (k) k->what = static_cast<constant::kind>(what % 13); break;
      default: c.positional = what; break;
    }
  }
  (void)disassemble(*made.program);
  if (!verify(*made.program).empty()) return {};
  // Accepted: then nothing leads outside.
  for (const code* c : codes_of(*made.program)) {
    for (std::size_t pc = 0; pc < c->words.size(); pc += static_cast<std::size_t>(info(static_cast<opcode>(c->words[pc].op)).words)) {
      const auto o = static_cast<opcode>(c->words[pc].op);
      if (!inside(*c, pc, operands_of(o))) return std::string("accepted, though ") + info(o).name + " leads outside";
      if (is_jump(o) && (target_of(*c, pc) < 0 || target_of(*c, pc) >= static_cast<long>(c->words.size()))) return "accepted, though it jumps away";
    }
    if (c->parameters() > c->locals.size()) return "accepted with too many parameters";
  }
  return {};
}

}  // namespace fuzz
