// SPDX-License-Identifier: BSL-1.0
#pragma once
// counting_atomics: the policy that counts what a transaction costs beyond its own cache: atomic
// read-modify-writes, writes to shared words, and the distinct cache lines those fall on. Tests
// assert the counts; they do not depend on the machine.
//
//   counting_atomics::reset();  gilt::atomically<counting_domain>(...);  counting_atomics::counts()
//
// Counts are kept per thread, so a test reads its own. Writes through own<T> (counters,
// announcements) are counted apart: no other thread writes those lines.

#include <gilt/detail/atomics_real.hpp>

#include <cstddef>
#include <type_traits>

namespace gilt::detail {

struct operation_counts {
  std::size_t rmws = 0;            // successful or not
  std::size_t shared_writes = 0;   // plain stores and RMWs on atomic<T>
  std::size_t own_writes = 0;      // stores on own<T>
  std::size_t shared_lines = 0;    // distinct cache lines written, up to line_limit

  void note_line(std::uintptr_t line) noexcept {
    for (std::size_t i = 0; i < shared_lines; ++i) {
      if (lines[i] == line) return;
    }
    if (shared_lines < line_limit) lines[shared_lines++] = line;
  }
  static constexpr std::size_t line_limit = 256;
  std::uintptr_t lines[line_limit] = {};
};
// Counting goes on while a thread's other thread_local objects are being destroyed.
static_assert(std::is_trivially_destructible_v<operation_counts>);

struct counting_atomics : real_atomics {
  static operation_counts& counts() noexcept;
  static void reset() { counts() = operation_counts{}; }

  template <class T, bool Own>
  class cell {
   public:
    constexpr cell() noexcept = default;
    constexpr cell(T v) noexcept : value_(v) {}
    T load(std::memory_order o) const noexcept { return value_.load(o); }
    void store(T v, std::memory_order o) noexcept {
      write();
      value_.store(v, o);
    }
    T exchange(T v, std::memory_order o) noexcept {
      rmw();
      return value_.exchange(v, o);
    }
    bool compare_exchange_strong(T& e, T v, std::memory_order a, std::memory_order b) noexcept {
      rmw();
      return value_.compare_exchange_strong(e, v, a, b);
    }
    T fetch_add(T v, std::memory_order o) noexcept {
      rmw();
      return value_.fetch_add(v, o);
    }
    T fetch_or(T v, std::memory_order o) noexcept {
      rmw();
      return value_.fetch_or(v, o);
    }
    T fetch_and(T v, std::memory_order o) noexcept {
      rmw();
      return value_.fetch_and(v, o);
    }

   private:
    void write() noexcept {
      if constexpr (Own) {
        ++counts().own_writes;
      } else {
        ++counts().shared_writes;
        counts().note_line(reinterpret_cast<std::uintptr_t>(this) / cache_line_bytes);
      }
    }
    void rmw() noexcept {
      ++counts().rmws;
      write();
    }
    real_atomics::atomic<T> value_{};
  };

  template <class T>
  using atomic = cell<T, false>;
  template <class T>
  using own = cell<T, true>;
};

}  // namespace gilt::detail
