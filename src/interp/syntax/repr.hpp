// SPDX-License-Identifier: BSL-1.0
#pragma once
// repr: constants as Python writes them.

#include <string>
#include <string_view>

namespace gilt::interp::syntax {

// Quoted, with escapes for what cannot be printed; `text` is UTF-8, or WTF-8 for lone surrogates.
[[nodiscard]] std::string repr_text(std::string_view text);
[[nodiscard]] std::string repr_bytes(std::string_view bytes);

// The shortest digits that read back: plain between 1e-4 and 1e16, with an exponent beyond.
[[nodiscard]] std::string repr_float(double value);

}  // namespace gilt::interp::syntax
