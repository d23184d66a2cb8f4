// SPDX-License-Identifier: BSL-1.0
// Arithmetic. Views are copied into Boost's cpp_int, whose first two limbs need no allocation, and
// results copied out: for the sizes at which an operation costs more than that copy it is noise,
// and operands of two limbs take the 128-bit paths of numbers.cpp before they get here.
//
// Sources: Karatsuba multiplication and Knuth's division are Boost's; the integer square root is
// Newton's iteration from above (Cohen, "A Course in Computational Algebraic Number
// Theory", 1.7.1).
#include "interp/object/big_int.hpp"

#include <algorithm>
#include <bit>
#include <boost/multiprecision/cpp_int.hpp>
#include <cstring>
#include <new>
#include <utility>

namespace gilt::interp::big {

namespace {

namespace mp = boost::multiprecision;
using boost_int = mp::number<mp::cpp_int_backend<>, mp::et_off>;
static_assert(sizeof(mp::limb_type) == sizeof(limb));

boost_int load(view v) {
  boost_int out;
  auto& backend = out.backend();
  if (v.size == 0) return out;
  backend.resize(static_cast<unsigned>(v.size), static_cast<unsigned>(v.size));
  std::memcpy(backend.limbs(), v.limbs, v.size * sizeof(limb));
  backend.sign(v.negative);
  return out;
}

bool store(const boost_int& from, integer& out) {
  const auto& backend = from.backend();
  const std::size_t n = backend.size();
  if (!out.resize(n)) return false;
  std::memcpy(out.limbs(), backend.limbs(), n * sizeof(limb));
  out.normalise();
  out.set_negative(backend.sign());
  return true;
}

// Runs f, which may allocate, and stores what it returns.
template <class F>
bool compute(integer& out, F&& f) {
  try {
    return store(f(), out);
  } catch (const std::bad_alloc&) {
    return false;
  } catch (const std::length_error&) {
    return false;
  }
}

// |a| + |b|
bool add_magnitudes(view a, view b, bool negative, integer& out) {
  if (a.size < b.size) std::swap(a, b);
  if (!out.resize(a.size + 1)) return false;
  limb* to = out.limbs();
  unsigned char carry = 0;
  for (std::size_t i = 0; i < a.size; ++i) {
    const uint128 sum = uint128{a.limbs[i]} + (i < b.size ? b.limbs[i] : 0) + carry;
    to[i] = static_cast<limb>(sum);
    carry = static_cast<unsigned char>(sum >> 64);
  }
  to[a.size] = carry;
  out.normalise();
  out.set_negative(negative);
  return true;
}

// |a| - |b|, |a| >= |b|
bool subtract_magnitudes(view a, view b, bool negative, integer& out) {
  if (!out.resize(a.size)) return false;
  limb* to = out.limbs();
  limb borrow = 0;
  for (std::size_t i = 0; i < a.size; ++i) {
    const limb right = i < b.size ? b.limbs[i] : 0;
    const limb first = a.limbs[i] - right;
    to[i] = first - borrow;
    borrow = static_cast<limb>(a.limbs[i] < right) | static_cast<limb>(first < borrow);
  }
  out.normalise();
  out.set_negative(negative);
  return true;
}

bool add_signed(view a, view b, bool negate_b, integer& out) {
  const bool b_negative = b.negative != negate_b;
  if (a.negative == b_negative) return add_magnitudes(a, b, a.negative, out);
  return compare_magnitude(a, b) >= 0 ? subtract_magnitudes(a, b, a.negative, out)
                                      : subtract_magnitudes(b, a, b_negative, out);
}

}  // namespace

integer::integer(std::int64_t i) {
  if (i == 0) return;
  inline_[0] = i < 0 ? limb{0} - static_cast<limb>(i) : static_cast<limb>(i);
  size_ = 1;
  negative_ = i < 0;
}

integer& integer::operator=(integer&& other) noexcept {
  std::copy(other.inline_, other.inline_ + inline_limbs, inline_);
  heap_ = std::move(other.heap_);
  size_ = std::exchange(other.size_, 0);
  negative_ = std::exchange(other.negative_, false);
  return *this;
}

bool integer::resize(std::size_t n) {
  if (n > inline_limbs && !(heap_ && n <= size_)) {
    heap_.reset(new (std::nothrow) limb[n]);
    if (!heap_) {
      size_ = 0;
      return false;
    }
  } else if (n <= inline_limbs) {
    heap_.reset();
  }
  size_ = n;
  negative_ = false;
  return true;
}

bool integer::assign(view v) {
  if (!resize(v.size)) return false;
  if (v.size > 0) std::memcpy(limbs(), v.limbs, v.size * sizeof(limb));
  negative_ = v.negative;
  return true;
}

void integer::normalise() {
  const limb* p = limbs();
  while (size_ > 0 && p[size_ - 1] == 0) --size_;
  if (heap_ && size_ <= inline_limbs) {  // `size_` says how much the heap holds: keep them in step
    std::copy(p, p + size_, inline_);
    heap_.reset();
  }
  if (size_ == 0) negative_ = false;
}

bool add(view a, view b, integer& out) {
  return add_signed(a, b, false, out);
}
bool subtract(view a, view b, integer& out) {
  return add_signed(a, b, true, out);
}

bool multiply(view a, view b, integer& out) {
  if (a.zero() || b.zero()) return out.resize(0);
  if (bit_length(a) + bit_length(b) > max_bits) return false;
  if (a.size == 1 || b.size == 1) {
    if (b.size > 1) std::swap(a, b);
    if (!out.resize(a.size + 1)) return false;
    limb* to = out.limbs();
    limb carry = 0;
    for (std::size_t i = 0; i < a.size; ++i) {
      const uint128 product = uint128{a.limbs[i]} * b.limbs[0] + carry;
      to[i] = static_cast<limb>(product);
      carry = static_cast<limb>(product >> 64);
    }
    to[a.size] = carry;
    out.normalise();
    out.set_negative(a.negative != b.negative);
    return true;
  }
  return compute(out, [&] { return load(a) * load(b); });
}

bool divide_floor(view a, view b, integer& q, integer& r) {
  if (compare_magnitude(a, b) < 0) {
    if (!r.assign(a) || !q.resize(0)) return false;
  } else if (b.size == 1) {
    if (!q.resize(a.size)) return false;
    limb* to = q.limbs();
    limb rest = 0;
    for (std::size_t i = a.size; i-- > 0;) {
      const uint128 part = uint128{rest} << 64 | a.limbs[i];
      to[i] = static_cast<limb>(part / b.limbs[0]);
      rest = static_cast<limb>(part % b.limbs[0]);
    }
    q.normalise();
    q.set_negative(a.negative != b.negative);
    if (!r.resize(1)) return false;
    r.limbs()[0] = rest;
    r.normalise();
    r.set_negative(a.negative);
  } else {
    try {
      boost_int quotient, rest;
      mp::divide_qr(load(a), load(b), quotient, rest);  // truncates towards zero
      if (!store(quotient, q) || !store(rest, r)) return false;
    } catch (const std::bad_alloc&) {
      return false;
    }
  }
  if (r.size() == 0 || a.negative == b.negative) return true;
  integer t;
  const integer one(1);
  if (!subtract(q, one, t)) return false;
  q = std::move(t);
  integer u;
  if (!add(r, b, u)) return false;
  r = std::move(u);
  return true;
}

bool power(view a, std::uint64_t exponent, integer& out) {
  if (exponent == 0) {
    out = integer(1);
    return true;
  }
  if (a.zero()) return out.resize(0);
  const std::uint64_t bits = bit_length(a);
  if (bits == 1) {  // +1, -1
    out = integer(a.negative && (exponent & 1) != 0 ? -1 : 1);
    return true;
  }
  const bool negative = a.negative && (exponent & 1) != 0;
  if (bit_count(a) == 1) {  // a power of two
    if (exponent > max_bits / (bits - 1)) return false;
    const integer one(1);
    if (!shift_left(one, (bits - 1) * exponent, out)) return false;
    out.set_negative(negative);
    return true;
  }
  if (exponent > max_power_bits / (bits - 1)) return false;  // at least (bits - 1) * exponent bits
  return compute(out, [&] { return mp::pow(load(a), static_cast<unsigned>(exponent)); });
}

bool power_mod(view a, view exponent, view modulus, integer& out) {
  integer q, base;
  if (!divide_floor(a, modulus, q, base)) return false;
  return compute(out, [&] {
    const boost_int m = load(modulus);
    boost_int square = load(base), result = boost_int(1) % m;
    const std::uint64_t bits = bit_length(exponent);
    for (std::uint64_t i = 0; i < bits; ++i) {
      if ((exponent.limbs[i / 64] >> (i % 64) & 1) != 0) result = result * square % m;
      if (i + 1 < bits) square = square * square % m;
    }
    return result;
  });
}

bool inverse_mod(view a, view modulus, integer& out, bool& exists) {
  integer q, base;
  exists = false;
  if (!divide_floor(a, modulus, q, base)) return false;
  return compute(out, [&] {
    const boost_int m = load(modulus);
    boost_int r0 = m, r1 = load(base), s0 = 0, s1 = 1;
    while (r1 != 0) {
      const boost_int quotient = r0 / r1;
      boost_int next = r0 - quotient * r1;
      r0 = std::move(r1);
      r1 = std::move(next);
      next = s0 - quotient * s1;
      s0 = std::move(s1);
      s1 = std::move(next);
    }
    exists = r0 == 1;
    if (s0 < 0) s0 += m;
    return s0;
  });
}

bool shift_left(view a, std::uint64_t bits, integer& out) {
  if (a.zero()) return out.resize(0);
  if (bits > max_bits || bit_length(a) + bits > max_bits) return false;
  const std::size_t words = static_cast<std::size_t>(bits / 64);
  const unsigned rest = static_cast<unsigned>(bits % 64);
  if (!out.resize(a.size + words + 1)) return false;
  limb* to = out.limbs();
  std::fill(to, to + words, limb{0});
  limb carry = 0;
  for (std::size_t i = 0; i < a.size; ++i) {
    to[words + i] = a.limbs[i] << rest | carry;
    carry = rest == 0 ? 0 : a.limbs[i] >> (64 - rest);
  }
  to[words + a.size] = carry;
  out.normalise();
  out.set_negative(a.negative);
  return true;
}

bool shift_right(view a, std::uint64_t bits, integer& out) {
  const std::uint64_t words = bits / 64;
  const unsigned rest = static_cast<unsigned>(bits % 64);
  if (words >= a.size) {
    out = integer(a.negative ? -1 : 0);
    return true;
  }
  bool lost = false;  // bits of a negative number: floor needs one more
  for (std::size_t i = 0; i < words; ++i) lost = lost || a.limbs[i] != 0;
  lost = lost || (a.limbs[words] & ((limb{1} << rest) - 1)) != 0;
  const std::size_t n = a.size - static_cast<std::size_t>(words);
  if (!out.resize(n)) return false;
  limb* to = out.limbs();
  for (std::size_t i = 0; i < n; ++i) {
    const limb high = i + 1 < n && rest != 0 ? a.limbs[words + i + 1] << (64 - rest) : 0;
    to[i] = a.limbs[words + i] >> rest | high;
  }
  out.normalise();
  out.set_negative(a.negative);
  if (!a.negative || !lost) return true;
  if (out.size() == 0) {
    out = integer(-1);
    return true;
  }
  integer less;
  const integer one(1);
  if (!subtract(out, one, less)) return false;
  out = std::move(less);
  return true;
}

namespace {

// Two's complement, limb by limb: word i of a number of unlimited sign extension.
class complement {
 public:
  explicit complement(view v) : v_(v) {}
  limb next() {
    const limb raw = at_ < v_.size ? v_.limbs[at_] : 0;
    ++at_;
    if (!v_.negative) return raw;
    const limb word = ~raw + carry_;
    carry_ = carry_ & static_cast<limb>(raw == 0);
    return word;
  }

 private:
  view v_;
  std::size_t at_ = 0;
  limb carry_ = 1;
};

template <class F>
bool bitwise(view a, view b, integer& out, F&& f) {
  const std::size_t n = std::max(a.size, b.size) + 1;  // one limb of sign
  if (!out.resize(n)) return false;
  limb* to = out.limbs();
  complement x(a), y(b);
  for (std::size_t i = 0; i < n; ++i) to[i] = f(x.next(), y.next());
  const bool negative = (to[n - 1] >> 63) != 0;
  if (negative) {
    limb carry = 1;
    for (std::size_t i = 0; i < n; ++i) {
      const limb raw = to[i];
      to[i] = ~raw + carry;
      carry = carry & static_cast<limb>(raw == 0);
    }
  }
  out.normalise();
  out.set_negative(negative);
  return true;
}

}  // namespace

bool bit_and(view a, view b, integer& out) {
  return bitwise(a, b, out, [](limb x, limb y) { return x & y; });
}
bool bit_or(view a, view b, integer& out) {
  return bitwise(a, b, out, [](limb x, limb y) { return x | y; });
}
bool bit_xor(view a, view b, integer& out) {
  return bitwise(a, b, out, [](limb x, limb y) { return x ^ y; });
}

bool square_root(view a, integer& out) {
  if (a.zero()) return out.resize(0);
  return compute(out, [&] {
    const boost_int n = load(a);
    boost_int x = boost_int(1) << static_cast<unsigned>((bit_length(a) + 1) / 2);  // >= sqrt(n)
    for (;;) {
      boost_int next = (x + n / x) >> 1;
      if (next >= x) return x;
      x = std::move(next);
    }
  });
}

int compare_magnitude(view a, view b) {
  if (a.size != b.size) return a.size < b.size ? -1 : 1;
  for (std::size_t i = a.size; i-- > 0;) {
    if (a.limbs[i] != b.limbs[i]) return a.limbs[i] < b.limbs[i] ? -1 : 1;
  }
  return 0;
}

int compare(view a, view b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  const int c = compare_magnitude(a, b);
  return a.negative ? -c : c;
}

std::uint64_t bit_length(view a) {
  if (a.zero()) return 0;
  return a.size * 64 - static_cast<std::uint64_t>(std::countl_zero(a.limbs[a.size - 1]));
}

std::uint64_t bit_count(view a) {
  std::uint64_t n = 0;
  for (std::size_t i = 0; i < a.size; ++i)
    n += static_cast<std::uint64_t>(std::popcount(a.limbs[i]));
  return n;
}

}  // namespace gilt::interp::big
