// SPDX-License-Identifier: BSL-1.0
#pragma once
// The slow paths of detail::transaction: begin's first time, waiting for locks, extension, commit,
// rollback. A template over the atomics policy; transaction.cpp instantiates it for the policies
// that ship, a test with its own policy includes this file.
//
// The protocol and its order are told at the head of gilt/detail/transaction.hpp; the memory-order
// tags are listed in README.md.

#include <gilt/detail/transaction.hpp>

#include "stm/rollover_slow.hpp"

#include <algorithm>

namespace gilt::detail {

// -- slots, registration, announcement ----------------------------------------------------------

template <class A>
void transaction<A>::begin_slow() noexcept {
  if (!me_.registered) {
    asymmetric_ = A::asymmetric();
    const std::lock_guard guard(shared_->registry);
    me_.registered = true;
    me_.next = shared_->participants;
    if (me_.next != nullptr) me_.next->previous = &me_;
    shared_->participants = &me_;
  }
  if (slot_ == 0) {
    A::step(protocol_step::slot);
    slot_ = shared_->slots.take();
    self_ = orec_locked | slot_;
    announcement_ = &shared_->slots.announcement(slot_);
  }
  if (wait_for_serial_) {
    wait_for_serial_ = false;
    // [equivalent acquire, relaxed: this only waits; the look after locking decides]
    for (unsigned n = 0; shared_->line.serial.load(std::memory_order_seq_cst) != 0; ++n) {
      if (n < 64) A::pause(); else A::yield();
    }
  }
  if (roll_due_) {
    roll_due_ = false;
    roll_over(*shared_);
  }
}

template <class A>
void transaction<A>::give_slot() noexcept {
  const word mine = slot_;
  slot_ = 0;
  self_ = orec_locked;
  announcement_ = nullptr;
  shared_->slots.give(mine);
}

template <class A>
transaction<A>::~transaction() {
  A::step(protocol_step::thread_exit);
  GILT_CHECK(!active_, "a transaction object died inside its attempt: commit() or rollback()");
  if (!me_.registered) return;
  if (slot_ != 0) give_slot();
  const std::lock_guard guard(shared_->registry);
  (me_.previous != nullptr ? me_.previous->next : shared_->participants) = me_.next;
  if (me_.next != nullptr) me_.next->previous = me_.previous;
  me_.count.add_to(shared_->departed);
  me_.sites.for_each([&](const site_counters<A>& mine) {
    auto* to = shared_->departed_sites;
    while (to != nullptr &&
           !(to->where.line == mine.where.line && to->where.file == mine.where.file)) {
      to = to->next;
    }
    if (to == nullptr) {
      try {
        to = A::template create<site_counters<A>>();
      } catch (...) {
        return;                    // out of memory: the line's figures are lost, the totals are not
      }
      to->where = mine.where;
      to->next = shared_->departed_sites;
      shared_->departed_sites = to;
    }
    to->commits.add(mine.commits.read());
    for (std::size_t i = 0; i < abort_cause_count; ++i) to->aborts[i].add(mine.aborts[i].read());
  });
}

// -- forced aborts ------------------------------------------------------------------------------

template <class A>
void transaction<A>::begin_forced() noexcept {
  if (serial_) return;             // an attempt that must not abort
  const word every = shared_->line.force_every.load(std::memory_order_relaxed);
  const word period = every << std::min(forced_in_row_, 24u);
  if (force_left_ == 0 || force_left_ > period) force_left_ = period;
  forcing_ = true;
  bound_ = 0;
}

template <class A>
bool transaction<A>::forced_step() noexcept {
  if (!forcing_ || --force_left_ != 0) return false;
  ++forced_in_row_;
  fail(abort_cause::forced, nullptr);
  return true;
}

template <class A>
bool transaction<A>::fail(abort_cause why, const orec_type* where) noexcept {
  if (cause_ == abort_cause::none) {
    cause_ = why;
    conflict_ = where;
  }
  bound_ = 0;
  return false;
}

// -- reading ------------------------------------------------------------------------------------

// Waits until o is ours, or free at a version the snapshot covers, extending it if need be.
template <class A>
bool transaction<A>::admit(orec_type& o) noexcept {
  if (doomed() || forced_step()) return false;
  const word patience = shared_->line.spin_limit.load(std::memory_order_relaxed);
  for (word spins = 0;; ++spins) {
    const word seen = o.load();                                  // [MO-orec]
    if ((seen & orec_locked) == 0) {
      if (acceptable(seen)) return true;
      if (renew(o, seen)) continue;
      return extend(abort_cause::read_version, version_of(seen));
    }
    if (owns_word(seen)) return true;
    if (!serial_ && spins >= patience) return fail(abort_cause::read_locked, &o);
    if (spins % 256 == 255) A::yield(); else A::pause();
  }
}

template <class A>
bool transaction<A>::read_slow(orec_type& o, cell_type& c, word& out) noexcept {
  for (;;) {
    if (!admit(o)) return false;
    A::step(protocol_step::read);
    const word seen = o.load();                                  // [MO-orec]
    A::step(protocol_step::value);
    const word value = c.load(std::memory_order_acquire);        // [MO-word]
    A::step(protocol_step::recheck);
    if (owns_word(seen)) {
      out = value;
      return true;
    }
    if (!acceptable(seen) || o.load_relaxed() != seen) continue;
    if (!log_read(o)) return false;
    out = value;
    return true;
  }
}

// A value of another moment than the snapshot's. What is read cannot be freed before this attempt
// ends: it was published or replaced after the attempt had announced itself. Under a deferred clock the
// word of an attempt that undid its store in place may look as it did before, unless the clock has
// come to its version first.
template <class A>
bool transaction<A>::peek(orec_type& o, cell_type& c, word& out) noexcept {
  if (doomed() || forced_step()) return false;
  if (const auto* e = writes_.find(&c)) {
    out = e->value;
    return true;
  }
  word covered = rv_;
  for (unsigned n = 0;; ++n) {
    A::step(protocol_step::read);
    const word seen = o.load();                                  // [MO-orec]
    if ((seen & orec_locked) == 0 && version_of(seen) > covered && !owned_before(seen)) {
      if (!renew(o, seen)) covered = shared_->move_clock(version_of(seen));
      continue;
    }
    A::step(protocol_step::value);
    out = c.load(std::memory_order_acquire);                     // [MO-word]
    A::step(protocol_step::recheck);
    if (owns_word(seen) || ((seen & orec_locked) == 0 && o.load_relaxed() == seen)) return true;
    if (n < 64) A::pause(); else A::yield();
  }
}

// The first orec of the read log that is no longer as it was at rv_, or nullptr.
template <class A>
auto transaction<A>::first_invalid(bool wait) noexcept -> const orec_type* {
  for (const orec_type* o : reads_) {
    for (;;) {
      A::step(protocol_step::validate);
      const word seen = o->load();                               // [MO-orec]
      if (still_valid(seen)) break;
      if (!wait || owns_word(seen) || (seen & orec_locked) == 0) return o;
      A::yield();                  // the holder is about to see the serial flag and to let go
    }
  }
  return nullptr;
}

// To a snapshot that covers the version `to`, if nothing read has changed. The clock is moved and
// loaded before the validation: what commits later than the new rv is not covered.
template <class A>
bool transaction<A>::extend(abort_cause why, word to) noexcept {
  A::step(protocol_step::extend);
  const word now = shared_->move_clock(to);                      // [MO-clock]
  if (const orec_type* bad = first_invalid(serial_)) return fail(why, bad);
  rv_ = now;
  limit_ = bound_of(now);
  if (!forcing_) bound_ = limit_;
  me_.count.extensions.add();
  return true;
}

template <class A>
bool transaction<A>::validate_now() noexcept {
  if (doomed()) return false;
  if (const orec_type* bad = first_invalid(serial_)) return fail(abort_cause::validation, bad);
  return true;
}

template <class A>
void transaction<A>::drop_repeated_reads() noexcept {
  std::sort(reads_.begin(), reads_.end());
  const auto* end = std::unique(reads_.begin(), reads_.end());
  reads_.truncate(static_cast<std::size_t>(end - reads_.begin()));
}

// A full read log is first freed of repetitions: loops read the same orecs again and again.
template <class A>
bool transaction<A>::grow_reads() noexcept {
  if (reads_.size() >= 1024) {
    drop_repeated_reads();
    if (reads_.size() <= reads_.capacity() / 2) return true;
  }
  return reads_.grow() || fail(abort_cause::capacity, nullptr);
}

// Only a word's oldest value matters for undoing, so a full log keeps that one.
template <class A>
bool transaction<A>::grow_undo() noexcept {
  struct placed {
    undo_entry entry;
    std::size_t position;
  };
  const std::size_t n = undo_.size();
  auto* const sorted = n < 1024 ? nullptr : static_cast<placed*>(A::allocate(n * sizeof(placed)));
  if (sorted != nullptr) {
    for (std::size_t i = 0; i < n; ++i) sorted[i] = {undo_[i], i};
    std::sort(sorted, sorted + n, [](const placed& a, const placed& b) {
      return a.entry.cell != b.entry.cell ? a.entry.cell < b.entry.cell : a.position < b.position;
    });
    undo_.truncate(0);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == 0 || sorted[i].entry.cell != sorted[i - 1].entry.cell) {
        undo_.push_reserved(sorted[i].entry);
      }
    }
    A::deallocate(sorted);
    if (undo_.size() <= undo_.capacity() / 2) return true;
  }
  return undo_.grow() || fail(abort_cause::capacity, nullptr);
}

// -- writing ------------------------------------------------------------------------------------

template <class A>
bool transaction<A>::lock_slow(orec_type& o) noexcept {
  if (doomed() || forced_step()) return false;
  if (!locks_.reserve_one()) return fail(abort_cause::capacity, nullptr);
  const word patience = shared_->line.spin_limit.load(std::memory_order_relaxed);
  A::step(protocol_step::lock);
  word seen = o.load();
  for (word spins = 0;; ++spins) {
    if ((seen & orec_locked) == 0) {
      if (o.try_lock(seen, self_)) break;                        // [MO-orec] [MO-serial]
      continue;
    }
    if (!serial_ && spins >= patience) return fail(abort_cause::write_locked, &o);
    if (spins % 256 == 255) A::yield(); else A::pause();
    seen = o.load();
  }
  // The flag is looked at after the lock and before anything dirty: the lock may go back as it was.
  if (!serial_ && shared_->line.serial.load(std::memory_order_seq_cst) != 0) {   // [MO-serial]
    o.unlock(seen);
    return fail(abort_cause::serial, &o);
  }
  locks_.push_reserved({&o, seen});
  A::step(protocol_step::locked);
  if (acceptable(seen)) return true;
  return extend(abort_cause::write_version, version_of(seen));
}

template <class A>
bool transaction<A>::write_redo(orec_type& o, cell_type& c, word v, bool boxed) noexcept {
  if (doomed() || forced_step()) return false;
  if (auto* e = writes_.find(&c)) {
    const std::size_t at = writes_.position(e);
    const bool journalled = overwritten_.size() > savepoint_overwritten_ &&
                            overwritten_.back().position == at;
    if (at < savepoint_writes_ && !journalled && !overwritten_.push({at, e->value, e->boxed})) {
      return fail(abort_cause::capacity, nullptr);
    }
    e->value = v;
    return true;
  }
  // After the commit there is no way to fail: the place for the box replaced is made now.
  if (boxed && !replaced_.push(0)) return fail(abort_cause::capacity, nullptr);
  if (serial_ && !locks_.reserve(writes_.size() + 1)) return fail(abort_cause::capacity, nullptr);
  __builtin_prefetch(&o, 1);       // the lock CAS will want the line
  if (!writes_.insert({&c, &o, v, boxed ? word{1} : word{0}})) {
    return fail(abort_cause::capacity, nullptr);
  }
  return true;
}

template <class A>
void transaction<A>::rollback_to(const savepoint& s) noexcept {
  while (overwritten_.size() > s.overwritten) {
    const overwritten_entry& e = overwritten_.back();
    writes_[e.position].value = e.value;
    writes_[e.position].boxed = e.boxed;
    overwritten_.pop();
  }
  writes_.truncate(s.writes);
  savepoint_writes_ = s.writes;
  savepoint_overwritten_ = s.overwritten;
}

// -- commit -------------------------------------------------------------------------------------

// The version of what is locked now. Deferred: no attempt accepts it before the clock has come there,
// and whoever begins then sees our locks; nobody is kept from using the same one. A ticket is a tick
// in any case.
template <class A>
GILT_ALWAYS_INLINE word transaction<A>::next_version(commit_mode mode) noexcept {
  if (shared_->deferred && mode == commit_mode::plain) {
    return shared_->line.clock.load(std::memory_order_seq_cst) + 1;            // [MO-clock]
  }
  // [equivalent acq_rel: of two ticks the later one sees the locks that came before the earlier]
  return shared_->line.clock.fetch_add(1, std::memory_order_seq_cst) + 1;      // [MO-clock]
}

// Step 1: every orec that the redo log names, in order of writing; then the serial flag.
template <class A>
bool transaction<A>::lock_writes() noexcept {
  const word patience = shared_->line.spin_limit.load(std::memory_order_relaxed);
  for (const auto& e : writes_) {
    orec_type& o = *e.lock;
    if (owns(o)) continue;         // several fields of one record
    if (!locks_.reserve_one()) return fail(abort_cause::capacity, nullptr);
    A::step(protocol_step::lock);
    word seen = o.load();
    for (word spins = 0;; ++spins) {
      if ((seen & orec_locked) == 0) {
        if (o.try_lock(seen, self_)) break;                      // [MO-orec] [MO-serial]
        continue;
      }
      if (!serial_ && spins >= patience) return fail(abort_cause::commit_locked, &o);
      if (spins % 256 == 255) A::yield(); else A::pause();
      seen = o.load();
    }
    locks_.push_reserved({&o, seen});
  }
  A::step(protocol_step::serial);
  if (!serial_ && shared_->line.serial.load(std::memory_order_seq_cst) != 0) {   // [MO-serial]
    return fail(abort_cause::serial, nullptr);
  }
  return true;
}

template <class A>
bool transaction<A>::commit_slow(commit_mode mode) noexcept {
  GILT_CHECK(active_, "commit() without begin()");
  if (doomed() || forced_step()) return false;
  ending_ = true;                          // a commit that fails goes on to rollback()
  if (!writes_.empty() || !locks_.empty() || mode == commit_mode::ticked) {
    if (!writes_.empty() && !lock_writes()) return false;

    // Step 2: the write version. Everything that commits at wv or later sees our locks.
    A::step(protocol_step::clock);
    const word wv = next_version(mode);
    GILT_CHECK(wv <= last_version, "the version clock is used up: restart the program");
    if (GILT_UNLIKELY(wv > shared_->last_tick)) {
      roll_due_ = true;
      if (!serial_) return fail(abort_cause::rollover, nullptr);
    }

    // Step 3: validate. With wv == rv + 1 nobody has committed since rv was read (TL2, 3.3), where
    // every commit moves the clock. The holder of the serial flag has no rival: what it read cannot
    // have changed.
    if ((wv != rv_ + 1 || shared_->deferred) && !serial_ && !reads_are_valid()) {
      if (const orec_type* bad = first_invalid(false)) return fail(abort_cause::validation, bad);
    }

    GILT_CHECK3(!serial_ || first_invalid(true) == nullptr,
                "something changed under the holder of the serial flag");
    GILT_CHECK3(std::all_of(locks_.begin(), locks_.end(),
                            [this](const lock_entry& e) { return owns(*e.lock); }),
                "a lock in the log is not held");

    // Step 4: write back. Release [MO-word]: who reads a new value also sees its lock.
    replaced_.clear();
    for (const auto& e : writes_) {
      A::step(protocol_step::write_back);
      if (e.boxed != 0) replaced_.push_reserved(e.cell->load(std::memory_order_relaxed));
      e.cell->store(e.value, std::memory_order_release);
    }
    wv_ = wv;

    // Step 5: unlock, then wake those who sleep on what changed.
    unlock_all(free_word(wv, slot_));
  }
  drop_serial();
  me_.count.commits.add();
  if (site_ != nullptr) site_->commits.add();
  clear_writes();
  ending_ = false;
  end_attempt();
  return true;
}

template <class A>
void transaction<A>::unlock_all(word with) noexcept {
  word watched = 0;
  for (const auto& e : locks_) {
    A::step(protocol_step::unlock);
    watched |= e.old & orec_watched;
    e.lock->unlock(with);                                        // [MO-orec]
  }
  if (GILT_LIKELY(watched == 0)) return;
  for (const auto& e : locks_) {
    A::step(protocol_step::wake);
    if ((e.old & orec_watched) != 0) shared_->waiters.wake(e.lock);   // [MO-watch]
  }
}

template <class A>
void transaction<A>::clear_writes() noexcept {
  writes_.clear();
  undo_.clear();
  locks_.clear();
  overwritten_.clear();
  savepoint_writes_ = 0;
  savepoint_overwritten_ = 0;
}

template <class A>
void transaction<A>::rollback() noexcept {
  GILT_CHECK(active_, "rollback() without begin()");
  if (cause_ == abort_cause::none) cause_ = abort_cause::explicit_abort;
  ending_ = true;
  A::step(protocol_step::rollback);
  for (auto* e = undo_.end(); e != undo_.begin();) {
    --e;
    e->cell->store(e->old, std::memory_order_release);           // [MO-word]
  }
  if (!locks_.empty()) {
    if (undo_.empty()) {
      for (const auto& e : locks_) {
        A::step(protocol_step::unlock);
        e.lock->unlock(e.old);
      }
    } else {
      A::step(protocol_step::clock);
      const word version = next_version(commit_mode::plain);
      for (const auto& e : locks_) {
        A::step(protocol_step::unlock);
        e.lock->unlock(free_word(version, slot_) | (e.old & orec_watched));   // [MO-orec]
      }
    }
  }
  if (cause_ == abort_cause::serial) wait_for_serial_ = true;
  drop_serial();
  me_.count.aborts[static_cast<std::size_t>(cause_)].add();
  if (site_ != nullptr) site_->aborts[static_cast<std::size_t>(cause_)].add();
  clear_writes();
  replaced_.clear();
  const unsigned forced = forced_in_row_;
  ending_ = false;
  end_attempt();
  forced_in_row_ = forced;
}

// -- the serial flag ----------------------------------------------------------------------------

template <class A>
void transaction<A>::drop_serial() noexcept {
  if (!serial_) return;
  serial_ = false;
  A::step(protocol_step::serial);
  // [equivalent release, relaxed: who sees this late waits longer; what the holder wrote is handed
  // over by its orecs]
  shared_->line.serial.store(0, std::memory_order_seq_cst);      // [MO-serial]
}

// From here on no writer gets past its look at the flag, so once every lock on what was read has
// been let go and the versions are still right, the reads are frozen.
template <class A>
bool transaction<A>::become_serial() noexcept {
  if (doomed()) return false;
  if (serial_) return true;
  // Its commit must not want memory.
  if (!locks_.reserve(writes_.size())) return fail(abort_cause::capacity, nullptr);
  A::step(protocol_step::serial);
  word nobody = 0;
  if (!shared_->line.serial.compare_exchange_strong(nobody, slot_, std::memory_order_seq_cst,
                                                    std::memory_order_relaxed)) {
    return fail(abort_cause::serial, nullptr);
  }
  serial_ = true;
  me_.count.serial.add();
  forcing_ = false;
  return extend(abort_cause::validation, 0);
}

template <class A>
void transaction<A>::begin_serial() noexcept {
  GILT_CHECK(!active_, "begin_serial() inside a running attempt: commit() or rollback() it first");
  wait_for_serial_ = false;
  if (slot_ == 0) begin_slow();
  for (unsigned n = 0;; ++n) {
    word nobody = 0;
    if (shared_->line.serial.load(std::memory_order_relaxed) == 0 &&
        shared_->line.serial.compare_exchange_strong(nobody, slot_, std::memory_order_seq_cst,
                                                     std::memory_order_relaxed)) {
      break;
    }
    if (n < 64) A::pause(); else A::yield();
  }
  serial_ = true;
  me_.count.serial.add();
  begin();
}

}  // namespace gilt::detail
