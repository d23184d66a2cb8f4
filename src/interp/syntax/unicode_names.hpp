// SPDX-License-Identifier: BSL-1.0
#pragma once
// unicode_names: the characters' names in Unicode 14, for \N{...} and unicodedata.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gilt::interp::syntax {

// In any case; aliases such as "LF" too. Nothing: there is no such character.
[[nodiscard]] std::optional<std::uint32_t> code_point_named(std::string_view name);
// Empty: it has none.
[[nodiscard]] std::string name_of(std::uint32_t code_point);

}  // namespace gilt::interp::syntax
