// SPDX-License-Identifier: BSL-1.0
#include "interp/object/native_items.hpp"

#include <cmath>
#include <cstring>
#include <limits>

#include "interp/object/bytes.hpp"
#include "interp/object/number_operands.hpp"
#include "interp/object/operations.hpp"

namespace gilt::interp {

namespace {

template <class T>
value load_as(thread_state& t, const char* from) {
  T x;
  std::memcpy(&x, from, sizeof x);
  return int_from_int128(t, x);
}

template <class T>
item_status store_as(big::int128 n, char* to) {
  if (n < std::numeric_limits<T>::min() || n > std::numeric_limits<T>::max()) return item_status::out_of_range;
  const T x = static_cast<T>(n);
  std::memcpy(to, &x, sizeof x);
  return item_status::done;
}

}  // namespace

std::size_t item_size(char code) {
  switch (code) {
    case 'c': case 'b': case 'B': case '?': return 1;
    case 'h': case 'H': case 'e': return 2;
    case 'i': case 'I': case 'f': return 4;
    case 'l': case 'L': case 'q': case 'Q': case 'n': case 'N': case 'd': case 'P': return 8;
    default: return 0;
  }
}
bool is_float_item(char code) { return code == 'e' || code == 'f' || code == 'd'; }

double unpack_half(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31;
  const double fraction = bits & 1023;
  double x;
  if (exponent == 0) x = std::ldexp(fraction, -24);
  else if (exponent < 31) x = std::ldexp(fraction + 1024, exponent - 25);
  else x = fraction == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  return (bits & 0x8000) ? -x : x;
}

// Rounds half to even; what rounds to 65520 or more does not fit.
bool pack_half(double x, std::uint16_t& bits) {
  const auto sign = static_cast<std::uint16_t>(std::signbit(x) ? 0x8000 : 0);
  x = std::fabs(x);
  if (std::isnan(x)) {
    bits = static_cast<std::uint16_t>(sign | 0x7E00);
  } else if (std::isinf(x)) {
    bits = static_cast<std::uint16_t>(sign | 0x7C00);
  } else {
    int exponent = 0;
    std::frexp(x, &exponent);                       // x in [2^(exponent-1), 2^exponent)
    const int lowest = x == 0 || exponent < -13 ? -24 : exponent - 11;   // weight of the last bit kept
    const double steps = std::nearbyint(std::ldexp(x, -lowest));
    // A carry out of the fraction moves into the exponent by itself.
    const auto n = static_cast<std::uint32_t>(steps);
    const std::uint32_t whole = lowest == -24 ? n : static_cast<std::uint32_t>(lowest + 24) * 1024 + n;
    if (whole >= 0x7C00) return false;
    bits = static_cast<std::uint16_t>(sign | whole);
  }
  return true;
}

value load_item(thread_state& t, char code, const char* from) {
  switch (code) {
    case 'c': return make_bytes(t, {from, 1});
    case 'b': return load_as<std::int8_t>(t, from);
    case 'B': return load_as<std::uint8_t>(t, from);
    case '?': return value::boolean(*from != 0);
    case 'h': return load_as<std::int16_t>(t, from);
    case 'H': return load_as<std::uint16_t>(t, from);
    case 'i': return load_as<std::int32_t>(t, from);
    case 'I': return load_as<std::uint32_t>(t, from);
    case 'l': case 'q': case 'n': return load_as<std::int64_t>(t, from);
    case 'L': case 'Q': case 'N': case 'P': return load_as<std::uint64_t>(t, from);
    case 'e': {
      std::uint16_t x;
      std::memcpy(&x, from, sizeof x);
      return value::real(unpack_half(x));
    }
    case 'f': {
      float x;
      std::memcpy(&x, from, sizeof x);
      return value::real(static_cast<double>(x));
    }
    default: {
      double x;
      std::memcpy(&x, from, sizeof x);
      return value::real(x);
    }
  }
}

item_status store_item(thread_state& t, char code, value v, char* to) {
  if (code == 'c') {
    if (!is(v, kind::bytes)) return item_status::wrong_type;
    const auto text = view(v.as<bytes_object>());
    if (text.size() != 1) return item_status::out_of_range;
    *to = text[0];
    return item_status::done;
  }
  if (code == '?') {
    bool b;
    if (!truth(t, v, b)) return item_status::failed;
    *to = b ? 1 : 0;
    return item_status::done;
  }
  if (is_float_item(code)) {
    double x;
    if (!to_double(t, v, x)) return clear_exception(t, t.interp->errors.TypeError) ? item_status::wrong_type : item_status::failed;
    if (code == 'd') {
      std::memcpy(to, &x, 8);
    } else if (code == 'f') {
      const float f = static_cast<float>(x);
      if (std::isinf(f) && !std::isinf(x)) return item_status::out_of_range;
      std::memcpy(to, &f, 4);
    } else {
      std::uint16_t h;
      if (!pack_half(x, h)) return item_status::out_of_range;
      std::memcpy(to, &h, 2);
    }
    return item_status::done;
  }
  if (!has_index(t, v)) return t.why == signal::none ? item_status::wrong_type : item_status::failed;
  const value exact = index_of(t, v);
  if (exact.empty()) return item_status::failed;
  big::int128 n;
  if (!to_int128(exact, n)) return item_status::out_of_range;
  switch (code) {
    case 'b': return store_as<std::int8_t>(n, to);
    case 'B': return store_as<std::uint8_t>(n, to);
    case 'h': return store_as<std::int16_t>(n, to);
    case 'H': return store_as<std::uint16_t>(n, to);
    case 'i': return store_as<std::int32_t>(n, to);
    case 'I': return store_as<std::uint32_t>(n, to);
    case 'l': case 'q': case 'n': return store_as<std::int64_t>(n, to);
    default: return store_as<std::uint64_t>(n, to);
  }
}

}  // namespace gilt::interp
