// SPDX-License-Identifier: BSL-1.0
// The values of literals (The Python Language Reference, 2.4.1 and 2.4.5 to 2.4.7).

#include "interp/syntax/literals.hpp"

#include <charconv>
#include <limits>
#include <vector>

#include "interp/syntax/unicode.hpp"
#include "interp/syntax/unicode_names.hpp"

namespace gilt::interp::syntax {

namespace {

constexpr std::size_t most_decimal_digits = 4300;  // sys.set_int_max_str_digits()'s default

int digit_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

// Digits of a power-of-two radix -> decimal digits, by limbs of nine digits.
std::string to_decimal(std::string_view digits, std::uint32_t radix) {
  constexpr std::uint64_t limb = 1'000'000'000;
  std::vector<std::uint32_t> limbs{0};
  for (const char c : digits) {
    std::uint64_t carry = static_cast<std::uint64_t>(digit_value(c));
    for (std::uint32_t& part : limbs) {
      const std::uint64_t value = std::uint64_t{part} * radix + carry;
      part = static_cast<std::uint32_t>(value % limb);
      carry = value / limb;
    }
    if (carry != 0) limbs.push_back(static_cast<std::uint32_t>(carry));
  }
  std::string out = std::to_string(limbs.back());
  for (std::size_t i = limbs.size() - 1; i-- > 0;) {
    const std::string part = std::to_string(limbs[i]);
    out.append(9 - part.size(), '0').append(part);
  }
  return out;
}

// A number too large or too small for a double has no digits left to tell: infinity or zero.
double out_of_range(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  bool vast = text.substr(0, text.find('.')).find_first_of("123456789") != std::string_view::npos;
  if (exponent != std::string_view::npos) vast = text[exponent + 1] != '-';
  return vast ? std::numeric_limits<double>::infinity() : 0.0;
}

double to_double(std::string_view text) {
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc::result_out_of_range ? out_of_range(text) : value;
}

std::string bad_escape(std::size_t begin, std::size_t end, const char* why) {
  std::string where = end - begin == 1 ? "byte 0x5c in position " + std::to_string(begin)
                                       : "bytes in position " + std::to_string(begin) + "-" +
                                             std::to_string(end - 1);
  return "(unicode error) 'unicodeescape' codec can't decode " + where + ": " + why;
}

// Up to three octal digits at `at`.
std::uint32_t octal(std::string_view body, std::size_t& at) {
  std::uint32_t value = 0;
  for (int i = 0; i < 3 && at < body.size() && body[at] >= '0' && body[at] <= '7'; ++i) {
    value = value * 8 + static_cast<std::uint32_t>(body[at++] - '0');
  }
  return value;
}

// The escapes that stand for one fixed character; 0 if `c` is none.
char simple_escape(char c) noexcept {
  switch (c) {
    case '\\':
      return '\\';
    case '\'':
      return '\'';
    case '"':
      return '"';
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return '\0';
  }
}

}  // namespace

std::string parse_number(arena& memory, std::string_view text, constant& out) {
  std::string digits;
  digits.reserve(text.size());
  for (const char c : text) {
    if (c != '_') digits += c;
  }
  if (digits.back() == 'j' || digits.back() == 'J') {
    digits.pop_back();
    out.value = constant_kind::imaginary;
    out.floating = to_double(digits);
    return {};
  }
  std::uint32_t radix = 10;
  if (digits.size() > 1 && digits[0] == '0') {
    const char mark = digits[1];
    radix = mark == 'x' || mark == 'X'   ? 16
            : mark == 'o' || mark == 'O' ? 8
            : mark == 'b' || mark == 'B' ? 2
                                         : 10;
    if (radix != 10) digits.erase(0, 2);
  }
  if (radix == 10 && digits.find_first_of(".eE") != std::string::npos) {
    out.value = constant_kind::floating;
    out.floating = to_double(digits);
    return {};
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), out.integer,
                                      static_cast<int>(radix));
  if (result.ec == std::errc{}) {
    out.value = constant_kind::integer;
    return {};
  }
  if (radix == 10 && digits.size() > most_decimal_digits) {
    return "Exceeds the limit (4300 digits) for integer string conversion: value has " +
           std::to_string(digits.size()) +
           " digits; use sys.set_int_max_str_digits() to increase limit - Consider hexadecimal for "
           "huge integer literals to avoid decimal conversion limits.";
  }
  out.value = constant_kind::big_integer;
  out.integer = 0;
  out.text = memory.copy(radix == 10 ? digits : to_decimal(digits, radix));
  return {};
}

std::string decode_text(std::string_view body, bool raw, std::string& out) {
  if (raw || body.find('\\') == std::string_view::npos) {
    out.append(body);
    return {};
  }
  // CPython names positions in a copy in which each character beyond ASCII takes ten bytes.
  std::size_t shift = 0;
  for (std::size_t at = 0; at < body.size();) {
    const char c = body[at];
    if (c != '\\') {
      const std::size_t begin = at;
      (void)next_code_point(body, at);
      if (at - begin > 1) shift += 10 - (at - begin);
      out.append(body.substr(begin, at - begin));
      continue;
    }
    const std::size_t begin = at++;
    if (at == body.size() || static_cast<unsigned char>(body[at]) >= 128U) {
      shift += 5;  // it is written out as an escape itself
      out += '\\';
      continue;
    }
    const char kind = body[at];
    if (const char plain = simple_escape(kind); plain != '\0') {
      out += plain;
      ++at;
    } else if (kind == '\n') {
      ++at;
    } else if (kind >= '0' && kind <= '7') {
      append_utf8(out, octal(body, at));
    } else if (kind == 'x' || kind == 'u' || kind == 'U') {
      ++at;
      const int wanted = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
      std::uint32_t value = 0;
      int seen = 0;
      for (; seen < wanted && at < body.size() && digit_value(body[at]) < 16; ++seen) {
        value = value << 4U | static_cast<std::uint32_t>(digit_value(body[at++]));
      }
      if (seen < wanted) {
        return bad_escape(begin + shift, at + shift,
                          kind == 'x'   ? "truncated \\xXX escape"
                          : kind == 'u' ? "truncated \\uXXXX escape"
                                        : "truncated \\UXXXXXXXX escape");
      }
      if (value > 0x10FFFFU)
        return bad_escape(begin + shift, at + shift, "illegal Unicode character");
      append_utf8(out, value);
    } else if (kind == 'N') {
      ++at;
      const std::size_t close = body.find('}', at);
      if (at == body.size() || body[at] != '{' || close == std::string_view::npos) {
        if (at < body.size() && body[at] == '{') at = body.size();
        return bad_escape(begin + shift, at + shift, "malformed \\N character escape");
      }
      const auto named = code_point_named(body.substr(at + 1, close - at - 1));
      if (!named || close == at + 1) {
        return bad_escape(begin + shift, (close == at + 1 ? close : close + 1) + shift,
                          close == at + 1 ? "malformed \\N character escape" : "unknown Unicode character name");
      }
      append_utf8(out, *named);
      at = close + 1;
    } else {
      out += '\\';  // not an escape
    }
  }
  return {};
}

std::string decode_bytes(std::string_view body, bool raw, std::string& out) {
  if (raw || body.find('\\') == std::string_view::npos) {
    out.append(body);
    return {};
  }
  for (std::size_t at = 0; at < body.size();) {
    const char c = body[at++];
    if (c != '\\' || at == body.size()) {
      out += c;
      continue;
    }
    const char kind = body[at];
    if (const char plain = simple_escape(kind); plain != '\0') {
      out += plain;
      ++at;
    } else if (kind == '\n') {
      ++at;
    } else if (kind >= '0' && kind <= '7') {
      out += static_cast<char>(octal(body, at) & 0xFFU);
    } else if (kind == 'x') {
      if (at + 2 >= body.size() || digit_value(body[at + 1]) > 15 ||
          digit_value(body[at + 2]) > 15) {
        return "(value error) invalid \\x escape at position " + std::to_string(at - 1);
      }
      out += static_cast<char>(digit_value(body[at + 1]) * 16 + digit_value(body[at + 2]));
      at += 3;
    } else {
      out += '\\';
    }
  }
  return {};
}

}  // namespace gilt::interp::syntax
