// SPDX-License-Identifier: BSL-1.0
#pragma once
// numbers: arithmetic, comparison and conversion of int, bool, float and complex.
//
// An int is a tagged 48-bit word or, past that range, a big_int_object: sign and magnitude in
// 64-bit limbs, the least significant first, the highest not zero. Results are always normalised
// (whatever fits is tagged), so two exact ints of different representation are never equal; only
// an instance of a subclass of int may be a big_int_object that holds a small value.
//
// All functions here are pure: numbers are immutable and no operation reads shared words, so
// there is nothing to undo. An empty value or false means that an exception is set.
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "interp/compile/code.hpp"
#include "interp/object/layouts.hpp"

namespace gilt::interp {

struct big_int_object : object {
  std::uint32_t limbs;
  bool negative;
  const std::uint64_t* data() const { return reinterpret_cast<const std::uint64_t*>(this + 1); }
};
static_assert(sizeof(big_int_object) == 24);

// int, bool or an instance of a subclass.
GILT_INLINE bool is_integer(value v) {
  return v.is_int() || v.is_bool() || is(v, kind::big_int);
}
GILT_INLINE bool is_number(value v) {
  return v.is_int() || v.is_double() || v.is_bool() || is(v, kind::big_int) ||
         is(v, kind::complex_);
}

// ---- operators ----
// NotImplemented when an operand is no number. In-place opcodes mean the same as the plain ones.
value number_binary(thread_state&, opcode, value a, value b);
value number_compare(thread_state&, opcode, value a, value b);         // LT LE GT GE EQ NE
value number_unary(thread_state&, opcode, value a);                    // NEG POS INVERT
value number_divmod(thread_state&, value a, value b);                  // tuple
value number_pow_mod(thread_state&, value a, value b, value modulus);  // modulus may be None
value number_round(thread_state&, value x, value digits);  // digits may be None or empty
value number_abs(thread_state&, value a);
bool number_truth(value v);
bool number_equal(value a, value b);  // both numbers; never fails
// CPython's hash: the value modulo 2^61 - 1, equal for equal numbers of any type.
std::uint64_t hash_number(value v);

// ---- making ints ----
value int_from_uint64(thread_state&, std::uint64_t);
value big_from_int64(thread_state&, std::int64_t);  // precondition: does not fit
inline value int_from_int64(thread_state& t, std::int64_t i) {
  return GILT_LIKELY(value::fits_int(i)) ? value::small_int(i) : big_from_int64(t, i);
}
// int(d): truncates. OverflowError for infinities, ValueError for NaN.
value int_from_double(thread_state&, double d);
// A source literal: decimal digits only, an optional '-' before them. No length limit.
value int_from_digits(thread_state&, std::string_view digits);
value int_from_bytes(thread_state&, const std::uint8_t* bytes, std::size_t n, bool little,
                     bool is_signed);

// ---- text ----
// int(text, base): white space around, sign, prefix, underscores. base 0 guesses. `text` is UTF-8;
// `shown` is what the ValueError quotes (empty: the repr of text).
value parse_int(thread_state&, std::string_view text, int base, std::string_view shown = {});
bool parse_float(thread_state&, std::string_view text, double& out, std::string_view shown = {});
value parse_complex(thread_state&, std::string_view text);
// Digits of v, lower case, '-' before a negative number, no prefix. base 2..36; decimal is limited
// as sys.set_int_max_str_digits says (ValueError).
bool int_to_string(thread_state&, value v, int base, std::string& out);
std::string float_repr(double d);  // "1.5", "1e+16", "inf"
std::string float_hex(double d);
std::string complex_repr(double real, double imaginary);
// repr of any number; str is the same.
bool number_repr(thread_state&, value v, std::string& out);

// ---- conversions ----
bool has_index(thread_state&, value v);               // an int, or its type has __index__
value index_of(thread_state&, value v);               // operator.index: an exact int
value to_int_value(thread_state&, value v);           // int(v)
bool to_double(thread_state&, value v, double& out);  // float(v), but no text
bool to_c_int(thread_state&, value v, std::int64_t& out);   // index_of, then OverflowError beyond 32 bits
bool to_int64(thread_state&, value v,
              std::int64_t& out);  // index_of, then OverflowError if too large
bool to_int64_clamped(thread_state&, value v,
                      std::int64_t& out);              // index_of, then the nearest int64
bool is_negative(thread_state&, value v, bool& out);   // v an int
// By the given logarithm, exact for powers of its base as that is; ValueError unless v > 0.
bool log_of_int(thread_state&, value v, double (*log)(double), double& out);
value big_isqrt(thread_state&, value v);               // v an int, not negative
bool int_fits_int64(value v, std::int64_t& out);       // v an int; false: too large, no exception
// The int as a double, correctly rounded; false: too large (no exception).
bool int_to_double(value v, double& out);
std::uint64_t bit_length_of(value v);  // v an int
// The ratio of two ints, correctly rounded (CPython's long_true_divide).
value int_true_divide(thread_state&, value a, value b);

// Constructors as `T(...)` calls them.
value new_int(thread_state&, type_object*, const call_args&);
value new_bool(thread_state&, type_object*, const call_args&);
value new_float(thread_state&, type_object*, const call_args&);
value new_complex(thread_state&, type_object*, const call_args&);
value make_complex(thread_state&, double real, double imaginary);

}  // namespace gilt::interp
