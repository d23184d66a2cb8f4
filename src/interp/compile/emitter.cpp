// SPDX-License-Identifier: BSL-1.0
#include "interp/compile/emitter.hpp"

#include <cstring>
#include <stdexcept>

#include "interp/syntax/syntax_error.hpp"

namespace gilt::interp {
namespace {

// Every JUMP form has its offset in b and c; fused compares have 16 bits in c.
bool is_fused(opcode o) {
  return o >= opcode::JUMP_UNLESS_LT && o <= opcode::JUMP_UNLESS_NE;
}

void append_key(const constant& k, std::string& out) {
  out += static_cast<char>('a' + static_cast<int>(k.what));
  switch (k.what) {
    case constant::kind::integer: out += std::to_string(k.integer); break;
    case constant::kind::floating:
    case constant::kind::complex: {
      char bytes[16];
      std::memcpy(bytes, &k.real, 8);
      std::memcpy(bytes + 8, &k.imaginary, 8);
      out.append(bytes, 16);
      break;
    }
    case constant::kind::tuple:
    case constant::kind::frozenset:
      for (const constant& item : k.items) append_key(item, out);
      break;
    case constant::kind::code: {
      char bytes[sizeof(void*)];
      const void* p = k.function.get();
      std::memcpy(bytes, &p, sizeof p);
      out.append(bytes, sizeof p);
      break;
    }
    default: out += std::to_string(k.text.size()) + ":" + k.text;
  }
  out += ';';
}

}  // namespace

std::uint16_t emitter::u16(int v) {
  if (v < -32768 || v > 65535) {
    syntax::syntax_error e;
    e.message = "this function is too large: more than 65535 names, constants or registers";
    throw e;
  }
  return static_cast<std::uint16_t>(v);
}

void emitter::note_position() {
  auto& all = code_.positions;
  if (where_.line == 0) return;
  if (!all.empty() && all.back().line == where_.line && all.back().column == where_.column &&
      all.back().end_line == where_.end_line && all.back().end_column == where_.end_column)
    return;
  const position p{static_cast<std::uint32_t>(here()), where_.line, where_.column, where_.end_line, where_.end_column};
  if (!all.empty() && all.back().pc == p.pc) all.back() = p;
  else all.push_back(p);
}

void emitter::place_if_known(label& l) {
  if (l.at < 0) return;
  for (const std::size_t w : l.waiting) {
    instruction& i = code_.words[w];
    const long offset = l.at - static_cast<long>(w) - 1;
    if (is_fused(static_cast<opcode>(i.op))) {
      if (offset > 32767) throw jump_too_far{};
      i.c = static_cast<std::uint16_t>(offset);
    } else {
      const auto bits = static_cast<std::uint32_t>(offset);
      i.b = static_cast<std::uint16_t>(bits & 0xFFFF);
      i.c = static_cast<std::uint16_t>(bits >> 16);
    }
  }
  l.waiting.clear();
}

std::uint32_t emitter::constant_index(constant k) {
  std::string key;
  append_key(k, key);
  const auto [it, fresh] = constants_.try_emplace(key, static_cast<std::uint32_t>(code_.constants.size()));
  if (fresh) code_.constants.push_back(std::move(k));
  return it->second;
}

int emitter::name(std::string_view n) {
  const auto [it, fresh] = names_.try_emplace(std::string(n), static_cast<std::uint32_t>(code_.names.size()));
  if (fresh) code_.names.emplace_back(n);
  return static_cast<int>(u16(static_cast<int>(it->second)));
}

void emitter::handler(std::size_t begin, std::size_t end, std::size_t target, int reg) {
  if (begin == end) return;
  code_.handlers.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                            static_cast<std::uint32_t>(target), static_cast<std::uint16_t>(reg)});
}

}  // namespace gilt::interp
