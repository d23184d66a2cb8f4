// SPDX-License-Identifier: BSL-1.0
#pragma once
// wait_queue: threads that wait for an object to change, by the object's address.
//
// Who waits registers and then looks at the object's words once more; who changes them commits and
// then looks for waiters. Both go through a read-modify-write of the number of waiters [MO-waiters]:
// the one that comes second sees the other - the waker a waiter, or the waiter, whose acquire pairs
// with the waker's release, the change - and no wake-up is lost. Waking costs one RMW when nobody
// waits. A wake-up is for all waiters of the object: each looks for itself.
#include <array>

#include "interp/concurrency/mutator.hpp"

namespace gilt::interp {

template <class Atomics>
class wait_queue {
 public:
  using thread = mutator<Atomics>;

  // Waits for t.wait.on. O(1).
  void add(thread& t) {
    const guard lock(mutex_);
    thread*& first = line(t.wait.on);
    t.wait.woken = false;
    t.wait.previous = nullptr;
    t.wait.next = first;
    if (first) first->wait.previous = &t;
    first = &t;
    count_.fetch_add(1, std::memory_order_acquire);                       // [MO-waiters]
    t.wait.registered = true;
    t.wait.expired = false;
  }

  // Nothing if it is not registered.
  void remove(thread& t) {
    if (!t.wait.registered) return;
    const guard lock(mutex_);
    if (t.wait.next) t.wait.next->wait.previous = t.wait.previous;
    (t.wait.previous ? t.wait.previous->wait.next : line(t.wait.on)) = t.wait.next;
    count_.fetch_sub(1, std::memory_order_relaxed);
    t.wait.registered = t.wait.expired = t.wait.has_deadline = false;
    t.wait.on = nullptr;
  }

  // Until a wake-up since add() or the last sleep, the deadline, or an interrupt.
  void sleep(thread& t) {
    using clock = std::chrono::steady_clock;
    guard lock(mutex_);
    const clock::time_point until{std::chrono::nanoseconds(t.wait.deadline_ns)};
    bool in_time = true;
    while (in_time && !t.wait.woken && (t.poll.load(std::memory_order_relaxed) & poll_interrupt) == 0) {
      in_time = t.wait.wake.nap(lock, t.wait.has_deadline ? &until : nullptr);
    }
    if (!in_time && !t.wait.woken) t.wait.expired = true;
    t.wait.woken = false;
  }

  // After the change has been committed.
  void wake(const void* object) {
    if (count_.fetch_add(0, std::memory_order_release) == 0) return;      // [MO-waiters]
    const guard lock(mutex_);
    for (thread* t = line(object); t != nullptr; t = t->wait.next) {
      if (t->wait.on != object) continue;
      t->wait.woken = true;
      t->wait.wake.notify_one();
    }
  }

 private:
  using guard = std::unique_lock<typename Atomics::mutex>;

  thread*& line(const void* object) {
    return lines_[(reinterpret_cast<std::uintptr_t>(object) >> 4) % lines_.size()];
  }

  typename Atomics::mutex mutex_;
  std::array<thread*, 61> lines_{};
  typename Atomics::template atomic<std::uint32_t> count_{0};             // [MO-waiters]
};

}  // namespace gilt::interp
