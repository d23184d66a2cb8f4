// SPDX-License-Identifier: BSL-1.0
#pragma once
// dump(): a tree as text, in the form of CPython's ast.dump() without attributes, so that trees can
// be compared with CPython's by comparing strings.

#include <string>

#include "interp/syntax/ast.hpp"

namespace gilt::interp::syntax {

[[nodiscard]] std::string dump(const module_or_expr& tree);
[[nodiscard]] std::string dump(const expr& node);

}  // namespace gilt::interp::syntax
