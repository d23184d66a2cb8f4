// SPDX-License-Identifier: BSL-1.0
// What is asked of any number: which arithmetic an operator means, comparison, hash, rounding.
//
// An int and a float are compared exactly, never by rounding the int first. Equal numbers of
// different types hash alike: the hash is the value modulo the Mersenne prime 2^61 - 1 (CPython,
// Objects/typeobject docs "Hashing of numeric types").
#include "interp/object/numbers.hpp"

#include <cmath>
#include <string>

#include "interp/object/float_text.hpp"
#include "interp/object/format.hpp"
#include "interp/object/number_operands.hpp"

namespace gilt::interp {

namespace {

bool is_complex(value v) {
  return is(v, kind::complex_);
}

// Ordering of two numbers that are no complex: -1, 0, 1, or 2 when unordered.
int order(value a, value b) {
  if (a.is_int() && b.is_int())
    return a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int() ? 1 : 0;
  if (a.is_double() && b.is_double()) {
    const double x = a.as_double(), y = b.as_double();
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
  }
  if (a.is_double()) {
    const int r = order(b, a);
    return r == 2 ? 2 : -r;
  }
  if (b.is_double()) {
    const double d = b.as_double();
    if (std::isnan(d)) return 2;
    if (std::isinf(d)) return d > 0 ? -1 : 1;
    return big::compare_double(int_view(a), d);
  }
  return big::compare(int_view(a), int_view(b));
}

bool complex_equal(value a, value b) {
  const auto imaginary = [](value v) {
    return is_complex(v) ? v.as<complex_object>()->imaginary : 0.0;
  };
  const auto real = [](value v) {
    return is_complex(v) ? value::real(v.as<complex_object>()->real) : v;
  };
  return imaginary(a) == imaginary(b) && order(real(a), real(b)) == 0;
}

std::uint64_t hash_double(double d) {
  constexpr int bits = 61;
  constexpr std::uint64_t modulus = (std::uint64_t{1} << bits) - 1;
  if (!std::isfinite(d))
    return std::isnan(d) ? 0 : d > 0 ? 314159 : static_cast<std::uint64_t>(-314159);
  int exponent = 0;
  double m = std::frexp(std::fabs(d), &exponent);
  std::uint64_t x = 0;
  while (m != 0) {
    x = ((x << 28) & modulus) | x >> (bits - 28);
    m *= 268435456.0;  // 2^28
    exponent -= 28;
    const auto y = static_cast<std::uint64_t>(m);
    m -= static_cast<double>(y);
    x += y;
    if (x >= modulus) x -= modulus;
  }
  exponent = exponent >= 0 ? exponent % bits : bits - 1 - (-1 - exponent) % bits;
  x = ((x << exponent) & modulus) | x >> (bits - exponent);
  auto h = static_cast<std::int64_t>(x);
  if (d < 0) h = -h;
  return static_cast<std::uint64_t>(h == -1 ? -2 : h);
}

value round_int(thread_state& t, value x, value digits) {
  const value exact = to_int_value(t, x);
  if (exact.empty() || digits.empty() || digits.is_none()) return exact;
  std::int64_t n = 0;
  if (!to_int64_clamped(t, digits, n)) return {};
  if (n >= 0) return exact;
  // Half to even: x - (x mod 10^k), one 10^k more if the rest is past half.
  const int_view v(exact);
  if (static_cast<std::uint64_t>(-n) > big::bit_length(v)) return value::small_int(0);
  big::integer power, q, r, twice;
  const big::integer ten(10), one(1);
  if (!big::power(ten, static_cast<std::uint64_t>(-n), power) ||
      !big::divide_floor(v, power, q, r) || !big::add(r, r, twice)) {
    return out_of_memory(t);
  }
  const int half = big::compare(twice, power);
  big::integer up, out;
  const bool odd = q.size() > 0 && (q.limbs()[0] & 1) != 0;
  const bool more = half > 0 || (half == 0 && odd);
  if (more && !big::add(q, one, up)) return out_of_memory(t);
  return int_result(t, big::multiply(more ? up : q, power, out), out);
}

// d rounded to a multiple of 10^zeros, half to even, on its exact decimal text.
double round_to_tens(double d, std::size_t zeros) {
  const double whole = std::floor(std::fabs(d));
  const std::string all = format_double(whole, 'f', 0, false, false);
  if (all.size() < zeros) return std::copysign(0.0, d);
  std::string head = all.substr(0, all.size() - zeros);
  int past_half = all.compare(all.size() - zeros, zeros, "5" + std::string(zeros - 1, '0'));
  if (past_half == 0 && std::fabs(d) > whole) past_half = 1;
  const bool odd = !head.empty() && ((head.back() - '0') & 1) != 0;
  if (past_half > 0 || (past_half == 0 && odd)) {
    std::size_t i = head.size();
    while (i > 0 && head[i - 1] == '9') head[--i] = '0';
    if (i == 0) {
      head.insert(head.begin(), '1');
    } else {
      ++head[i - 1];
    }
  }
  double r = 0;
  read_double("0" + head + "e" + std::to_string(zeros), r);
  return std::copysign(r, d);
}

value round_float(thread_state& t, double d, value digits) {
  if (digits.empty() || digits.is_none()) {
    if (!std::isfinite(d)) return int_from_double(t, d);
    double r = std::round(d);
    if (std::fabs(d - r) == 0.5) r = 2.0 * std::round(d / 2.0);
    return int_from_double(t, r);
  }
  std::int64_t n = 0;
  if (!to_int64_clamped(t, digits, n)) return {};
  if (!std::isfinite(d) || n > 323) return value::real(d);
  if (n < -308) return value::real(std::copysign(0.0, d));
  double r = 0;
  if (n >= 0) {  // correctly rounded decimal text, read back
    read_double(format_double(d, 'f', static_cast<int>(n), false, false), r);
  } else {
    r = round_to_tens(d, static_cast<std::size_t>(-n));
  }
  if (std::isinf(r)) {
    return raise(t, t.interp->errors.OverflowError, "rounded value too large to represent");
  }
  return value::real(r);
}

}  // namespace

opcode plain_opcode(opcode op) {
  return op >= opcode::IADD && op <= opcode::IMATMUL
             ? static_cast<opcode>(static_cast<int>(op) - static_cast<int>(opcode::IADD) +
                                   static_cast<int>(opcode::ADD))
             : op;
}

value number_binary(thread_state& t, opcode in_place, value a, value b) {
  const opcode op = plain_opcode(in_place);
  if (is_integer(a) && is_integer(b)) return int_binary(t, op, a, b);
  if (!is_number(a) || !is_number(b)) return value::not_implemented();
  if (is_complex(a) || is_complex(b)) {
    if (op != opcode::ADD && op != opcode::SUB && op != opcode::MUL && op != opcode::TRUEDIV &&
        op != opcode::POW) {
      return value::not_implemented();
    }
    return complex_binary(t, op, a, b);
  }
  if (op > opcode::POW) return value::not_implemented();  // shifts and bits: ints only
  double x = 0, y = 0;
  if (!to_double(t, a, x) || !to_double(t, b, y)) return {};
  return float_binary(t, op, x, y);
}

value number_compare(thread_state&, opcode op, value a, value b) {
  if (!is_number(a) || !is_number(b)) return value::not_implemented();
  if (is_complex(a) || is_complex(b)) {
    if (op == opcode::EQ) return value::boolean(complex_equal(a, b));
    if (op == opcode::NE) return value::boolean(!complex_equal(a, b));
    return value::not_implemented();
  }
  const int c = order(a, b);
  switch (op) {
    case opcode::LT:
      return value::boolean(c == -1);
    case opcode::LE:
      return value::boolean(c == -1 || c == 0);
    case opcode::GT:
      return value::boolean(c == 1);
    case opcode::GE:
      return value::boolean(c == 1 || c == 0);
    case opcode::EQ:
      return value::boolean(c == 0);
    case opcode::NE:
      return value::boolean(c != 0);
    default:
      return value::not_implemented();
  }
}

bool number_equal(value a, value b) {
  return is_complex(a) || is_complex(b) ? complex_equal(a, b) : order(a, b) == 0;
}

value number_unary(thread_state& t, opcode op, value a) {
  if (is_integer(a)) {
    if (op == opcode::POS) return to_int_value(t, a);
    const int_view v(a);
    if (op == opcode::NEG) {
      return int_from_view(t, {v->limbs, v->size, !v->zero() && !v->negative});
    }
    if (op != opcode::INVERT) return value::not_implemented();
    big::integer r, out;  // ~x == -x - 1
    const big::integer minus_one(-1);
    const big::view negated{v->limbs, v->size, !v->zero() && !v->negative};
    return int_result(t, big::add(negated, minus_one, out), out);
  }
  if (a.is_double()) {
    if (op == opcode::NEG) return value::real(-a.as_double());
    if (op == opcode::POS) return a;
  } else if (is_complex(a)) {
    auto* c = a.as<complex_object>();
    if (op == opcode::NEG) return make_complex(t, -c->real, -c->imaginary);
    if (op == opcode::POS) return a;
  }
  return value::not_implemented();
}

value number_abs(thread_state& t, value a) {
  if (is_integer(a)) return int_from_view(t, int_view(a)->magnitude());
  if (a.is_double()) return value::real(std::fabs(a.as_double()));
  if (!is_complex(a)) return value::not_implemented();
  auto* c = a.as<complex_object>();
  const double r = std::hypot(c->real, c->imaginary);
  if (std::isinf(r) && std::isfinite(c->real) && std::isfinite(c->imaginary)) {
    return raise(t, t.interp->errors.OverflowError, "absolute value too large");
  }
  return value::real(r);
}

bool number_truth(value v) {
  if (v.is_int()) return v.as_int() != 0;
  if (v.is_bool()) return v.is_true();
  if (v.is_double()) return v.as_double() != 0;
  if (is_complex(v))
    return v.as<complex_object>()->real != 0 || v.as<complex_object>()->imaginary != 0;
  return v.as<big_int_object>()->limbs != 0;
}

std::uint64_t hash_number(value v) {
  if (v.is_int()) return static_cast<std::uint64_t>(v.as_int() == -1 ? -2 : v.as_int());
  if (v.is_double()) return hash_double(v.as_double());
  if (v.is_bool()) return v.is_true() ? 1 : 0;
  if (is_complex(v)) {
    auto* c = v.as<complex_object>();
    const std::uint64_t h = hash_double(c->real) + 1000003 * hash_double(c->imaginary);
    return h == ~std::uint64_t{0} ? h - 1 : h;
  }
  return big::hash(int_view(v));
}

value number_round(thread_state& t, value x, value digits) {
  if (is_integer(x)) return round_int(t, x, digits);
  return x.is_double() ? round_float(t, x.as_double(), digits) : value::not_implemented();
}

std::uint64_t bit_length_of(value v) {
  return big::bit_length(int_view(v));
}

}  // namespace gilt::interp
