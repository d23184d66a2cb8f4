// SPDX-License-Identifier: BSL-1.0
#include "interp/compile/compile.hpp"

#include <set>

#include "interp/compile/function_compiler.hpp"

namespace gilt::interp {
namespace {

constexpr op_info table[] = {
#define GILT_OP(name, words, form) {#name, words, op_form::form},
#include "interp/compile/opcodes.def"
#undef GILT_OP
};

std::string text_of(const constant& k) {
  switch (k.what) {
    case constant::kind::none: return "None";
    case constant::kind::true_: return "True";
    case constant::kind::false_: return "False";
    case constant::kind::ellipsis: return "...";
    case constant::kind::integer: return std::to_string(k.integer);
    case constant::kind::floating: return std::to_string(k.real);
    case constant::kind::complex: return std::to_string(k.imaginary) + "j";
    case constant::kind::big_integer: return k.text;
    case constant::kind::string: return "'" + k.text + "'";
    case constant::kind::bytes: return "b'" + k.text + "'";
    case constant::kind::code: return "<code " + k.function->qualname + ">";
    case constant::kind::tuple:
    case constant::kind::frozenset: {
      std::string s = "(";
      for (const auto& item : k.items) s += text_of(item) + ", ";
      return s + ")";
    }
  }
  return "?";
}

bool is_jump(opcode o) { return info(o).form == op_form::JUMP || (o >= opcode::JUMP_UNLESS_LT && o <= opcode::JUMP_UNLESS_NE); }
long target_of(const code& c, std::size_t pc) {
  const instruction i = c.words[pc];
  const auto o = static_cast<opcode>(i.op);
  const long after = static_cast<long>(pc) + info(o).words;
  if (info(o).form == op_form::LOOP) {
    loop_word w;
    __builtin_memcpy(&w, &c.words[pc + 1], sizeof w);
    return after + w.offset;
  }
  if (info(o).form == op_form::JUMP) return after + i.jump();
  return after + static_cast<std::int16_t>(i.c);
}

}  // namespace

const op_info& info(opcode op) { return table[static_cast<std::size_t>(op)]; }

compile_result compile(const syntax::module_or_expr& root, std::string filename, bool names_in_mapping) {
  for (const bool fused : {true, false}) {
    try {
      const scopes names(root, names_in_mapping);
      function_compiler::unit unit{names, filename, root.source, fused, false};
      compile_result result;
      result.program = function_compiler(unit, names.of(&root), "<module>", "").module(root);
      return result;
    } catch (const jump_too_far&) {
      continue;                                  // again, without fused jumps
    } catch (const syntax::syntax_error& e) {
      compile_result result;
      result.error = e;
      if (result.error->line_text.empty() && e.line > 0) {
        const std::string_view line = syntax::line_of(root.source, e.line);
        result.error->line_text = std::string(line);
      }
      return result;
    }
  }
  return {};
}

std::string disassemble(const code& c) {
  std::string out = c.qualname + ": " + std::to_string(c.registers) + " registers\n";
  for (std::size_t pc = 0; pc < c.words.size();) {
    const instruction i = c.words[pc];
    const auto o = static_cast<opcode>(i.op);
    out += std::to_string(pc) + "\t" + info(o).name + " " + std::to_string(i.a) + " " + std::to_string(i.b) + " " + std::to_string(i.c);
    if (is_jump(o) || info(o).form == op_form::LOOP) out += "\t-> " + std::to_string(target_of(c, pc));
    if (o == opcode::LOADK) out += "\t" + text_of(c.constants[i.wide()]);
    out += "\n";
    pc += static_cast<std::size_t>(info(o).words);
  }
  for (const handler& h : c.handlers)
    out += "handler " + std::to_string(h.begin) + ".." + std::to_string(h.end) + " -> " + std::to_string(h.target) + " in " + std::to_string(h.reg) + "\n";
  for (const auto& k : c.constants) {
    if (k.what == constant::kind::code) out += "\n" + disassemble(*k.function);
  }
  return out;
}

std::string verify(const code& c) {
  std::set<long> starts;
  for (std::size_t pc = 0; pc < c.words.size();) {
    if (c.words[pc].op >= static_cast<std::uint16_t>(opcode::count_)) return c.qualname + ": no such instruction at " + std::to_string(pc);
    starts.insert(static_cast<long>(pc));
    pc += static_cast<std::size_t>(info(static_cast<opcode>(c.words[pc].op)).words);
    if (pc > c.words.size()) return c.qualname + ": the last instruction is cut off";
  }
  const auto wrong = [&](std::size_t pc, const char* what) {
    return c.qualname + ": " + what + " at " + std::to_string(pc) + " (" + info(static_cast<opcode>(c.words[pc].op)).name + ")";
  };
  for (const long start : starts) {
    const auto pc = static_cast<std::size_t>(start);
    const instruction i = c.words[pc];
    const auto o = static_cast<opcode>(i.op);
    if ((is_jump(o) || info(o).form == op_form::LOOP) && !starts.contains(target_of(c, pc))) return wrong(pc, "jump into nowhere");
    if (o != opcode::JUMP && o != opcode::LOOP && i.a >= c.registers && c.registers > 0 && o != opcode::DELETE_GLOBAL && o != opcode::DELETE_NAME && o != opcode::NOP && o != opcode::RETURN_NONE && o != opcode::RERAISE_CURRENT)
      return wrong(pc, "register out of range");
    if (o == opcode::LOADK && i.wide() >= c.constants.size()) return wrong(pc, "constant out of range");
    if ((o == opcode::LOAD_GLOBAL || o == opcode::STORE_GLOBAL || o == opcode::DELETE_GLOBAL || o == opcode::LOAD_BUILTIN || o == opcode::CHECK_LOCAL) && i.wide() >= c.names.size())
      return wrong(pc, "name out of range");
    if ((o == opcode::LOAD_ATTR || o == opcode::STORE_ATTR || o == opcode::LOAD_METHOD) && i.c >= c.names.size()) return wrong(pc, "name out of range");
    if (o == opcode::MAKE_FUNCTION && (i.b >= c.constants.size() || c.constants[i.b].what != constant::kind::code)) return wrong(pc, "no function");
  }
  for (const handler& h : c.handlers) {
    if (!starts.contains(h.target) || h.begin >= h.end || h.end > c.words.size() || h.reg >= c.registers) return c.qualname + ": bad handler";
  }
  for (const auto& k : c.constants) {
    if (k.what != constant::kind::code) continue;
    if (std::string inner = verify(*k.function); !inner.empty()) return inner;
  }
  return {};
}

}  // namespace gilt::interp
