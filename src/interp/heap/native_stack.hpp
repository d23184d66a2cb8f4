// SPDX-License-Identifier: BSL-1.0
#pragma once
// native_stack: makes a thread's C++ stack scannable while it stands still.
#include "interp/heap/value.hpp"

namespace gilt::interp::heap {

// Runs f with the callee-saved registers spilled to the stack and `low` below them: whatever stops
// a thread for a collection, or runs one, does it inside.
template <class F>
GILT_NOINLINE void with_scannable_stack(const void*& low, F&& f) {
  __builtin_unwind_init();                         // spills every callee-saved register into this frame
  low = __builtin_alloca(16);                      // the lowest address of this frame
  f();
  asm volatile("" : : "r"(low) : "memory");        // no tail call: the frame lives until f is done
}

}  // namespace gilt::interp::heap
