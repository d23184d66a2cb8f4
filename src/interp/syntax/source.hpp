// SPDX-License-Identifier: BSL-1.0
#pragma once
// source_text: a program's text, as UTF-8 with "\n" line ends and a newline after the last line.
//
// Source: PEP 263 (encoding declarations), PEP 3120 (UTF-8 is the default).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interp/syntax/ast.hpp"
#include "interp/syntax/syntax_error.hpp"

namespace gilt::interp::syntax {

enum class source_kind : std::uint8_t {
  bytes,  // of a file: a byte-order mark and an encoding line count
  text,   // of a str given to exec or eval: UTF-8 whatever an encoding line says
};

class source_text {
 public:
  source_text() = default;

  // Decodes `raw` into `memory`, which must outlive this object.
  [[nodiscard]] std::optional<syntax_error> load(arena& memory, std::string_view raw,
                                                 std::string_view filename, source_kind kind);

  [[nodiscard]] std::string_view text() const noexcept { return text_; }

  // Line `line` (from 1) without its newline; empty past the end.
  [[nodiscard]] std::string_view line(int line) const noexcept;

  // The number of characters in the first `bytes` bytes of a line; its newline counts as one.
  [[nodiscard]] int characters_read(int line, int bytes) const noexcept;

  // An error whose span is given by lines and byte columns from 0; a column below 0 is unknown.
  [[nodiscard]] syntax_error error(syntax_error_type type, std::string message,
                                   const location& where) const;

 private:
  void index_lines();

  std::string_view text_;
  std::vector<std::size_t> line_starts_;
};

}  // namespace gilt::interp::syntax
