// SPDX-License-Identifier: BSL-1.0
#pragma once
// emitter: one function's code while it grows: words, constants, names, labels, registers.
#include <map>
#include <string>
#include <vector>

#include "interp/compile/code.hpp"
#include "interp/syntax/ast.hpp"

namespace gilt::interp {

// Thrown inside the compiler when a fused jump does not reach: the function is compiled again
// without them.
struct jump_too_far {};

class emitter {
 public:
  using reg = int;
  struct label {
    long at = -1;
    std::vector<std::size_t> waiting;      // words that jump here
  };

  explicit emitter(code& c) : code_(c) {}

  // -- registers: locals first, temporaries as a stack above --
  void set_locals(int n) { locals_ = top_ = highest_ = n; }
  bool is_temporary(reg r) const { return r >= locals_; }
  reg temp(int n = 1) {
    const reg r = top_;
    top_ += n;
    if (top_ > highest_) highest_ = top_;
    return r;
  }
  int mark() const { return top_; }
  void release(int mark) { top_ = mark; }
  int registers() const { return highest_; }

  // -- instructions --
  std::size_t op(opcode o, int a = 0, int b = 0, int c = 0) {
    note_position();
    code_.words.push_back({static_cast<std::uint16_t>(o), u16(a), u16(b), u16(c)});
    return code_.words.size() - 1;
  }
  std::size_t wide(opcode o, int a, std::uint32_t index) {
    return op(o, a, static_cast<int>(index & 0xFFFF), static_cast<int>(index >> 16));
  }
  void extension() { code_.words.push_back({0, 0, 0, 0}); }
  void extension(int word) { code_.words.push_back({u16(word), 0, 0, 0}); }

  // -- jumps --
  void jump(opcode o, int a, label& to) {
    to.waiting.push_back(op(o, a));
    place_if_known(to);
  }
  void fused(opcode o, int a, int b, label& to) {
    to.waiting.push_back(op(o, a, b));
    place_if_known(to);
  }
  void loop(opcode o, int a, int b, std::size_t start) {
    op(o, a, b);
    const long after = static_cast<long>(code_.words.size()) + 1;
    const loop_word w{static_cast<std::int32_t>(static_cast<long>(start) - after),
                      static_cast<std::uint32_t>(after - static_cast<long>(start))};
    instruction raw;
    static_assert(sizeof raw == sizeof w);
    __builtin_memcpy(&raw, &w, sizeof w);
    code_.words.push_back(raw);
  }
  void bind(label& l) {
    l.at = static_cast<long>(here());
    place_if_known(l);
  }
  std::size_t here() const { return code_.words.size(); }

  // -- tables --
  std::uint32_t constant_index(constant k);
  int name(std::string_view n);            // fits an operand
  void handler(std::size_t begin, std::size_t end, std::size_t target, int reg);
  void at(const syntax::location& where) { where_ = where; }
  syntax::location where() const { return where_; }

 private:
  static std::uint16_t u16(int v);
  void note_position();
  void place_if_known(label& l);

  code& code_;
  int top_ = 0, highest_ = 0;
  int locals_ = 0;
  syntax::location where_;
  std::map<std::string, std::uint32_t> names_;
  std::map<std::string, std::uint32_t> constants_;   // by a key that tells 1, 1.0 and True apart
};

}  // namespace gilt::interp
