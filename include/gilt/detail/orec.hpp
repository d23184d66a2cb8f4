// SPDX-License-Identifier: BSL-1.0
#pragma once
// orec: one ownership record guards one variable, record or object.
//
//   63      locked
//   62      watched: someone sleeps until this changes (while locked: in the owner's lock log)
//   61..12  timestamp of the last commit (kept while locked; 0 if it was the owner's slot that committed)
//   11..0   slot of the last committer, or of the owner while locked
//
// Zero is free at version 0. "Free and no newer than v" is one unsigned compare once the watched
// bit is masked: a locked word is larger than every bound. Since a locked word says whether the old
// one was acceptable, an owner validates its own locks exactly as it validates what it only read.
//
// Bit 11 of the slot field is never set by a transaction (slots stay below 2048): the interpreter
// marks objects born in a running slice with it.
//
// Source: Dice, Shalev, Shavit, "Transactional Locking II", DISC 2006 (papers/tl2.md).

#include <gilt/detail/config.hpp>

#include <atomic>

namespace gilt::detail {

inline constexpr word orec_locked = word{1} << 63;
inline constexpr word orec_watched = word{1} << 62;
inline constexpr unsigned orec_timestamp_shift = 12;
inline constexpr word orec_slot_mask = (word{1} << orec_timestamp_shift) - 1;
inline constexpr word orec_timestamp_mask = (orec_watched - 1) & ~orec_slot_mask;
inline constexpr word last_version = orec_timestamp_mask >> orec_timestamp_shift;
inline constexpr word slot_limit = 2048;             // slots are 1 .. 2047; 0 is nobody

constexpr word version_of(word w) noexcept {
  return (w & orec_timestamp_mask) >> orec_timestamp_shift;
}
// The words accepted at a read version rv are those below bound_of(rv), watched bit aside.
constexpr word bound_of(word rv) noexcept { return (rv + 1) << orec_timestamp_shift; }
constexpr word free_word(word version, word slot) noexcept {
  return version << orec_timestamp_shift | slot;
}

template <class Atomics>
class orec {
 public:
  constexpr orec() noexcept = default;
  orec(const orec&) = delete;
  orec& operator=(const orec&) = delete;

  // Order: seq_cst [MO-orec] [MO-serial]. As an acquire it pairs with unlock(). The holder of the
  // serial flag also needs the store-buffering order: flag taken, then orec read, against a
  // writer's lock taken, then flag read. (A seq_cst load is a plain load on x86.)
  GILT_ALWAYS_INLINE word load() const noexcept { return word_.load(std::memory_order_seq_cst); }

  // For a second look after an acquire load of the data, and for the owner.
  GILT_ALWAYS_INLINE word load_relaxed() const noexcept {
    return word_.load(std::memory_order_relaxed);
  }

  // Only while no other thread can reach the orec.
  GILT_ALWAYS_INLINE void store_relaxed(word w) noexcept {
    word_.store(w, std::memory_order_relaxed);
  }

  // seen: the word expected, unlocked; on false the word found. Never waits; on false nothing
  // changed. Order: seq_cst [MO-serial] [MO-clock]; as an acquire it pairs with unlock() [MO-orec].
  [[nodiscard]] GILT_ALWAYS_INLINE bool try_lock(word& seen, word self) noexcept {
    const bool other = ((seen ^ self) & orec_slot_mask) != 0;      // no branch: it could not be predicted
    const word kept = seen & ~orec_slot_mask & (word{0} - word{other});
    return word_.compare_exchange_strong(seen, kept | self, std::memory_order_seq_cst,
                                         std::memory_order_relaxed);
  }

  // Only by the owner. Order: release [MO-orec], pairs with load() and try_lock().
  GILT_ALWAYS_INLINE void unlock(word w) noexcept { word_.store(w, std::memory_order_release); }

  // Sets the watched bit on an unlocked word; no version change. Order: seq_cst [MO-watch]: the
  // committer whose lock CAS finds the bit also finds the waiter in the wait table.
  // [equivalent acq_rel, acquire, release, relaxed: bit and lock are CASes of one word, ordered by
  // it alone; had the committer taken the table's mutex first, its lock CAS would happen before the
  // very CAS it read from]
  [[nodiscard]] bool try_watch(word& seen) noexcept {
    return word_.compare_exchange_strong(seen, seen | orec_watched, std::memory_order_seq_cst,
                                         std::memory_order_relaxed);
  }

 private:
  typename Atomics::template atomic<word> word_{0};
};

template <class Atomics>
using word_cell = typename Atomics::template atomic<word>;

}  // namespace gilt::detail
