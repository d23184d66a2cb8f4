// SPDX-License-Identifier: BSL-1.0
#pragma once
// views: what a simulated thread knows of memory.
//
// Every location keeps all the messages written to it, oldest first. A view holds, per location,
// the index of the newest message that its owner is bound to know: it may read that one or any
// later one, never an older one. A release store hands the writer's view over in its message, an
// acquire load takes it in. The first `thread_limit` entries are no locations but the threads' own
// times (their number of operations), so a view answers "has this happened before me?" too.
//
// Source: Kang, Hur, Lahav, Vafeiadis, Dreyer, "A Promising Semantics for Relaxed-Memory
// Concurrency", POPL 2017, section 4 (timestamps and views, without promises).

#include <array>
#include <cstdint>

namespace gilt_sim {

inline constexpr int thread_limit = 8;           // the last one is the director: set-up and oracle
inline constexpr int director = thread_limit - 1;
inline constexpr int location_limit = 128;

struct view {
  std::array<std::int16_t, location_limit> known{};

  std::int16_t& operator[](int location) noexcept {
    return known[static_cast<std::size_t>(location)];
  }
  std::int16_t operator[](int location) const noexcept {
    return known[static_cast<std::size_t>(location)];
  }
  void join(const view& other) noexcept {
    for (std::size_t i = 0; i < known.size(); ++i) {
      known[i] = known[i] < other.known[i] ? other.known[i] : known[i];
    }
  }
};

}  // namespace gilt_sim
