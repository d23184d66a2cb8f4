// SPDX-License-Identifier: BSL-1.0
#pragma once
// syntax_error: why a text is no program. A value: neither parser nor compiler throws it to
// callers.

#include <cstdint>
#include <string>

namespace gilt::interp::syntax {

enum class syntax_error_type : std::uint8_t { syntax_error, indentation_error, tab_error };

// What CPython's SyntaxError carries. Lines count from 1. Columns are CPython's `offset` and
// `end_offset`: they count *characters* from 1; 0 stands for "unknown".
struct syntax_error {
  syntax_error_type type = syntax_error_type::syntax_error;
  std::string message;
  int line = 0;
  int column = 0;
  int end_line = 0;
  int end_column = 0;
  std::string line_text;  // the line of the source, without its newline
};

[[nodiscard]] constexpr const char* name_of(syntax_error_type type) noexcept {
  switch (type) {
    case syntax_error_type::indentation_error:
      return "IndentationError";
    case syntax_error_type::tab_error:
      return "TabError";
    case syntax_error_type::syntax_error:
      break;
  }
  return "SyntaxError";
}

}  // namespace gilt::interp::syntax
