// SPDX-License-Identifier: BSL-1.0
// format(v, spec) of str, int, float and complex.
#include <climits>
#include <cmath>

#include "interp/object/format.hpp"
#include "interp/object/format_spec.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {

namespace {

value bad(thread_state& t, const char* message) {
  return raise(t, t.interp->errors.ValueError, "%s", message);
}

value unknown_code(thread_state& t, std::uint32_t code, const char* type) {
  if (code > 32 && code < 128) {
    return raise(t, t.interp->errors.ValueError, "Unknown format code '%c' for object of type '%s'",
                 static_cast<int>(code), type);
  }
  return raise(t, t.interp->errors.ValueError,
               "Unknown format code '\\x%x' for object of type '%s'", code, type);
}

std::string sign_of(bool negative, char sign) {
  if (negative) return "-";
  return sign == '+' ? "+" : sign == ' ' ? " " : "";
}

void to_upper(std::string& s) {
  for (char& c : s) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
}

// Room that '=' padding with zeros leaves for grouped digits.
std::size_t zero_width(const format_spec& f, std::size_t others) {
  if (f.fill != '0' || f.align != '=' || f.width < 0) return 0;
  const auto width = static_cast<std::size_t>(f.width);
  return width > others ? width - others : 0;
}

value format_character(thread_state& t, value v, const format_spec& f) {
  if (f.sign != 0) return bad(t, "Sign not allowed with integer format specifier 'c'");
  if (f.alternate)
    return bad(t, "Alternate form (#) not allowed with integer format specifier 'c'");
  std::int64_t c = 0;
  if (!int_fits_int64(v, c)) {
    return raise(t, t.interp->errors.OverflowError, "Python int too large to convert to C long");
  }
  if (c < 0 || c > 0x10FFFF) {
    return raise(t, t.interp->errors.OverflowError, "%%c arg not in range(0x110000)");
  }
  string_builder out;
  const std::size_t pad = f.width > 1 ? static_cast<std::size_t>(f.width - 1) : 0;
  const std::size_t before = f.align == '<' ? 0 : f.align == '^' ? pad / 2 : pad;
  out.put(before, f.fill);
  out.put(static_cast<std::uint32_t>(c));
  out.put(pad - before, f.fill);
  return out.finish(t);
}

value format_int(thread_state& t, value v, const format_spec& f) {
  if (f.precision >= 0) return bad(t, "Precision not allowed in integer format specifier");
  if (f.no_negative_zero)
    return bad(t, "Negative zero coercion (z) not allowed in integer format specifier");
  if (f.type == 'c') return format_character(t, v, f);
  int base = 10;
  std::string prefix;
  switch (f.type) {
    case 'b':
      base = 2;
      prefix = "0b";
      break;
    case 'o':
      base = 8;
      prefix = "0o";
      break;
    case 'x':
    case 'X':
      base = 16;
      prefix = f.type == 'x' ? "0x" : "0X";
      break;
    default:
      break;
  }
  std::string digits;
  if (!int_to_string(t, v, base, digits)) return {};
  const bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  if (f.type == 'X') to_upper(digits);
  const std::string lead = sign_of(negative, f.sign) + (f.alternate ? prefix : "");
  if (f.grouping != 0)
    digits = group_digits(digits, f.grouping, base == 10 ? 3 : 4, zero_width(f, lead.size()));
  string_builder out;
  put_padded(out, f, '>', lead, digits);
  return out.finish(t);
}

value format_float(thread_state& t, double d, const format_spec& f) {
  number_text text;
  if (!format_double_parts(t, d, f, static_cast<char>(f.type), true, text)) return {};
  string_builder out;
  put_padded(out, f, '>', text.lead, text.body);
  return out.finish(t);
}

value format_complex(thread_state& t, complex_object* c, format_spec f) {
  if (f.fill == '0') return bad(t, "Zero padding is not allowed in complex format specifier");
  if (f.align == '=')
    return bad(t, "'=' alignment flag is not allowed in complex format specifier");
  const bool skip_real = f.type == 0 && c->real == 0 && !std::signbit(c->real);
  const bool parentheses = f.type == 0 && !skip_real;
  number_text real, imaginary;
  // Without a type each part is as in repr, but a precision makes it 'g'.
  const char type = f.type == 0 ? (f.precision < 0 ? 'r' : 'g') : static_cast<char>(f.type);
  if (!format_double_parts(t, c->real, f, type, false, real)) return {};
  format_spec second = f;
  if (!skip_real) second.sign = '+';
  if (!format_double_parts(t, c->imaginary, second, type, false, imaginary)) return {};
  std::string body;
  if (parentheses) body += '(';
  if (!skip_real) body += real.lead + real.body;
  body += imaginary.lead + imaginary.body + 'j';
  if (parentheses) body += ')';
  string_builder out;
  put_padded(out, f, '>', "", body);
  return out.finish(t);
}

bool is_float_code(std::uint32_t c) {
  return c == 'e' || c == 'E' || c == 'f' || c == 'F' || c == 'g' || c == 'G' || c == 'n';
}

std::string type_of_number(value v) {
  if (v.is_double()) return "float";
  if (v.is_bool()) return "bool";
  if (v.is_int()) return "int";
  return to_utf8(v.as_object()->shape_relaxed()->cls->name);
}

}  // namespace

bool format_double_parts(thread_state& t, double d, const format_spec& f, char type, bool add_dot_0,
                         number_text& out) {
  if (f.precision > INT_MAX) {
    raise(t, t.interp->errors.ValueError, "precision too big");
    return false;
  }
  if (f.precision > 1 << 28) {
    raise_memory_error(t);
    return false;
  }
  int precision = static_cast<int>(f.precision);
  const bool percent = type == '%';
  bool upper = false, dot_0 = false;
  char code = type;
  if (type == 0) {
    code = precision < 0 ? 'r' : 'g';
    dot_0 = add_dot_0;
  } else if (percent) {
    d *= 100;
    code = 'f';
  } else if (type == 'n') {
    code = 'g';
  } else if (type == 'E' || type == 'F' || type == 'G') {
    upper = true;
    code = static_cast<char>(type + 32);
  }
  if (precision < 0) precision = 6;
  std::string text = format_double(d, code, precision, f.alternate, dot_0);
  bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  if (f.no_negative_zero && std::isfinite(d)) {
    negative = negative && text.find_first_of("123456789") < text.find('e');
  }
  if (upper) to_upper(text);
  if (percent) text += '%';
  out.lead = sign_of(negative, f.sign);
  if (f.grouping != 0) {
    const std::size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::size_t rest = text.size() - whole;
    const std::string tail = text.substr(whole);
    if (whole > 0) {
      text = group_digits(std::string_view(text).substr(0, whole), f.grouping, 3,
                          zero_width(f, out.lead.size() + rest)) +
             tail;
    }
  }
  out.body = text;
  return true;
}

value format_str(thread_state& t, string_object* v, const string_object* spec) {
  if (spec->length == 0) {
    const value whole = value::of(v);
    return v->shape_relaxed()->cls == t.interp->types.str ? whole : concat(t, &whole, 1);
  }
  format_spec f;
  const std::string type = to_utf8(v->shape_relaxed()->cls->name);
  f.type = 's';
  if (!parse_format_spec(t, spec, type.c_str(), f)) return {};
  if (f.type != 's') return unknown_code(t, f.type, type.c_str());
  if (f.sign != 0) {
    return bad(t, f.sign == ' ' ? "Space not allowed in string format specifier"
                                : "Sign not allowed in string format specifier");
  }
  if (f.no_negative_zero)
    return bad(t, "Negative zero coercion (z) not allowed in string format specifier");
  if (f.alternate) return bad(t, "Alternate form (#) not allowed in string format specifier");
  if (f.align == '=') return bad(t, "'=' alignment not allowed in string format specifier");
  const char align = f.align == 0 ? '<' : f.align;
  std::size_t length = v->length;
  if (f.precision >= 0 && static_cast<std::uint64_t>(f.precision) < length)
    length = static_cast<std::size_t>(f.precision);
  const std::size_t width = f.width > 0 ? static_cast<std::size_t>(f.width) : 0;
  const std::size_t pad = width > length ? width - length : 0;
  const std::size_t before = align == '>' ? pad : align == '^' ? pad / 2 : 0;
  string_builder out;
  out.put(before, f.fill);
  out.put(v, 0, length);
  out.put(pad - before, f.fill);
  return out.finish(t);
}

value format_number(thread_state& t, value v, const string_object* spec) {
  if (spec->length == 0) {
    std::string text;
    return number_repr(t, v, text) ? make_ascii(t, text) : value{};
  }
  format_spec f;
  const std::string type = type_of_number(v);
  if (!parse_format_spec(t, spec, type.c_str(), f)) return {};
  if (f.zero && f.align == 0) f.align = '=';
  if (is(v, kind::complex_)) {
    if (f.type != 0 && !is_float_code(f.type)) return unknown_code(t, f.type, type.c_str());
    return format_complex(t, v.as<complex_object>(), f);
  }
  if (is_integer(v)) {
    switch (f.type) {
      case 0:
      case 'b':
      case 'c':
      case 'd':
      case 'n':
      case 'o':
      case 'x':
      case 'X':
        return format_int(t, v, f);
      default:
        if (!is_float_code(f.type) && f.type != '%') return unknown_code(t, f.type, type.c_str());
    }
    double d = 0;
    return to_double(t, v, d) ? format_float(t, d, f) : value{};
  }
  if (f.type != 0 && !is_float_code(f.type) && f.type != '%')
    return unknown_code(t, f.type, type.c_str());
  return format_float(t, v.as_double(), f);
}

value format_builtin(thread_state& t, value v, const string_object* spec) {
  if (is(v, kind::str)) return format_str(t, v.as<string_object>(), spec);
  return is_number(v) ? format_number(t, v, spec) : value::not_implemented();
}

}  // namespace gilt::interp
