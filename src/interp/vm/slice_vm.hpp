// SPDX-License-Identifier: BSL-1.0
#pragma once
// slice_vm: what slice_protocol.hpp asks of this VM.
//
// The snapshot: the running frame is saved when the slice begins, a caller's when it is first
// returned into. Restoring goes from the last saved to the first, since a callee's registers lie
// inside its caller's window.
#include "interp/concurrency/slice_protocol.hpp"
#include "interp/concurrency/world.hpp"
#include "interp/heap/native_stack.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/vm/slice.hpp"

namespace gilt::interp {

struct slice_vm {
  using thread = thread_state;
  using atomics = interp::atomics;

  static interp::world& world(thread& t) { return *t.interp->the_world; }
  static wait_queue<atomics>& queue(thread& t) { return t.interp->the_world->waiters; }
  static void save(thread&);
  static void restore(thread&);
  static bool try_commit(thread&);
  static void carry_out(thread&);
  static void forget_deferred(thread&);
  static void note_abort(thread& t) { interp::note_abort(t); }
  static void interrupt(thread&);
  static bool wants_collection(thread& t) {
    return t.interp->heap.wants_collection.load(std::memory_order_relaxed);
  }
  static void collect(thread& t) { t.interp->heap.collect(*t.interp); }
  template <class F>
  static void stand_still(thread& t, const F& f) {
    heap::with_scannable_stack(t.stack_low, f);
  }
  static void note_place(thread& t) {
    t.wait.at = top(t).pc;
    t.wait.depth = t.depth;
  }
  static void refuse_to_wait(thread&);
  static void flush(thread&);
  static std::int64_t longest(thread&);
};

using slices = slice_protocol<slice_vm>;

}  // namespace gilt::interp
