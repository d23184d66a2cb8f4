// SPDX-License-Identifier: BSL-1.0
#include "interp/concurrency/waiting.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "interp/concurrency/output.hpp"
#include "interp/concurrency/world.hpp"
#include "interp/heap/native_stack.hpp"
#include "interp/object/operations.hpp"
#include "interp/vm/frame.hpp"
#include "interp/vm/slice.hpp"

namespace gilt::interp {
namespace {

using clock_type = std::chrono::steady_clock;

struct waiter {
  thread_state* who;
  bool woken = false;
  std::condition_variable wake;
};
// Object -> waiters in order of arrival; null is the key of sleepers.
struct wait_queues {
  std::mutex mutex;
  std::map<object*, std::deque<waiter*>> by_object;
  std::map<thread_state*, std::unique_ptr<waiter>> by_thread;
  atomics::atomic<std::uint32_t> count{0};        // [MO-waiters]
};
wait_queues& queues() {
  static auto* q = new wait_queues;
  return *q;
}
std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(clock_type::now().time_since_epoch()).count();
}

}  // namespace

namespace {
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
  if (t.wait.registered && (t.wait.on != o || !runs_again(t))) deregister_waiter(t);
  t.wait.on = o;
  t.wait.has_deadline = d.set;
  t.wait.deadline_ns = d.ns;
  t.wait.requested = true;
  t.why = signal::block;
  return {};
}

void wake_on_commit(thread_state& t, object* o) {
  if (!t.barriers || !t.tx.active()) return wake(*t.interp, o);
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

void register_waiter(thread_state& t) {
  wait_queues& q = queues();
  const std::lock_guard guard(q.mutex);
  auto w = std::make_unique<waiter>();
  w->who = &t;
  q.by_object[t.wait.on].push_back(w.get());
  q.by_thread[&t] = std::move(w);
  q.count.fetch_add(1, std::memory_order_seq_cst);
  t.wait.registered = true;
  t.wait.expired = false;
}

void deregister_waiter(thread_state& t) {
  wait_queues& q = queues();
  const std::lock_guard guard(q.mutex);
  const auto mine = q.by_thread.find(&t);
  if (mine == q.by_thread.end()) return;
  const auto line = q.by_object.find(t.wait.on);
  if (line != q.by_object.end()) {
    std::erase(line->second, mine->second.get());
    if (line->second.empty()) q.by_object.erase(line);
  }
  q.by_thread.erase(mine);
  q.count.fetch_sub(1, std::memory_order_seq_cst);
  t.wait.registered = t.wait.expired = t.wait.has_deadline = false;
  t.wait.on = nullptr;
}

void sleep_until_woken(thread_state& t) {
  wait_queues& q = queues();
  std::unique_lock lock(q.mutex);
  waiter& w = *q.by_thread[&t];
  const auto done = [&] { return w.woken || (t.poll.load(std::memory_order_relaxed) & poll_interrupt) != 0; };
  if (t.wait.has_deadline) {
    const clock_type::time_point until{std::chrono::nanoseconds(t.wait.deadline_ns)};
    // The interrupt comes from a signal handler, which cannot notify: look now and then.
    while (!done()) {
      const auto step = std::min(until, clock_type::now() + std::chrono::milliseconds(50));
      w.wake.wait_until(lock, step, done);
      if (clock_type::now() >= until) break;
    }
    if (!w.woken && clock_type::now() >= until) t.wait.expired = true;
  } else {
    while (!done()) w.wake.wait_for(lock, std::chrono::milliseconds(50), done);
  }
  w.woken = false;
}

void wake(interpreter&, object* o) {
  wait_queues& q = queues();
  if (q.count.fetch_add(0, std::memory_order_seq_cst) == 0) return;       // [MO-waiters]
  const std::lock_guard guard(q.mutex);
  const auto line = q.by_object.find(o);
  if (line == q.by_object.end()) return;
  for (waiter* w : line->second) {
    w->woken = true;
    w->wake.notify_one();
  }
}

blocking begin_blocking(thread_state& t) {
  if (t.atomic_depth > 0) {
    if (!become_exclusive(t)) return blocking::failed;
    flush_all_output();
    return blocking::in_place;
  }
  if (t.barriers) {
    if (t.native_depth > 0 && !become_exclusive(t)) return blocking::failed;
    if (!commit_slice(t)) return blocking::failed;
  }
  end_exclusive(t);
  flush_all_output();
  return t.barriers ? blocking::between_slices : blocking::without_barriers;
}

// The instruction must not run again, and its loop has its policy: until the next safepoint the
// others stand still.
void end_blocking(thread_state& t, blocking began) {
  if (began == blocking::without_barriers) {
    if (!t.barriers) return;
    t.barriers = false;
    t.born = 0;
    hold_world(t);
  } else {
    keep_barriers(t);
    hold_world(t);
    begin_slice(t);
  }
  t.budget = 0;
}

}  // namespace gilt::interp
