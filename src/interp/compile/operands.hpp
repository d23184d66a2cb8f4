// SPDX-License-Identifier: BSL-1.0
#pragma once
// operands: what the fields of each instruction mean, for the disassembler and the verifier.
#include <cstdint>
#include <span>

#include "interp/compile/code.hpp"

namespace gilt::interp {

enum class operand : std::uint8_t {
  unused,
  input,          // a register that is read
  output,         // a register that is written
  changed,        // read and written, or an object in it is
  first,          // the first of some registers (range_of), perhaps of none
  name,           // N[x]
  constant,       // K[x]
  function,       // K[x], a code
  names,          // K[x], a tuple of strings: keyword names
  number,         // i16
  count,          // u16
  conversion,     // 's', 'r', 'a'
  counts,         // before | after << 8
  target,         // i16 offset of a fused compare and jump
  wide_name,      // N[wide]; b and c together
  wide_constant,  // K[wide]; b and c together
  wide_target,    // b and c together: the forms JUMP; the extension word: the forms LOOP
};

struct operands {
  operand a = operand::unused, b = operand::unused, c = operand::unused;
};
operands operands_of(opcode);

// Registers that an instruction uses beyond those its fields name: `count` from `first` on.
struct register_range {
  std::uint32_t first = 0, count = 0;
};
register_range range_of(const instruction&);

bool is_jump(opcode);                              // LOOP forms included
long target_of(const code&, std::size_t pc);       // of the jump at pc
bool falls_through(opcode);                        // may the next instruction run after it?

}  // namespace gilt::interp
