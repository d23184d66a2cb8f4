// SPDX-License-Identifier: BSL-1.0
#pragma once
// unicode: character classes and case mappings as str's methods see them.
#include <cstdint>

#include "interp/syntax/unicode.hpp"

namespace gilt::interp::unicode {

using syntax::is_identifier_part;
using syntax::is_identifier_start;
bool is_printable(std::uint32_t c);
bool is_space(std::uint32_t c);
bool is_line_break(std::uint32_t c);
bool is_alpha(std::uint32_t c);
bool is_decimal(std::uint32_t c);
bool is_digit(std::uint32_t c);
bool is_numeric(std::uint32_t c);
bool is_upper(std::uint32_t c);
bool is_lower(std::uint32_t c);
bool is_title(std::uint32_t c);  // category Lt
bool is_cased(std::uint32_t c);
bool is_case_ignorable(std::uint32_t c);
inline bool is_alphanumeric(std::uint32_t c) {
  return is_alpha(c) || is_decimal(c) || is_digit(c) || is_numeric(c);
}
int decimal_value(std::uint32_t c);  // of a decimal digit in any script, or -1

// Case mappings write up to three code points and return their number.
int to_upper(std::uint32_t c, std::uint32_t out[3]);
int to_lower(std::uint32_t c, std::uint32_t out[3]);
int to_title(std::uint32_t c, std::uint32_t out[3]);
int to_folded(std::uint32_t c, std::uint32_t out[3]);

}  // namespace gilt::interp::unicode
