// SPDX-License-Identifier: BSL-1.0
// The method tables of float and complex, and their constructors.
#include <cmath>

#include "interp/object/call.hpp"
#include "interp/object/float_text.hpp"
#include "interp/object/methods.hpp"
#include "interp/object/number_methods.hpp"
#include "interp/object/number_operands.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/trailing_slot.hpp"

namespace gilt::interp {

namespace {

bool float_receiver(thread_state& t, const call_args& a, const char* method, double& d) {
  if (!a[0].is_double()) return number_receiver(t, a[0], false, "float", method);
  d = a[0].as_double();
  return true;
}

value is_integer_native(thread_state& t, const call_args& a) {
  double d = 0;
  if (!float_receiver(t, a, "is_integer", d)) return {};
  return value::boolean(std::isfinite(d) && std::floor(d) == d);
}
value hex(thread_state& t, const call_args& a) {
  double d = 0;
  return float_receiver(t, a, "hex", d) ? make_ascii(t, float_hex(d)) : value{};
}
value itself(thread_state& t, const call_args& a) {
  double d = 0;
  if (!float_receiver(t, a, "__float__", d)) return {};
  return class_of(t, a[0]) == t.interp->types.float_ ? a[0] : value::real(d);
}
value no_imaginary(thread_state& t, const call_args& a) {
  double d = 0;
  return float_receiver(t, a, "imag", d) ? value::real(0.0) : value{};
}
value trunc(thread_state& t, const call_args& a) {
  double d = 0;
  return float_receiver(t, a, "__trunc__", d) ? int_from_double(t, d) : value{};
}
value floor(thread_state& t, const call_args& a) {
  double d = 0;
  return float_receiver(t, a, "__floor__", d) ? int_from_double(t, std::floor(d)) : value{};
}
value ceil(thread_state& t, const call_args& a) {
  double d = 0;
  return float_receiver(t, a, "__ceil__", d) ? int_from_double(t, std::ceil(d)) : value{};
}
value getnewargs(thread_state& t, const call_args& a) {
  double d = 0;
  return float_receiver(t, a, "__getnewargs__", d) ? make_tuple(t, {a[0]}) : value{};
}

value as_integer_ratio(thread_state& t, const call_args& a) {
  double d = 0;
  if (!float_receiver(t, a, "as_integer_ratio", d)) return {};
  if (std::isinf(d)) {
    return raise(t, t.interp->errors.OverflowError, "cannot convert Infinity to integer ratio");
  }
  if (std::isnan(d))
    return raise(t, t.interp->errors.ValueError, "cannot convert NaN to integer ratio");
  int exponent = 0;
  double fraction = std::frexp(d, &exponent);
  while (fraction != std::floor(fraction)) {
    fraction *= 2;
    --exponent;
  }
  value top = int_from_double(t, fraction), bottom = value::small_int(1);
  const value shift = value::small_int(exponent < 0 ? -exponent : exponent);
  if (exponent > 0) {
    top = number_binary(t, opcode::LSHIFT, top, shift);
  } else {
    bottom = number_binary(t, opcode::LSHIFT, bottom, shift);
  }
  return top.empty() || bottom.empty() ? value{} : make_tuple(t, {top, bottom});
}

value fromhex(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::str)) return type_error(t, "bad argument type for built-in operation");
  double d = 0;
  switch (read_hex_double(to_utf8(a[1].as<string_object>()), d)) {
    case hex_status::malformed:
      return raise(t, t.interp->errors.ValueError, "invalid hexadecimal floating-point string");
    case hex_status::overflow:
      return raise(t, t.interp->errors.OverflowError,
                   "hexadecimal value too large to represent as a float");
    case hex_status::done:
      break;
  }
  const value r = value::real(d);
  return a[0] == value::of(t.interp->types.float_) ? r : call(t, a[0], &r, 1);
}

value getformat(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::str)) return type_error(t, "__getformat__() argument must be str, not " + (a[1].is_none() ? "None" : type_name(t, a[1])));
  if (is(a[1], kind::str) &&
      (equal(a[1].as<string_object>(), "double") || equal(a[1].as<string_object>(), "float"))) {
    return make_ascii(t, "IEEE, little-endian");
  }
  return raise(t, t.interp->errors.ValueError,
               "__getformat__() argument 1 must be 'double' or 'float'");
}

constexpr native_definition float_table[] = {
    {"as_integer_ratio", &as_integer_ratio, 1, 1, false},
    {"conjugate", &itself, 1, 1, false},
    {"hex", &hex, 1, 1, false},
    {"is_integer", &is_integer_native, 1, 1, false},
    GILT_NUMBER_COMPARISONS(float_protocol),
    GILT_NUMBER_BINARY(float_protocol, "add", ADD),
    GILT_NUMBER_BINARY(float_protocol, "sub", SUB),
    GILT_NUMBER_BINARY(float_protocol, "mul", MUL),
    GILT_NUMBER_BINARY(float_protocol, "truediv", TRUEDIV),
    GILT_NUMBER_BINARY(float_protocol, "floordiv", FLOORDIV),
    GILT_NUMBER_BINARY(float_protocol, "mod", MOD),
    {"__pow__", &pow_native<float_protocol>, 2, 3, false},
    {"__rpow__", &binary_native<float_protocol, opcode::POW, true>, 2, 3, false},
    {"__divmod__", &divmod_native<float_protocol>, 2, 2, false},
    {"__rdivmod__", &divmod_native<float_protocol, true>, 2, 2, false},
    {"__neg__", &unary_native<float_protocol, opcode::NEG>, 1, 1, false},
    {"__pos__", &unary_native<float_protocol, opcode::POS>, 1, 1, false},
    {"__abs__", &abs_native<float_protocol>, 1, 1, false},
    {"__bool__", &bool_native<float_protocol>, 1, 1, false},
    {"__hash__", &hash_native<float_protocol>, 1, 1, false},
    {"__repr__", &repr_native<float_protocol>, 1, 1, false},
    {"__format__", &format_native<float_protocol>, 2, 2, false},
    {"__round__", &round_native<float_protocol>, 1, 2, false},
    {"__int__", &trunc, 1, 1, false},
    {"__trunc__", &trunc, 1, 1, false},
    {"__floor__", &floor, 1, 1, false},
    {"__ceil__", &ceil, 1, 1, false},
    {"__float__", &itself, 1, 1, false},
    {"__getnewargs__", &getnewargs, 1, 1, false},
};
constexpr native_definition float_class_table[] = {
    {"fromhex", &fromhex, 2, 2, false},
    {"__getformat__", &getformat, 2, 2, false},
};
constexpr native_definition float_property_table[] = {
    {"real", &itself, 1, 1, false},
    {"imag", &no_imaginary, 1, 1, false},
};

// ---- complex ----

const complex_object* complex_receiver(thread_state& t, const call_args& a, const char* method) {
  if (is_complex_number(a[0])) return a[0].as<complex_object>();
  number_receiver(t, a[0], false, "complex", method);
  return nullptr;
}
value conjugate(thread_state& t, const call_args& a) {
  const complex_object* c = complex_receiver(t, a, "conjugate");
  return c ? make_complex(t, c->real, -c->imaginary) : value{};
}
value complex_itself(thread_state& t, const call_args& a) {
  if (!complex_receiver(t, a, "__complex__")) return {};
  if (class_of(t, a[0]) == t.interp->types.complex_) return a[0];
  const auto* c = a[0].as<complex_object>();
  return make_complex(t, c->real, c->imaginary);
}
value real(thread_state& t, const call_args& a) {
  const complex_object* c = complex_receiver(t, a, "real");
  return c ? value::real(c->real) : value{};
}
value imaginary(thread_state& t, const call_args& a) {
  const complex_object* c = complex_receiver(t, a, "imag");
  return c ? value::real(c->imaginary) : value{};
}
value complex_getnewargs(thread_state& t, const call_args& a) {
  const complex_object* c = complex_receiver(t, a, "__getnewargs__");
  return c ? make_tuple(t, {value::real(c->real), value::real(c->imaginary)}) : value{};
}

constexpr native_definition complex_table[] = {
    {"conjugate", &conjugate, 1, 1, false},
    GILT_NUMBER_COMPARISONS(complex_protocol),
    GILT_NUMBER_BINARY(complex_protocol, "add", ADD),
    GILT_NUMBER_BINARY(complex_protocol, "sub", SUB),
    GILT_NUMBER_BINARY(complex_protocol, "mul", MUL),
    GILT_NUMBER_BINARY(complex_protocol, "truediv", TRUEDIV),
    {"__pow__", &pow_native<complex_protocol>, 2, 3, false},
    {"__rpow__", &binary_native<complex_protocol, opcode::POW, true>, 2, 3, false},
    {"__neg__", &unary_native<complex_protocol, opcode::NEG>, 1, 1, false},
    {"__pos__", &unary_native<complex_protocol, opcode::POS>, 1, 1, false},
    {"__abs__", &abs_native<complex_protocol>, 1, 1, false},
    {"__bool__", &bool_native<complex_protocol>, 1, 1, false},
    {"__hash__", &hash_native<complex_protocol>, 1, 1, false},
    {"__repr__", &repr_native<complex_protocol>, 1, 1, false},
    {"__format__", &format_native<complex_protocol>, 2, 2, false},
    {"__complex__", &complex_itself, 1, 1, false},
    {"__getnewargs__", &complex_getnewargs, 1, 1, false},
};
constexpr native_definition complex_property_table[] = {
    {"real", &real, 1, 1, false},
    {"imag", &imaginary, 1, 1, false},
};

// One argument of complex(): its value, as two doubles.
bool complex_part(thread_state& t, value v, const char* which, double& re, double& im) {
  re = im = 0;
  for (int round = 0; round < 2; ++round) {
    if (is_complex_number(v)) {
      re = v.as<complex_object>()->real;
      im = v.as<complex_object>()->imaginary;
      return true;
    }
    if (is_number(v)) return to_double(t, v, re);
    value self;
    const value f = lookup_special(t, v, intern(*t.interp, "__complex__"), self);
    if (f.empty() || round == 1) break;
    v = self.empty() ? call(t, f, nullptr, 0) : call(t, f, &self, 1);
    if (v.empty()) return false;
    if (!is_complex_number(v)) {
      type_error(t, "__complex__ returned non-complex (type " + type_name(t, v) + ")");
      return false;
    }
    if (class_of(t, v) != t.interp->types.complex_ &&
        !warn(t, t.interp->errors.DeprecationWarning,
              "__complex__ returned non-complex (type " + type_name(t, v) + ").  The ability to return an instance of a strict subclass of "
              "complex is deprecated, and may not be supported in a future version of Python.")) {
      return false;
    }
  }
  if (t.why != signal::none) return false;
  for (string_object* name : {t.interp->names.__float__, t.interp->names.__index__}) {
    value self;
    if (v.is_object() && !lookup_special(t, v, name, self).empty()) return to_double(t, v, re);
  }
  raise(t, t.interp->errors.TypeError, "complex() %s must be a %s, not '%s'", which,
        which[0] == 'f' ? "string or a number" : "number", type_name(t, v).c_str());
  return false;
}

}  // namespace

method_table float_methods() {
  return float_table;
}
method_table float_class_methods() {
  return float_class_table;
}
method_table float_properties() {
  return float_property_table;
}
method_table complex_methods() {
  return complex_table;
}
method_table complex_properties() {
  return complex_property_table;
}

value new_float(thread_state& t, type_object*, const call_args& a) {
  if (a.nkw > 0) return type_error(t, "float() takes no keyword arguments");
  if (a.npos > 1) {
    return raise(t, t.interp->errors.TypeError, "float expected at most 1 argument, got %u",
                 a.npos);
  }
  if (a.npos == 0) return value::real(0.0);
  std::string text, shown;
  bool is_text = false;
  double d = 0;
  if (!is_real(a[0])) {
    if (!number_text_of(t, a[0], text, shown, is_text)) return {};
    if (is_text) return parse_float(t, text, d, shown) ? value::real(d) : value{};
    bool convertible = false;
    for (string_object* name : {t.interp->names.__float__, t.interp->names.__index__}) {
      value self;
      convertible =
          convertible || (a[0].is_object() && !lookup_special(t, a[0], name, self).empty());
    }
    if (!convertible) {
      if (t.why != signal::none) return {};
      return type_error(t, "float() argument must be a string or a real number, not '" +
                               type_name(t, a[0]) + "'");
    }
  }
  return to_double(t, a[0], d) ? value::real(d) : value{};
}

value new_complex(thread_state& t, type_object* cls, const call_args& a) {
  value v[2];
  if (!bind_arguments(t, "complex", a, 0, {"real", "imag"}, 0, v)) return {};
  const type_object* const exact = t.interp->types.complex_;
  if (!v[0].empty() && v[1].empty() && cls == exact && class_of(t, v[0]) == exact) return v[0];
  value made;
  if (!v[0].empty() && is(v[0], kind::str)) {
    if (!v[1].empty()) return type_error(t, "complex() can't take second arg if first is a string");
    std::string text, shown;
    bool is_text = false;
    if (!number_text_of(t, v[0], text, shown, is_text)) return {};
    made = parse_complex(t, text);
  } else {
    if (!v[1].empty() && is(v[1], kind::str))
      return type_error(t, "complex() second arg can't be a string");
    double re = 0, re_im = 0, im = 0, im_im = 0;
    if (!v[0].empty() && !complex_part(t, v[0], "first argument", re, re_im)) return {};
    if (!v[1].empty() && !complex_part(t, v[1], "second argument", im, im_im)) return {};
    // A zero that was not given must not change the sign of one that was.
    const bool first = re_im != 0 || is_complex_number(v[0]), second = im_im != 0;
    made = make_complex(t, second ? re - im_im : re, v[1].empty() ? re_im : first ? re_im + im : im);
  }
  if (made.empty() || cls == t.interp->types.complex_) return made;
  auto* c = t.alloc.make<complex_object>(t, cls->root, data_bytes(cls->root, 0));
  if (!c) return {};
  c->real = made.as<complex_object>()->real;
  c->imaginary = made.as<complex_object>()->imaginary;
  return value::of(c);
}

}  // namespace gilt::interp
