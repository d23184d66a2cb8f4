// SPDX-License-Identifier: BSL-1.0
#pragma once
// code_object: a `code` made ready to run: constants are values, names are interned, cache words
// are live. Lives as long as the interpreter; shared by all threads.
#include <memory>
#include <vector>

#include "interp/compile/code.hpp"
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

struct code_object {
  std::shared_ptr<const code> source;
  std::vector<instruction> words;              // own copy: CACHE words are filled in place
  value self;                                  // what __code__ answers
  std::vector<value> constants;                // code constants: empty here, see `inner`
  std::vector<code_object*> inner;             // by constant index; null for others
  std::vector<string_object*> names;
  std::uint32_t registers = 0;
  std::uint32_t locals = 0;                    // registers that are named; empty at entry past the parameters
  std::uint32_t parameters = 0;
  bool shared = false;                         // may run under several globals: their cells are not cached
  bool plain = false;                          // positional parameters only, no generator: called in place

  // The inline-cache word behind an instruction; racy fills are idempotent.
  static slot& cache(const instruction* extension) {
    return *reinterpret_cast<slot*>(const_cast<instruction*>(extension));
  }
  int line_at(std::size_t pc) const;
  const position* position_at(std::size_t pc) const;
};

// Null: MemoryError or a constant that cannot be made.
code_object* link(thread_state&, std::shared_ptr<const code>, bool shared = false);
void clear_caches(interpreter&);                       // of attributes; world stopped
void clear_global_caches(interpreter&, const string_object* name);   // world stopped

}  // namespace gilt::interp
