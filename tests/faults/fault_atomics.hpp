// SPDX-License-Identifier: BSL-1.0
#pragma once
// fault_atomics: the policy under which something goes wrong at a chosen step. One thread of the
// test runs everything: it changes from one virtual thread to another (each has its own context and
// its own list of things to do at its end), so that a foreign attempt runs exactly where it is told
// to, the same in every run.
//
//   plan::now().step_at = n      at the nth step of the protocol: act()
//   plan::now().point_at = n     at the nth point() in a user's code: throw planned_fault
//   plan::now().memory_at = n    the nth allocation fails, the library's own and a hook's alike
//                                (all come to operator new, which fault_atomics.cpp replaces)
//
// While act() runs nothing is counted and nothing fails.

#include <gilt/gilt.hpp>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace gilt_faults {

using gilt::detail::protocol_step;
using gilt::detail::word;

struct planned_fault {
  bool after_commit;
};

struct plan {
  std::uint64_t steps = 0, step_at = 0;
  std::function<void()> act;
  std::uint64_t points = 0, point_at = 0;
  std::uint64_t allocations = 0, memory_at = 0;
  bool memory_stays_out = false;         // and so do all later ones
  bool counting = false;
  bool acting = false;
  // Called when a wait has lasted long: whoever is in the way must go.
  std::function<void()> stuck;
  std::uint64_t pauses = 0;
  bool lost_wakeup = false;              // somebody parked whom nothing can wake
  std::uint64_t reached[gilt::detail::protocol_step_count] = {};

  static plan& now() {
    static plan p;
    return p;
  }
  void reset() {
    counting = acting = memory_stays_out = false;
    steps = step_at = points = point_at = allocations = memory_at = pauses = 0;
    act = nullptr;
    stuck = nullptr;
  }
};

// Blocks that operator new has handed out and that have not come back.
long live_blocks() noexcept;

// A place in a user's code that may throw.
inline void point(bool after_commit = false) {
  plan& p = plan::now();
  if (!p.counting || p.acting) return;
  if (++p.points == p.point_at) throw planned_fault{after_commit};
}

class virtual_thread {
 public:
  virtual_thread() = default;
  virtual_thread(const virtual_thread&) = delete;
  virtual_thread& operator=(const virtual_thread&) = delete;
  ~virtual_thread() {
    const running as(*this);
    while (!at_exit_.empty()) {
      const auto [f, argument] = at_exit_.back();
      at_exit_.pop_back();
      f(argument);
    }
  }

  class running {
   public:
    explicit running(virtual_thread& t) noexcept : before_(std::exchange(current_, &t)) {}
    running(const running&) = delete;
    running& operator=(const running&) = delete;
    ~running() { current_ = before_; }

   private:
    virtual_thread* before_;
  };

  static virtual_thread& current() noexcept { return *current_; }
  void* context = nullptr;
  std::vector<std::pair<void (*)(void*), void*>> at_exit_;

 private:
  static inline virtual_thread* current_ = nullptr;
};

struct fault_atomics : gilt::detail::real_atomics {
  static void step(protocol_step s) noexcept {
    plan& p = plan::now();
    if (!p.counting || p.acting) return;
    ++p.reached[static_cast<std::size_t>(s)];
    if (s != protocol_step::quiesce) p.pauses = 0;   // a step of a waiting loop
    if (++p.steps != p.step_at) return;
    p.acting = true;
    const auto act = std::move(p.act);
    act();
    p.acting = false;
  }

  static void pause() noexcept {
    plan& p = plan::now();
    if (p.acting || ++p.pauses < 20'000 || !p.stuck) return;
    p.acting = true;
    p.pauses = 0;
    const auto go_on = std::move(p.stuck);
    p.stuck = nullptr;
    go_on();
    p.acting = false;
  }
  static void yield() noexcept { pause(); }

  template <class Key>
  static void*& local() noexcept {
    return virtual_thread::current().context;
  }
  static void at_thread_exit(void (*f)(void*), void* argument) {
    virtual_thread::current().at_exit_.emplace_back(f, argument);
  }

  // One thread: a permit that has not come when one goes to sleep will never come.
  class parker {
   public:
    void park() noexcept {
      if (std::exchange(permit_, false)) return;
      plan& p = plan::now();
      p.lost_wakeup = true;
      const bool before = std::exchange(p.acting, true);
      if (p.stuck) std::exchange(p.stuck, nullptr)();
      p.acting = before;
    }
    bool park_until(std::chrono::steady_clock::time_point) noexcept {
      return std::exchange(permit_, false);
    }
    void unpark() noexcept { permit_ = true; }
    void forget() noexcept { permit_ = false; }

   private:
    bool permit_ = false;
  };
};

using domain = gilt::detail::basic_domain<fault_atomics>;
using tx = gilt::basic_tx<domain>;
template <class T>
using var = gilt::var<T, domain>;
using context = gilt::detail::context<fault_atomics>;
using engine = gilt::detail::transaction<fault_atomics>;

inline gilt::detail::shared<fault_atomics>& shared() {
  return gilt::detail::domain_shared<domain>;
}
// While no attempt runs: every other scene has the other clock.
inline void change_clock() { shared().deferred = !shared().deferred; }

}  // namespace gilt_faults

namespace gilt::detail {
extern template class limbo<gilt_faults::fault_atomics>;
extern template class transaction<gilt_faults::fault_atomics>;
extern template class context<gilt_faults::fault_atomics>;
extern template void wait_for_attempts(shared<gilt_faults::fault_atomics>&) noexcept;
}  // namespace gilt::detail
