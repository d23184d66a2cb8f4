// SPDX-License-Identifier: BSL-1.0
#pragma once
// write_set: the redo log of one attempt, found by the address of the word.
//
// Up to 16 entries are scanned in place behind a 64-bit filter, which answers most questions about
// words that were not written with one test. Beyond that an open-addressing index takes over; it is
// cleared by bumping an epoch tag, never by touching its memory. Entries leave only last in, first
// out (rollback to a savepoint), so clearing an index cell needs no tombstone: no younger entry can
// have probed past it.

#include <gilt/detail/log.hpp>
#include <gilt/detail/orec.hpp>

namespace gilt::detail {

template <class Atomics>
struct write_entry {
  word_cell<Atomics>* cell;
  orec<Atomics>* lock;
  word value;
  word boxed;                      // 1: the value is a box_base*, the one it replaces is retired
};

template <class Atomics>
class write_set {
 public:
  using entry = write_entry<Atomics>;
  static constexpr std::size_t scanned = 16;

  write_set() noexcept = default;
  write_set(const write_set&) = delete;
  write_set& operator=(const write_set&) = delete;
  ~write_set() { Atomics::deallocate(index_); }

  bool empty() const noexcept { return entries_.empty(); }
  std::size_t size() const noexcept { return entries_.size(); }
  std::size_t capacity() const noexcept { return entries_.capacity(); }
  entry& operator[](std::size_t i) noexcept { return entries_[i]; }
  entry* begin() noexcept { return entries_.begin(); }
  entry* end() noexcept { return entries_.end(); }
  std::size_t position(const entry* e) const noexcept {
    return static_cast<std::size_t>(e - entries_.begin());
  }

  // The entry for a word, or nullptr.
  GILT_ALWAYS_INLINE entry* find(const word_cell<Atomics>* cell) noexcept {
    const word h = hash(cell);
    if (GILT_LIKELY((filter_ & bit(h)) == 0)) return nullptr;
    return find_slow(cell, h);
  }

  // Only for a word that has no entry yet. False: out of memory, nothing changed.
  [[nodiscard]] bool insert(const entry& e) noexcept {
    const word h = hash(e.cell);
    if (!entries_.reserve_one()) return false;
    if (GILT_UNLIKELY(entries_.size() >= scanned || indexed_ != 0) && !index_add(h)) return false;
    entries_.push_reserved(e);
    filter_ |= bit(h);
    return true;
  }

  // Forgets all entries but the first n. The filter may keep their bits: it only costs a search.
  void truncate(std::size_t n) noexcept {
    while (entries_.size() > n) {
      if (indexed_ > 0 && entries_.size() == indexed_) {
        index_remove(hash(entries_.back().cell), entries_.size() - 1);
        --indexed_;
      }
      entries_.pop();
    }
  }

  GILT_ALWAYS_INLINE void clear() noexcept {
    entries_.clear();
    filter_ = 0;
    if (GILT_UNLIKELY(indexed_ != 0)) forget_index();
  }

 private:
  struct index_cell {
    std::uint32_t epoch;           // the cell is empty unless this is epoch_
    std::uint32_t position;
  };

  static word hash(const void* p) noexcept {
    return (reinterpret_cast<std::uintptr_t>(p) >> 3) * 0x9E3779B97F4A7C15ull;
  }
  static constexpr word bit(word h) noexcept { return word{1} << (h >> 58); }
  std::size_t home(word h) const noexcept { return static_cast<std::size_t>(h >> index_shift_); }

  GILT_NOINLINE entry* find_slow(const word_cell<Atomics>* cell, word h) noexcept {
    if (indexed_ == 0) {
      for (entry* e = entries_.end(); e != entries_.begin();) {
        if ((--e)->cell == cell) return e;
      }
      return nullptr;
    }
    for (std::size_t i = home(h);; i = (i + 1) & index_mask_) {
      const index_cell& c = index_[i];
      if (c.epoch != epoch_) return nullptr;
      if (entries_[c.position].cell == cell) return &entries_[c.position];
    }
  }

  void place(word h, std::size_t position) noexcept {
    std::size_t i = home(h);
    while (index_[i].epoch == epoch_) i = (i + 1) & index_mask_;
    index_[i] = {epoch_, static_cast<std::uint32_t>(position)};
  }

  // Indexes the entry that is about to be appended, and on first use all entries before it.
  GILT_NOINLINE bool index_add(word h) noexcept {
    const std::size_t n = entries_.size();
    if (index_ == nullptr || (n + 1) * 2 > index_mask_ + 1) {
      std::size_t cells = index_ == nullptr ? 128 : (index_mask_ + 1) * 2;
      while ((n + 1) * 2 > cells) cells *= 2;
      auto* fresh = static_cast<index_cell*>(Atomics::allocate(cells * sizeof(index_cell)));
      if (fresh == nullptr) return false;
      std::memset(fresh, 0, cells * sizeof(index_cell));
      Atomics::deallocate(index_);
      index_ = fresh;
      index_mask_ = cells - 1;
      index_shift_ = 64u - static_cast<unsigned>(__builtin_ctzll(cells));
      epoch_ = 1;
      indexed_ = 0;
    }
    for (; indexed_ < n; ++indexed_) place(hash(entries_[indexed_].cell), indexed_);
    place(h, n);
    ++indexed_;
    return true;
  }

  void index_remove(word h, std::size_t position) noexcept {
    std::size_t i = home(h);
    while (index_[i].epoch == epoch_ && index_[i].position != position) i = (i + 1) & index_mask_;
    index_[i].epoch = 0;
  }

  GILT_COLD void forget_index() noexcept {
    indexed_ = 0;
    if (index_mask_ + 1 > large_index && ++unused_ == 64) {
      Atomics::deallocate(index_);
      index_ = nullptr;
      index_mask_ = 0;
      unused_ = 0;
      return;
    }
    if (++epoch_ == 0) {
      std::memset(index_, 0, (index_mask_ + 1) * sizeof(index_cell));
      epoch_ = 1;
    }
  }

  static constexpr std::size_t large_index = std::size_t{1} << 16;

  log<entry, Atomics> entries_;
  word filter_ = 0;
  std::size_t indexed_ = 0;        // entries [0, indexed_) are in the index; 0: the index is unused
  index_cell* index_ = nullptr;
  std::size_t index_mask_ = 0;
  unsigned index_shift_ = 0;
  std::uint32_t epoch_ = 1;
  unsigned unused_ = 0;
};

}  // namespace gilt::detail
