// SPDX-License-Identifier: BSL-1.0
#pragma once
// fstring_parser: the inside of an f-string -> text and formatted values.
//
// Up to Python 3.11 an f-string is one token, and its parts are found by looking for braces, quotes
// and brackets in it (Python/Lexical analysis, 2.4.3). An expression ends at the first `!`, `:`,
// `=` or `}` outside quotes and brackets; it is then read by a parser of its own, in place, so that
// its nodes have true positions.

#include <string>
#include <string_view>
#include <vector>

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

class fstring_parser {
 public:
  // Collects adjacent literals: their text is joined, their formatted values keep their order.
  fstring_parser(parser_state& owner, int begin, bool u_prefix)
      : owner_(owner), begin_(begin), u_prefix_(u_prefix) {}

  void add_text(std::string_view text) { text_ += text; }

  // `body` lies in the source; its first byte is at `line` and `column`.
  void add_fstring(std::string_view body, bool raw, int line, int column);

  // A string constant, or a joined_str once an f-string was added.
  expr* finish();

 private:
  struct part {  // the values of one level: the string, or a format specification
    std::string text;
    std::vector<expr*> values;
  };

  void parse_level(part& out, int depth);
  bool parse_literal(part& out, int depth);
  void parse_expression(part& out, int depth);
  std::size_t find_expression_end();
  expr* read_expression(std::size_t begin, std::size_t end);
  void flush(part& out);
  expr* joined(part& out);
  [[noreturn]] void fail(const std::string& message) const;
  [[nodiscard]] char at(std::size_t i) const { return i < body_.size() ? body_[i] : '\0'; }

  parser_state& owner_;
  int begin_;
  bool u_prefix_;
  bool is_fstring_ = false;
  std::string text_;
  part top_;
  std::string_view body_;
  bool raw_ = false;
  int line_ = 0;
  int column_ = 0;
  std::size_t at_ = 0;
};

}  // namespace gilt::interp::syntax
