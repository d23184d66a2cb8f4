// SPDX-License-Identifier: BSL-1.0
#pragma once
// float_text: doubles to and from text, below the value layer.
#include <string>
#include <string_view>

namespace gilt::interp {

// What float() accepts: white space around, a sign, digits with single underscores between them,
// "inf", "infinity" and "nan" in any case. Too large is an infinity, too small a zero.
bool read_double(std::string_view text, double& out);
// The longest prefix of `text` that is a number without underscores and white space (complex()).
bool read_double_prefix(std::string_view text, double& out, std::size_t& used);
// float.fromhex's syntax. overflow: the value is too large for a double.
enum class hex_status { done, malformed, overflow };
hex_status read_hex_double(std::string_view text, double& out);
std::string_view trim_ascii_space(std::string_view text);

}  // namespace gilt::interp
