// SPDX-License-Identifier: BSL-1.0
#include "interp/concurrency/waiting.hpp"

#include <algorithm>
#include <chrono>

#include "interp/concurrency/threads.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/vm/slice_vm.hpp"

namespace gilt::interp {
namespace {

std::int64_t now_ns() {
  using clock = std::chrono::steady_clock;
  return std::chrono::duration_cast<std::chrono::nanoseconds>(clock::now().time_since_epoch()).count();
}

// Whether the instruction under way is the one that waits. While a native runs, the frame's pc
// stands behind its call; after it has failed, at it.
bool runs_again(thread_state& t) {
  if (!t.wait.registered || t.depth != t.wait.depth) return false;
  const auto* now = top(t).pc;
  const auto* then = static_cast<const instruction*>(t.wait.at);
  return now == then || now == then + 1;
}

}  // namespace

wait_deadline no_deadline() { return {}; }
wait_deadline deadline_in(thread_state& t, double seconds) {
  if (runs_again(t) && t.wait.has_deadline) return {true, t.wait.deadline_ns};
  return {true, now_ns() + static_cast<std::int64_t>(std::min(seconds, 9.0e9) * 1e9)};
}
bool timed_out(thread_state& t) { return runs_again(t) && t.wait.expired; }

value block_on(thread_state& t, object* o, wait_deadline d) {
  if (t.wait.registered && (t.wait.on != o || !runs_again(t))) stop_waiting(t);
  if (!t.wait.registered) t.wait.on = o;          // who is registered is looked at by those who wake
  t.wait.has_deadline = d.set;
  t.wait.deadline_ns = d.ns;
  t.wait.requested = true;
  t.why = signal::block;
  return {};
}

void stop_waiting(thread_state& t) { t.interp->the_world->waiters.remove(t); }

void wake_on_commit(thread_state& t, object* o) {
  if (!t.barriers || !t.tx.active()) return t.interp->the_world->waiters.wake(o);
  t.slice->wakes.push_back(o);
  t.slice->defers = true;
}

void enter_atomic(thread_state& t) { ++t.atomic_depth; }
void leave_atomic(thread_state& t) {
  if (t.atomic_depth > 0) --t.atomic_depth;
  if (t.barriers || t.atomic_depth > 0) return;
  const auto starts = std::move(t.slice->plain_starts);
  t.slice->plain_starts.clear();
  for (const thread_start& s : starts) spawn(*t.interp, s);
}

blocking begin_blocking(thread_state& t) { return slices::begin_blocking(t); }
void end_blocking(thread_state& t, blocking began) { slices::end_blocking(t, began); }

}  // namespace gilt::interp
