// SPDX-License-Identifier: BSL-1.0
#pragma once
// shared: all that the attempts of one domain have in common: clock, serial flag, slots, wait
// table, and the list of transaction objects whose counters statistics sums up.
//
// It is zero-initialised and never destroyed, so transactions work in static constructors and
// destructors.
//
// The serial flag shares the clock's line: writers load it right after they have taken their locks.

#include <gilt/detail/counters.hpp>
#include <gilt/detail/slots.hpp>
#include <gilt/detail/wait_table.hpp>

namespace gilt::detail {

// What statistics needs of a transaction object; linked into shared::participants.
template <class Atomics>
struct participant {
  counters<Atomics> count;
  site_table<Atomics> sites;
  participant* next = nullptr;
  participant* previous = nullptr;
  bool registered = false;
};

// The era of a child process whose parent's other threads were inside transactions when it was forked
// (src/stm/fork.cpp): no transaction begins in it.
inline constexpr word era_of_broken_child = ~word{0};

// How an update gets its write version. Versions up to the read version are accepted in both.
//   gv1       the clock moves with every update (TL2, section 3): each has a version of its own
//   deferred  the clock's successor; the clock stays until an attempt meets a version beyond it, which
//             moves it there and extends. What was committed through an attempt's own slot it accepts
//             at once: that was before it began. Disjoint writers share no line.
enum class clock_policy : std::uint8_t { gv1, deferred };

template <class Atomics>
struct shared {
  constexpr explicit shared(clock_policy p = clock_policy::gv1) noexcept
      : deferred(p == clock_policy::deferred) {}

  struct alignas(2 * cache_line_bytes) clock_line {
    // [MO-clock]: moved by an RMW (seq_cst), loaded seq_cst at begin, at extension and, deferred,
    // after a commit's locks. A reader whose clock value covers a commit sees that commit's locks.
    typename Atomics::template atomic<word> clock{0};
    // [MO-serial]: 0, or the slot of the one attempt that nobody may make wait.
    typename Atomics::template atomic<word> serial{0};
    // Tests: every nth barrier of an attempt fails; 0 = never.
    typename Atomics::template atomic<word> force_every{GILT_FORCE_ABORT};
    typename Atomics::template atomic<word> spin_limit{200};  // pauses on a lock held by another
    // [MO-era]: how often the clock has started again, times two; odd while it is being done
    // (src/stm/rollover_slow.hpp).
    typename Atomics::template atomic<word> era{0};
  };

  // A version that no update so far is beyond, and none of those that lock from now on is below: the
  // attempts that begin when the clock has come there see all of them.
  // [equivalent acquire, relaxed: no older than this thread's own commits and their clock]
  word horizon() const noexcept {
    return line.clock.load(std::memory_order_seq_cst) + (deferred ? 1 : 0);   // [MO-clock]
  }

  // Moves the clock to version unless it is there; returns where it is. A version that was met lies
  // beyond it by one at most, and only under the deferred clock.
  word move_clock(word version) noexcept {
    // [equivalent acquire, relaxed: acquired, the value read comes with the move that made it, and so do
    // the locks of the commits that looked at the clock before; relaxed, C++ would let an orec be looked
    // at before it, but no simulated run does, nor x86]
    word now = line.clock.load(std::memory_order_seq_cst);       // [MO-clock]
    while (now < version) {
      if (line.clock.compare_exchange_strong(now, version, std::memory_order_seq_cst,   // [MO-clock]
                                             std::memory_order_seq_cst)) {
        return version;
      }
    }
    return now;
  }

  clock_line line;
  bool deferred;                           // clock_policy; set before any attempt
  // Write versions go up to this one; then the clock starts again. Set before any attempt, if at
  // all. Below the last version by more than the threads that may tick at the same time.
  word last_tick = last_version - (word{1} << 30);
  slot_table<Atomics> slots;
  wait_table<Atomics> waiters;

  // Statistics (transaction_slow.hpp, statistics.cpp), under `registry`.
  typename Atomics::mutex registry;
  participant<Atomics>* participants = nullptr;
  totals departed;                         // of transaction objects that are gone
  site_counters<Atomics>* departed_sites = nullptr;

  // Nodes left behind by threads that ended (reclaim.hpp), under `orphans_lock`.
  typename Atomics::mutex orphans_lock;
  void* orphans = nullptr;
};

// A domain has its own clock, slots, waiters and statistics; variables of different domains do not
// mix in one transaction. Any type with the members `atomics` and `clock` names one.
template <class Atomics, clock_policy Clock = clock_policy::gv1>
struct basic_domain {
  using atomics = Atomics;
  static constexpr clock_policy clock = Clock;
};

template <class Domain>
inline constinit shared<typename Domain::atomics> domain_shared{Domain::clock};

// Every nth barrier or validation of each attempt fails from its next begin on; 0 ends it. The
// period doubles with every forced abort in a row, so that each transaction ends.
template <class Atomics>
void force_abort_every(shared<Atomics>& s, word n) noexcept {
  s.line.force_every.store(n, std::memory_order_relaxed);
}
template <class Domain>
void force_abort_every(word n) noexcept {
  force_abort_every(domain_shared<Domain>, n);
}

}  // namespace gilt::detail
