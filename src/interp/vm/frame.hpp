// SPDX-License-Identifier: BSL-1.0
#pragma once
// frame: one running function. Frames and registers stand on stacks of the thread, not of C++, so a
// slice can end anywhere and an abort can restore them. A callee's registers begin where its
// arguments already stand, inside its caller's window.
#include "interp/vm/code_object.hpp"

namespace gilt::interp {

// What happens to the value a frame returns.
enum class on_return : std::uint8_t {
  store,        // into `result`, a register of the caller
  discard,      // __init__: must be None; `result` holds the instance already
  leave,        // the loop that a native started ends with it
  iterate       // a generator run by FOR_LOOP: yield stores and goes on in the loop, return ends it
};

struct frame {
  code_object* code;
  const instruction* pc;          // where it goes on, while another frame runs
  value* registers;
  value* result;
  function_object* function;      // null: module or class body run by the interpreter
  module_object* globals;
  generator_object* generator;    // null: none
  on_return then;
  std::uint8_t unused[7];
};

constexpr std::size_t register_stack_values = std::size_t{1} << 22;   // reserved, touched as used
constexpr std::uint32_t frame_stack_frames = 1u << 17;

GILT_INLINE frame& top(thread_state& t) { return t.frames[t.depth]; }
// First register above everything the top frame uses.
GILT_INLINE value* free_registers(thread_state& t) {
  frame& f = top(t);
  return t.depth == 0 ? t.registers : f.registers + f.code->registers + 2;
}

void make_stacks(thread_state&);
void free_stacks(thread_state&);

// Pushes a frame for `f` whose arguments stand at `registers`, bound to parameters already.
// False: RecursionError.
bool push_frame(thread_state&, code_object*, function_object*, module_object*, value* registers, value* result, on_return);
// Spreads arguments over the parameters at `to`. `args` may overlap `to`. False: TypeError.
bool bind_arguments(thread_state&, function_object*, value* to, const value* args, std::size_t n, const tuple_object* names);
value make_generator(thread_state&, function_object*, const value* registers);

// Runs frames until the one at `base` has returned. Empty: t.why.
value run(thread_state&, std::uint32_t base);

template <class P>
value run_loop(thread_state&, std::uint32_t base);

}  // namespace gilt::interp
