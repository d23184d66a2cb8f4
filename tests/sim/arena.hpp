// SPDX-License-Identifier: BSL-1.0
#pragma once
// arena: the memory of one run. It begins at the same address in every process, so that hashes of
// addresses, and with them the runs, are the same everywhere. Nothing is reused within a run:
// freed blocks are filled with `poison` and stay so, and whoever reads one is found out.

#include <cstddef>
#include <cstdint>

namespace gilt_sim {

inline constexpr unsigned char poison_byte = 0xDD;
inline constexpr std::uint32_t poison_word32 = 0xDDDDDDDDu;

class arena {
 public:
  arena();

  void reset() noexcept;                         // a new run begins
  void* allocate(std::size_t bytes, std::size_t alignment) noexcept;
  // False: p is no live block.
  [[nodiscard]] bool release(void* p) noexcept;
  std::size_t size_of(const void* p) const noexcept;
  bool contains(const void* p) const noexcept {
    const auto a = reinterpret_cast<std::uintptr_t>(p);
    return a >= base_ && a < base_ + capacity;
  }
  std::size_t live() const noexcept { return live_; }

  static constexpr std::size_t capacity = std::size_t{256} << 20;
  static constexpr std::uintptr_t wanted_base = 0x5000'0000'0000;

 private:
  std::uintptr_t base_;
  std::size_t used_ = 0;
  std::size_t live_ = 0;
};

}  // namespace gilt_sim
