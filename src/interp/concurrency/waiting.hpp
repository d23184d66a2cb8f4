// SPDX-License-Identifier: BSL-1.0
#pragma once
// waiting: how a native blocks. It looks at the words that concern it and, if it cannot go on,
// returns block_on(object, deadline). The VM then publishes the slice up to this instruction (inside
// `atomic`: undoes it), registers the thread as a waiter on the object, and runs the instruction
// again; only if it blocks once more does the thread sleep (slice_protocol.hpp). So no wake-up is
// lost (wait_queue.hpp).
#include <cstdint>

#include "interp/concurrency/slice_protocol.hpp"
#include "interp/concurrency/thread_state.hpp"
#include "interp/concurrency/world.hpp"
#include "interp/heap/native_stack.hpp"

namespace gilt::interp {

struct wait_deadline {
  bool set = false;
  std::int64_t ns = 0;
};

wait_deadline no_deadline();
// The same moment again when the instruction is run again.
wait_deadline deadline_in(thread_state&, double seconds);
bool timed_out(thread_state&);
// object null: a sleep. Returns empty.
value block_on(thread_state&, object*, wait_deadline);
// The instruction that waited is over.
void stop_waiting(thread_state&);
// After this slice has committed, whoever waits on the object looks again.
void wake_on_commit(thread_state&, object*);

void enter_atomic(thread_state&);
void leave_atomic(thread_state&);

// Publishes the slice, leaves the world, runs f once, comes back. After it the native may make
// objects but must not fail with a conflict. Inside `atomic` f runs with the others standing still.
// False: t.why says why f did not run.
blocking begin_blocking(thread_state&);
void end_blocking(thread_state&, blocking);
template <class F>
bool run_blocking(thread_state& t, F&& f) {
  const blocking how = begin_blocking(t);
  if (how == blocking::failed) return false;
  if (how == blocking::in_place) {
    f();
    return true;
  }
  heap::with_scannable_stack(t.stack_low, [&] {
    leave_world(t);
    f();
    enter_world(t);
  });
  end_blocking(t, how);
  return true;
}

}  // namespace gilt::interp
