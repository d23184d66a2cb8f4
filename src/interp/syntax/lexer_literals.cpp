// SPDX-License-Identifier: BSL-1.0
// Numbers and strings (The Python Language Reference, 2.4). Only their extent is found here; their
// values are made by literals.cpp when the parser needs them.

#include "interp/syntax/lexer_state.hpp"

namespace gilt::interp::syntax {

namespace {

bool is_digit_in(int c, int radix) noexcept {
  if (radix == 16) return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  return c >= '0' && c < '0' + radix;
}

}  // namespace

bool lexer_state::scan_number() {
  if (peek() == '0') {
    ++at_;
    switch (peek()) {
      case 'x':
      case 'X':
        return scan_radix("hexadecimal", 16);
      case 'o':
      case 'O':
        return scan_radix("octal", 8);
      case 'b':
      case 'B':
        return scan_radix("binary", 2);
      default:
        return scan_after_zero();
    }
  }
  if (peek() != '.' && !scan_decimal_digits()) return false;
  return scan_fraction_and_exponent();
}

bool lexer_state::scan_radix(const char* kind, int radix) {
  ++at_;
  const auto wrong_digit = [&] {
    const std::string digit(1, text_[at_]);
    ++at_;
    return fail("invalid digit '" + digit + "' in " + kind + " literal");
  };
  do {
    if (peek() == '_') ++at_;
    if (!is_digit_in(peek(), radix)) {
      if (is_digit(peek())) return wrong_digit();
      return fail(std::string("invalid ") + kind + " literal");
    }
    while (is_digit_in(peek(), radix)) ++at_;
  } while (peek() == '_');
  if (is_digit(peek())) return wrong_digit();
  if (!check_number_end(kind)) return false;
  add(token_kind::number);
  return true;
}

// Behind a leading zero: more zeros are fine, other digits only in a float.
bool lexer_state::scan_after_zero() {
  for (;;) {
    if (peek() == '_') {
      ++at_;
      if (!is_digit(peek())) return fail("invalid decimal literal");
    }
    if (peek() != '0') break;
    ++at_;
  }
  if (!is_digit(peek())) return scan_fraction_and_exponent();
  const int zeros_end = column() + 1;
  if (!scan_decimal_digits()) return false;
  const int c = peek();
  if (c == '.' || c == 'e' || c == 'E' || c == 'j' || c == 'J') return scan_fraction_and_exponent();
  fail(
      "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal "
      "integers");
  const std::string_view line = source_.line(line_);
  out_.fault->column = characters(line, token_column_) + 1;
  out_.fault->end_column = characters(line, zeros_end);
  return false;
}

bool lexer_state::scan_decimal_digits() {
  for (;;) {
    while (is_digit(peek())) ++at_;
    if (peek() != '_') return true;
    ++at_;
    if (!is_digit(peek())) return fail("invalid decimal literal");
  }
}

bool lexer_state::scan_fraction_and_exponent() {
  if (peek() == '.') {
    ++at_;
    if (is_digit(peek()) && !scan_decimal_digits()) return false;
  }
  if (peek() == 'e' || peek() == 'E') {
    const int sign = peek(1);
    if (sign == '+' || sign == '-') {
      at_ += 2;
      if (!is_digit(peek())) return fail("invalid decimal literal");
    } else if (!is_digit(sign)) {  // `1else`: the number ended before the e
      if (!check_number_end("decimal")) return false;
      add(token_kind::number);
      return true;
    } else {
      ++at_;
    }
    if (!scan_decimal_digits()) return false;
  }
  const char* kind = "decimal";
  if (peek() == 'j' || peek() == 'J') {
    ++at_;
    kind = "imaginary";
  }
  if (!check_number_end(kind)) return false;
  add(token_kind::number);
  return true;
}

// A name may not stick to a number, but for the keywords that can follow one: `0or 1`.
bool lexer_state::check_number_end(const char* kind) {
  static constexpr std::array<std::string_view, 8> allowed{"and", "else", "for", "if",
                                                           "in",  "is",   "or",  "not"};
  if (!is_name_char(peek())) return true;
  for (const std::string_view word : allowed) {
    if (text_.compare(at_, word.size(), word) == 0) return true;
  }
  return fail(std::string("invalid ") + kind + " literal");
}

bool lexer_state::scan_string(std::size_t begin) {
  const int quote = peek();
  const bool triple = peek(1) == quote && peek(2) == quote;
  const std::size_t opening_line_start = line_start_;
  at_ += triple ? 3 : 1;
  for (;;) {
    const int c = peek();
    if (c == end_of_text || (c == '\n' && !triple)) {
      const int detected = line_;
      at_ = begin + 1;
      line_ = token_line_;
      line_start_ = opening_line_start;
      return fail(std::string(triple
                                  ? "unterminated triple-quoted string literal (detected at line "
                                  : "unterminated string literal (detected at line ") +
                  std::to_string(detected) + ")");
    }
    ++at_;
    if (c == quote && (!triple || (peek() == quote && peek(1) == quote))) {
      if (triple) at_ += 2;
      add(token_kind::string);
      return true;
    }
    if (c == '\n' || (c == '\\' && peek() == '\n')) {
      if (c == '\\') ++at_;
      if (at_ < text_.size()) next_line();
    } else if (c == '\\' && peek() != end_of_text) {
      ++at_;
    }
  }
}

}  // namespace gilt::interp::syntax
