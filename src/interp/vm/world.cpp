// SPDX-License-Identifier: BSL-1.0
#include "interp/concurrency/world.hpp"

#include <chrono>

#include "interp/heap/native_stack.hpp"
#include "interp/object/interpreter.hpp"

namespace gilt::interp {
namespace {

world& of(thread_state& t) { return *t.interp->the_world; }
bool one_at_a_time(const thread_state& t) { return t.interp->mode == engine::gil; }

// Precondition: the mutex is held. Waits until nobody stops the world and t may have its turn.
void wait_turn(thread_state& t, world& w, std::unique_lock<std::mutex>& lock) {
  const auto may = [&] { return (!w.stopper || w.stopper == &t) && (!w.solo || w.solo == &t); };
  ++w.waiting_for_solo;
  while (!may()) {
    thread_state* holder = w.solo;
    const std::uint64_t before = w.handovers;
    const std::chrono::duration<double> interval(t.interp->switch_interval.load(std::memory_order_relaxed));
    if (!w.changed.wait_for(lock, interval, [&] { return may() || w.handovers != before; }) && w.solo == holder && holder)
      ask(*holder, poll_yield);
  }
  --w.waiting_for_solo;
}

}  // namespace

void ask(thread_state& t, poll_bits bit) { t.poll.fetch_or(bit, std::memory_order_seq_cst); }
void forget(thread_state& t, poll_bits bit) { t.poll.fetch_and(~static_cast<std::uint32_t>(bit), std::memory_order_seq_cst); }

void enter_world(thread_state& t) {
  world& w = of(t);
  std::unique_lock lock(w.mutex);
  // A thread alone has no one to wait for; a second one asks the first to leave solo at once.
  if (w.solo && w.solo != &t) ask(*w.solo, poll_yield);
  wait_turn(t, w, lock);
  ++w.running;
  t.running = true;
  const bool alone = w.alive <= 1 && t.interp->solo;
  if (one_at_a_time(t) || alone) {
    w.solo = &t;
    ++w.handovers;
    forget(t, poll_yield);
  }
  t.barriers = w.solo != &t;
  if (!t.barriers) t.born = 0;
}

void leave_world(thread_state& t) {
  world& w = of(t);
  const std::lock_guard lock(w.mutex);
  if (!t.running) return;
  t.running = false;
  --w.running;
  if (w.solo == &t) {
    w.solo = nullptr;
    ++w.handovers;
  }
  w.changed.notify_all();
}

bool stop_world(thread_state& t, bool at_boundary) {
  world& w = of(t);
  std::unique_lock lock(w.mutex);
  if (w.stopper && w.stopper != &t) return false;
  w.stopper = &t;
  w.at_boundary = at_boundary;
  {
    const std::lock_guard guard(t.interp->threads_mutex);
    for (auto& other : t.interp->threads) {
      if (other && other.get() != &t) ask(*other, poll_stop);
    }
  }
  w.changed.wait(lock, [&] { return w.running == (t.running ? 1u : 0u); });
  return true;
}

void resume_world(thread_state& t) {
  world& w = of(t);
  const std::lock_guard lock(w.mutex);
  if (w.stopper != &t) return;
  w.stopper = nullptr;
  const std::lock_guard guard(t.interp->threads_mutex);
  for (auto& other : t.interp->threads) {
    if (other) forget(*other, poll_stop);
  }
  w.changed.notify_all();
}

void park(thread_state& t) {
  heap::with_scannable_stack(t.stack_low, [&] {
    world& w = of(t);
    std::unique_lock lock(w.mutex);
    if (!w.stopper || w.stopper == &t) return;
    --w.running;
    w.changed.notify_all();
    w.changed.wait(lock, [&] { return !w.stopper; });
    ++w.running;
  });
}

bool others_alive(thread_state& t) {
  world& w = of(t);
  const std::lock_guard lock(w.mutex);
  return w.alive > 1;
}

}  // namespace gilt::interp
