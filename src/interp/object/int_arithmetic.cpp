// SPDX-License-Identifier: BSL-1.0
// Operators on ints. Three tiers: tagged words (mostly inlined in the VM already), 128-bit
// arithmetic for operands of up to two limbs, and limb arrays (big_int.cpp).
#include <bit>
#include <cmath>
#include <cstring>

#include "interp/object/number_operands.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

namespace {

using big::int128;
using big::uint128;

value zero_division(thread_state& t, opcode op) {
  return raise(t, t.interp->errors.ZeroDivisionError, "%s",
               op == opcode::MOD ? "integer modulo by zero" : "integer division or modulo by zero");
}

// Arithmetic in 128 bits; false when it might not fit.
bool small_arithmetic(opcode op, int128 a, int128 b, int128& out) {
  constexpr int128 room = static_cast<int128>(1) << 125;
  switch (op) {
    case opcode::ADD:
      if (a >= room || a <= -room || b >= room || b <= -room) return false;
      out = a + b;
      return true;
    case opcode::SUB:
      if (a >= room || a <= -room || b >= room || b <= -room) return false;
      out = a - b;
      return true;
    case opcode::MUL: {
      constexpr int128 half = static_cast<int128>(1) << 63;
      if (a >= half || a < -half || b >= half || b < -half) return false;
      out = a * b;  // |product| <= 2^126
      return true;
    }
    case opcode::FLOORDIV: {
      out = a / b;
      if (a % b != 0 && (a < 0) != (b < 0)) --out;
      return true;
    }
    case opcode::MOD:
      out = a % b;
      if (out != 0 && (out < 0) != (b < 0)) out += b;
      return true;
    case opcode::BITAND:
      out = a & b;
      return true;
    case opcode::BITOR:
      out = a | b;
      return true;
    case opcode::BITXOR:
      out = a ^ b;
      return true;
    default:
      return false;
  }
}

value shift(thread_state& t, opcode op, value a, value b) {
  const int_view x(a), y(b);
  if (y->negative) return raise(t, t.interp->errors.ValueError, "negative shift count");
  if (x->zero()) return value::small_int(0);
  big::integer r;
  if (op == opcode::LSHIFT) {
    if (y->size > 1) return raise(t, t.interp->errors.OverflowError, "too many digits in integer");
    const std::uint64_t bits = y->zero() ? 0 : y->limbs[0];
    return int_result(t, big::shift_left(x, bits, r), r);
  }
  const std::uint64_t bits = y->zero() ? 0 : y->size > 1 ? ~std::uint64_t{0} : y->limbs[0];
  return int_result(t, big::shift_right(x, bits, r), r);
}

value int_power(thread_state& t, value a, value b) {
  const int_view x(a), y(b);
  if (y->negative) {
    double base = 0, exponent = 0;
    if (!to_double(t, a, base) || !to_double(t, b, exponent)) return {};
    return float_binary(t, opcode::POW, base, exponent);
  }
  big::integer r;
  if (y->size > 1) {
    if (x->size > 1 || (x->size == 1 && x->limbs[0] > 1)) return out_of_memory(t);
    const std::uint64_t parity = y->limbs[0] & 1;  // -1, 0, 1 to some power
    return int_result(t, big::power(x, 2 + parity, r), r);
  }
  const std::uint64_t exponent = y->zero() ? 0 : y->limbs[0];
  return int_result(t, big::power(x, exponent, r), r);
}

}  // namespace

value out_of_memory(thread_state& t) {
  raise_memory_error(t);
  return {};
}

value int_from_view(thread_state& t, big::view v) {
  if (v.size == 0) return value::small_int(0);
  if (v.size == 1 &&
      v.limbs[0] <= static_cast<std::uint64_t>(value::int_max) + (v.negative ? 1 : 0)) {
    const auto i = static_cast<std::int64_t>(v.limbs[0]);
    return value::small_int(v.negative ? -i : i);
  }
  auto* b = t.alloc.make<big_int_object>(t, t.interp->types.int_->root, v.size * sizeof(big::limb));
  if (!b) return {};
  b->limbs = static_cast<std::uint32_t>(v.size);
  b->negative = v.negative;
  std::memcpy(const_cast<std::uint64_t*>(b->data()), v.limbs, v.size * sizeof(big::limb));
  return value::of(b);
}

value int_from_int128(thread_state& t, int128 i) {
  if (i >= value::int_min && i <= value::int_max)
    return value::small_int(static_cast<std::int64_t>(i));
  const uint128 magnitude =
      i < 0 ? static_cast<uint128>(0) - static_cast<uint128>(i) : static_cast<uint128>(i);
  const big::limb limbs[2] = {static_cast<big::limb>(magnitude),
                              static_cast<big::limb>(magnitude >> 64)};
  return int_from_view(t, {limbs, limbs[1] != 0 ? std::size_t{2} : std::size_t{1}, i < 0});
}

value big_from_int64(thread_state& t, std::int64_t i) {
  return int_from_int128(t, i);
}
value int_from_uint64(thread_state& t, std::uint64_t i) {
  return i <= static_cast<std::uint64_t>(value::int_max)
             ? value::small_int(static_cast<std::int64_t>(i))
             : int_from_view(t, {&i, 1, false});
}

value int_binary(thread_state& t, opcode op, value a, value b) {
  if (a.is_bool() && b.is_bool()) {
    if (op == opcode::BITAND) return value::boolean(a.is_true() && b.is_true());
    if (op == opcode::BITOR) return value::boolean(a.is_true() || b.is_true());
    if (op == opcode::BITXOR) return value::boolean(a.is_true() != b.is_true());
  }
  if (op == opcode::FLOORDIV || op == opcode::MOD || op == opcode::TRUEDIV) {
    if (int_view(b)->zero()) {
      if (op == opcode::TRUEDIV)
        return raise(t, t.interp->errors.ZeroDivisionError, "division by zero");
      return zero_division(t, op);
    }
  }
  int128 x = 0, y = 0, r = 0;
  if (to_int128(a, x) && to_int128(b, y)) {
    if (small_arithmetic(op, x, y, r)) return int_from_int128(t, r);
    constexpr int128 exact = static_cast<int128>(1) << 53;
    if (op == opcode::TRUEDIV && x <= exact && x >= -exact && y <= exact && y >= -exact) {
      return value::real(static_cast<double>(x) / static_cast<double>(y));
    }
    if (op == opcode::LSHIFT && y >= 0 && y < 64 && x > -(static_cast<int128>(1) << 62) &&
        x < static_cast<int128>(1) << 62) {
      return int_from_int128(t, x * (static_cast<int128>(1) << static_cast<int>(y)));
    }
    if (op == opcode::RSHIFT && y >= 0) {
      return int_from_int128(t, x >> static_cast<int>(y < 127 ? y : 127));
    }
  }
  const int_view u(a), v(b);
  big::integer q, rest;
  switch (op) {
    case opcode::ADD:
      return int_result(t, big::add(u, v, q), q);
    case opcode::SUB:
      return int_result(t, big::subtract(u, v, q), q);
    case opcode::MUL:
      return int_result(t, big::multiply(u, v, q), q);
    case opcode::FLOORDIV:
      return int_result(t, big::divide_floor(u, v, q, rest), q);
    case opcode::MOD:
      return int_result(t, big::divide_floor(u, v, q, rest), rest);
    case opcode::TRUEDIV:
      return int_true_divide(t, a, b);
    case opcode::POW:
      return int_power(t, a, b);
    case opcode::LSHIFT:
    case opcode::RSHIFT:
      return shift(t, op, a, b);
    case opcode::BITAND:
      return int_result(t, big::bit_and(u, v, q), q);
    case opcode::BITOR:
      return int_result(t, big::bit_or(u, v, q), q);
    case opcode::BITXOR:
      return int_result(t, big::bit_xor(u, v, q), q);
    default:
      return value::not_implemented();
  }
}

value int_true_divide(thread_state& t, value a, value b) {
  const int_view u(a), v(b);
  if (v->zero()) return raise(t, t.interp->errors.ZeroDivisionError, "division by zero");
  double d = 0;
  switch (big::true_divide(u, v, d)) {
    case big::quotient::done:
      return value::real(d);
    case big::quotient::too_large:
      return raise(t, t.interp->errors.OverflowError,
                   "integer division result too large for a float");
    default:
      return out_of_memory(t);
  }
}

namespace {

value int_divmod(thread_state& t, value a, value b) {
  const int_view u(a), v(b);
  if (v->zero()) return zero_division(t, opcode::FLOORDIV);
  int128 x = 0, y = 0, q = 0, r = 0;
  value parts[2];
  if (to_int128(a, x) && to_int128(b, y) && small_arithmetic(opcode::FLOORDIV, x, y, q) &&
      small_arithmetic(opcode::MOD, x, y, r)) {
    parts[0] = int_from_int128(t, q);
    parts[1] = int_from_int128(t, r);
  } else {
    big::integer quotient, rest;
    if (!big::divide_floor(u, v, quotient, rest)) return out_of_memory(t);
    parts[0] = int_from_view(t, quotient);
    parts[1] = int_from_view(t, rest);
  }
  if (parts[0].empty() || parts[1].empty()) return {};
  return make_tuple(t, {parts[0], parts[1]});
}

}  // namespace

value number_divmod(thread_state& t, value a, value b) {
  if (!is_number(a) || !is_number(b)) return value::not_implemented();
  if (is_integer(a) && is_integer(b)) return int_divmod(t, a, b);
  if (is(a, kind::complex_) || is(b, kind::complex_)) return value::not_implemented();
  double x = 0, y = 0, rest = 0;
  if (!to_double(t, a, x) || !to_double(t, b, y)) return {};
  if (y == 0) return raise(t, t.interp->errors.ZeroDivisionError, "float divmod()");
  const double quotient = float_floor_divide(x, y, rest);
  return make_tuple(t, {value::real(quotient), value::real(rest)});
}

value number_pow_mod(thread_state& t, value a, value b, value modulus) {
  if (modulus.empty() || modulus.is_none()) return number_binary(t, opcode::POW, a, b);
  if (!is_integer(a) || !is_integer(b) || !is_integer(modulus)) {
    if (!is_number(a) || !is_number(b) || !is_number(modulus)) return value::not_implemented();
    if (is(a, kind::complex_) || is(b, kind::complex_) || is(modulus, kind::complex_)) {
      return raise(t, t.interp->errors.ValueError, "complex modulo");
    }
    return raise(t, t.interp->errors.TypeError,
                 "pow() 3rd argument not allowed unless all arguments are integers");
  }
  const int_view base(a), exponent(b), m(modulus);
  if (m->zero()) return raise(t, t.interp->errors.ValueError, "pow() 3rd argument cannot be 0");
  const big::view positive = m->magnitude();
  big::integer r, inverse;
  big::view raised = base;
  if (exponent->negative) {
    bool exists = positive.size == 1 && positive.limbs[0] == 1;
    if (!exists) {
      if (!big::inverse_mod(base, positive, inverse, exists)) return out_of_memory(t);
      raised = inverse;
    }
    if (!exists) {
      return raise(t, t.interp->errors.ValueError, "base is not invertible for the given modulus");
    }
  }
  if (!big::power_mod(raised, exponent->magnitude(), positive, r)) return out_of_memory(t);
  if (m->negative && r.size() > 0) {
    big::integer shifted;
    return int_result(t, big::add(r, m, shifted), shifted);
  }
  return int_from_view(t, r);
}

value big_isqrt(thread_state& t, value v) {
  const int_view x(v);
  big::integer r;
  return int_result(t, big::square_root(x, r), r);
}

}  // namespace gilt::interp
