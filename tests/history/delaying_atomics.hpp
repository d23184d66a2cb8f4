// SPDX-License-Identifier: BSL-1.0
#pragma once
// delaying_atomics: the policy that ships, with random delays at the steps of the protocol, so that
// real threads meet in windows a few instructions wide. A delay is a number of pauses, or the
// processor is offered to another thread: on few cores that is what makes attempts overlap.
//
// A planted bug makes the same policy lie to the core in one place. With it the checkers prove, in
// every run, that they would notice.

#include <gilt/gilt.hpp>

namespace gilt_history {

using gilt::detail::protocol_step;
using gilt::detail::word;

enum class planted : std::uint8_t {
  nothing,
  no_validation,      // each orec of the read log looks free and old
  no_recheck,         // the orec looks unchanged after the value was loaded
  no_undo             // a rolled-back word keeps its dirty value
};

// A thread's source of chance: xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
struct chance {
  std::uint64_t state = 88172645463325252ull;
  std::uint64_t next() noexcept {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  }
  std::uint64_t below(std::uint64_t n) noexcept { return (next() >> 11) % n; }
};

struct delays {
  chance random;
  std::uint32_t mean = 0;              // steps from delay to delay; 0: none
  std::uint32_t left = 1;
  // What a lying policy remembers from step to step.
  bool validating = false, rechecking = false, undoing = false;
  word seen = 0;
  const void* where = nullptr;

  static delays& mine() noexcept {
    static constinit thread_local delays d;
    return d;
  }
  GILT_COLD void wait() noexcept {
    left = 1 + static_cast<std::uint32_t>(random.below(2 * std::uint64_t{mean}));
    const auto r = random.next() >> 20;
    if (r % 4 == 0) {
      gilt::detail::real_atomics::yield();
    } else {
      for (auto n = r / 4 % 256; n != 0; --n) gilt::detail::real_atomics::pause();
    }
  }
};

template <planted Bug>
struct delaying_atomics : gilt::detail::real_atomics {
  static GILT_ALWAYS_INLINE void step([[maybe_unused]] protocol_step s) noexcept {
    delays& d = delays::mine();
    if constexpr (Bug == planted::no_validation) d.validating = s == protocol_step::validate;
    if constexpr (Bug == planted::no_recheck) d.rechecking = s == protocol_step::recheck;
    if constexpr (Bug == planted::no_undo) d.undoing = s == protocol_step::rollback;
    if (d.mean != 0 && --d.left == 0) d.wait();
  }

  template <class T>
  class lying {
   public:
    constexpr lying() noexcept = default;
    constexpr lying(T v) noexcept : value_(v) {}
    T load(std::memory_order o) const noexcept {
      delays& d = delays::mine();
      if constexpr (Bug == planted::no_validation) {
        if (d.validating) {
          d.validating = false;
          return T{};
        }
      } else if constexpr (Bug == planted::no_recheck && sizeof(T) == sizeof(word)) {
        const bool second_look = d.rechecking && d.where == this;
        d.rechecking = false;
        if (second_look) return static_cast<T>(d.seen);
        const T v = value_.load(o);
        if (o == std::memory_order_seq_cst) {
          d.seen = static_cast<word>(v);
          d.where = this;
        }
        return v;
      }
      return value_.load(o);
    }
    void store(T v, std::memory_order o) noexcept {
      if constexpr (Bug == planted::no_undo) {
        if (delays::mine().undoing) return;
      }
      value_.store(v, o);
    }
    T exchange(T v, std::memory_order o) noexcept { return value_.exchange(v, o); }
    T fetch_add(T v, std::memory_order o) noexcept { return value_.fetch_add(v, o); }
    T fetch_or(T v, std::memory_order o) noexcept { return value_.fetch_or(v, o); }
    T fetch_and(T v, std::memory_order o) noexcept { return value_.fetch_and(v, o); }
    bool compare_exchange_strong(T& e, T v, std::memory_order a, std::memory_order b) noexcept {
      return value_.compare_exchange_strong(e, v, a, b);
    }

   private:
    real_atomics::atomic<T> value_{};
  };
  template <class T>
  using atomic = std::conditional_t<Bug == planted::nothing, real_atomics::atomic<T>, lying<T>>;
};

}  // namespace gilt_history

#define GILT_HISTORY_CORES(declare)            \
  declare(gilt_history::planted::nothing)      \
  declare(gilt_history::planted::no_validation) \
  declare(gilt_history::planted::no_recheck)   \
  declare(gilt_history::planted::no_undo)

// Instantiated in core.cpp.
#define GILT_HISTORY_EXTERN(bug) \
  extern template class gilt::detail::transaction<gilt_history::delaying_atomics<bug>>;
GILT_HISTORY_CORES(GILT_HISTORY_EXTERN)
#undef GILT_HISTORY_EXTERN
