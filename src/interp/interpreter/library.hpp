// SPDX-License-Identifier: BSL-1.0
#pragma once
// library: the modules written in Python (src/interp/lib), embedded at build time.
#include <string_view>

namespace gilt::interp {

// Source text of an embedded module by its dotted name; empty if there is none.
std::string_view embedded_library(std::string_view name);

}  // namespace gilt::interp
