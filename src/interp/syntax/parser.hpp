// SPDX-License-Identifier: BSL-1.0
#pragma once
// parse(): the text of a program -> its tree, or the SyntaxError that CPython 3.11 would raise.
//
//   parse_result parsed = parse("x = 1 +", "demo.py", parse_mode::file);
//   if (parsed.error) report(*parsed.error); else compile(*parsed.tree, ...);
//
// Thread-safe: calls share nothing. Time and memory are linear in the text for a correct program.
// Nesting is bounded, by 200 brackets as in CPython and by limits on everything else, so no text
// can exhaust the stack: it needs less than 1 MiB (2 MiB under AddressSanitizer).

#include <memory>
#include <optional>
#include <string_view>

#include "interp/syntax/ast.hpp"
#include "interp/syntax/source.hpp"
#include "interp/syntax/syntax_error.hpp"

namespace gilt::interp::syntax {

struct parse_result {
  std::unique_ptr<arena> memory;         // owns the tree and the text
  const module_or_expr* tree = nullptr;  // null if and only if there is an error
  std::optional<syntax_error> error;
};

[[nodiscard]] parse_result parse(std::string_view source, std::string_view filename,
                                 parse_mode mode, source_kind kind = source_kind::bytes);

}  // namespace gilt::interp::syntax
