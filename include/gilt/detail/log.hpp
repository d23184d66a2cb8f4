// SPDX-License-Identifier: BSL-1.0
#pragma once
// log: an append-only array of small plain entries, owned by one attempt after another.
//
// Appending is a compare, a store and an increment; growing is a call. A log grows without limit,
// doubling, and gives memory back: once it has become large and the last `patience` attempts used
// less than a quarter of it, the array is dropped.

#include <gilt/detail/config.hpp>

#include <cstring>
#include <type_traits>
#include <utility>

namespace gilt::detail {

template <class T, class Atomics>
class log {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  log() noexcept = default;
  log(const log&) = delete;
  log& operator=(const log&) = delete;
  ~log() { Atomics::deallocate(begin_); }

  // False: out of memory, nothing changed.
  [[nodiscard]] GILT_ALWAYS_INLINE bool push(T entry) noexcept {
    if (!reserve_one()) return false;
    *end_++ = entry;
    return true;
  }
  // Makes the next push_reserved() certain to succeed.
  [[nodiscard]] GILT_ALWAYS_INLINE bool reserve_one() noexcept {
    return GILT_LIKELY(end_ != limit_) || grow();
  }
  [[nodiscard]] bool reserve(std::size_t more) noexcept {
    while (capacity() - size() < more) {
      if (!grow()) return false;
    }
    return true;
  }
  GILT_ALWAYS_INLINE void push_reserved(T entry) noexcept { *end_++ = entry; }

  bool full() const noexcept { return end_ == limit_; }
  bool empty() const noexcept { return begin_ == end_; }
  std::size_t size() const noexcept { return static_cast<std::size_t>(end_ - begin_); }
  std::size_t capacity() const noexcept { return static_cast<std::size_t>(limit_ - begin_); }
  T& operator[](std::size_t i) noexcept { return begin_[i]; }
  const T& operator[](std::size_t i) const noexcept { return begin_[i]; }
  T* begin() noexcept { return begin_; }
  T* end() noexcept { return end_; }
  const T* begin() const noexcept { return begin_; }
  const T* end() const noexcept { return end_; }
  T& back() noexcept { return end_[-1]; }
  void pop() noexcept { --end_; }
  void swap(log& o) noexcept {
    std::swap(begin_, o.begin_);
    std::swap(end_, o.end_);
    std::swap(limit_, o.limit_);
    std::swap(unused_, o.unused_);
  }
  void truncate(std::size_t n) noexcept { end_ = begin_ + n; }

  GILT_ALWAYS_INLINE void clear() noexcept {
    if (GILT_UNLIKELY(capacity() > large)) note_use();
    end_ = begin_;
  }

  // False: out of memory, nothing changed.
  GILT_COLD bool grow() noexcept {
    const std::size_t old = capacity();
    const std::size_t next = old == 0 ? first : old * 2;
    if (next > static_cast<std::size_t>(-1) / sizeof(T) / 2) return false;
    auto* fresh = static_cast<T*>(Atomics::allocate(next * sizeof(T)));
    if (fresh == nullptr) return false;
    const std::size_t n = size();
    if (n != 0) std::memcpy(static_cast<void*>(fresh), begin_, n * sizeof(T));
    Atomics::deallocate(begin_);
    begin_ = fresh;
    end_ = fresh + n;
    limit_ = fresh + next;
    return true;
  }

  static constexpr std::size_t first = 32;
  static constexpr std::size_t large = 8192;
  static constexpr unsigned patience = 64;

 private:
  GILT_COLD void note_use() noexcept {
    if (size() > capacity() / 4) {
      unused_ = 0;
    } else if (++unused_ == patience) {
      unused_ = 0;
      Atomics::deallocate(begin_);
      begin_ = end_ = limit_ = nullptr;
    }
  }

  T* begin_ = nullptr;
  T* end_ = nullptr;
  T* limit_ = nullptr;
  unsigned unused_ = 0;
};

}  // namespace gilt::detail
