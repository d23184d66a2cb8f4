// SPDX-License-Identifier: BSL-1.0
#include "interp/concurrency/world.hpp"

#include "interp/heap/native_stack.hpp"
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

void enter_world(thread_state& t) { t.interp->the_world->enter(t); }
void leave_world(thread_state& t) { t.interp->the_world->leave(t); }
void hold_world(thread_state& t) {
  heap::with_scannable_stack(t.stack_low, [&] { t.interp->the_world->hold(t); });
}

}  // namespace gilt::interp
