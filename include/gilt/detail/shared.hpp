// SPDX-License-Identifier: BSL-1.0
#pragma once
// shared: all that the attempts of one domain have in common: clock, serial flag, slots, wait
// table, and the list of transaction objects whose counters statistics sums up.
//
// It is zero-initialised and never destroyed, so transactions work in static constructors and
// destructors.
//
// The clock is GV1 (TL2, section 3): one word, advanced by every commit that wrote something. The
// serial flag shares its line: writers load it right after they have taken their locks.

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

template <class Atomics>
struct shared {
  struct alignas(2 * cache_line_bytes) clock_line {
    // [MO-clock]: advanced by fetch_add (seq_cst), loaded seq_cst at begin and extension. A reader
    // whose clock value covers a commit sees that commit's locks.
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

  clock_line line;
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
// mix in one transaction. Any type with a member `atomics` names one.
template <class Atomics>
struct basic_domain {
  using atomics = Atomics;
};

template <class Domain>
inline constinit shared<typename Domain::atomics> domain_shared{};

// Every nth barrier or validation of each attempt fails from its next begin on; 0 ends it. The
// period doubles with every forced abort in a row, so that each transaction ends.
template <class Atomics>
void force_abort_every(shared<Atomics>& s, word n) noexcept {
  s.line.force_every.store(n, std::memory_order_relaxed);
}
template <class Atomics>
void force_abort_every(word n) noexcept {
  force_abort_every(domain_shared<basic_domain<Atomics>>, n);
}

}  // namespace gilt::detail
