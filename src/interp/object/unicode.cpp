// SPDX-License-Identifier: BSL-1.0
#include "interp/object/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>

#include "interp/object/unicode_tables.hpp"

namespace gilt::interp::unicode {

namespace {

utf8proc_category_t category(std::uint32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

template <std::size_t N>
bool within(const code_point_range (&table)[N], std::uint32_t c) {
  const auto* r =
      std::upper_bound(std::begin(table), std::end(table), c,
                       [](std::uint32_t x, const code_point_range& e) { return x < e.first; });
  return r != std::begin(table) && c <= std::prev(r)->last;
}

template <std::size_t N>
int special(const special_case (&table)[N], std::uint32_t c, std::uint32_t out[3]) {
  const auto* s =
      std::lower_bound(std::begin(table), std::end(table), c,
                       [](const special_case& e, std::uint32_t x) { return e.from < x; });
  if (s == std::end(table) || s->from != c) return 0;
  int n = 0;
  while (n < 3 && s->to[n] != 0) {
    out[n] = s->to[n];
    ++n;
  }
  return n;
}

std::uint32_t simple(utf8proc_int32_t (*map)(utf8proc_int32_t), std::uint32_t c) {
  return static_cast<std::uint32_t>(map(static_cast<utf8proc_int32_t>(c)));
}

}  // namespace

bool is_printable(std::uint32_t c) {
  return c < 0x7F ? c >= 0x20 : c >= 0xA1 && syntax::is_printable(c);
}

bool is_space(std::uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_line_break(std::uint32_t c) {
  return (c >= 10 && c <= 13) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

bool is_alpha(std::uint32_t c) {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  const auto k = category(c);
  return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LL || k == UTF8PROC_CATEGORY_LT ||
         k == UTF8PROC_CATEGORY_LM || k == UTF8PROC_CATEGORY_LO;
}

bool is_decimal(std::uint32_t c) {
  return c < 0x80 ? c >= '0' && c <= '9' : category(c) == UTF8PROC_CATEGORY_ND;
}

bool is_digit(std::uint32_t c) {
  return is_decimal(c) || (c >= 0x80 && within(other_digit, c));
}

bool is_numeric(std::uint32_t c) {
  if (c < 0x80) return is_decimal(c);
  const auto k = category(c);
  return k == UTF8PROC_CATEGORY_ND || k == UTF8PROC_CATEGORY_NL || k == UTF8PROC_CATEGORY_NO ||
         within(other_numeric, c);
}

bool is_upper(std::uint32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return category(c) == UTF8PROC_CATEGORY_LU || within(other_uppercase, c);
}

bool is_lower(std::uint32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return category(c) == UTF8PROC_CATEGORY_LL || within(other_lowercase, c);
}

bool is_title(std::uint32_t c) {
  return c >= 0x80 && category(c) == UTF8PROC_CATEGORY_LT;
}

bool is_cased(std::uint32_t c) {
  return is_upper(c) || is_lower(c) || is_title(c);
}

// Unicode 14, section 3.13, D136.
bool is_case_ignorable(std::uint32_t c) {
  switch (category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return c == '\'' || c == '.' || c == ':' || c == 0xB7 || c == 0x387 || c == 0x55F ||
             c == 0x5F4 || c == 0x2018 || c == 0x2019 || c == 0x2024 || c == 0x2027 ||
             c == 0xFE13 || c == 0xFE52 || c == 0xFE55 || c == 0xFF07 || c == 0xFF0E || c == 0xFF1A;
  }
}

// Decimal digits come in runs of ten; a block of several runs begins with a zero.
int decimal_value(std::uint32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  if (!is_decimal(c)) return -1;
  std::uint32_t first = c;
  while (category(first - 1) == UTF8PROC_CATEGORY_ND) --first;
  return static_cast<int>((c - first) % 10);
}

int to_upper(std::uint32_t c, std::uint32_t out[3]) {
  if (c >= 0x80) {
    if (const int n = special(special_upper, c, out)) return n;
    out[0] = simple(&utf8proc_toupper, c);
  } else {
    out[0] = c >= 'a' && c <= 'z' ? c - 32 : c;
  }
  return 1;
}

int to_lower(std::uint32_t c, std::uint32_t out[3]) {
  if (c == 0x130) {  // capital I with dot above
    out[0] = 'i';
    out[1] = 0x307;
    return 2;
  }
  out[0] = c < 0x80 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : simple(&utf8proc_tolower, c);
  return 1;
}

int to_title(std::uint32_t c, std::uint32_t out[3]) {
  if (c >= 0x80) {
    if (const int n = special(special_title, c, out)) return n;
    out[0] = simple(&utf8proc_totitle, c);
    return 1;
  }
  return to_upper(c, out);
}

int to_folded(std::uint32_t c, std::uint32_t out[3]) {
  if (c < 0x80) return to_lower(c, out);
  utf8proc_int32_t folded[8];
  int boundary = 0;
  const auto n = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), folded, 8,
                                         UTF8PROC_CASEFOLD, &boundary);
  if (n < 1 || n > 3) {
    out[0] = c;
    return 1;
  }
  for (int i = 0; i < static_cast<int>(n); ++i) out[i] = static_cast<std::uint32_t>(folded[i]);
  return static_cast<int>(n);
}

}  // namespace gilt::interp::unicode
