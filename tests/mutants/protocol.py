# SPDX-License-Identifier: BSL-1.0
"""The protocol mutants: (name, file, text, its replacement[, why no test can tell]).

The text must occur in the file exactly once; a mutant whose text is gone is an error, so the list
follows the core. A fifth element argues that the mutant is equivalent; the runner then only checks
that it is not killed after all.
"""

TX = "include/gilt/detail/transaction.hpp"
SLOW = "src/stm/transaction_slow.hpp"
CONTEXT = "src/stm/context_slow.hpp"
SLOTS = "include/gilt/detail/slots.hpp"
WAIT = "include/gilt/detail/wait_table.hpp"
USER = "include/gilt/tx.hpp"
ROLL = "src/stm/rollover_slow.hpp"
SHARED = "include/gilt/detail/shared.hpp"
OREC = "include/gilt/detail/orec.hpp"

PROTOCOL = [
    # -- begin and reads
    ("begin does not announce", TX, "    announce(rv_ + 1);\n", ""),
    ("begin accepts one version too many", TX,
     "limit_ = bound_ = bound_of(rv_);", "limit_ = bound_ = bound_of(rv_ + 1);"),
    ("read: no second look", TX, "(accepted(seen) && o.load_relaxed() == seen)) {\n      if (GILT_LIKELY(!reads_.full()))",
     "(accepted(seen))) {\n      if (GILT_LIKELY(!reads_.full()))"),
    ("read: any unlocked version will do", TX,
     "if (GILT_LIKELY(accepted(seen) && o.load_relaxed() == seen)) {",
     "if (GILT_LIKELY((seen & orec_locked) == 0 && bound_ != 0 && o.load_relaxed() == seen)) {"),
    ("read: not logged", TX,
     "      if (GILT_LIKELY(!reads_.full())) {\n        reads_.push_reserved(&o);\n",
     "      if (GILT_LIKELY(!reads_.full())) {\n"),
    ("read: value before lock", TX,
     "    const word seen = o.load();                                  // [MO-orec]\n"
     "    const word value = c.load(std::memory_order_acquire);        // [MO-word]\n"
     "    if (GILT_LIKELY(accepted",
     "    const word value = c.load(std::memory_order_acquire);        // [MO-word]\n"
     "    const word seen = o.load();                                  // [MO-orec]\n"
     "    if (GILT_LIKELY(accepted"),
    # -- rollover
    ("rollover: attempts are not waited for", ROLL,
     "announcement(slot).load(std::memory_order_seq_cst) != 0; ++n", "announcement(slot).load(std::memory_order_seq_cst) == ~word{0}; ++n"),
    ("rollover: no heavy barrier", ROLL, "  A::heavy_barrier();                                            // [MO-announce]\n", ""),
    ("rollover: the era is not looked at", TX,
     "    while (GILT_UNLIKELY(shared_->line.era.load(std::memory_order_seq_cst) != era_)) begin_in_era();  // [MO-era]\n", ""),
    ("rollover: the second begin does not look again", TX,
     "    while (GILT_UNLIKELY(shared_->line.era", "    if (GILT_UNLIKELY(shared_->line.era"),
    ("rollover: begins while it is under way", ROLL, "(era_ & 1) != 0; ++n", "era_ == ~word{0}; ++n"),
    ("rollover: the clock is read before the announcement is taken back", ROLL,
     "  rv_ = shared_->line.clock.load(std::memory_order_seq_cst);   // [MO-clock]\n", ""),
    ("rollover: old versions are not renewed", SLOW, "      if (renew(o, seen)) continue;\n", ""),
    ("rollover: renewing drops the watched bit", ROLL, "o.unlock(old ? seen & orec_watched : seen);",
     "o.unlock(old ? 0 : seen & ~orec_watched);"),
    ("rollover: renewing does not look at the clock again", ROLL,
     "const bool old = version > shared_->horizon();", "const bool old = version > 0;"),
    ("rollover: renewing does not lock", ROLL, "  if (!o.try_lock(seen, self_)) return true;\n", ""),
    ("rollover: the last tick is used", SLOW,
     "      if (!serial_) return fail(abort_cause::rollover, nullptr);\n", "      roll_over(*shared_);\n"),
    ("rollover: irrevocable attempts abort for it", SLOW,
     "      if (!serial_) return fail(abort_cause::rollover, nullptr);\n", "      return fail(abort_cause::rollover, nullptr);\n"),
    ("rollover: the clock starts again after the era", ROLL,
     "  s.line.clock.store(0, std::memory_order_seq_cst);              // [MO-clock]\n"
     "  s.line.era.store(era + 2, std::memory_order_seq_cst);          // [MO-era]\n",
     "  s.line.era.store(era + 2, std::memory_order_seq_cst);          // [MO-era]\n"
     "  s.line.clock.store(0, std::memory_order_seq_cst);              // [MO-clock]\n"),
    ("peek: no second look", SLOW,
     "((seen & orec_locked) == 0 && o.load_relaxed() == seen)) return true;",
     "(seen & orec_locked) == 0) return true;"),
    ("peek: a locked word will do", SLOW,
     "(owns_word(seen) || ((seen & orec_locked) == 0 && o.load_relaxed() == seen)) return true;",
     "(o.load_relaxed() == seen) return true;"),
    ("ensure: no validation at the commit", CONTEXT,
     "  if (ensures_ && !engine_.validate_now()) return false;\n", ""),
    ("attempt: a returned retry does not wait", CONTEXT,
     "  engine_.doom(abort_cause::retry);\n  wait_for_change();",
     "  engine_.doom(abort_cause::retry);\n  engine_.drop_repeated_reads();\n  abort();\n  typename A::parker p;\n  p.park();"),
    ("read_section: no second look", TX,
     "if (GILT_LIKELY(o.load_relaxed() == seen)) return log_read(o);\n        continue;",
     "return log_read(o);"),
    ("read_slow: no second look", SLOW, "|| o.load_relaxed() != seen) continue;", ") continue;"),
    ("read_slow: not logged", SLOW, "    if (!log_read(o)) return false;\n    out = value;",
     "    out = value;"),
    ("a locked word is waited for no longer than its version is right", SLOW,
     "    if ((seen & orec_locked) == 0) {\n      if (acceptable(seen)) return true;\n"
     "      if (renew(o, seen)) continue;\n      return extend(abort_cause::read_version, version_of(seen));",
     "    if ((seen & orec_locked) == 0) {\n      rv_ = version_of(seen) > rv_ ? version_of(seen) : rv_;\n"
     "      limit_ = bound_of(rv_);\n      if (!forcing_) bound_ = limit_;\n      return true;"),
    ("extend: no validation", SLOW,
     "  if (const orec_type* bad = first_invalid(serial_)) return fail(why, bad);\n  rv_ = now;",
     "  static_cast<void>(why);\n  rv_ = now;"),
    ("extend: validation before the clock", SLOW,
     "  const word now = shared_->move_clock(to);                      // [MO-clock]\n"
     "  if (const orec_type* bad = first_invalid(serial_)) return fail(why, bad);\n",
     "  if (const orec_type* bad = first_invalid(serial_)) return fail(why, bad);\n"
     "  const word now = shared_->move_clock(to);                      // [MO-clock]\n"),
    ("validation ignores foreign locks", TX,
     "    const int old = (w & ~orec_watched) < limit_;", "    const int old = version_of(w) <= rv_;"),
    ("validation accepts own locks at any version", TX,
     "    const int old_below_lock = (w & orec_timestamp_mask) < limit_;", "    const int old_below_lock = 1;"),
    ("validation does not accept own locks", TX,
     "    const int old_below_lock = (w & orec_timestamp_mask) < limit_;", "    const int old_below_lock = 0;"),
    ("validation does not accept own commits", TX,
     "    return (old | (own & (unlocked | old_below_lock))) != 0;", "    return (old | (own & old_below_lock)) != 0;"),
    ("validation ignores versions", TX,
     "    const int old = (w & ~orec_watched) < limit_;", "    const int old = (w & orec_locked) == 0;"),
    # -- writing through
    ("lock: the version is not looked at", SLOW,
     "  if (acceptable(seen)) return true;\n  return extend(abort_cause::write_version, version_of(seen));",
     "  return true;"),
    ("lock: the serial flag is not looked at", SLOW,
     "  if (!serial_ && shared_->line.serial.load(std::memory_order_seq_cst) != 0) {   // [MO-serial]\n"
     "    o.unlock(seen);", "  if (false) {\n    o.unlock(seen);"),
    ("lock: the serial flag is looked at before", SLOW,
     "  word seen = o.load();\n  for (word spins = 0;; ++spins) {\n    if ((seen & orec_locked) == 0) {\n"
     "      if (o.try_lock(seen, self_)) break;                        // [MO-orec] [MO-serial]\n"
     "      continue;\n    }\n"
     "    if (!serial_ && spins >= patience) return fail(abort_cause::write_locked, &o);\n"
     "    if (spins % 256 == 255) A::yield(); else A::pause();\n    seen = o.load();\n  }\n"
     "  // The flag is looked at after the lock and before anything dirty: the lock may go back as it was.\n"
     "  if (!serial_ && shared_->line.serial.load(std::memory_order_seq_cst) != 0) {   // [MO-serial]",
     "  const bool taken = shared_->line.serial.load(std::memory_order_seq_cst) != 0;\n"
     "  word seen = o.load();\n  for (word spins = 0;; ++spins) {\n    if ((seen & orec_locked) == 0) {\n"
     "      if (o.try_lock(seen, self_)) break;\n      continue;\n    }\n"
     "    if (!serial_ && spins >= patience) return fail(abort_cause::write_locked, &o);\n"
     "    A::pause();\n    seen = o.load();\n  }\n  if (!serial_ && taken) {"),
    ("store_locked: no undo entry", TX,
     "    undo_.push_reserved({&c, c.load(std::memory_order_relaxed)});\n", ""),
    ("fast commit forgets held locks", TX,
     "writes_.empty() && locks_.empty() &&", "writes_.empty() &&"),
    # -- commit
    ("commit: the serial flag is not looked at", SLOW,
     "  if (!serial_ && shared_->line.serial.load(std::memory_order_seq_cst) != 0) {   // [MO-serial]\n"
     "    return fail(abort_cause::serial, nullptr);\n  }\n  return true;", "  return true;"),
    ("commit: no validation", SLOW, "    if ((wv != rv_ + 1 || shared_->deferred) && !serial_ && !reads_are_valid()) {", "    if (false) {"),
    ("commit: validation skipped one version too long", SLOW,
     "    if ((wv != rv_ + 1 || shared_->deferred) && !serial_ && !reads_are_valid()) {",
     "    if (((wv != rv_ + 1 && wv != rv_ + 2) || shared_->deferred) && !serial_ && !reads_are_valid()) {"),
    ("commit: a deferred clock that stands is taken for nobody having committed", SLOW,
     "    if ((wv != rv_ + 1 || shared_->deferred) && !serial_ && !reads_are_valid()) {", "    if (wv != rv_ + 1 && !serial_ && !reads_are_valid()) {"),
    ("commit: clock before locks", SLOW,
     "    if (!writes_.empty() && !lock_writes()) return false;\n",
     "    const word early = next_version(mode);\n"
     "    if (!writes_.empty() && !lock_writes()) return false;\n    const word wv = early;\n",
     ("    const word wv = next_version(mode);\n", "")),
    ("commit: a deferred clock before locks", SLOW,
     "    if (!writes_.empty() && !lock_writes()) return false;\n",
     "    const word early = next_version(mode);\n"
     "    if (!writes_.empty() && !lock_writes()) return false;\n",
     ("    const word wv = next_version(mode);\n",
      "    const word wv = shared_->deferred ? early : next_version(mode);\n")),
    ("commit: the deferred version is the clock's own", SLOW,
     "    return shared_->line.clock.load(std::memory_order_seq_cst) + 1;            // [MO-clock]",
     "    return shared_->line.clock.load(std::memory_order_seq_cst);            // [MO-clock]"),
    ("commit: a ticket does not tick a deferred clock", SLOW,
     "  if (shared_->deferred && mode == commit_mode::plain) {", "  if (shared_->deferred) {"),
    ("extend: a deferred clock is not moved", SHARED,
     "    while (now < version) {", "    while (false) {"),
    ("extend: a deferred clock is taken for moved", SHARED,
     "    while (now < version) {", "    if (now < version) return version;\n    while (now < version) {"),
    ("own: what others committed is taken for own", TX,
     "    return ((w ^ self_) & (orec_locked | orec_slot_mask)) == orec_locked;",
     "    return (w & orec_locked) == 0;"),
    ("own: a lock keeps the timestamp of our own commit", OREC,
     "seen & ~orec_slot_mask & (word{0} - word{other});", "seen & ~orec_slot_mask;"),
    ("own: a lock takes every timestamp for acceptable", OREC,
     "seen & ~orec_slot_mask & (word{0} - word{other});", "0;"),
    ("peek: the clock is not moved", SLOW,
     "      if (!renew(o, seen)) covered = shared_->move_clock(version_of(seen));\n      continue;\n",
     "      if (renew(o, seen)) continue;\n"),
    ("commit: validation before the clock", SLOW,
     "    const word wv = next_version(mode);\n",
     "    if (!serial_) {\n      if (const orec_type* bad = first_invalid(false)) return fail(abort_cause::validation, bad);\n    }\n"
     "    const word wv = next_version(mode);\n",
     ("    if ((wv != rv_ + 1 || shared_->deferred) && !serial_ && !reads_are_valid()) {", "    if (false) {")),
    ("commit: unlock before write-back", SLOW,
     "    replaced_.clear();\n    for (const auto& e : writes_) {",
     "    unlock_all(free_word(wv, slot_));\n    replaced_.clear();\n    for (const auto& e : writes_) {",
     ("    wv_ = wv;\n\n    // Step 5: unlock, then wake those who sleep on what changed.\n"
      "    unlock_all(free_word(wv, slot_));", "    wv_ = wv;")),
    ("commit: unlock with the read version", SLOW,
     "    unlock_all(free_word(wv, slot_));", "    unlock_all(free_word(rv_, slot_));"),
    ("commit: unlock with the version after", SLOW,
     "    unlock_all(free_word(wv, slot_));", "    unlock_all(free_word(wv + 1, slot_));"),
    # -- rollback
    ("rollback: nothing is undone", SLOW,
     "    e->cell->store(e->old, std::memory_order_release);           // [MO-word]\n", ""),
    ("rollback: undone oldest first", SLOW,
     "  for (auto* e = undo_.end(); e != undo_.begin();) {\n    --e;\n"
     "    e->cell->store(e->old, std::memory_order_release);           // [MO-word]\n  }",
     "  for (auto& e : undo_) e.cell->store(e.old, std::memory_order_release);"),
    ("rollback: dirty locks go back as they were", SLOW,
     "    if (undo_.empty()) {\n", "    if (true) {\n"),
    ("rollback: unlock before undo", SLOW,
     "  for (auto* e = undo_.end(); e != undo_.begin();) {\n    --e;\n"
     "    e->cell->store(e->old, std::memory_order_release);           // [MO-word]\n  }\n",
     "",
     ("  if (cause_ == abort_cause::serial) wait_for_serial_ = true;\n",
      "  for (auto* e = undo_.end(); e != undo_.begin();) {\n    --e;\n"
      "    e->cell->store(e->old, std::memory_order_release);\n  }\n"
      "  if (cause_ == abort_cause::serial) wait_for_serial_ = true;\n")),
    ("rollback: the watched bit is taken off", SLOW,
     "e.lock->unlock(free_word(version, slot_) | (e.old & orec_watched));",
     "e.lock->unlock(free_word(version, slot_));"),
    # -- serial
    ("become_serial: what was read is not validated", SLOW,
     "  return extend(abort_cause::validation, 0);", "  return true;"),
    ("serial: a held lock is a conflict", SLOW,
     "if (const orec_type* bad = first_invalid(serial_)) return fail(why, bad);\n  rv_ = now;",
     "if (const orec_type* bad = first_invalid(false)) return fail(why, bad);\n  rv_ = now;"),
    ("serial: the flag is never put down", SLOW, "  drop_serial();\n  me_.count.commits", "  me_.count.commits"),
    ("serial: the flag is put down before the write-back", SLOW,
     "    replaced_.clear();\n    for (const auto& e : writes_) {",
     "    drop_serial();\n    replaced_.clear();\n    for (const auto& e : writes_) {",
     "the holder's locks are held and its reads are validated by the flag up to here: whoever gets "
     "past the flag now meets those locks like any other's, and the holder's reads linearize at its "
     "clock increment, before anything that locks after the flag"),
    # -- waiting
    ("commit wakes nobody", SLOW,
     "if ((e.old & orec_watched) != 0) shared_->waiters.wake(e.lock);   // [MO-watch]", ""),
    ("commit wakes before it unlocks", SLOW,
     "if ((e.old & orec_watched) != 0) shared_->waiters.wake(e.lock);   // [MO-watch]", "",
     ("    watched |= e.old & orec_watched;\n    e.lock->unlock(with);",
      "    watched |= e.old & orec_watched;\n"
      "    if ((e.old & orec_watched) != 0) shared_->waiters.wake(e.lock);\n    e.lock->unlock(with);"),
     "a waiter that is woken early finds the word locked, and nobody falls asleep on a locked word"),
    ("wake: only the first", WAIT,
     "      if (n->key == key) n->who->unpark();", "      if (n->key == key) {\n        n->who->unpark();\n        break;\n      }"),
    ("wait: watch before registering", CONTEXT,
     "  for (std::size_t i = 0; i < n; ++i) {\n    auto* const node = new",
     "  const bool sleep = watch_reads();\n  for (std::size_t i = 0; i < n; ++i) {\n    auto* const node = new",
     ("  const bool sleep = watch_reads();\n  failures_ = 0;", "  failures_ = 0;")),
    ("wait: what was read is not looked at again", CONTEXT,
     "      if (!engine_.acceptable(seen)) return false;               // locked, or newer\n", ""),
    ("wait: a newer version is slept on", CONTEXT,
     "      if (!engine_.acceptable(seen)) return false;               // locked, or newer\n",
     "      if ((seen & orec_locked) != 0) return false;\n"),
    ("wait: the bit is not set", CONTEXT,
     "|| o->try_watch(seen)) break;   // [MO-watch]", "|| true) break;"),
    ("wait: sleeps although something changed", CONTEXT,
     "  if (!sleep) A::yield();\n  else if (until", "  if (until"),
    ("wait: nodes stay in the table", CONTEXT,
     "  for (std::size_t i = 0; i < n; ++i) table.remove(nodes[i]);\n", ""),
    ("timed wait: who gives up stays registered", CONTEXT,
     "i < n; ++i) table.remove(nodes[i]);", "i < n; ++i) if (woken) table.remove(nodes[i]);"),
    ("timed wait: the deadline is forgotten", CONTEXT,
     "  else woken = parker.park_until(*until);", "  else parker.park();"),
    ("timed wait: a wake-up is taken for the end of the time", CONTEXT,
     "  else woken = parker.park_until(*until);", "  else woken = !parker.park_until(*until);"),
    ("timed wait: the time is not looked at before sleeping", CONTEXT,
     "  if (until != nullptr && std::chrono", "  if (false && std::chrono"),
    # -- memory
    ("scan: no heavy barrier", CONTEXT,
     "  A::heavy_barrier();                                            // [MO-announce]\n  word lowest", "  word lowest"),
    ("scan: destroys what the oldest attempt may hold", CONTEXT,
     "    if (r.stamp < lowest || r.stamp > clock) dying_", "    if (r.stamp <= lowest || r.stamp > clock) dying_"),
    ("scan: the last slot is not looked at", CONTEXT,
     "  for (word slot = 1; slot <= high; ++slot) {\n    const word a = shared_->slots",
     "  for (word slot = 1; slot < high; ++slot) {\n    const word a = shared_->slots"),
    ("retired with the stamp before the commit", CONTEXT,
     "  const std::size_t chosen = choose_boxes();\n  if (!engine_.commit()) return false;",
     "  const std::size_t chosen = choose_boxes();\n"
     "  const word stamp = engine_.domain().line.clock.load(std::memory_order_seq_cst);\n"
     "  if (!engine_.commit()) return false;",
     ("  irrevocable_ = false;\n  const word stamp = engine_.domain().line.clock.load(std::memory_order_seq_cst);\n",
      "  irrevocable_ = false;\n")),
    ("quiesce: no heavy barrier", CONTEXT,
     "  A::heavy_barrier();                                            // [MO-announce]\n  const word high = s.slots", "  const word high = s.slots"),
    ("quiesce: the clock is not moved", CONTEXT,
     "s.line.clock.fetch_add(1, std::memory_order_seq_cst) + 1;   // [MO-clock]",
     "s.line.clock.load(std::memory_order_seq_cst);"),
    ("quiesce: attempts that began just before are not waited for", CONTEXT,
     "      if (a == 0 || a > now) break;", "      if (a == 0 || a >= now) break;"),
    ("privatize does not wait", CONTEXT,
     "    privatizes_ = false;\n    wait_for_attempts(engine_.domain());", "    privatizes_ = false;"),
    ("abort keeps what was retired", CONTEXT,
     "  retires_.clear();\n  before_.clear();\n  after_.clear();\n",
     "  before_.clear();\n  after_.clear();\n"),
    ("commit keeps what was retired", CONTEXT,
     "  engine_.replaced().clear();\n  retires_.clear();\n", "  engine_.replaced().clear();\n"),
    ("abort keeps what was made", CONTEXT, "  destroy_all(makes_);\n  destroy_all(discarded_);\n  for",
     "  destroy_all(discarded_);\n  for"),
    ("superseded boxes are kept", CONTEXT, "  destroy_boxes(chosen);\n", "  boxes_.clear();\n"),
    ("replaced boxes are not retired", CONTEXT,
     "  for (const word old : engine_.replaced()) {", "  for (const word old : {word{0}}) {\n    if (old == 0) break;"),
    # -- slots
    ("slots: the highest is not noted", SLOTS, "            raise_high(slot);\n", ""),
    ("end keeps its announcement", TX,
     "    announcement_->store(0, std::memory_order_release);\n", ""),
    # -- composition
    ("or_else keeps what a branch wrote", USER,
     "      context_->tx().resume();\n      context_->rollback_to(place);\n", "      context_->tx().resume();\n"),
    ("or_else does not go on", USER, "      context_->tx().resume();\n", ""),
    ("nested keeps what it wrote", USER,
     "    if (!context_->irrevocable()) context_->rollback_to(place);\n", ""),
    ("an exception is not rolled back", CONTEXT,
     "    engine_.doom(abort_cause::user_exception);\n    abort();", "    static_cast<void>(engine_.commit());"),
    ("an exception leaves although its view is stale", CONTEXT,
     "  if (foreign || engine_.validate_now()) {", "  if (true) {",
     "the view of every attempt is one snapshot at a read version inside the call (opacity), so an "
     "exception thrown from it is that of a serial run at that version; the validation only makes "
     "it the newest one"),
]

# Mutants that only a deep search of one scenario finds: its name, or a part of it. Searched after the
# others.
DEEP = {
    "rollover: renewing drops the watched bit": ["rollover_sleeper"],
    "rollover: the second begin does not look again": ["rollover_late_reader/redo"],
}
# The same for weakened orders of the lines that carry [MO-era].
DEEP_ORDERS = ["rollover_announced_by_rmw"]
