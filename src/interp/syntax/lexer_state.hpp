// SPDX-License-Identifier: BSL-1.0
#pragma once
// lexer_state: the lexer at work. Private to lexer.cpp and lexer_literals.cpp.

#include <array>
#include <string>

#include "interp/syntax/lexer.hpp"

namespace gilt::interp::syntax {

class lexer_state {
 public:
  // Cuts source.text()[begin, end), which starts in line `line` at byte `column`.
  lexer_state(const source_text& source, std::size_t begin, std::size_t end, int line, int column,
              bool expression)
      : source_(source),
        text_(source.text().substr(0, end)),
        at_(begin),
        line_start_(begin - static_cast<std::size_t>(column)),
        line_(line),
        expression_(expression),
        at_line_start_(!expression) {}

  token_list run();

 private:
  struct indentation {
    int column = 0;     // a tab goes to the next multiple of eight
    int alternate = 0;  // a tab counts one: both must agree, or tabs and spaces are mixed up
  };

  static constexpr int end_of_text = -1;
  static constexpr std::size_t max_level = 200;
  static constexpr std::size_t max_indents = 100;

  int peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < text_.size() ? static_cast<unsigned char>(text_[at_ + ahead])
                                      : end_of_text;
  }
  int column() const noexcept { return static_cast<int>(at_ - line_start_); }
  void next_line() noexcept {
    ++line_;
    line_start_ = at_;
  }

  // Each returns false when it has set a fault.
  bool scan_line_start();
  bool set_indentation(indentation seen);
  bool scan_token();
  bool scan_continuation();
  bool scan_name_or_string();
  bool scan_operator();
  bool open_bracket_token(token_kind kind, char which);
  bool close_bracket_token(token_kind kind, char which);
  bool check_identifier(std::size_t begin);
  bool scan_number();
  bool scan_radix(const char* kind, int radix);
  bool scan_after_zero();
  bool scan_decimal_digits();
  bool scan_fraction_and_exponent();
  bool check_number_end(const char* kind);
  bool scan_string(std::size_t begin);

  void begin_token() noexcept {
    token_begin_ = at_;
    token_line_ = line_;
    token_column_ = column();
  }
  void add(token_kind kind);         // from begin_token() to here
  void add_marker(token_kind kind);  // a token without characters
  void add_end();
  void add_bracket(token_kind kind, int level);

  // A hard fault just behind the last character read.
  bool fail(std::string message);
  bool fail_soft(syntax_error_type type, std::string message, int read);
  void fail_open_bracket();

  const source_text& source_;
  std::string_view text_;
  std::size_t at_;
  std::size_t line_start_;
  int line_;
  bool expression_;
  bool at_line_start_;
  std::size_t token_begin_ = 0;
  int token_line_ = 0;
  int token_column_ = 0;
  std::vector<indentation> indents_{indentation{}};
  std::vector<open_bracket> brackets_;
  token_list out_;
};

[[nodiscard]] constexpr bool is_digit(int c) noexcept {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_name_start(int c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128;
}
[[nodiscard]] constexpr bool is_name_char(int c) noexcept {
  return is_name_start(c) || is_digit(c);
}

}  // namespace gilt::interp::syntax
