// SPDX-License-Identifier: BSL-1.0
#pragma once
// Rollover: the version clock starts again at 0 when it comes near its end.
//
//   commit    a tick beyond shared::last_tick is not used (the holder of the serial flag may, since
//             it cannot abort); the attempt rolls back and its next begin rolls the clock over
//   roller    era: even -> odd by a CAS; heavy barrier; wait, slot by slot, until no attempt is
//             announced; clock := 0; era := the next even number
//   begin     read version, announcement, then a look at the era: not the one this object knows ->
//             take the announcement back, wait while it is odd, begin again
//   read      a version beyond the horizon (the clock; deferred: its successor) belongs to an earlier
//             era: lock the orec, look again, unlock it with version 0; the watched bit stays
//   scan      a stamp beyond the horizon belongs to an earlier era: no attempt that could hold the
//             memory is left
//
// Announcement, then era, against era, heavy barrier, then announcements: one of the two sees the
// other. So no attempt spans two eras, and in one era no version is beyond the horizon, which is
// what tells old versions apart. An old version that the clock has overtaken again is taken as one
// of this era: its value has been there since before the era began.
//
// Orecs are not reset by the roller (they lie beside their variables, which nobody lists) but by
// their first reader. Sleepers, their bits and the wait table are not touched.
//
// tests/model/rollover.pml checks the handshake. Source: Felber, Fetzer, Riegel, PPoPP 2008,
// section 3.1 (clock roll-over by quiescence); that old versions are renewed by their readers is
// gilt's own.

#include <gilt/detail/transaction.hpp>

namespace gilt::detail {

// Not inside an attempt. Who finds another one rolling goes on: its begin waits.
template <class A>
void roll_over(shared<A>& s) noexcept {
  A::step(protocol_step::rollover);
  // [equivalent acquire, relaxed: the compare-exchange below has the last word]
  word era = s.line.era.load(std::memory_order_seq_cst);         // [MO-era]
  if ((era & 1) != 0 || s.horizon() <= s.last_tick) return;      // an old clock: rolled once too often
  if (!s.line.era.compare_exchange_strong(era, era + 1, std::memory_order_seq_cst,   // [MO-era]
                                          std::memory_order_relaxed)) {
    return;                                                      // somebody has rolled since
  }
  A::heavy_barrier();                                            // [MO-announce]
  const word high = s.slots.high();
  for (word slot = 1; slot <= high; ++slot) {
    for (unsigned n = 0; s.slots.announcement(slot).load(std::memory_order_seq_cst) != 0; ++n) {
      if (n < 64) A::pause(); else A::yield();
    }
  }
  // [equivalent release, relaxed: published by the store after it]
  s.line.clock.store(0, std::memory_order_seq_cst);              // [MO-clock]
  // [equivalent release: nothing of this thread's has to be seen by others before a later load]
  s.line.era.store(era + 2, std::memory_order_seq_cst);          // [MO-era]
}

// The begin of another era than the last one's; begin() looks at the era again afterwards.
template <class A>
void transaction<A>::begin_in_era() noexcept {
  // [equivalent relaxed: nothing has been read under it]
  announcement_->store(0, std::memory_order_release);            // [MO-announce]
  // [equivalent acquire, relaxed: the look after the announcement has the last word. Relaxed, C++ would
  // let the clock's load below come before the roller's store; no simulated run does, nor x86.]
  era_ = shared_->line.era.load(std::memory_order_seq_cst);      // [MO-era]
  for (unsigned n = 0; (era_ & 1) != 0; ++n) {
    GILT_CHECK(era_ != era_of_broken_child,
               "fork() while other threads were inside transactions: this child process has their "
               "locks and half-made changes and cannot run transactions; call exec in it, or fork "
               "when no transaction runs");
    if (n < 64) A::pause(); else A::yield();
    // [equivalent acquire, relaxed: as above]
    era_ = shared_->line.era.load(std::memory_order_seq_cst);
  }
  // [equivalent acquire, relaxed: as in begin()]
  rv_ = shared_->line.clock.load(std::memory_order_seq_cst);     // [MO-clock]
  A::step(protocol_step::announce);
  announce(rv_ + 1);
  limit_ = bound_ = bound_of(rv_);
}

// Whether seen, an unlocked word of o, may have been left by an earlier era; look again then.
//
// Under its lock, since the clock may have come to that very version in the meantime, and the same
// slot may have committed it: a new word that looks like the old one (found by the simulation).
template <class A>
bool transaction<A>::renew(orec_type& o, word seen) noexcept {
  const word version = version_of(seen);
  if (version <= shared_->horizon()) return false;
  A::step(protocol_step::lock);
  if (!o.try_lock(seen, self_)) return true;
  A::step(protocol_step::locked);
  const bool old = version > shared_->horizon();                 // its lock's CAS has read that word
  A::step(protocol_step::unlock);
  o.unlock(old ? seen & orec_watched : seen);
  return true;
}

}  // namespace gilt::detail
