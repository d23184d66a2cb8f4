// SPDX-License-Identifier: BSL-1.0
// Big integers to and from doubles, text and bytes.
//
// Rounding to a double keeps the top 53 bits (fewer for a subnormal) and decides by the first bit
// dropped and whether anything below it is set ("sticky"): half to even. A quotient of integers is
// computed to 66 bits or more, its remainder is one more sticky bit, so it is rounded once.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "interp/object/big_int.hpp"

namespace gilt::interp::big {

namespace {

constexpr std::uint64_t modulus = (std::uint64_t{1} << 61) - 1;

bool bit(view a, std::uint64_t i) {
  return (a.limbs[i / 64] >> (i % 64) & 1) != 0;
}

bool any_bit_below(view a, std::uint64_t i) {
  for (std::uint64_t k = 0; k < i / 64; ++k) {
    if (a.limbs[k] != 0) return true;
  }
  return i % 64 != 0 && (a.limbs[i / 64] & ((limb{1} << (i % 64)) - 1)) != 0;
}

// Bits [from, from + 64) of the magnitude.
limb bits_from(view a, std::uint64_t from) {
  const std::size_t word = static_cast<std::size_t>(from / 64);
  const unsigned rest = static_cast<unsigned>(from % 64);
  if (word >= a.size) return 0;
  limb out = a.limbs[word] >> rest;
  if (rest != 0 && word + 1 < a.size) out |= a.limbs[word + 1] << (64 - rest);
  return out;
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return (c | 0x20) - 'a' + 10;
}

// The largest power of base that fits a limb, and its exponent.
limb chunk_of(int base, unsigned& digits_each) {
  limb power = static_cast<limb>(base);
  digits_each = 1;
  while (static_cast<uint128>(power) * static_cast<limb>(base) >> 64 == 0) {
    power *= static_cast<limb>(base);
    ++digits_each;
  }
  return power;
}

}  // namespace

std::uint64_t hash(view a) {
  std::uint64_t h = 0;
  for (std::size_t i = a.size; i-- > 0;) {
    // h * 2^64 + limb, modulo 2^61 - 1: 2^64 is 8 there.
    const uint128 x = static_cast<uint128>(h) * 8 + (a.limbs[i] & modulus) + (a.limbs[i] >> 61);
    h = static_cast<std::uint64_t>(x % modulus);
  }
  std::int64_t signed_hash = static_cast<std::int64_t>(h);
  if (a.negative) signed_hash = -signed_hash;
  if (signed_hash == -1) signed_hash = -2;
  return static_cast<std::uint64_t>(signed_hash);
}

bool round_to_double(view a, bool sticky, std::int64_t exponent, double& out) {
  const std::int64_t bits = static_cast<std::int64_t>(bit_length(a));
  if (bits == 0) {
    out = 0.0;
    return true;
  }
  const std::int64_t top = bits + exponent;  // value in [2^(top-1), 2^top)
  if (top > 1024) return false;
  const std::int64_t precision = top >= -1021 ? 53 : 53 - (-1021 - top);
  if (precision < 0) {
    out = 0.0;
    return true;
  }
  const std::int64_t drop = bits - precision;
  if (drop <= 0) {
    out = std::ldexp(static_cast<double>(bits_from(a, 0)), static_cast<int>(exponent));
    return true;
  }
  const auto udrop = static_cast<std::uint64_t>(drop);
  limb mantissa = precision == 0 ? 0 : bits_from(a, udrop);
  const bool half = bit(a, udrop - 1);
  const bool below = sticky || any_bit_below(a, udrop - 1);
  if (half && (below || (mantissa & 1) != 0)) ++mantissa;
  out = std::ldexp(static_cast<double>(mantissa), static_cast<int>(exponent + drop));
  return !std::isinf(out);
}

bool to_double(view a, double& out) {
  if (!round_to_double(a, false, 0, out)) return false;
  if (a.negative) out = -out;
  return true;
}

quotient true_divide(view a, view b, double& out) {
  const bool negative = a.negative != b.negative;
  const std::int64_t difference =
      static_cast<std::int64_t>(bit_length(a)) - static_cast<std::int64_t>(bit_length(b));
  if (a.zero()) {
    out = negative ? -0.0 : 0.0;
    return quotient::done;
  }
  if (difference > 1025) return quotient::too_large;
  if (difference < -1140) {
    out = negative ? -0.0 : 0.0;
    return quotient::done;
  }
  const std::int64_t shift = 66 - difference;  // quotient gets 66 or 67 bits
  integer scaled, q, r;
  if (shift >= 0) {
    if (!shift_left(a.magnitude(), static_cast<std::uint64_t>(shift), scaled) ||
        !divide_floor(scaled, b.magnitude(), q, r)) {
      return quotient::no_memory;
    }
  } else if (!shift_left(b.magnitude(), static_cast<std::uint64_t>(-shift), scaled) ||
             !divide_floor(a.magnitude(), scaled, q, r)) {
    return quotient::no_memory;
  }
  if (!round_to_double(q, r.size() != 0, -shift, out)) return quotient::too_large;
  if (negative) out = -out;
  return quotient::done;
}

bool from_double(double d, integer& out) {
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(d), &exponent);
  if (exponent <= 0) return out.resize(0);
  const auto mantissa = static_cast<limb>(std::ldexp(fraction, 53));
  if (exponent <= 53) {
    if (!out.resize(1)) return false;
    out.limbs()[0] = mantissa >> (53 - exponent);
    out.normalise();
  } else {
    const view v{&mantissa, 1, false};
    if (!shift_left(v, static_cast<std::uint64_t>(exponent - 53), out)) return false;
  }
  out.set_negative(d < 0);
  return true;
}

int compare_double(view a, double d) {
  const int sign_a = a.zero() ? 0 : a.negative ? -1 : 1;
  const int sign_d = d == 0 ? 0 : d < 0 ? -1 : 1;
  if (sign_a != sign_d) return sign_a < sign_d ? -1 : 1;
  if (sign_a == 0) return 0;
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(d), &exponent);
  const auto bits = static_cast<std::int64_t>(bit_length(a));
  if (bits != exponent) return (bits < exponent) == (sign_a > 0) ? -1 : 1;
  // Same magnitude class: compare the top 64 bits, then what lies below.
  const auto mantissa = static_cast<limb>(std::ldexp(fraction, 53)) << 11;
  const limb top = bits >= 64 ? bits_from(a, static_cast<std::uint64_t>(bits - 64))
                              : bits_from(a, 0) << (64 - bits);
  int c = top < mantissa ? -1 : top > mantissa ? 1 : 0;
  if (c == 0 && bits > 64 && any_bit_below(a, static_cast<std::uint64_t>(bits - 64))) c = 1;
  return sign_a > 0 ? c : -c;
}

bool digits(view a, int base, std::string& out) {
  constexpr char symbols[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  if (a.zero()) {
    out = "0";
    return true;
  }
  out.clear();
  const unsigned ubase = static_cast<unsigned>(base);
  if (std::has_single_bit(ubase)) {
    const auto each = static_cast<std::uint64_t>(std::countr_zero(ubase));
    const std::uint64_t bits = bit_length(a);
    for (std::uint64_t i = 0; i < bits; i += each) out += symbols[bits_from(a, i) & (ubase - 1)];
  } else {
    unsigned each = 0;
    const limb chunk = chunk_of(base, each);
    integer rest;
    if (!rest.assign(a.magnitude())) return false;
    limb* p = rest.limbs();
    std::size_t n = rest.size();
    while (n > 0) {
      limb remainder = 0;
      for (std::size_t i = n; i-- > 0;) {
        const uint128 part = static_cast<uint128>(remainder) << 64 | p[i];
        p[i] = static_cast<limb>(part / chunk);
        remainder = static_cast<limb>(part % chunk);
      }
      while (n > 0 && p[n - 1] == 0) --n;
      for (unsigned k = 0; k < each && (n > 0 || remainder > 0); ++k) {
        out += symbols[remainder % ubase];
        remainder /= ubase;
      }
    }
  }
  if (a.negative) out += '-';
  std::reverse(out.begin(), out.end());
  return true;
}

bool from_digits(std::string_view text, int base, integer& out) {
  const unsigned ubase = static_cast<unsigned>(base);
  const auto bits_each = static_cast<std::uint64_t>(std::bit_width(ubase - 1));
  if (text.size() * bits_each > max_bits) return false;
  if (!out.resize(text.size() * static_cast<std::size_t>(bits_each) / 64 + 1)) return false;
  limb* p = out.limbs();
  std::fill(p, p + out.size(), limb{0});
  if (std::has_single_bit(ubase)) {
    std::uint64_t at = 0;
    for (std::size_t i = text.size(); i-- > 0; at += bits_each) {
      const auto d = static_cast<limb>(digit_value(text[i]));
      p[at / 64] |= d << (at % 64);
      if (at % 64 + bits_each > 64) p[at / 64 + 1] |= d >> (64 - at % 64);
    }
  } else {
    unsigned each = 0;
    chunk_of(base, each);
    std::size_t n = 0;
    for (std::size_t i = 0; i < text.size();) {
      limb part = 0, scale = 1;
      for (unsigned k = 0; k < each && i < text.size(); ++k, ++i) {
        part = part * ubase + static_cast<limb>(digit_value(text[i]));
        scale *= ubase;
      }
      limb carry = part;
      for (std::size_t k = 0; k < n; ++k) {
        const uint128 x = static_cast<uint128>(p[k]) * scale + carry;
        p[k] = static_cast<limb>(x);
        carry = static_cast<limb>(x >> 64);
      }
      if (carry != 0) p[n++] = carry;
    }
  }
  out.normalise();
  return true;
}

bool to_bytes(view a, std::size_t n, bool little, bool is_signed, std::uint8_t* out) {
  if (a.negative && !is_signed) return false;
  const std::uint64_t bits = bit_length(a);
  if (is_signed) {
    // -2^(8n-1) fits; a magnitude of 8n bits otherwise does not.
    const bool lowest = a.negative && bits > 0 && !any_bit_below(a, bits - 1);
    if (bits > 8 * n || (bits == 8 * n && bits > 0 && !lowest)) return false;
  } else if (bits > 8 * n) {
    return false;
  }
  unsigned carry = 1;
  for (std::size_t i = 0; i < n; ++i) {
    unsigned byte =
        i / 8 < a.size ? static_cast<unsigned>(a.limbs[i / 8] >> (i % 8 * 8) & 0xFF) : 0;
    if (a.negative) {
      byte = (~byte & 0xFFU) + carry;
      carry = byte >> 8;
      byte &= 0xFFU;
    }
    out[little ? i : n - 1 - i] = static_cast<std::uint8_t>(byte);
  }
  return true;
}

bool from_bytes(const std::uint8_t* bytes, std::size_t n, bool little, bool is_signed,
                integer& out) {
  if (!out.resize(n / 8 + 1)) return false;
  limb* p = out.limbs();
  std::fill(p, p + out.size(), limb{0});
  for (std::size_t i = 0; i < n; ++i) {
    p[i / 8] |= limb{bytes[little ? i : n - 1 - i]} << (i % 8 * 8);
  }
  const bool negative = is_signed && n > 0 && (bytes[little ? n - 1 : 0] & 0x80) != 0;
  if (negative) {  // 2^(8n) - x
    unsigned carry = 1;
    for (std::size_t i = 0; i < n; ++i) {
      const unsigned byte = (~static_cast<unsigned>(p[i / 8] >> (i % 8 * 8)) & 0xFFU) + carry;
      carry = byte >> 8;
      p[i / 8] = (p[i / 8] & ~(limb{0xFF} << (i % 8 * 8))) | limb{byte & 0xFFU} << (i % 8 * 8);
    }
    if (carry != 0) p[n / 8] |= limb{1} << (n % 8 * 8);  // x was 0: cannot be, its top bit is set
  }
  out.normalise();
  out.set_negative(negative);
  return true;
}

}  // namespace gilt::interp::big
