// SPDX-License-Identifier: BSL-1.0
// Doubles and text. std::to_chars gives the digits (shortest, or exactly as many as asked for,
// correctly rounded); where the point goes and when an exponent is written is CPython's
// Python/pystrtod.c, format_float_short: with `point` digits before the decimal point, an exponent
// is written when point <= -4 or when point > 16 (repr) or > precision ('g').
#include "interp/object/float_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "interp/object/big_int.hpp"
#include "interp/object/format.hpp"
#include "interp/object/numbers.hpp"

namespace gilt::interp {

namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// d = 0.DIGITS * 10^point; d finite and not negative. precision < 0: the shortest that reads back.
std::string decimal_digits(double d, int precision, int& point) {
  std::vector<char> buffer(static_cast<std::size_t>(std::max(precision, 0)) + 64);
  char* const end = buffer.data() + buffer.size();
  const auto r = precision < 0 ? std::to_chars(buffer.data(), end, d, std::chars_format::scientific)
                               : std::to_chars(buffer.data(), end, d, std::chars_format::scientific,
                                               precision);
  const char* const begin = buffer.data();
  const char* const e = std::find(begin, static_cast<const char*>(r.ptr), 'e');
  point = 0;
  std::from_chars(e[1] == '+' ? e + 2 : e + 1, r.ptr, point);
  ++point;
  std::string digits(1, *begin);
  if (e > begin + 2) digits.append(begin + 2, e);
  if (d == 0) point = 1;
  return digits;
}

void append_exponent(std::string& out, int exponent) {
  out += 'e';
  out += exponent < 0 ? '-' : '+';
  const int magnitude = std::abs(exponent);
  if (magnitude < 10) out += '0';
  out += std::to_string(magnitude);
}

}  // namespace

std::string_view trim_ascii_space(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string format_double(double d, char type, int precision, bool alternate, bool add_dot_0) {
  if (std::isnan(d)) return "nan";
  if (std::isinf(d)) return d < 0 ? "-inf" : "inf";
  std::string out = std::signbit(d) ? "-" : "";
  d = std::fabs(d);
  if (type == 'f') {
    std::vector<char> buffer(static_cast<std::size_t>(precision) + 330);
    const auto r = std::to_chars(buffer.data(), buffer.data() + buffer.size(), d,
                                 std::chars_format::fixed, precision);
    out.append(buffer.data(), r.ptr);
    if (precision == 0 && alternate) out += '.';
    return out;
  }
  int point = 0;
  bool exponent = type == 'e';
  std::string digits;
  if (type == 'r') {
    digits = decimal_digits(d, -1, point);
    exponent = point <= -4 || point > 16;
  } else if (type == 'e') {
    digits = decimal_digits(d, precision, point);
  } else {
    if (precision == 0) precision = 1;
    digits = decimal_digits(d, precision - 1, point);
    exponent = point <= -4 || point > precision - (add_dot_0 ? 1 : 0);
    if (!alternate) {
      while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    }
  }
  if (exponent) {
    out += digits[0];
    if (digits.size() > 1 || alternate) out += '.';
    out.append(digits, 1);
    append_exponent(out, point - 1);
    return out;
  }
  const int n = static_cast<int>(digits.size());
  if (point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits;
  } else if (point >= n) {
    out += digits;
    out.append(static_cast<std::size_t>(point - n), '0');
    if (add_dot_0) {
      out += ".0";
    } else if (alternate) {
      out += '.';
    }
  } else {
    out.append(digits, 0, static_cast<std::size_t>(point));
    out += '.';
    out.append(digits, static_cast<std::size_t>(point));
  }
  return out;
}

std::string float_repr(double d) {
  return format_double(d, 'r', 0, false, true);
}

std::string float_hex(double d) {
  if (!std::isfinite(d)) return float_repr(d);
  std::string out = std::signbit(d) ? "-" : "";
  if (d == 0) return out + "0x0.0p+0";
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(d), &exponent);
  // Normal numbers show 1.xxx; subnormal ones 0.xxx at the smallest exponent.
  const int shift = 1 - std::max(-1021 - exponent, 0);
  auto bits = static_cast<std::uint64_t>(std::ldexp(fraction, shift + 52));
  exponent -= shift;
  char text[40];
  std::snprintf(text, sizeof text, "0x%llx.%013llxp%+d",
                static_cast<unsigned long long>(bits >> 52),
                static_cast<unsigned long long>(bits & ((std::uint64_t{1} << 52) - 1)), exponent);
  return out + text;
}

std::string complex_repr(double real, double imaginary) {
  std::string im = format_double(imaginary, 'r', 0, false, false);
  if (real == 0 && !std::signbit(real)) return im + "j";
  if (im[0] != '-') im = "+" + im;
  return "(" + format_double(real, 'r', 0, false, false) + im + "j)";
}

bool read_double_prefix(std::string_view text, double& out, std::size_t& used) {
  std::size_t i = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) ++i;
  const std::size_t start = i;
  const auto word = [&](std::string_view w) {
    if (text.size() - i < w.size()) return false;
    for (std::size_t k = 0; k < w.size(); ++k) {
      if (lower(text[i + k]) != w[k]) return false;
    }
    i += w.size();
    return true;
  };
  if (word("infinity") || word("inf")) {
    out = negative ? -HUGE_VAL : HUGE_VAL;
    used = i;
    return true;
  }
  if (word("nan")) {
    out = std::nan("");
    used = i;
    return true;
  }
  std::size_t digits = 0;
  std::int64_t place = 0;  // decimal exponent of the first digit that is not zero
  bool nonzero = false;
  for (; i < text.size() && is_digit(text[i]); ++i, ++digits) {
    if (nonzero) ++place;
    nonzero = nonzero || text[i] != '0';
  }
  if (i < text.size() && text[i] == '.') {
    std::size_t zeros = 0;
    for (++i; i < text.size() && is_digit(text[i]); ++i, ++digits) {
      if (nonzero) continue;
      ++zeros;
      if (text[i] != '0') {
        nonzero = true;
        place = -static_cast<std::int64_t>(zeros);
      }
    }
  }
  if (digits == 0) return false;
  if (i < text.size() && lower(text[i]) == 'e') {
    std::size_t k = i + 1;
    const bool minus = k < text.size() && text[k] == '-';
    if (k < text.size() && (text[k] == '-' || text[k] == '+')) ++k;
    if (k < text.size() && is_digit(text[k])) {
      std::int64_t exponent = 0;
      for (; k < text.size() && is_digit(text[k]); ++k) {
        exponent = std::min<std::int64_t>(exponent * 10 + (text[k] - '0'), INT64_C(1) << 50);
      }
      place += minus ? -exponent : exponent;
      i = k;
    }
  }
  double d = 0;
  const auto r = std::from_chars(text.data() + start, text.data() + i, d);
  if (r.ec == std::errc::result_out_of_range) d = nonzero && place > 0 ? HUGE_VAL : 0.0;
  out = negative ? -d : d;
  used = i;
  return true;
}

bool read_double(std::string_view text, double& out) {
  text = trim_ascii_space(text);
  std::string plain;
  if (text.find('_') != std::string_view::npos) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '_') {
        plain += text[i];
      } else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) ||
                 !is_digit(text[i + 1])) {
        return false;
      }
    }
    text = plain;
  }
  std::size_t used = 0;
  return read_double_prefix(text, out, used) && used == text.size();
}

hex_status read_hex_double(std::string_view text, double& out) {
  text = trim_ascii_space(text);
  if (text.empty()) return hex_status::malformed;
  std::size_t i = 0;
  const bool negative = text[0] == '-';
  if (text[0] == '-' || text[0] == '+') ++i;
  const auto sign = [negative](double d) { return negative ? -d : d; };
  if (i < text.size() && (lower(text[i]) == 'i' || lower(text[i]) == 'n')) {
    std::size_t used = 0;
    double d = 0;
    if (!read_double_prefix(text.substr(i), d, used) || i + used != text.size()) {
      return hex_status::malformed;
    }
    out = sign(d);
    return hex_status::done;
  }
  if (text.size() - i >= 2 && text[i] == '0' && lower(text[i + 1]) == 'x') i += 2;
  std::string digits;
  std::int64_t exponent = 0;
  std::size_t count = 0;
  bool point = false;
  for (; i < text.size(); ++i) {
    const char c = lower(text[i]);
    if (c == '.' && !point) {
      point = true;
    } else if (is_digit(c) || (c >= 'a' && c <= 'f')) {
      ++count;
      if (!(digits.empty() && c == '0')) digits += c;
      if (point) exponent -= 4;
    } else {
      break;
    }
  }
  if (count == 0) return hex_status::malformed;
  if (i < text.size() && lower(text[i]) == 'p') {
    ++i;
    const bool minus = i < text.size() && text[i] == '-';
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (i == text.size() || !is_digit(text[i])) return hex_status::malformed;
    std::int64_t e = 0;
    for (; i < text.size() && is_digit(text[i]); ++i) {
      e = std::min<std::int64_t>(e * 10 + (text[i] - '0'), INT64_C(1) << 50);
    }
    exponent += minus ? -e : e;
  }
  big::integer mantissa;
  if (!big::from_digits(digits, 16, mantissa)) return hex_status::overflow;
  double d = 0;
  if (!big::round_to_double(mantissa, false, exponent, d)) return hex_status::overflow;
  if (i != text.size()) return hex_status::malformed;  // after overflow, as CPython
  out = sign(d);
  return hex_status::done;
}

}  // namespace gilt::interp
