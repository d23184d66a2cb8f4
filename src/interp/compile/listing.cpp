// SPDX-License-Identifier: BSL-1.0
// disassemble(): bytecode as text. One line an instruction: source line where it changes, `>>` where a
// jump or a handler lands, offset in words, name, operands with what they stand for. The form is
// stable: tests and people's notes compare it.
#include <cstdio>
#include <map>
#include <set>

#include "interp/compile/compile.hpp"
#include "interp/compile/operands.hpp"
#include "interp/syntax/repr.hpp"

namespace gilt::interp {
namespace {

constexpr std::size_t longest_constant = 60;

std::string text_of(const constant& k) {
  switch (k.what) {
    case constant::kind::none: return "None";
    case constant::kind::true_: return "True";
    case constant::kind::false_: return "False";
    case constant::kind::ellipsis: return "...";
    case constant::kind::integer: return std::to_string(k.integer);
    case constant::kind::floating: return syntax::repr_float(k.real);
    case constant::kind::complex: {
      const std::string imaginary = syntax::repr_float(k.imaginary);
      return (imaginary.ends_with(".0") ? imaginary.substr(0, imaginary.size() - 2) : imaginary) + "j";
    }
    case constant::kind::big_integer: return k.text;
    case constant::kind::string: return syntax::repr_text(k.text);
    case constant::kind::bytes: return syntax::repr_bytes(k.text);
    case constant::kind::code: return k.function ? "<code " + k.function->qualname + ">" : "<no code>";
    case constant::kind::tuple:
    case constant::kind::frozenset: {
      std::string s;
      for (const constant& item : k.items) s += (s.empty() ? "" : ", ") + text_of(item);
      if (k.what == constant::kind::frozenset) return "frozenset({" + s + "})";
      return "(" + s + (k.items.size() == 1 ? ",)" : ")");
    }
  }
  return "?";
}

// At most longest_constant characters of it.
std::string shortened(const std::string& text) {
  std::size_t bytes = 0;
  for (std::size_t n = 0; bytes < text.size(); ++bytes) {
    if ((static_cast<unsigned char>(text[bytes]) & 0xC0U) != 0x80U && n++ == longest_constant) return text.substr(0, bytes) + "...";
  }
  return text;
}

class listing {
 public:
  explicit listing(const code& c) : c_(c) {
    for (std::size_t pc = 0; pc < c.words.size(); pc += words_at(pc)) {
      if (known(pc) && whole(pc) && is_jump(op(pc))) landings_.insert(target_of(c, pc));
    }
    for (const handler& h : c.handlers) landings_.insert(h.target);
    for (const position& p : c.positions) lines_[p.pc] = p.line;
  }

  std::string text() const {
    std::string out = "code " + c_.qualname + ", line " + std::to_string(c_.first_line) + ": " + parameters() + ", " +
                      std::to_string(c_.registers) + " registers" + (c_.generator ? ", generator" : "") +
                      (c_.coroutine ? ", coroutine" : "") + (c_.class_body ? ", class body" : "") + "\n";
    if (!c_.free_names.empty()) out += "  free:" + joined(c_.free_names) + "\n";
    if (!c_.cells.empty()) out += "  cells:" + joined(c_.cells) + "\n";
    std::int32_t line = -1;
    for (std::size_t pc = 0; pc < c_.words.size(); pc += words_at(pc)) {
      const auto at = lines_.upper_bound(static_cast<std::uint32_t>(pc));
      const std::int32_t here = at == lines_.begin() ? c_.first_line : std::prev(at)->second;
      char head[64];
      std::snprintf(head, sizeof head, "%6s %s %5zu  ", here != line ? std::to_string(here).c_str() : "",
                    landings_.contains(static_cast<long>(pc)) ? ">>" : "  ", pc);
      line = here;
      out += head + instruction_at(pc) + "\n";
    }
    if (!c_.handlers.empty()) out += "  exceptions, innermost first:\n";
    for (const handler& h : c_.handlers) {
      out += "    " + std::to_string(h.begin) + " to " + std::to_string(h.end) + " -> " + std::to_string(h.target) + " in " +
             reg(h.reg) + "\n";
    }
    return out;
  }

 private:
  bool known(std::size_t pc) const { return c_.words[pc].op < static_cast<std::uint16_t>(opcode::count_); }
  opcode op(std::size_t pc) const { return static_cast<opcode>(c_.words[pc].op); }
  std::size_t words_at(std::size_t pc) const { return known(pc) ? static_cast<std::size_t>(info(op(pc)).words) : 1; }
  bool whole(std::size_t pc) const { return pc + words_at(pc) <= c_.words.size(); }

  static std::string joined(const std::vector<std::string>& names) {
    std::string s;
    for (const auto& n : names) s += " " + n;
    return s;
  }
  std::string parameters() const {
    std::string s = std::to_string(c_.positional) + " positional";
    if (c_.positional_only > 0) s += " (" + std::to_string(c_.positional_only) + " by position only)";
    if (c_.keyword_only > 0) s += ", " + std::to_string(c_.keyword_only) + " keyword-only";
    if (c_.var_positional) s += ", *args";
    if (c_.var_keyword) s += ", **kwargs";
    return s;
  }
  std::string reg(std::uint32_t r) const {
    const std::string number = "r" + std::to_string(r);
    return r < c_.locals.size() ? number + "=" + c_.locals[r] : number;
  }
  std::string constant_text(std::uint32_t k) const {
    return k < c_.constants.size() ? shortened(text_of(c_.constants[k])) : "no constant " + std::to_string(k);
  }
  std::string name_text(std::uint32_t n) const { return n < c_.names.size() ? "." + c_.names[n] : "no name " + std::to_string(n); }

  std::string field(operand what, std::uint16_t x, std::size_t pc) const {
    const instruction i = c_.words[pc];
    switch (what) {
      case operand::unused: return {};
      case operand::input:
      case operand::output:
      case operand::changed:
      case operand::first: return reg(x);
      case operand::name: return name_text(x);
      case operand::wide_name: return name_text(i.wide());
      case operand::constant:
      case operand::function:
      case operand::names: return constant_text(x);
      case operand::wide_constant: return constant_text(i.wide());
      case operand::number: return std::to_string(static_cast<std::int16_t>(x));
      case operand::count: return "count " + std::to_string(x);
      case operand::counts: return "before " + std::to_string(x & 0xFF) + ", after " + std::to_string(x >> 8);
      case operand::conversion: return x == 's' ? "str" : x == 'r' ? "repr" : x == 'a' ? "ascii" : "conversion " + std::to_string(x);
      case operand::target:
      case operand::wide_target: return "to " + std::to_string(target_of(c_, pc));
    }
    return {};
  }
  std::string instruction_at(std::size_t pc) const {
    if (!known(pc)) return "unknown instruction " + std::to_string(c_.words[pc].op);
    const opcode o = op(pc);
    std::string out = info(o).name;
    if (!whole(pc)) return out + " (cut off)";
    const operands what = operands_of(o);
    const instruction i = c_.words[pc];
    std::string separator(out.size() < 20 ? 20 - out.size() : 1, ' ');
    const auto add = [&](const std::string& text) {
      if (text.empty()) return;
      out += separator + text;
      separator = ", ";
    };
    add(field(what.a, i.a, pc));
    add(field(what.b, i.b, pc));
    add(field(what.c, i.c, pc));
    if (o == opcode::LOAD_CLASSDEREF) add("cell " + reg(c_.words[pc + 1].op));
    return out;
  }

  const code& c_;
  std::set<long> landings_;
  std::map<std::uint32_t, std::int32_t> lines_;
};

void append(const code& c, std::string& out) {
  out += listing(c).text();
  for (const constant& k : c.constants) {
    if (k.what != constant::kind::code || !k.function) continue;
    out += "\n";
    append(*k.function, out);
  }
}

}  // namespace

std::string disassemble(const code& c) {
  std::string out;
  append(c, out);
  return out;
}

}  // namespace gilt::interp
