// SPDX-License-Identifier: BSL-1.0
// The method tables of int and bool, and their constructors.
#include <vector>

#include "interp/object/bytes.hpp"
#include "interp/object/call.hpp"
#include "interp/object/copy_items.hpp"
#include "interp/object/float_text.hpp"
#include "interp/object/methods.hpp"
#include "interp/object/number_methods.hpp"
#include "interp/object/number_operands.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/unicode.hpp"
#include "interp/object/trailing_slot.hpp"

namespace gilt::interp {

bool number_receiver(thread_state& t, value self, bool right_type, const char* type,
                     const char* method) {
  if (right_type) return true;
  const bool slot_wrapper = method[0] == '_' || method[0] == 'o' || method[0] == 'c';
  if (slot_wrapper) {
    raise(t, t.interp->errors.TypeError,
          "descriptor '%s' requires a '%s' object but received a '%s'", method, type,
          type_name(t, self).c_str());
  } else {
    raise(t, t.interp->errors.TypeError,
          "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", method, type,
          type_name(t, self).c_str());
  }
  return false;
}

namespace {

bool int_receiver(thread_state& t, const call_args& a, const char* method) {
  return is_integer(a[0]) || number_receiver(t, a[0], false, "int", method);
}

value itself(thread_state& t, const call_args& a) {
  return int_receiver(t, a, "__int__") ? index_of(t, a[0]) : value{};
}
value to_float(thread_state& t, const call_args& a) {
  double d = 0;
  return int_receiver(t, a, "__float__") && to_double(t, a[0], d) ? value::real(d) : value{};
}
value bit_length(thread_state& t, const call_args& a) {
  return int_receiver(t, a, "bit_length") ? int_from_uint64(t, bit_length_of(a[0])) : value{};
}
value bit_count(thread_state& t, const call_args& a) {
  return int_receiver(t, a, "bit_count") ? int_from_uint64(t, big::bit_count(int_view(a[0])))
                                         : value{};
}
value as_integer_ratio(thread_state& t, const call_args& a) {
  if (!int_receiver(t, a, "as_integer_ratio")) return {};
  const value n = index_of(t, a[0]);
  return n.empty() ? n : make_tuple(t, {n, value::small_int(1)});
}
value getnewargs(thread_state& t, const call_args& a) {
  if (!int_receiver(t, a, "__getnewargs__")) return {};
  const value n = index_of(t, a[0]);
  return n.empty() ? n : make_tuple(t, {n});
}
value zero(thread_state&, const call_args&) {
  return value::small_int(0);
}
value one(thread_state&, const call_args&) {
  return value::small_int(1);
}

// "little" or "big"; absent: big.
bool byte_order(thread_state& t, value v, const char* function, bool& little) {
  little = false;
  if (v.empty()) return true;
  const string_object* s = is(v, kind::str) ? v.as<string_object>() : nullptr;
  if (!s) {
    raise(t, t.interp->errors.TypeError, "%s() argument 'byteorder' must be str, not %s", function,
          type_name(t, v).c_str());
    return false;
  }
  little = equal(s, "little");
  if (little || equal(s, "big")) return true;
  raise(t, t.interp->errors.ValueError, "byteorder must be either 'little' or 'big'");
  return false;
}

bool positional_limit(thread_state& t, const call_args& a, const char* function) {
  if (a.npos <= 3) return true;
  raise(t, t.interp->errors.TypeError, "%s() takes at most 2 positional arguments (%u given)",
        function, a.npos - 1);
  return false;
}

value to_bytes(thread_state& t, const call_args& a) {
  value v[3];
  bool little = false, is_signed = false;
  std::int64_t length = 1;
  if (!int_receiver(t, a, "to_bytes") || !positional_limit(t, a, "to_bytes") ||
      !bind_arguments(t, "to_bytes", a, 1, {"length", "byteorder", "signed"}, 0, v)) {
    return {};
  }
  if (!v[0].empty() && !to_int64(t, v[0], length)) return {};
  if (!byte_order(t, v[1], "to_bytes", little)) return {};
  if (!v[2].empty() && !truth(t, v[2], is_signed)) return {};
  if (length < 0)
    return raise(t, t.interp->errors.ValueError, "length argument must be non-negative");
  if (length > INT64_C(0x7FFFFFFF)) return out_of_memory(t);
  const int_view x(a[0]);
  std::string out(static_cast<std::size_t>(length), '\0');
  if (!big::to_bytes(x, out.size(), little, is_signed,
                     reinterpret_cast<std::uint8_t*>(out.data()))) {
    return raise(t, t.interp->errors.OverflowError, "%s",
                 x->negative && !is_signed ? "can't convert negative int to unsigned"
                                           : "int too big to convert");
  }
  return make_bytes(t, out);
}

value from_bytes(thread_state& t, const call_args& a) {
  value v[3];
  bool little = false, is_signed = false;
  if (!positional_limit(t, a, "from_bytes") ||
      !bind_arguments(t, "from_bytes", a, 1, {"bytes", "byteorder", "signed"}, 1, v)) {
    return {};
  }
  if (!byte_order(t, v[1], "from_bytes", little)) return {};
  if (!v[2].empty() && !truth(t, v[2], is_signed)) return {};
  std::string raw;
  if (!bytes_from_object(t, v[0], raw)) return {};
  const value n = int_from_bytes(t, reinterpret_cast<const std::uint8_t*>(raw.data()), raw.size(),
                                 little, is_signed);
  if (n.empty() || a[0] == value::of(t.interp->types.int_)) return n;
  return call(t, a[0], &n, 1);
}

constexpr native_definition table[] = {
    {"as_integer_ratio", &as_integer_ratio, 1, 1, false},
    {"bit_count", &bit_count, 1, 1, false},
    {"bit_length", &bit_length, 1, 1, false},
    {"conjugate", &itself, 1, 1, false},
    {"to_bytes", &to_bytes, 1, -1, true},
    GILT_NUMBER_COMPARISONS(int_protocol),
    GILT_NUMBER_BINARY(int_protocol, "add", ADD),
    GILT_NUMBER_BINARY(int_protocol, "sub", SUB),
    GILT_NUMBER_BINARY(int_protocol, "mul", MUL),
    GILT_NUMBER_BINARY(int_protocol, "truediv", TRUEDIV),
    GILT_NUMBER_BINARY(int_protocol, "floordiv", FLOORDIV),
    GILT_NUMBER_BINARY(int_protocol, "mod", MOD),
    GILT_NUMBER_BINARY(int_protocol, "lshift", LSHIFT),
    GILT_NUMBER_BINARY(int_protocol, "rshift", RSHIFT),
    GILT_NUMBER_BINARY(int_protocol, "and", BITAND),
    GILT_NUMBER_BINARY(int_protocol, "or", BITOR),
    GILT_NUMBER_BINARY(int_protocol, "xor", BITXOR),
    {"__pow__", &pow_native<int_protocol>, 2, 3, false},
    {"__rpow__", &binary_native<int_protocol, opcode::POW, true>, 2, 3, false},
    {"__divmod__", &divmod_native<int_protocol>, 2, 2, false},
    {"__rdivmod__", &divmod_native<int_protocol, true>, 2, 2, false},
    {"__neg__", &unary_native<int_protocol, opcode::NEG>, 1, 1, false},
    {"__pos__", &unary_native<int_protocol, opcode::POS>, 1, 1, false},
    {"__invert__", &unary_native<int_protocol, opcode::INVERT>, 1, 1, false},
    {"__abs__", &abs_native<int_protocol>, 1, 1, false},
    {"__bool__", &bool_native<int_protocol>, 1, 1, false},
    {"__hash__", &hash_native<int_protocol>, 1, 1, false},
    {"__repr__", &repr_native<int_protocol>, 1, 1, false},
    {"__format__", &format_native<int_protocol>, 2, 2, false},
    {"__round__", &round_native<int_protocol>, 1, 2, false},
    {"__int__", &itself, 1, 1, false},
    {"__index__", &itself, 1, 1, false},
    {"__trunc__", &itself, 1, 1, false},
    {"__floor__", &itself, 1, 1, false},
    {"__ceil__", &itself, 1, 1, false},
    {"__float__", &to_float, 1, 1, false},
    {"__getnewargs__", &getnewargs, 1, 1, false},
};
constexpr native_definition class_table[] = {{"from_bytes", &from_bytes, 1, -1, true}};
constexpr native_definition property_table[] = {
    {"real", &itself, 1, 1, false},
    {"imag", &zero, 1, 1, false},
    {"numerator", &itself, 1, 1, false},
    {"denominator", &one, 1, 1, false},
};
constexpr native_definition bool_table[] = {
    GILT_NUMBER_BINARY(int_protocol, "and", BITAND),
    GILT_NUMBER_BINARY(int_protocol, "or", BITOR),
    GILT_NUMBER_BINARY(int_protocol, "xor", BITXOR),
    {"__repr__", &repr_native<int_protocol>, 1, 1, false},
};

// Text of int(text) or float(text): decimal digits of any script as ASCII, any space as ' '.
std::string plain_digits(const string_object* s) {
  if (s->ascii) return std::string(s->ascii_view());
  std::string out;
  for (std::size_t i = 0; i < s->length; ++i) {
    const std::uint32_t c = code_point(s, i);
    const int digit = unicode::decimal_value(c);
    out += c < 0x80               ? static_cast<char>(c)
           : digit >= 0           ? static_cast<char>('0' + digit)
           : unicode::is_space(c) ? ' '
                                  : '?';
  }
  return out;
}

}  // namespace

bool number_text_of(thread_state& t, value v, std::string& text, std::string& shown, bool& found) {
  found = true;
  if (is(v, kind::str)) {
    text = plain_digits(v.as<string_object>());
    shown = string_repr(v.as<string_object>());
    return true;
  }
  switch (bytes_of(t, v, text)) {
    case bytes_status::done: {
      const value quoted = repr_of(t, v);
      if (quoted.empty()) return false;
      shown = to_utf8(quoted.as<string_object>());
      return true;
    }
    case bytes_status::not_bytes:
      found = false;
      return true;
    default:
      return false;
  }
}

method_table int_methods() {
  return table;
}
method_table int_class_methods() {
  return class_table;
}
method_table int_properties() {
  return property_table;
}
method_table bool_methods() {
  return bool_table;
}

value new_int(thread_state& t, type_object* cls, const call_args& a) {
  value base_value;
  if (a.npos > 2 || a.npos + a.nkw > 2) {
    return raise(t, t.interp->errors.TypeError, "int() takes at most 2 arguments (%u given)",
                 a.npos + a.nkw);
  }
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    auto* word = const_cast<tuple_object*>(a.names)->items()[k].as<string_object>();
    if (!equal(word, "base")) {
      return raise(t, t.interp->errors.TypeError, "'%s' is an invalid keyword argument for int()",
                   to_utf8(word).c_str());
    }
    base_value = a[a.npos + k];
  }
  if (a.npos == 2) base_value = a[1];
  if (a.npos == 0 && !base_value.empty()) return type_error(t, "int() missing string argument");
  value r = value::small_int(0);
  if (a.npos > 0) {
    std::string text, shown;
    bool is_text = false;
    if (!number_text_of(t, a[0], text, shown, is_text)) return {};
    if (is_text && !is(a[0], kind::str)) shown = bytes_repr(text);
    if (!base_value.empty()) {
      std::int64_t base = 0;
      if (!to_int64_clamped(t, base_value, base)) return {};
      if (base != 0 && (base < 2 || base > 36)) {
        return raise(t, t.interp->errors.ValueError, "int() base must be >= 2 and <= 36, or 0");
      }
      if (!is_text) return type_error(t, "int() can't convert non-string with explicit base");
      r = parse_int(t, text, static_cast<int>(base), shown);
    } else {
      r = is_text ? parse_int(t, text, 10, shown) : to_int_value(t, a[0]);
    }
  }
  if (r.empty() || cls == t.interp->types.int_) return r;
  const int_view x(r);
  auto* b = t.alloc.make<big_int_object>(t, cls->root, data_bytes(cls->root, x->size * sizeof(big::limb)));
  if (!b) return {};
  b->limbs = static_cast<std::uint32_t>(x->size);
  b->negative = x->negative;
  std::memcpy(const_cast<std::uint64_t*>(b->data()), x->limbs, x->size * sizeof(big::limb));
  return value::of(b);
}

value new_bool(thread_state& t, type_object*, const call_args& a) {
  if (a.nkw > 0) return type_error(t, "bool() takes no keyword arguments");
  if (a.npos > 1) {
    return raise(t, t.interp->errors.TypeError, "bool expected at most 1 argument, got %u", a.npos);
  }
  bool b = false;
  if (a.npos == 1 && !truth(t, a[0], b)) return {};
  return value::boolean(b);
}

}  // namespace gilt::interp
