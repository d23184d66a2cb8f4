// SPDX-License-Identifier: BSL-1.0
#pragma once
// string_codec: bytes to code points and back, below the value layer.
#include <cstdint>
#include <string>
#include <string_view>

namespace gilt::interp {

bool is_ascii(std::string_view bytes);
// UTF-8 in which lone surrogates may appear as three bytes; a byte b that fits nowhere is U+DC00 +
// b.
std::u32string read_wtf8(std::string_view bytes);

}  // namespace gilt::interp
