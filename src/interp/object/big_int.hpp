// SPDX-License-Identifier: BSL-1.0
#pragma once
// big_int: arithmetic on integers of any size, below the value layer: it knows neither heap nor
// threads, takes views of limbs that live elsewhere and leaves its results in `big::integer`.
//
// A number is a sign and a magnitude in 64-bit limbs, least significant first, the highest not
// zero; zero has no limbs and is not negative. Multiplication (Karatsuba), division and the
// bitwise operators are Boost.Multiprecision's; everything about text, doubles and bytes is here.
// Operations return false when memory runs out or the result would pass `max_bits`.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gilt::interp::big {

using limb = std::uint64_t;
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

constexpr std::uint64_t max_bits = std::uint64_t{1} << 31;
constexpr std::uint64_t max_power_bits = std::uint64_t{1} << 25;  // pow takes seconds beyond

struct view {
  const limb* limbs = nullptr;
  std::size_t size = 0;
  bool negative = false;

  bool zero() const { return size == 0; }
  view magnitude() const { return {limbs, size, false}; }
};

class integer {
 public:
  integer() = default;
  explicit integer(std::int64_t i);
  integer(const integer&) = delete;
  integer& operator=(const integer&) = delete;
  integer(integer&& other) noexcept { *this = std::move(other); }
  integer& operator=(integer&& other) noexcept;

  view get() const { return {limbs(), size_, negative_}; }
  operator view() const { return get(); }
  limb* limbs() { return heap_ ? heap_.get() : inline_; }
  const limb* limbs() const { return heap_ ? heap_.get() : inline_; }
  std::size_t size() const { return size_; }
  bool negative() const { return negative_; }
  void set_negative(bool n) { negative_ = n && size_ > 0; }
  // n limbs of unspecified content. False: no memory.
  bool resize(std::size_t n);
  bool assign(view v);
  void normalise();  // drops zero limbs at the top

 private:
  static constexpr std::size_t inline_limbs = 6;
  limb inline_[inline_limbs] = {};
  std::unique_ptr<limb[]> heap_;
  std::size_t size_ = 0;
  bool negative_ = false;
};

// ---- arithmetic ----
bool add(view a, view b, integer& out);
bool subtract(view a, view b, integer& out);
bool multiply(view a, view b, integer& out);
// a = q * b + r with r of b's sign (Python's //, %). b not zero.
bool divide_floor(view a, view b, integer& q, integer& r);
bool power(view a, std::uint64_t exponent, integer& out);
// a ** exponent % modulus, in [0, modulus). exponent >= 0, modulus > 0.
bool power_mod(view a, view exponent, view modulus, integer& out);
// x with a * x % modulus == 1; `exists` false if there is none. modulus > 1.
bool inverse_mod(view a, view modulus, integer& out, bool& exists);
bool shift_left(view a, std::uint64_t bits, integer& out);
bool shift_right(view a, std::uint64_t bits, integer& out);  // floor
bool bit_and(view a, view b, integer& out);
bool bit_or(view a, view b, integer& out);
bool bit_xor(view a, view b, integer& out);
bool square_root(view a, integer& out);  // floor; a >= 0

// ---- looking ----
int compare(view a, view b);  // < 0, 0, > 0
int compare_magnitude(view a, view b);
std::uint64_t bit_length(view a);
std::uint64_t bit_count(view a);
std::uint64_t hash(view a);  // CPython's, mod 2^61 - 1

// ---- doubles ----
bool to_double(view a, double& out);  // half to even; false: too large
// (a's magnitude + something in (0, 1) if sticky) * 2^exponent, half to even. False: too large.
bool round_to_double(view a, bool sticky, std::int64_t exponent, double& out);
enum class quotient { done, too_large, no_memory };
quotient true_divide(view a, view b, double& out);  // correctly rounded; b not zero
bool from_double(double d, integer& out);           // truncates; d finite
int compare_double(view a, double d);               // exactly; d finite

// ---- text and bytes ----
bool digits(view a, int base, std::string& out);  // with '-'; base 2..36
// Digits only (0-9a-zA-Z), all valid for the base.
bool from_digits(std::string_view text, int base, integer& out);
// Two's complement of n bytes. False: does not fit.
bool to_bytes(view a, std::size_t n, bool little, bool is_signed, std::uint8_t* out);
bool from_bytes(const std::uint8_t* bytes, std::size_t n, bool little, bool is_signed,
                integer& out);

}  // namespace gilt::interp::big
