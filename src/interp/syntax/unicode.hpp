// SPDX-License-Identifier: BSL-1.0
#pragma once
// unicode: what Python's grammar asks of characters beyond ASCII.

#include <cstdint>
#include <string>
#include <string_view>

namespace gilt::interp::syntax {

// The code point at `at`, which is moved behind it. `text` must be well-formed UTF-8.
[[nodiscard]] std::uint32_t next_code_point(std::string_view text, std::size_t& at);

// Appends the UTF-8 form; a surrogate as the three bytes that WTF-8 gives it.
void append_utf8(std::string& out, std::uint32_t code_point);

// May the character begin, or continue, an identifier? (PEP 3131, Unicode Annex 31: XID.)
[[nodiscard]] bool is_identifier_start(std::uint32_t code_point);
[[nodiscard]] bool is_identifier_part(std::uint32_t code_point);

// str.isprintable() for one character.
[[nodiscard]] bool is_printable(std::uint32_t code_point);

// The NFKC form: identifiers are compared so.
[[nodiscard]] std::string normalise_identifier(std::string_view name);

}  // namespace gilt::interp::syntax
