// SPDX-License-Identifier: BSL-1.0
#pragma once
// code: what the compiler hands to the VM. Plain data; neither heap nor STM is known here, so the
// compiler can be tested without a VM. The VM links a `code` into a heap object once (constants
// become values, inline-cache words become live).
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gilt::interp {

enum class opcode : std::uint16_t {
#define GILT_OP(name, words, form) name,
#include "interp/compile/opcodes.def"
#undef GILT_OP
  count_
};

enum class op_form : std::uint8_t { ABC, WIDE, JUMP, LOOP };

struct instruction {
  std::uint16_t op, a, b, c;

  std::uint32_t wide() const { return std::uint32_t{b} | std::uint32_t{c} << 16; }
  std::int32_t jump() const { return static_cast<std::int32_t>(wide()); }
};
static_assert(sizeof(instruction) == 8);

// The extension word of the LOOP forms.
struct loop_word {
  std::int32_t offset;
  std::uint32_t weight;
};
static_assert(sizeof(loop_word) == 8);

struct op_info {
  const char* name;
  int words;
  op_form form;
};
const op_info& info(opcode op);

struct code;

// A constant of the source. `text` holds UTF-8 (WTF-8 for lone surrogates), the decimal digits of
// a big integer, or the bytes of a bytes literal.
struct constant {
  enum class kind : std::uint8_t {
    none, false_, true_, ellipsis, integer, big_integer, floating, complex, string, bytes, tuple, frozenset, code
  };
  kind what = kind::none;
  std::int64_t integer = 0;
  double real = 0, imaginary = 0;
  std::string text;
  std::vector<constant> items;               // tuple, frozenset
  std::shared_ptr<struct code> function;     // code
};

// For pc in [begin, end): the exception goes to register `reg` and control to `target`. Entries
// are ordered innermost first: the first that covers the pc wins.
struct handler {
  std::uint32_t begin, end, target;
  std::uint16_t reg;
};

// Source range of the instruction that starts at word `pc` and of all after it up to the next entry.
struct position {
  std::uint32_t pc;
  std::int32_t line, column, end_line, end_column;   // columns in UTF-8 bytes, 0-based
};

struct code {
  std::string name, qualname, filename;
  std::int32_t first_line = 1;
  std::vector<instruction> words;            // instructions and their extension words
  std::vector<constant> constants;
  std::vector<std::string> names;
  std::vector<handler> handlers;
  std::vector<position> positions;
  // Registers: parameters first (positional-only, positional, keyword-only, *args, **kwargs, in
  // this order), then locals, then cells copied by COPY_FREE, then temporaries.
  std::uint32_t registers = 0;               // <= 65535
  std::uint32_t positional_only = 0, positional = 0 /* includes positional_only */, keyword_only = 0;
  bool var_positional = false, var_keyword = false;
  bool generator = false, coroutine = false;   // both: an asynchronous generator
  bool iterable_coroutine = false;           // a generator that may be awaited (types.coroutine)
  bool class_body = false;                   // R[0] is the namespace dict
  std::vector<std::string> locals;           // name of register i, for i < locals.size()
  std::vector<std::string> cells;            // locals that inner functions share (also in locals)
  std::vector<std::string> free_names;       // closure, in the order of COPY_FREE
  std::string docstring;
  bool has_docstring = false;

  std::uint32_t parameters() const {
    return positional + keyword_only + (var_positional ? 1u : 0u) + (var_keyword ? 1u : 0u);
  }
};

}  // namespace gilt::interp
