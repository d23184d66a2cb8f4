// SPDX-License-Identifier: BSL-1.0
#pragma once
// world_protocol: who may run Python code. One mutex and one condition for three needs that are rare
// beside the instructions between them:
//
//   solo     one thread runs without barriers. Under engine `gil` it is the holder of the global
//            lock, handed over every switch interval; under `stm` it is the only thread alive
//   stop     one thread has all others stand still: for a collection wherever they are, for a change
//            of class structure or an irrevocable native at the ends of their slices
//   leave    a thread that blocks or sleeps does not count as running
//
// A thread whose natives are under way keeps the policy they began with: if that is the plain one
// and it is no longer solo, it holds the world while it runs and shares it at every safepoint.
//
// Threads look at mutator::poll when their budget is spent, so a stop takes one budget. The mutex
// orders everything that a stopped thread wrote before everything that the stopper reads.
//
// Written over an atomics policy, so that tests/sim runs this code under its scheduler; world.hpp
// has the VM's names for it.
#include "interp/concurrency/mutator.hpp"

namespace gilt::interp {

template <class Atomics>
class world_protocol {
 public:
  using thread = mutator<Atomics>;

  bool one_at_a_time = false;             // engine gil; set before threads enter
  bool may_be_solo = true;                // engine stm: a thread that is alone needs no barriers
  typename Atomics::template atomic<double> switch_interval{0.005};   // seconds, of engine gil

  // Starts or goes on running Python code; waits its turn. Sets t.barriers for what it may do.
  void enter(thread& t) {
    guard lock(mutex_);
    if (!t.in_world) {
      t.in_world = true;
      t.next_in_world = everyone_;
      everyone_ = &t;
    }
    take_turn(t, lock);
  }
  void leave(thread& t) {                 // before blocking
    const guard lock(mutex_);
    if (t.running) give_turn(t);
  }
  // Leaves and enters, after whoever waits for the global lock has had it.
  void yield(thread& t) {
    guard lock(mutex_);
    give_turn(t);
    const std::uint64_t given = handovers_;
    // Without this the one who gives the lock away would be the first to take it again.
    if (one_at_a_time) changed_.wait(lock, [&] { return handovers_ != given || waiting_ == 0; });
    take_turn(t, lock);
  }

  // Stops the others. False: another thread is stopping the world, which t must let happen first.
  bool stop(thread& t, bool at_boundary) {
    guard lock(mutex_);
    if (stopper_ && stopper_ != &t) return false;
    at_boundary_ = at_boundary || (stopper_ == &t && at_boundary_);
    stopper_ = &t;
    changed_.notify_all();                // share() waits for this too
    for (thread* other = everyone_; other != nullptr; other = other->next_in_world) {
      if (other != &t) ask(*other, poll_stop);
    }
    changed_.wait(lock, [&] {
      return running_ == (t.running ? 1u : 0u) && (!at_boundary_ || parked_inside_ == 0);
    });
    return true;
  }
  void resume(thread& t) {
    const guard lock(mutex_);
    resume_locked(t);
  }
  // As stop(t, true), standing still for others first; sets t.exclusive. Precondition: t is between
  // slices.
  void hold(thread& t) {
    while (!stop(t, true)) static_cast<void>(park(t, false));
    t.exclusive = true;
  }
  // The holder lets whoever stands still run a slice, then holds the world again.
  void share(thread& t) {
    t.exclusive = false;
    {
      guard lock(mutex_);
      resume_locked(t);
      // Holding it again at once would leave those who are just waking where they stand.
      changed_.wait(lock, [&] { return stopper_ || parked_ + waiting_ == 0; });
    }
    hold(t);
  }
  // Stands still until the stopper is done; `inside`: in the middle of a slice, which holds locks.
  // False: the stopper wants this slice to end first.
  [[nodiscard]] bool park(thread& t, bool inside) {
    guard lock(mutex_);
    const auto stopped = [&] { return stopper_ && stopper_ != &t; };
    const auto unwelcome = [&] { return inside && stopped() && at_boundary_; };
    if (stopped() && !unwelcome()) {
      --running_;
      ++parked_;
      parked_inside_ += inside;
      changed_.notify_all();
      changed_.wait(lock, [&] { return !stopped() || unwelcome(); });
      --parked_;
      parked_inside_ -= inside;
      ++running_;
      changed_.notify_all();
    }
    return !unwelcome();
  }
  // After enter(), for a thread whose natives under way run with barriers: it goes on with them.
  void keep_barriers(thread& t) {
    const guard lock(mutex_);
    t.barriers = true;
    if (solo_ != &t) return;
    solo_ = nullptr;
    ++handovers_;
    changed_.notify_all();
  }

  void start_counting() {                 // a thread is about to start
    const guard lock(mutex_);
    alive_.fetch_add(1, std::memory_order_relaxed);
  }
  void start_failed() {
    const guard lock(mutex_);
    alive_.fetch_sub(1, std::memory_order_relaxed);
  }
  // t's last step: not alive, not running, its stacks and its state gone. f frees them while no
  // collector looks: t has been running until now, and no stop is complete before the mutex is free.
  template <class F>
  void end(thread& t, const F& f) {
    const guard lock(mutex_);
    give_turn(t);
    alive_.fetch_sub(1, std::memory_order_relaxed);
    thread** at = &everyone_;
    while (*at != &t) at = &(*at)->next_in_world;
    *at = t.next_in_world;
    f();
    changed_.notify_all();
  }
  bool others_alive() const { return alive_.load(std::memory_order_relaxed) > 1; }

  // Relaxed: a bit says "look", and what there is to see is under the mutex.
  static void ask(thread& t, poll_bits bit) { t.poll.fetch_or(bit, std::memory_order_relaxed); }
  static void forget(thread& t, poll_bits bit) {
    t.poll.fetch_and(~static_cast<std::uint32_t>(bit), std::memory_order_relaxed);
  }
  static bool asked(const thread& t, poll_bits bit) {
    return (t.poll.load(std::memory_order_relaxed) & bit) != 0;
  }

 private:
  using guard = std::unique_lock<typename Atomics::mutex>;

  void take_turn(thread& t, guard& lock) {
    const auto may = [&] { return (!stopper_ || stopper_ == &t) && (!solo_ || solo_ == &t); };
    ++waiting_;
    if (!one_at_a_time) {
      // The only thread so far leaves solo at its next safepoint.
      if (solo_ && solo_ != &t) ask(*solo_, poll_yield);
      changed_.wait(lock, may);
    }
    while (!may()) {
      thread* const holder = solo_;
      const std::uint64_t before = handovers_;
      const std::chrono::duration<double> interval(switch_interval.load(std::memory_order_relaxed));
      const bool moved = changed_.wait_for(lock, interval, [&] { return may() || handovers_ != before; });
      if (!moved && holder && solo_ == holder) ask(*holder, poll_yield);
    }
    --waiting_;
    ++running_;
    t.running = true;
    const bool alone = alive_.load(std::memory_order_relaxed) <= 1 && may_be_solo;
    if (one_at_a_time || alone) {
      solo_ = &t;
      ++handovers_;
      forget(t, poll_yield);
    }
    changed_.notify_all();                // who yielded waits for solo_, who shares for waiting_
    t.barriers = solo_ != &t;
    t.born = 0;
  }

  void give_turn(thread& t) {
    t.running = false;
    --running_;
    if (solo_ == &t) {
      solo_ = nullptr;
      ++handovers_;
    }
    changed_.notify_all();
  }

  void resume_locked(thread& t) {
    if (stopper_ != &t) return;
    stopper_ = nullptr;
    at_boundary_ = false;
    for (thread* other = everyone_; other != nullptr; other = other->next_in_world) {
      forget(*other, poll_stop);
    }
    changed_.notify_all();
  }

  typename Atomics::mutex mutex_;
  typename condition_of<Atomics>::type changed_;
  unsigned running_ = 0;                  // threads that run Python code, the stopper included
  unsigned waiting_ = 0;                  // threads that want to run and may not yet
  unsigned parked_ = 0;                   // threads that stand still for a stopper
  unsigned parked_inside_ = 0;            // those of them in the middle of a slice, with its locks
  typename Atomics::template atomic<std::uint32_t> alive_{0};   // started and not ended; changed under the mutex
  std::uint64_t handovers_ = 0;           // how often solo_ has changed
  thread* solo_ = nullptr;
  thread* stopper_ = nullptr;
  bool at_boundary_ = false;              // the stopper wants the others between slices
  thread* everyone_ = nullptr;            // whom a stop asks: from the first enter() to end()
};

}  // namespace gilt::interp
