// SPDX-License-Identifier: BSL-1.0
#pragma once
// value: one Python value in 64 bits (NaN boxing).
//
//   0                              empty: absent, unbound, or "look at thread_state::signal"
//   2 4 5 6 7                      None False True Ellipsis NotImplemented
//   top 16 bits 0, > 15            pointer to an object (16-byte aligned)
//   0x0001... to 0xFFFA...         double, its bits plus 2^48
//   0xFFFE + 48 bits               int in [-2^47, 2^47)
//
// Two ints are recognised by one compare of their bitwise and. Larger ints are objects.
// A NaN is made canonical when it is boxed, so that no payload collides with a tag.
#include <cstdint>
#include <cstring>

#define GILT_INLINE inline __attribute__((always_inline))
#define GILT_NOINLINE __attribute__((noinline))
#define GILT_LIKELY(x) __builtin_expect(!!(x), 1)
#define GILT_UNLIKELY(x) __builtin_expect(!!(x), 0)

namespace gilt::interp {

struct object;

struct value {
  std::uint64_t bits = 0;

  static constexpr std::uint64_t int_tag = 0xFFFEull << 48;
  static constexpr std::uint64_t double_offset = 1ull << 48;
  static constexpr std::int64_t int_min = -(std::int64_t{1} << 47);
  static constexpr std::int64_t int_max = (std::int64_t{1} << 47) - 1;

  static constexpr value none() { return {2}; }
  static constexpr value false_() { return {4}; }
  static constexpr value true_() { return {5}; }
  static constexpr value ellipsis() { return {6}; }
  static constexpr value not_implemented() { return {7}; }
  static GILT_INLINE constexpr value boolean(bool b) { return {b ? 5u : 4u}; }
  static GILT_INLINE constexpr bool fits_int(std::int64_t i) { return i >= int_min && i <= int_max; }
  // Precondition: fits_int(i).
  static GILT_INLINE constexpr value small_int(std::int64_t i) {
    return {(static_cast<std::uint64_t>(i) & 0xFFFFFFFFFFFFull) | int_tag};
  }
  static GILT_INLINE value real(double d) {
    if (GILT_UNLIKELY(d != d)) return {0x7FF8000000000000ull + double_offset};
    std::uint64_t u;
    std::memcpy(&u, &d, 8);
    return {u + double_offset};
  }
  static GILT_INLINE value of(const object* o) { return {reinterpret_cast<std::uint64_t>(o)}; }

  GILT_INLINE constexpr bool empty() const { return bits == 0; }
  GILT_INLINE constexpr explicit operator bool() const { return bits != 0; }
  GILT_INLINE constexpr bool is_none() const { return bits == 2; }
  GILT_INLINE constexpr bool is_bool() const { return (bits | 1) == 5; }
  GILT_INLINE constexpr bool is_true() const { return bits == 5; }
  GILT_INLINE constexpr bool is_int() const { return bits >= int_tag; }
  GILT_INLINE constexpr bool is_object() const { return bits > 15 && bits < double_offset; }
  GILT_INLINE constexpr bool is_double() const { return bits >= double_offset && bits < int_tag; }
  GILT_INLINE constexpr std::int64_t as_int() const { return static_cast<std::int64_t>(bits << 16) >> 16; }
  GILT_INLINE double as_double() const {
    const std::uint64_t u = bits - double_offset;
    double d;
    std::memcpy(&d, &u, 8);
    return d;
  }
  GILT_INLINE object* as_object() const { return reinterpret_cast<object*>(bits); }
  template <class T>
  GILT_INLINE T* as() const { return reinterpret_cast<T*>(bits); }

  friend constexpr bool operator==(value, value) = default;  // identity
};
GILT_INLINE constexpr bool both_int(value a, value b) { return (a.bits & b.bits) >= value::int_tag; }
static_assert(sizeof(value) == 8);

}  // namespace gilt::interp
