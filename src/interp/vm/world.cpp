// SPDX-License-Identifier: BSL-1.0
#include "interp/concurrency/world.hpp"

#include <chrono>

#include "interp/heap/native_stack.hpp"
#include "interp/object/interpreter.hpp"

namespace gilt::interp {
namespace {

using guard = std::unique_lock<std::mutex>;

world& of(const thread_state& t) { return *t.interp->the_world; }
bool one_at_a_time(const thread_state& t) { return t.interp->mode == engine::gil; }

void take_turn(thread_state& t, world& w, guard& lock) {
  const auto may = [&] { return (!w.stopper || w.stopper == &t) && (!w.solo || w.solo == &t); };
  ++w.waiting;
  // The only thread so far leaves solo at once; the holder of the global lock has its interval.
  if (w.solo && w.solo != &t && !one_at_a_time(t)) ask(*w.solo, poll_yield);
  while (!may()) {
    thread_state* const holder = w.solo;
    const std::uint64_t before = w.handovers;
    const std::chrono::duration<double> interval(
        t.interp->switch_interval.load(std::memory_order_relaxed));
    const bool moved = w.changed.wait_for(lock, interval, [&] { return may() || w.handovers != before; });
    if (!moved && holder && w.solo == holder) ask(*holder, poll_yield);
  }
  --w.waiting;
  ++w.running;
  t.running = true;
  const bool alone = w.alive.load(std::memory_order_relaxed) <= 1 && t.interp->solo;
  if (one_at_a_time(t) || alone) {
    w.solo = &t;
    ++w.handovers;
    forget(t, poll_yield);
    w.changed.notify_all();              // whoever yielded waits for this
  }
  t.barriers = w.solo != &t;
  t.born = 0;
}

void give_turn(thread_state& t, world& w) {
  t.running = false;
  --w.running;
  if (w.solo == &t) {
    w.solo = nullptr;
    ++w.handovers;
  }
  w.changed.notify_all();
}

}  // namespace

void ask(thread_state& t, poll_bits bit) { t.poll.fetch_or(bit, std::memory_order_seq_cst); }
void forget(thread_state& t, poll_bits bit) {
  t.poll.fetch_and(~static_cast<std::uint32_t>(bit), std::memory_order_seq_cst);
}

void enter_world(thread_state& t) {
  world& w = of(t);
  guard lock(w.mutex);
  take_turn(t, w, lock);
}

void leave_world(thread_state& t) {
  world& w = of(t);
  const guard lock(w.mutex);
  if (t.running) give_turn(t, w);
}

void yield_world(thread_state& t) {
  heap::with_scannable_stack(t.stack_low, [&] {
    world& w = of(t);
    guard lock(w.mutex);
    give_turn(t, w);
    const std::uint64_t given = w.handovers;
    // Without this the one who gives the lock away would be the first to take it again.
    if (one_at_a_time(t)) w.changed.wait(lock, [&] { return w.handovers != given || w.waiting == 0; });
    take_turn(t, w, lock);
  });
}

bool stop_world(thread_state& t, bool at_boundary) {
  world& w = of(t);
  guard lock(w.mutex);
  if (w.stopper && w.stopper != &t) return false;
  w.at_boundary = at_boundary || (w.stopper == &t && w.at_boundary);
  w.stopper = &t;
  w.changed.notify_all();                // share_world() waits for this too
  {
    const std::lock_guard hold(t.interp->threads_mutex);
    for (auto& other : t.interp->threads) {
      if (other && other.get() != &t) ask(*other, poll_stop);
    }
  }
  w.changed.wait(lock, [&] {
    return w.running == (t.running ? 1u : 0u) && (!w.at_boundary || w.parked_inside == 0);
  });
  return true;
}

void hold_world(thread_state& t) {
  while (!stop_world(t, true)) static_cast<void>(park(t, false));
  t.exclusive = true;
}

// Precondition: the mutex is held.
static void resume(thread_state& t, world& w) {
  if (w.stopper != &t) return;
  w.stopper = nullptr;
  w.at_boundary = false;
  {
    const std::lock_guard hold(t.interp->threads_mutex);
    for (auto& other : t.interp->threads) {
      if (other) forget(*other, poll_stop);
    }
  }
  w.changed.notify_all();
}

void resume_world(thread_state& t) {
  world& w = of(t);
  const guard lock(w.mutex);
  resume(t, w);
}

void share_world(thread_state& t) {
  t.exclusive = false;
  {
    world& w = of(t);
    guard lock(w.mutex);
    resume(t, w);
    // Holding it again at once would leave those who are just waking where they stand.
    w.changed.wait(lock, [&] { return w.stopper || w.parked + w.waiting == 0; });
  }
  hold_world(t);
}

bool park(thread_state& t, bool inside) {
  bool fine = true;
  heap::with_scannable_stack(t.stack_low, [&] {
    world& w = of(t);
    guard lock(w.mutex);
    const auto stopped = [&] { return w.stopper && w.stopper != &t; };
    const auto unwelcome = [&] { return inside && stopped() && w.at_boundary; };
    if (stopped() && !unwelcome()) {
      --w.running;
      ++w.parked;
      w.parked_inside += inside;
      w.changed.notify_all();
      w.changed.wait(lock, [&] { return !stopped() || unwelcome(); });
      --w.parked;
      w.parked_inside -= inside;
      ++w.running;
      w.changed.notify_all();
    }
    fine = !unwelcome();
  });
  return fine;
}

void keep_barriers(thread_state& t) {
  world& w = of(t);
  const guard lock(w.mutex);
  t.barriers = true;
  if (w.solo != &t) return;
  w.solo = nullptr;
  ++w.handovers;
  w.changed.notify_all();
}

void start_counting(interpreter& i) {
  world& w = *i.the_world;
  const guard lock(w.mutex);
  w.alive.fetch_add(1, std::memory_order_relaxed);
}

void start_failed(interpreter& i) {
  world& w = *i.the_world;
  const guard lock(w.mutex);
  w.alive.fetch_sub(1, std::memory_order_relaxed);
}

void end_thread(interpreter& i, thread_state* t, void (*f)(thread_state*)) {
  world& w = *i.the_world;
  guard lock(w.mutex);
  if (t->running) give_turn(*t, w);
  w.changed.wait(lock, [&] { return !w.stopper; });
  w.alive.fetch_sub(1, std::memory_order_relaxed);
  f(t);                                  // no stop can begin: the mutex is held
  w.changed.notify_all();
}

bool others_alive(const thread_state& t) { return of(t).alive.load(std::memory_order_relaxed) > 1; }

}  // namespace gilt::interp
