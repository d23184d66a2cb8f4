// SPDX-License-Identifier: BSL-1.0
#pragma once
// world: the threads of a script, who of them may run, and who of them waits (world_protocol.hpp,
// wait_queue.hpp).
#include "interp/concurrency/thread_state.hpp"
#include "interp/concurrency/wait_queue.hpp"
#include "interp/concurrency/world_protocol.hpp"

namespace gilt::interp {

struct world : world_protocol<atomics> {
  wait_queue<atomics> waiters;
};

// As the members of the same name.
void enter_world(thread_state&);
void leave_world(thread_state&);
void hold_world(thread_state&);

}  // namespace gilt::interp
