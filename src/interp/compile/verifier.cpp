// SPDX-License-Identifier: BSL-1.0
// verify(): what the VM takes for granted about a code object and would not notice to be wrong.
//
//   1  every instruction is known and whole; every jump and handler lands on an instruction
//   2  registers, names and constants that the operands name exist, and are of the kind they must be
//   3  no way leads past the last word
//   4  tables are in order: positions ascending, handlers' ranges within the code
//   5  the signature fits: parameters are locals, locals are registers, yield stands in generators
//
// Not shown: that a register holds the kind of object an instruction expects (a cell, a loop's state).
#include <algorithm>
#include <vector>

#include "interp/compile/compile.hpp"
#include "interp/compile/operands.hpp"

namespace gilt::interp {
namespace {

class verifier {
 public:
  explicit verifier(const code& c) : c_(c), starts_(c.words.size(), false) {}

  // Empty: nothing is wrong.
  std::string first_fault() {
    if (!signature() || !instructions_whole()) return fault_;
    for (std::size_t pc = 0; pc < c_.words.size(); ++pc) {
      if (starts_[pc] && !instruction_right(pc)) return fault_;
    }
    tables();
    return fault_;
  }

 private:
  bool wrong(const std::string& what) {
    fault_ = c_.qualname + ": " + what;
    return false;
  }
  bool wrong(std::size_t pc, const char* what) {
    return wrong(std::string(what) + " at " + std::to_string(pc) + " (" + info(op(pc)).name + ")");
  }
  opcode op(std::size_t pc) const { return static_cast<opcode>(c_.words[pc].op); }
  bool starts_at(long pc) const { return pc >= 0 && pc < static_cast<long>(starts_.size()) && starts_[static_cast<std::size_t>(pc)]; }

  bool signature() {
    if (c_.registers > 65535) return wrong("more than 65535 registers");
    if (c_.positional_only > c_.positional) return wrong("more parameters by position only than positional ones");
    const std::uint64_t parameters = std::uint64_t{c_.positional} + c_.keyword_only + c_.var_positional + c_.var_keyword;
    if (parameters > c_.locals.size()) return wrong("a parameter is no local");
    if (c_.locals.size() > c_.registers) return wrong("a local has no register");
    if (c_.class_body && c_.registers == 0) return wrong("a class body without a register for its namespace");
    return true;
  }

  bool instructions_whole() {
    if (c_.words.empty()) return wrong("no instructions");
    for (std::size_t pc = 0; pc < c_.words.size();) {
      if (c_.words[pc].op >= static_cast<std::uint16_t>(opcode::count_)) return wrong("no such instruction at " + std::to_string(pc));
      starts_[pc] = true;
      last_ = pc;
      pc += static_cast<std::size_t>(info(op(pc)).words);
      if (pc > c_.words.size()) return wrong("the last instruction is cut off");
    }
    return falls_through(op(last_)) ? wrong(last_, "the last instruction runs on past the end") : true;
  }

  bool field(std::size_t pc, operand what, std::uint16_t x) {
    const instruction i = c_.words[pc];
    switch (what) {
      case operand::input:
      case operand::output:
      case operand::changed: return x < c_.registers || wrong(pc, "register out of range");
      case operand::name: return x < c_.names.size() || wrong(pc, "name out of range");
      case operand::wide_name: return i.wide() < c_.names.size() || wrong(pc, "name out of range");
      case operand::constant: return x < c_.constants.size() || wrong(pc, "constant out of range");
      case operand::wide_constant:
        if (i.wide() >= c_.constants.size()) return wrong(pc, "constant out of range");
        return c_.constants[i.wide()].what != constant::kind::code || wrong(pc, "a code is no value");
      case operand::function:
        return (x < c_.constants.size() && c_.constants[x].what == constant::kind::code && c_.constants[x].function) || wrong(pc, "no function");
      case operand::names: {
        if (x >= c_.constants.size() || c_.constants[x].what != constant::kind::tuple) return wrong(pc, "no keyword names");
        const auto& items = c_.constants[x].items;
        if (items.size() > i.b) return wrong(pc, "more keyword names than arguments");
        return std::all_of(items.begin(), items.end(), [](const constant& k) { return k.what == constant::kind::string; }) ||
               wrong(pc, "a keyword's name is no string");
      }
      case operand::conversion: return x == 's' || x == 'r' || x == 'a' || wrong(pc, "no such conversion");
      case operand::target:
      case operand::wide_target: return starts_at(target_of(c_, pc)) || wrong(pc, "jump into nowhere");
      case operand::unused:
      case operand::first:
      case operand::number:
      case operand::count:
      case operand::counts: return true;
    }
    return true;
  }

  bool instruction_right(std::size_t pc) {
    const opcode o = op(pc);
    const instruction i = c_.words[pc];
    const operands what = operands_of(o);
    if (!field(pc, what.a, i.a) || !field(pc, what.b, i.b) || !field(pc, what.c, i.c)) return false;
    const register_range range = range_of(i);
    if (range.count > 0 && std::uint64_t{range.first} + range.count > c_.registers) return wrong(pc, "registers out of range");
    switch (o) {
      case opcode::COPY_FREE: return i.b == c_.free_names.size() || wrong(pc, "not as many cells as the closure has");
      case opcode::LOAD_CLASSDEREF: return c_.words[pc + 1].op < c_.registers || wrong(pc, "register out of range");
      case opcode::YIELD:
      case opcode::YIELD_FROM: return c_.generator || c_.coroutine || wrong(pc, "outside a generator");
      default: break;
    }
    if (info(o).form != op_form::LOOP) return !is_jump(o) || target_of(c_, pc) > static_cast<long>(pc) || wrong(pc, "a jump back that is no loop");
    return target_of(c_, pc) <= static_cast<long>(pc) || wrong(pc, "a loop that leads forward");
  }

  bool tables() {
    for (const handler& h : c_.handlers) {
      if (!starts_at(h.target) || !starts_at(h.begin) || h.begin >= h.end || h.end > c_.words.size() || h.reg >= c_.registers)
        return wrong("bad handler");
    }
    for (std::size_t k = 0; k < c_.positions.size(); ++k) {
      if (c_.positions[k].pc > c_.words.size() || (k > 0 && c_.positions[k].pc <= c_.positions[k - 1].pc)) return wrong("positions out of order");
    }
    return true;
  }

  const code& c_;
  std::vector<bool> starts_;
  std::size_t last_ = 0;
  std::string fault_;
};

}  // namespace

std::string verify(const code& c) {
  if (std::string fault = verifier(c).first_fault(); !fault.empty()) return fault;
  for (const constant& k : c.constants) {
    if (k.what != constant::kind::code) continue;
    if (!k.function) return c.qualname + ": a code constant without code";
    if (std::string inner = verify(*k.function); !inner.empty()) return inner;
  }
  return {};
}

}  // namespace gilt::interp
