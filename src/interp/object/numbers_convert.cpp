// SPDX-License-Identifier: BSL-1.0
// Conversions between number types and text, with CPython's protocol (__index__, __int__,
// __float__) for objects that are no numbers themselves.
#include <cmath>
#include <cstring>

#include "interp/object/bytes.hpp"
#include "interp/object/call.hpp"
#include "interp/object/float_text.hpp"
#include "interp/object/format.hpp"
#include "interp/object/number_operands.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/unicode.hpp"

namespace gilt::interp {

namespace {

// type(v).name(v). `found` false and empty: there is no such method.
value call_special(thread_state& t, value v, string_object* name, bool& found) {
  value self;
  const value f = lookup_special(t, v, name, self);
  found = !f.empty() || t.why != signal::none;
  if (f.empty()) return {};
  return self.empty() ? call(t, f, nullptr, 0) : call(t, f, &self, 1);
}

// The int that an instance of a subclass (or a bool) holds.
value exact_int(thread_state& t, value v) {
  if (v.is_int()) return v;
  if (v.is_bool()) return value::small_int(v.is_true() ? 1 : 0);
  if (v.as_object()->shape_relaxed()->cls == t.interp->types.int_) return v;
  return int_from_view(t, int_view(v));
}

value returned_wrong(thread_state& t, const char* method, const char* wanted, value got) {
  return raise(t, t.interp->errors.TypeError, "%s returned non-%s (type %s)", method, wanted,
               type_name(t, got).c_str());
}

// What __int__, __index__ or __float__ returned is of a strict subclass. False: the warning is an error.
bool warn_subclass(thread_state& t, const std::string& method, const char* wanted, value got) {
  return warn(t, t.interp->errors.DeprecationWarning,
              method + " returned non-" + wanted + " (type " + type_name(t, got) + ").  The ability to return an instance of a strict subclass of " +
                  wanted + " is deprecated, and may not be supported in a future version of Python.");
}
value returned_int(thread_state& t, const char* method, value got) {
  if (!is_integer(got)) return returned_wrong(t, method, "int", got);
  if (class_of(t, got) != t.interp->types.int_ && !warn_subclass(t, method, "int", got)) return {};
  return exact_int(t, got);
}

// "Exceeds the limit": more decimal digits than the interpreter converts. 0: no limit.
std::size_t digit_limit(thread_state& t) {
  return t.interp->max_str_digits.load(std::memory_order_relaxed);
}

}  // namespace

bool has_index(thread_state& t, value v) {
  if (is_integer(v)) return true;
  value self;
  return v.is_object() && !lookup_special(t, v, t.interp->names.__index__, self).empty();
}

value index_of(thread_state& t, value v) {
  if (is_integer(v)) return exact_int(t, v);
  bool found = false;
  const value r = call_special(t, v, t.interp->names.__index__, found);
  if (!found) {
    return raise(t, t.interp->errors.TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(t, v).c_str());
  }
  if (r.empty()) return {};
  return returned_int(t, "__index__", r);
}

value to_int_value(thread_state& t, value v) {
  if (v.is_int()) return v;
  if (v.is_double()) return int_from_double(t, v.as_double());
  if (v.is_bool() ||
      (is(v, kind::big_int) && v.as_object()->shape_relaxed()->cls == t.interp->types.int_)) {
    return exact_int(t, v);
  }
  const well_known_names& names = t.interp->names;
  for (string_object* name : {names.__int__, names.__index__, names.__trunc__}) {
    bool found = false;
    const value r = call_special(t, v, name, found);
    if (!found) continue;
    if (r.empty()) return {};
    if (name != names.__trunc__) return returned_int(t, to_utf8(name).c_str(), r);
    if (!warn(t, t.interp->errors.DeprecationWarning, "The delegation of int() to __trunc__ is deprecated.")) return {};
    if (is_integer(r)) return exact_int(t, r);
    return has_index(t, r) ? index_of(t, r) : t.why != signal::none ? value{} : returned_wrong(t, "__trunc__", "Integral", r);
  }
  return raise(t, t.interp->errors.TypeError,
               "int() argument must be a string, a bytes-like object or a real number, not '%s'",
               type_name(t, v).c_str());
}

bool to_c_int(thread_state& t, value v, std::int64_t& out) {
  const value n = index_of(t, v);
  if (n.empty()) return false;
  if (int_fits_int64(n, out) && out >= INT32_MIN && out <= INT32_MAX) return true;
  raise(t, t.interp->errors.OverflowError, "Python int too large to convert to C int");
  return false;
}

bool int_to_double(value v, double& out) {
  if (v.is_int()) {
    out = static_cast<double>(v.as_int());
    return true;
  }
  return big::to_double(int_view(v), out);
}

bool to_double(thread_state& t, value v, double& out) {
  if (is(v, kind::float_box)) {
    out = v.as<float_box_object>()->real;
    return true;
  }
  if (v.is_double()) {
    out = v.as_double();
    return true;
  }
  if (is_integer(v)) {
    if (int_to_double(v, out)) return true;
    raise(t, t.interp->errors.OverflowError, "int too large to convert to float");
    return false;
  }
  bool found = false;
  const value r = call_special(t, v, t.interp->names.__float__, found);
  if (found) {
    if (r.empty()) return false;
    if (r.is_double()) {
      out = r.as_double();
      return true;
    }
    if (is(r, kind::float_box)) {
      out = r.as<float_box_object>()->real;
      return warn_subclass(t, type_name(t, v) + ".__float__", "float", r);
    }
    raise(t, t.interp->errors.TypeError, "%s.__float__ returned non-float (type %s)",
          type_name(t, v).c_str(), type_name(t, r).c_str());
    return false;
  }
  const value i = call_special(t, v, t.interp->names.__index__, found);
  if (found) {
    if (i.empty()) return false;
    if (is_integer(i)) return to_double(t, exact_int(t, i), out);
    returned_wrong(t, "__index__", "int", i);
    return false;
  }
  raise(t, t.interp->errors.TypeError, "must be real number, not %s", type_name(t, v).c_str());
  return false;
}

bool int_fits_int64(value v, std::int64_t& out) {
  if (v.is_int()) {
    out = v.as_int();
    return true;
  }
  big::int128 wide = 0;
  if (!to_int128(v, wide) || wide > INT64_MAX || wide < INT64_MIN) return false;
  out = static_cast<std::int64_t>(wide);
  return true;
}

bool to_int64(thread_state& t, value v, std::int64_t& out) {
  const value i = index_of(t, v);
  if (i.empty()) return false;
  if (int_fits_int64(i, out)) return true;
  raise(t, t.interp->errors.OverflowError, "Python int too large to convert to C ssize_t");
  return false;
}

bool to_int64_clamped(thread_state& t, value v, std::int64_t& out) {
  const value i = index_of(t, v);
  if (i.empty()) return false;
  if (!int_fits_int64(i, out)) out = int_view(i)->negative ? INT64_MIN : INT64_MAX;
  return true;
}

bool is_negative(thread_state&, value v, bool& out) {
  out = int_view(v)->negative;
  return true;
}

bool log_of_int(thread_state& t, value v, double (*log)(double), double& out) {
  const int_view x(v);
  if (x->negative || x->zero()) {
    raise(t, t.interp->errors.ValueError, "math domain error");
    return false;
  }
  double d = 0;
  if (big::to_double(x, d)) {
    out = log(d);
    return true;
  }
  const std::uint64_t bits = big::bit_length(x);  // x = d * 2^bits, d in [0.5, 1)
  big::round_to_double(x, false, -static_cast<std::int64_t>(bits), d);
  out = log(d) + log(2.0) * static_cast<double>(bits);
  return true;
}

value int_from_double(thread_state& t, double d) {
  if (std::isnan(d)) {
    return raise(t, t.interp->errors.ValueError, "cannot convert float NaN to integer");
  }
  if (std::isinf(d)) {
    return raise(t, t.interp->errors.OverflowError, "cannot convert float infinity to integer");
  }
  if (std::fabs(d) < 9e15) return int_from_int64(t, static_cast<std::int64_t>(d));
  big::integer r;
  return int_result(t, big::from_double(d, r), r);
}

value int_from_digits(thread_state& t, std::string_view digits) {
  big::integer r;
  const bool negative = !digits.empty() && digits[0] == '-';
  if (negative) digits.remove_prefix(1);
  if (!big::from_digits(digits, 10, r)) return out_of_memory(t);
  r.set_negative(negative);
  return int_from_view(t, r);
}

value int_from_bytes(thread_state& t, const std::uint8_t* bytes, std::size_t n, bool little,
                     bool is_signed) {
  big::integer r;
  return int_result(t, big::from_bytes(bytes, n, little, is_signed, r), r);
}

// ---- text ----

bool int_to_string(thread_state& t, value v, int base, std::string& out) {
  if (v.is_int() && base == 10) {
    out = std::to_string(v.as_int());
    return true;
  }
  const int_view x(v);
  const bool limited = base == 10 && digit_limit(t) != 0;
  // log10(2) > 0.30102; nothing longer than the limit is converted just to be refused.
  const bool hopeless = limited && static_cast<double>(big::bit_length(x)) * 0.30102 >
                                       static_cast<double>(digit_limit(t)) + 1;
  if (!hopeless && !big::digits(x, base, out)) {
    out_of_memory(t);
    return false;
  }
  if (limited && (hopeless || out.size() - (x->negative ? 1 : 0) > digit_limit(t))) {
    raise(t, t.interp->errors.ValueError,
          "Exceeds the limit (%zu digits) for integer string conversion; use "
          "sys.set_int_max_str_digits() to increase the limit",
          digit_limit(t));
    return false;
  }
  return true;
}

value parse_int(thread_state& t, std::string_view text, int base, std::string_view shown) {
  const auto invalid = [&] {
    std::string quoted(shown);
    if (quoted.empty()) {
      const value s = make_string(t, text);
      if (s.empty()) return value{};
      quoted = string_repr(s.as<string_object>());
    }
    std::size_t end = 0;                               // 200 characters are shown
    for (std::size_t n = 0; end < quoted.size() && (n < 200 || (quoted[end] & 0xC0) == 0x80); ++end) n += (quoted[end] & 0xC0) != 0x80;
    quoted.resize(end);
    return raise(t, t.interp->errors.ValueError,
                 "invalid literal for int() with base " + std::to_string(base) + ": " + quoted);
  };
  std::string_view rest = trim_ascii_space(text);
  const bool negative = !rest.empty() && rest[0] == '-';
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) rest.remove_prefix(1);
  int radix = base;
  const auto prefixed = [&](char letter, int wanted) {
    if ((base != 0 && base != wanted) || rest.size() < 2 || rest[0] != '0' ||
        (rest[1] | 0x20) != letter)
      return false;
    radix = wanted;
    rest.remove_prefix(2);
    if (!rest.empty() && rest[0] == '_') rest.remove_prefix(1);
    return true;
  };
  if (!prefixed('x', 16) && !prefixed('o', 8) && !prefixed('b', 2) && base == 0) {
    radix = 10;
    // "010" is no decimal; zeros alone are.
    if (!rest.empty() && rest[0] == '0' && rest.find_first_not_of("0_") != std::string_view::npos)
      return invalid();
  }
  std::string digits;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (c == '_') {
      if (i == 0 || rest[i - 1] == '_' || i + 1 == rest.size()) return invalid();
      continue;
    }
    const char low = static_cast<char>(c | 0x20);
    const int digit = c >= '0' && c <= '9'       ? c - '0'
                      : low >= 'a' && low <= 'z' ? low - 'a' + 10
                                                 : 99;
    if (digit >= radix) return invalid();
    digits += c;
  }
  if (digits.empty()) return invalid();
  const bool power_of_two = (radix & (radix - 1)) == 0;
  if (!power_of_two && digit_limit(t) != 0 && digits.size() > digit_limit(t)) {
    return raise(
        t, t.interp->errors.ValueError,
        "Exceeds the limit (%zu digits) for integer string conversion: value has %zu digits; "
        "use sys.set_int_max_str_digits() to increase the limit",
        digit_limit(t), digits.size());
  }
  big::integer r;
  if (!big::from_digits(digits, radix, r)) return out_of_memory(t);
  r.set_negative(negative);
  return int_from_view(t, r);
}

bool parse_float(thread_state& t, std::string_view text, double& out, std::string_view shown) {
  if (read_double(text, out)) return true;
  std::string quoted(shown);
  if (quoted.empty()) {
    const value s = make_string(t, text);
    if (s.empty()) return false;
    quoted = string_repr(s.as<string_object>());
  }
  raise(t, t.interp->errors.ValueError, "could not convert string to float: " + quoted);
  return false;
}

// "1", "2j", "1+2j", "(1-j)"; an imaginary part of "j" alone is 1.
value parse_complex(thread_state& t, std::string_view text) {
  const auto malformed = [&] {
    return raise(t, t.interp->errors.ValueError, "complex() arg is a malformed string");
  };
  std::string plain;  // underscores between digits are dropped
  text = trim_ascii_space(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      plain += text[i];
    } else if (i == 0 || i + 1 == text.size() || text[i - 1] < '0' || text[i - 1] > '9' ||
               text[i + 1] < '0' || text[i + 1] > '9') {
      return raise(t, t.interp->errors.ValueError,
                   "could not convert string to complex: '" + std::string(text) + "'");
    }
  }
  std::string_view s = plain;
  if (!s.empty() && s[0] == '(') {
    s.remove_prefix(1);
    s = trim_ascii_space(s);
    if (s.empty() || s.back() != ')') return malformed();
    s.remove_suffix(1);
    s = trim_ascii_space(s);
  }
  const auto is_j = [&] { return !s.empty() && (s[0] == 'j' || s[0] == 'J'); };
  const auto is_sign = [&] { return !s.empty() && (s[0] == '+' || s[0] == '-'); };
  double real = 0, imaginary = 0;
  std::size_t used = 0;
  if (read_double_prefix(s, real, used)) {
    s.remove_prefix(used);
    if (is_sign()) {
      if (read_double_prefix(s, imaginary, used)) {
        s.remove_prefix(used);
      } else {
        imaginary = s[0] == '-' ? -1 : 1;
        s.remove_prefix(1);
      }
      if (!is_j()) return malformed();
      s.remove_prefix(1);
    } else if (is_j()) {
      s.remove_prefix(1);
      imaginary = real;
      real = 0;
    }
  } else {
    imaginary = is_sign() && s[0] == '-' ? -1 : 1;
    if (is_sign()) s.remove_prefix(1);
    if (!is_j()) return malformed();
    s.remove_prefix(1);
  }
  return s.empty() ? make_complex(t, real, imaginary) : malformed();
}

bool number_repr(thread_state& t, value v, std::string& out) {
  if (v.is_bool()) {
    out = v.is_true() ? "True" : "False";
  } else if (v.is_double()) {
    out = float_repr(v.as_double());
  } else if (is(v, kind::complex_)) {
    out = complex_repr(v.as<complex_object>()->real, v.as<complex_object>()->imaginary);
  } else {
    return int_to_string(t, v, 10, out);
  }
  return true;
}

}  // namespace gilt::interp
