// SPDX-License-Identifier: BSL-1.0
#pragma once
// transaction: the engine of one attempt after another: TL2 in two write modes and with two clocks
// (shared.hpp: gv1, by the book; deferred).
//
//   begin    slot (kept from last time), read version rv := clock, announce rv
//   read     orec, value, orec again: unlocked, unchanged, and no newer than rv or committed through
//            our own slot; log the orec. Newer: the clock is moved there if it is not (deferred), and
//            the snapshot extended (rv' := clock, everything read so far still valid at rv -> rv := rv')
//   write    write-through: take the orec's lock now (bounded wait), save the old value, store;
//            redo: remember (word, value), found again by later reads of this attempt
//   commit   lock what the redo log names; look at the serial flag; wv := ++clock, or deferred:
//            clock + 1; validate the read log (needless under gv1 when wv == rv + 1: nobody
//            committed since); write back; unlock with (wv, slot)
//   rollback undo newest first; dirty locks get a *new* version, clean ones their old word
//
// Every value an attempt has read belongs to one snapshot, also if the attempt later aborts: each
// read either has a version <= rv or moves rv after validating all reads before it.
//
// Own: a slot is this attempt's alone, so an unlocked word that bears it was committed before the
// attempt began, by its thread or by the slot's last holder, and its value has been there since. Its
// version may lie beyond the clock.
//
// Linearization: an update at its look at the clock (of those with the same version, any order that
// the locks allow), a read-only attempt at its last rv or after the last own commit that it read.
// None of the commit's steps may be swapped: locks before the clock, or a reader that starts at wv
// still finds the old value unlocked; the locks before validation, or two attempts miss each
// other's (write skew); the clock before validation, or a ticked attempt that only reads takes a
// place after a writer whose lock it has not seen; write-back before unlock.
//
// Why a rolled-back dirty lock needs a new version: a reader that loaded the orec before the lock
// and a dirty value must not find the same word again afterwards.
//
// Conflicts are values: an operation that returns false has doomed the attempt; cause() says why,
// the caller calls rollback(). Dooming sets the fast paths' bound to 0, so that whatever runs on
// ends in a slow path, which refuses.
//
// Sources: TL2 (DISC 2006) sections 3 and 4, and GV5 there for the deferred clock; own versions:
// Ramalhete and Correia, "Scaling Up Transactions with Slower Clocks", PPoPP 2024 (papers/deferred.md);
// snapshot extension: Riegel, Felber, Fetzer, "A Lazy
// Snapshot Algorithm with Eager Validation", DISC 2006; write-through under encounter-time locks:
// Felber, Fetzer, Riegel, "Dynamic Performance Tuning of Word-Based STM", PPoPP 2008 (TinySTM).

#include <gilt/detail/abort_cause.hpp>
#include <gilt/detail/atomics_real.hpp>
#include <gilt/detail/box.hpp>
#include <gilt/detail/check.hpp>
#include <gilt/detail/log.hpp>
#include <gilt/detail/orec.hpp>
#include <gilt/detail/shared.hpp>
#include <gilt/detail/write_set.hpp>

namespace gilt::detail {

// plain: an attempt that wrote nothing commits without touching shared memory.
// ticked: advance the clock and validate in any case, so that write_version() is this commit's
// place in the serialization order even if it wrote nothing (ordered output).
enum class commit_mode : std::uint8_t { plain, ticked };

template <class Atomics>
class transaction {
 public:
  using orec_type = orec<Atomics>;
  using cell_type = word_cell<Atomics>;

  transaction() noexcept : transaction(domain_shared<basic_domain<Atomics>>) {}
  explicit transaction(shared<Atomics>& s) noexcept : shared_(&s) {}
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;
  ~transaction();

  void begin() noexcept {
    GILT_CHECK(!active_, "begin() inside a running attempt: commit() or rollback() it first");
    if (GILT_UNLIKELY(slot_ == 0 || wait_for_serial_ || roll_due_)) begin_slow();
    me_.count.starts.add();
    cause_ = abort_cause::none;
    conflict_ = nullptr;
    forcing_ = false;
    Atomics::step(protocol_step::begin);
    // [equivalent acquire, relaxed: an old clock is an old snapshot; orec loads are seq_cst and
    // find what has been committed since, and the snapshot is extended]
    rv_ = shared_->line.clock.load(std::memory_order_seq_cst);  // [MO-clock]
    Atomics::step(protocol_step::announce);
    announce(rv_ + 1);
    limit_ = bound_ = bound_of(rv_);
    while (GILT_UNLIKELY(shared_->line.era.load(std::memory_order_seq_cst) != era_)) begin_in_era();  // [MO-era]
    if (GILT_UNLIKELY(shared_->line.force_every.load(std::memory_order_relaxed) != 0)) {
      begin_forced();
    }
    active_ = true;
  }
  // As begin(), after taking the serial flag: this attempt cannot lose a conflict. Waits.
  void begin_serial() noexcept;

  bool active() const noexcept { return active_; }
  // An update commit or a rollback is under way: whoever runs on this thread now is a signal handler.
  bool ending() const noexcept { return ending_; }
  bool serial() const noexcept { return serial_; }
  bool doomed() const noexcept { return cause_ != abort_cause::none; }
  abort_cause cause() const noexcept { return cause_; }
  // The orec that caused it, for reports; may be null.
  const orec_type* conflict() const noexcept { return conflict_; }
  // The first cause stays.
  void doom(abort_cause why) noexcept { static_cast<void>(fail(why, nullptr)); }

  // -- every bool: true = done; false = doomed --------------------------------------------------

  GILT_ALWAYS_INLINE bool read(orec_type& o, cell_type& c, word& out) noexcept {
    Atomics::step(protocol_step::read);
    const word seen = o.load();                                  // [MO-orec]
    Atomics::step(protocol_step::value);
    const word value = c.load(std::memory_order_acquire);        // [MO-word]
    Atomics::step(protocol_step::recheck);
    if (GILT_LIKELY(accepted(seen) && o.load_relaxed() == seen)) {
      if (GILT_LIKELY(!reads_.full())) {
        reads_.push_reserved(&o);
        out = value;
        return true;
      }
    } else if (owns_word(seen) && GILT_LIKELY(bound_ != 0)) {
      out = value;
      return true;
    }
    return read_slow(o, c, out);
  }

  // Several loads under one orec, logged once. raw_loads runs until nothing changed around it: it
  // must tolerate torn state, and its loads must be acquire [MO-word].
  template <class F>
  GILT_ALWAYS_INLINE bool read_section(orec_type& o, F&& raw_loads) noexcept {
    for (;;) {
      Atomics::step(protocol_step::read);
      const word seen = o.load();                                // [MO-orec]
      if (GILT_LIKELY(accepted(seen))) {
        Atomics::step(protocol_step::value);
        raw_loads();
        Atomics::step(protocol_step::recheck);
        if (GILT_LIKELY(o.load_relaxed() == seen)) return log_read(o);
        continue;
      }
      if (owns_word(seen) && GILT_LIKELY(bound_ != 0)) {
        raw_loads();
        return true;
      }
      if (!admit(o)) return false;
      if (GILT_LIKELY(bound_ != 0)) continue;
      const word again = o.load();                               // forced mode: the bound is shut
      if (owns_word(again)) {
        raw_loads();
        return true;
      }
      if (!acceptable(again)) continue;
      raw_loads();
      if (o.load_relaxed() == again) return log_read(o);
    }
  }

  // Encounter-time lock; waits a bounded number of pauses.
  GILT_ALWAYS_INLINE bool lock(orec_type& o) noexcept {
    if (owns(o)) return true;
    return lock_slow(o);
  }
  GILT_ALWAYS_INLINE bool owns(const orec_type& o) const noexcept {
    return owns_word(o.load_relaxed());
  }
  // The caller owns the word's orec. Out of memory: nothing is stored and the attempt is doomed.
  GILT_ALWAYS_INLINE void store_locked(cell_type& c, word v) noexcept {
    if (GILT_UNLIKELY(undo_.full()) && !grow_undo()) return;
    undo_.push_reserved({&c, c.load(std::memory_order_relaxed)});
    Atomics::step(protocol_step::store);
    c.store(v, std::memory_order_release);                       // [MO-word]
  }
  GILT_ALWAYS_INLINE bool write(orec_type& o, cell_type& c, word v) noexcept {
    if (!lock(o)) return false;
    store_locked(c, v);
    return true;
  }

  // -- redo side; not to be mixed with the above on one orec ------------------------------------

  GILT_ALWAYS_INLINE bool read_redo(orec_type& o, cell_type& c, word& out) noexcept {
    if (GILT_UNLIKELY(!writes_.empty())) {
      if (const auto* e = writes_.find(&c)) {
        out = e->value;
        return GILT_LIKELY(!doomed());
      }
    }
    return read(o, c, out);
  }
  // The committed value of now, or this attempt's own; not logged. Waits while another thread commits it.
  bool peek(orec_type& o, cell_type& c, word& out) noexcept;
  // boxed: v is a box_base*; the one it replaces is handed out by take_replaced() after commit.
  bool write_redo(orec_type& o, cell_type& c, word v, bool boxed = false) noexcept;

  // A place in the redo log. Rolling back to it forgets later writes; reads and locks stay.
  struct savepoint {
    std::size_t writes = 0;
    std::size_t overwritten = 0;
    std::size_t outer_writes = 0;          // of the enclosing savepoint
    std::size_t outer_overwritten = 0;
  };
  savepoint save() noexcept {
    const savepoint s{writes_.size(), overwritten_.size(), savepoint_writes_,
                      savepoint_overwritten_};
    savepoint_writes_ = s.writes;
    savepoint_overwritten_ = s.overwritten;
    return s;
  }
  void release(const savepoint& s) noexcept {
    savepoint_writes_ = s.outer_writes;
    savepoint_overwritten_ = s.outer_overwritten;
  }
  // The savepoint stays in force.
  void rollback_to(const savepoint& s) noexcept;

  // -- ends -------------------------------------------------------------------------------------

  // False: the attempt is doomed, rollback().
  bool commit(commit_mode mode = commit_mode::plain) noexcept {
    if (GILT_LIKELY(bound_ != 0 && writes_.empty() && locks_.empty() &&
                    mode == commit_mode::plain && !serial_)) {
      me_.count.commits.add();
      if (site_ != nullptr) site_->commits.add();
      end_attempt();
      return true;
    }
    return commit_slow(mode);
  }
  // Takes back doom(abort_cause::retry), for or_else: another branch may still succeed; and the want
  // of memory, after which everything is as it was before the operation that failed.
  void resume() noexcept {
    if (cause_ != abort_cause::retry && cause_ != abort_cause::capacity) return;
    cause_ = abort_cause::none;
    bound_ = forcing_ ? 0 : limit_;
  }
  // Whether everything read is still the latest; false dooms the attempt.
  bool validate_now() noexcept;
  void rollback() noexcept;

  // Becomes the one attempt that cannot abort; false: doomed (another one is, or a read is stale).
  bool become_serial() noexcept;

  // -- for reports, collectors and waiters ------------------------------------------------------

  // Unlocked, and of this attempt's snapshot.
  GILT_ALWAYS_INLINE bool acceptable(word w) const noexcept {
    return (w & ~orec_watched) < limit_ || owned_before(w);
  }
  word read_version() const noexcept { return rv_; }
  word write_version() const noexcept { return wv_; }      // of the last update commit
  word slot() const noexcept { return slot_; }
  std::size_t reads() const noexcept { return reads_.size(); }
  std::size_t writes() const noexcept { return writes_.size() + undo_.size(); }
  std::size_t locks() const noexcept { return locks_.size(); }

  // The old values in the undo log, which the visitor (word&) may rewrite.
  template <class V>
  void for_each_logged_word(V&& v) {
    for (auto& e : undo_) v(e.old);
  }
  // The words the undo log would write to, as cell_type&.
  template <class V>
  void for_each_logged_cell(V&& v) {
    for (auto& e : undo_) v(*e.cell);
  }
  // The read log and the held locks, as orec&.
  template <class V>
  void for_each_logged_orec(V&& v) {
    for (orec_type* o : reads_) v(*o);
    for (auto& e : locks_) v(*e.lock);
  }
  log<orec_type*, Atomics>& read_log() noexcept { return reads_; }
  void drop_repeated_reads() noexcept;
  // The boxes that a commit would publish now.
  template <class V>
  void for_each_final_box(V&& v) {
    for (auto& e : writes_) {
      if (e.boxed != 0) v(*reinterpret_cast<box_base*>(e.value));
    }
  }
  // Boxes that the last commit replaced.
  log<word, Atomics>& replaced() noexcept { return replaced_; }

  shared<Atomics>& domain() noexcept { return *shared_; }
  counters<Atomics>& count() noexcept { return me_.count; }
  // Commits and aborts are counted for this line too, from now on; nullptr: for none.
  void set_site(const char* file, word line, const char* function) noexcept {
    site_ = me_.sites.find(file, line, function);
  }

 private:
  struct lock_entry {
    orec_type* lock;
    word old;                              // as the lock CAS found it, watched bit included
  };
  struct undo_entry {
    cell_type* cell;
    word old;
  };
  struct overwritten_entry {
    std::size_t position;                  // in writes_
    word value, boxed;
  };

  GILT_ALWAYS_INLINE bool owns_word(word w) const noexcept {
    return (w & (orec_locked | orec_slot_mask)) == self_;
  }
  // acceptable(), unless everything is to go through the slow paths. Old and own words mix, so no branch
  // could be predicted between them: an own word is compared as 0.
  GILT_ALWAYS_INLINE bool accepted(word w) const noexcept {
    const word not_own = (w ^ slot_) & (orec_locked | orec_slot_mask);
    return (w & ~orec_watched & (word{0} - word{not_own != 0})) < bound_;
  }
  // The word of an orec in the read log: as it was at rv_, but for our own lock. (Without branches, as
  // above.)
  GILT_ALWAYS_INLINE bool still_valid(word w) const noexcept {
    const int old = (w & ~orec_watched) < limit_;
    const int own = ((w ^ self_) & orec_slot_mask) == 0;
    const int unlocked = (w & orec_locked) == 0;
    const int old_below_lock = (w & orec_timestamp_mask) < limit_;
    return (old | (own & (unlocked | old_below_lock))) != 0;
  }
  GILT_ALWAYS_INLINE bool reads_are_valid() const noexcept {
    for (const orec_type* o : reads_) {
      Atomics::step(protocol_step::validate);
      if (GILT_UNLIKELY(!still_valid(o->load()))) return false;  // [MO-orec]
    }
    return true;
  }
  // Unlocked, and its last commit was made through our slot before this attempt began.
  GILT_ALWAYS_INLINE bool owned_before(word w) const noexcept {
    return ((w ^ self_) & (orec_locked | orec_slot_mask)) == orec_locked;
  }
  GILT_ALWAYS_INLINE bool log_read(orec_type& o) noexcept {
    if (GILT_UNLIKELY(reads_.full()) && !grow_reads()) return false;
    reads_.push_reserved(&o);
    return true;
  }
  GILT_ALWAYS_INLINE void announce(word value) noexcept {
    // [MO-announce]: ordered before this attempt's reads by the reclaimer's heavy_barrier().
    if (GILT_LIKELY(asymmetric_)) {
      announcement_->store(value, std::memory_order_release);
      Atomics::light_barrier();
    } else {
      announcement_->exchange(value, std::memory_order_seq_cst);
    }
  }
  GILT_ALWAYS_INLINE void end_attempt() noexcept {
    reads_.clear();
    active_ = false;
    site_ = nullptr;
    forced_in_row_ = 0;
    Atomics::step(protocol_step::end);
    // [MO-announce]: release, pairs with the reclaimer's scan; nothing read is touched any more.
    announcement_->store(0, std::memory_order_release);
    if (GILT_UNLIKELY(slot_ > sticky_slots)) give_slot();
  }

  // transaction_slow.hpp
  void begin_slow() noexcept;
  void begin_forced() noexcept;
  void begin_in_era() noexcept;
  bool renew(orec_type& o, word seen) noexcept;
  void give_slot() noexcept;
  bool fail(abort_cause why, const orec_type* where) noexcept;
  bool forced_step() noexcept;
  bool read_slow(orec_type& o, cell_type& c, word& out) noexcept;
  bool lock_slow(orec_type& o) noexcept;
  bool admit(orec_type& o) noexcept;
  bool extend(abort_cause why, word to) noexcept;
  const orec_type* first_invalid(bool wait) noexcept;
  bool grow_reads() noexcept;
  bool grow_undo() noexcept;
  bool lock_writes() noexcept;
  word next_version(commit_mode mode) noexcept;
  bool commit_slow(commit_mode mode) noexcept;
  void unlock_all(word with) noexcept;
  void drop_serial() noexcept;
  void clear_writes() noexcept;

  // -- hot; the order is the order of use --
  word bound_ = 0;                         // words below it are accepted; 0 sends all to slow paths
  word slot_ = 0;
  word limit_ = 0;                         // bound_of(rv_), whatever bound_ is
  word self_ = orec_locked;                // locked | slot_
  log<orec_type*, Atomics> reads_;         // each had a version <= rv_ when it was read
  write_set<Atomics> writes_;
  log<undo_entry, Atomics> undo_;
  log<lock_entry, Atomics> locks_;
  word rv_ = 0;                            // never decreases in an attempt; only extend() moves it
  shared<Atomics>* shared_;
  typename Atomics::template own<word>* announcement_ = nullptr;
  site_counters<Atomics>* site_ = nullptr;
  word era_ = 0;                           // of the last begin
  bool active_ = false;
  bool ending_ = false;
  bool asymmetric_ = false;
  bool serial_ = false;                    // holds the serial flag
  bool wait_for_serial_ = false;           // the last attempt gave way to the holder
  bool roll_due_ = false;                  // it found the clock near its end
  abort_cause cause_ = abort_cause::none;
  // -- cold --
  const orec_type* conflict_ = nullptr;
  word wv_ = 0;
  // Entries of writes_ below savepoint_writes_ are journalled in overwritten_ before they change;
  // the innermost savepoint's part of the journal begins at savepoint_overwritten_.
  std::size_t savepoint_writes_ = 0;
  std::size_t savepoint_overwritten_ = 0;
  log<overwritten_entry, Atomics> overwritten_;
  log<word, Atomics> replaced_;
  word force_left_ = 0;                    // barriers until the next forced abort
  unsigned forced_in_row_ = 0;
  bool forcing_ = false;
  participant<Atomics> me_;
};

extern template class transaction<real_atomics>;

}  // namespace gilt::detail
