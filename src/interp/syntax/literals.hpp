// SPDX-License-Identifier: BSL-1.0
#pragma once
// literals: the values of number and string tokens.

#include <string>
#include <string_view>

#include "interp/syntax/ast.hpp"

namespace gilt::interp::syntax {

// Fills `out` from the text of a number token. Returns what is wrong with it, or nothing.
[[nodiscard]] std::string parse_number(arena& memory, std::string_view text, constant& out);

// Appends the value of a string literal's inside. Returns what is wrong with it, or nothing.
// Unknown escapes stand for themselves. A \ud800 to \udfff becomes the three bytes of that code
// point.
[[nodiscard]] std::string decode_text(std::string_view body, bool raw, std::string& out);
[[nodiscard]] std::string decode_bytes(std::string_view body, bool raw, std::string& out);

}  // namespace gilt::interp::syntax
