// SPDX-License-Identifier: BSL-1.0
#pragma once
// thread_state: everything one interpreter thread owns. Only its thread touches it, except for what
// mutator.hpp says and the roots the collector reads with the world stopped.
#include <cstdint>
#include <memory>
#include <vector>

#include "interp/concurrency/mutator.hpp"
#include "interp/heap/allocator.hpp"
#include "interp/heap/object.hpp"

namespace gilt::interp {

struct interpreter;
struct frame;
struct slice_state;                          // vm/slice.hpp: frame snapshots, held output, deferred actions

struct thread_state : mutator<atomics> {
  // -- frames --
  value* registers = nullptr;                // the thread's register stack (reserved once, never moves)
  value* registers_end = nullptr;
  frame* frames = nullptr;                   // frame stack
  std::uint32_t depth = 0;                   // index of the running frame
  std::uint32_t recursion_limit = 1000;
  std::uint32_t saved_depth = 0;             // lowest frame the slice has saved; lower ones are saved when returned into
  bool yielded = false;                      // a loop left with `leave` ended by a yield, not a return
  bool silent = false;                       // the pending exception is raised again as it was: no traceback line
  // -- exceptions --
  value exception;                           // being raised, with signal::exception
  value handled;                             // what sys.exc_info() shows
  // -- tail call --
  value tail_callee;
  std::vector<value> tail_args;
  // -- the rest --
  heap::allocator alloc;
  interpreter* interp = nullptr;
  value thread_object;                       // the threading.Thread, or empty
  value local_dict;                          // _thread's dict of this thread, or empty
  std::int64_t ident = 0;
  const void* stack_high = nullptr;          // native stack: where scanning ends; set when the thread starts
  const void* stack_low = nullptr;           // where it begins while the thread is stopped (heap/native_stack.hpp)
  std::uint32_t nesting = 0;                 // natives inside natives: repr of a list in a list ... (object/nesting.hpp)
  void* shown = nullptr;                     // containers whose repr is being made (object/sequence.hpp)
  std::unique_ptr<slice_state, void (*)(slice_state*)> slice{nullptr, nullptr};
  std::uint32_t index = 0;                   // position in interpreter::threads
};

}  // namespace gilt::interp
