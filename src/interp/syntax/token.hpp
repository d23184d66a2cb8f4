// SPDX-License-Identifier: BSL-1.0
#pragma once
// token: the words of Python 3.11, as the lexer hands them to the parser.

#include <cstdint>
#include <string_view>

namespace gilt::interp::syntax {

enum class token_kind : std::uint8_t {
  end_marker,
  newline,
  indent,
  dedent,
  name,
  number,
  string,
  failure,  // the lexer gave up here; always the last token
  unknown,  // a printable ASCII character that starts no token: ? $ ` !
  // operators and delimiters
  lpar,
  rpar,
  lsqb,
  rsqb,
  lbrace,
  rbrace,
  colon,
  comma,
  semi,
  dot,
  ellipsis,
  plus,
  minus,
  star,
  slash,
  vbar,
  amper,
  circumflex,
  tilde,
  less,
  greater,
  equal,
  percent,
  at,
  eq_equal,
  not_equal,
  less_greater,
  less_equal,
  greater_equal,
  left_shift,
  right_shift,
  double_star,
  double_slash,
  arrow,
  colon_equal,
  plus_equal,  // augmented assignments: plus_equal .. double_slash_equal
  minus_equal,
  star_equal,
  at_equal,
  slash_equal,
  percent_equal,
  amper_equal,
  vbar_equal,
  circumflex_equal,
  left_shift_equal,
  right_shift_equal,
  double_star_equal,
  double_slash_equal,
  // keywords: kw_false .. kw_yield
  kw_false,
  kw_none,
  kw_true,
  kw_and,
  kw_as,
  kw_assert,
  kw_async,
  kw_await,
  kw_break,
  kw_class,
  kw_continue,
  kw_def,
  kw_del,
  kw_elif,
  kw_else,
  kw_except,
  kw_finally,
  kw_for,
  kw_from,
  kw_global,
  kw_if,
  kw_import,
  kw_in,
  kw_is,
  kw_lambda,
  kw_nonlocal,
  kw_not,
  kw_or,
  kw_pass,
  kw_raise,
  kw_return,
  kw_try,
  kw_while,
  kw_with,
  kw_yield,
};

// `text` points into the source. Columns are bytes from 0. A token that stands for no character
// (indent, dedent, end_marker, failure) has column -1 and keeps in end_column how far the lexer had
// read in that line.
struct token {
  token_kind kind = token_kind::end_marker;
  bool ascii = true;        // names only: no byte above 127
  std::uint16_t level = 0;  // brackets open after this token
  int line = 0;
  int column = 0;
  int end_line = 0;
  int end_column = 0;
  std::string_view text;
};

[[nodiscard]] constexpr bool is_augmented(token_kind kind) noexcept {
  return kind >= token_kind::plus_equal && kind <= token_kind::double_slash_equal;
}

// The keyword spelt so, or token_kind::name.
[[nodiscard]] token_kind keyword_kind(std::string_view word) noexcept;

}  // namespace gilt::interp::syntax
