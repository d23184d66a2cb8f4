// SPDX-License-Identifier: BSL-1.0
#pragma once
// number_methods: dunder methods that int, float and complex make alike out of numbers.hpp.
#include <string>

#include "interp/object/format.hpp"
#include "interp/object/method_support.hpp"

namespace gilt::interp {

using number_test = bool (*)(value);
GILT_INLINE bool is_float(value v) {
  return v.is_double();
}
inline bool is_real(value v) {
  return is_integer(v) || v.is_double();
}
inline bool is_complex_number(value v) {
  return is(v, kind::complex_);
}

bool number_receiver(thread_state&, value self, bool right_type, const char* type,
                     const char* method);

// The text of a str or bytes argument of int() or float(), digits of other scripts as ASCII, and
// how an error quotes it. found: it is text. False: raised.
bool number_text_of(thread_state&, value v, std::string& text, std::string& shown, bool& found);

// A type's own idea of an operand: int takes ints, float reals, complex any number.
struct int_protocol {
  static constexpr const char* name = "int";
  static bool self(value v) { return is_integer(v); }
  static bool operand(value v) { return is_integer(v); }
};
struct float_protocol {
  static constexpr const char* name = "float";
  static bool self(value v) { return v.is_double(); }
  static bool operand(value v) { return is_real(v); }
};
struct complex_protocol {
  static constexpr const char* name = "complex";
  static bool self(value v) { return is_complex_number(v); }
  static bool operand(value v) { return is_number(v); }
};

template <class Type>
bool receiver(thread_state& t, const call_args& a, const char* method) {
  return GILT_LIKELY(Type::self(a[0])) || number_receiver(t, a[0], false, Type::name, method);
}

template <class Type, opcode Op, bool Reflected = false>
value binary_native(thread_state& t, const call_args& a) {
  if (!receiver<Type>(t, a, "operator")) return {};
  if (!Type::operand(a[1])) return value::not_implemented();
  return Reflected ? number_binary(t, Op, a[1], a[0]) : number_binary(t, Op, a[0], a[1]);
}
template <class Type, opcode Op>
value number_compare_native(thread_state& t, const call_args& a) {
  if (!receiver<Type>(t, a, "comparison")) return {};
  return Type::operand(a[1]) ? number_compare(t, Op, a[0], a[1]) : value::not_implemented();
}
template <class Type, opcode Op>
value unary_native(thread_state& t, const call_args& a) {
  return receiver<Type>(t, a, "operator") ? number_unary(t, Op, a[0]) : value{};
}
template <class Type, bool Reflected = false>
value divmod_native(thread_state& t, const call_args& a) {
  if (!receiver<Type>(t, a, "__divmod__")) return {};
  if (!Type::operand(a[1])) return value::not_implemented();
  return Reflected ? number_divmod(t, a[1], a[0]) : number_divmod(t, a[0], a[1]);
}
template <class Type>
value pow_native(thread_state& t, const call_args& a) {
  if (!receiver<Type>(t, a, "__pow__")) return {};
  if (!Type::operand(a[1])) return value::not_implemented();
  return number_pow_mod(t, a[0], a[1], a.npos > 2 ? a[2] : value::none());
}
template <class Type>
value abs_native(thread_state& t, const call_args& a) {
  return receiver<Type>(t, a, "__abs__") ? number_abs(t, a[0]) : value{};
}
template <class Type>
value bool_native(thread_state& t, const call_args& a) {
  return receiver<Type>(t, a, "__bool__") ? value::boolean(number_truth(a[0])) : value{};
}
template <class Type>
value hash_native(thread_state& t, const call_args& a) {
  if (!receiver<Type>(t, a, "__hash__")) return {};
  return int_from_int64(t, static_cast<std::int64_t>(hash_number(a[0])));
}
template <class Type>
value repr_native(thread_state& t, const call_args& a) {
  std::string text;
  return receiver<Type>(t, a, "__repr__") && number_repr(t, a[0], text) ? make_ascii(t, text)
                                                                        : value{};
}
template <class Type>
value format_native(thread_state& t, const call_args& a) {
  if (!receiver<Type>(t, a, "__format__")) return {};
  const string_object* spec = str_argument(t, a[1], "__format__() argument ");
  return spec ? format_number(t, a[0], spec) : value{};
}
template <class Type>
value round_native(thread_state& t, const call_args& a) {
  if (!receiver<Type>(t, a, "__round__")) return {};
  return number_round(t, a[0], a.npos > 1 ? a[1] : value::none());
}

#define GILT_NUMBER_COMPARISONS(Type)                                      \
  {"__eq__", &number_compare_native<Type, opcode::EQ>, 2, 2, false},       \
      {"__ne__", &number_compare_native<Type, opcode::NE>, 2, 2, false},   \
      {"__lt__", &number_compare_native<Type, opcode::LT>, 2, 2, false},   \
      {"__le__", &number_compare_native<Type, opcode::LE>, 2, 2, false},   \
      {"__gt__", &number_compare_native<Type, opcode::GT>, 2, 2, false}, { \
    "__ge__", &number_compare_native<Type, opcode::GE>, 2, 2, false        \
  }
#define GILT_NUMBER_BINARY(Type, name, op)                               \
  {"__" name "__", &binary_native<Type, opcode::op>, 2, 2, false}, {     \
    "__r" name "__", &binary_native<Type, opcode::op, true>, 2, 2, false \
  }

}  // namespace gilt::interp
