// SPDX-License-Identifier: BSL-1.0
#pragma once
// slots: the small numbers by which attempts own orecs, and what each attempt announces.
//
// A slot is taken before an attempt reads the clock and is given back after its last unlock. The
// first 1535 are kept by the transaction object that took them, so a warm attempt pays nothing;
// the rest circulate, an attempt at a time, so that any number of threads gets a turn.
//
// Announcement of a running attempt: its first read version + 1; 0 means idle. Written by the
// owner only, with a plain store where heavy_barrier() works (reclaim.hpp says why that is enough).

#include <gilt/detail/config.hpp>
#include <gilt/detail/orec.hpp>

namespace gilt::detail {

inline constexpr word sticky_slots = 1536;

template <class Atomics>
class slot_table {
 public:
  // Waits while all are taken. Order: acquire [MO-slot], pairs with give(): what the former owner
  // did under this number is over.
  word take() noexcept {
    for (;;) {
      for (word i = 0; i < words; ++i) {
        word seen = taken_[i].load(std::memory_order_relaxed);
        while (seen != all_taken(i)) {
          const word free = ~seen & all_taken(i);
          const word bit = free & (~free + 1);
          if (taken_[i].compare_exchange_strong(seen, seen | bit, std::memory_order_acquire,
                                                std::memory_order_relaxed)) {
            const word slot = i * 64 + static_cast<word>(__builtin_ctzll(bit)) + 1;
            raise_high(slot);
            return slot;
          }
        }
      }
      Atomics::yield();
    }
  }

  // Order: release [MO-slot].
  void give(word slot) noexcept {
    const word i = (slot - 1) / 64;
    taken_[i].fetch_and(~(word{1} << ((slot - 1) % 64)), std::memory_order_release);
  }

  typename Atomics::template own<word>& announcement(word slot) noexcept {
    return announcements_[slot].value;
  }

  // No slot above this was ever taken. Order: seq_cst, for the scan in reclaim.hpp.
  word high() const noexcept { return high_.load(std::memory_order_seq_cst); }

 private:
  static constexpr word words = slot_limit / 64;
  // Slot 2048 would not fit below the birth bit: the last word has 63 slots.
  static constexpr word all_taken(word i) noexcept {
    return i + 1 == words ? ~word{0} >> 1 : ~word{0};
  }

  void raise_high(word slot) noexcept {
    word seen = high_.load(std::memory_order_relaxed);
    while (seen < slot && !high_.compare_exchange_strong(seen, slot, std::memory_order_seq_cst,
                                                         std::memory_order_relaxed)) {
    }
  }

  struct alignas(2 * cache_line_bytes) padded {   // prefetchers take lines in pairs
    typename Atomics::template own<word> value{0};
  };

  alignas(cache_line_bytes) typename Atomics::template atomic<word> taken_[words]{};
  alignas(cache_line_bytes) typename Atomics::template atomic<word> high_{0};
  padded announcements_[slot_limit]{};
};

}  // namespace gilt::detail
