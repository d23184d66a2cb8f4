// SPDX-License-Identifier: BSL-1.0
// Lines, indentation, names and operators; literals are in lexer_literals.cpp.
//
// Indentation (The Python Language Reference, 2.1.8): a stack of columns. A deeper line pushes and
// emits indent, a shallower one pops and emits a dedent for each level and must land on one that is
// there. Every line is measured twice, with tabs as eight and as one; if the two orders differ, the
// meaning depends on the tab's width, and that is a TabError. Inside brackets lines do not count.

#include "interp/syntax/lexer.hpp"

#include <cstdio>

#include "interp/syntax/lexer_state.hpp"
#include "interp/syntax/unicode.hpp"

namespace gilt::interp::syntax {

namespace {

struct spelling {
  std::string_view text;
  token_kind kind;
};

constexpr std::array<spelling, 35> keywords{{{"False", token_kind::kw_false},
                                             {"None", token_kind::kw_none},
                                             {"True", token_kind::kw_true},
                                             {"and", token_kind::kw_and},
                                             {"as", token_kind::kw_as},
                                             {"assert", token_kind::kw_assert},
                                             {"async", token_kind::kw_async},
                                             {"await", token_kind::kw_await},
                                             {"break", token_kind::kw_break},
                                             {"class", token_kind::kw_class},
                                             {"continue", token_kind::kw_continue},
                                             {"def", token_kind::kw_def},
                                             {"del", token_kind::kw_del},
                                             {"elif", token_kind::kw_elif},
                                             {"else", token_kind::kw_else},
                                             {"except", token_kind::kw_except},
                                             {"finally", token_kind::kw_finally},
                                             {"for", token_kind::kw_for},
                                             {"from", token_kind::kw_from},
                                             {"global", token_kind::kw_global},
                                             {"if", token_kind::kw_if},
                                             {"import", token_kind::kw_import},
                                             {"in", token_kind::kw_in},
                                             {"is", token_kind::kw_is},
                                             {"lambda", token_kind::kw_lambda},
                                             {"nonlocal", token_kind::kw_nonlocal},
                                             {"not", token_kind::kw_not},
                                             {"or", token_kind::kw_or},
                                             {"pass", token_kind::kw_pass},
                                             {"raise", token_kind::kw_raise},
                                             {"return", token_kind::kw_return},
                                             {"try", token_kind::kw_try},
                                             {"while", token_kind::kw_while},
                                             {"with", token_kind::kw_with},
                                             {"yield", token_kind::kw_yield}}};

// Longest first within each first character.
constexpr std::array<spelling, 48> operators{{{"...", token_kind::ellipsis},
                                              {"**=", token_kind::double_star_equal},
                                              {"//=", token_kind::double_slash_equal},
                                              {"<<=", token_kind::left_shift_equal},
                                              {">>=", token_kind::right_shift_equal},
                                              {"!=", token_kind::not_equal},
                                              {"%=", token_kind::percent_equal},
                                              {"&=", token_kind::amper_equal},
                                              {"**", token_kind::double_star},
                                              {"*=", token_kind::star_equal},
                                              {"+=", token_kind::plus_equal},
                                              {"-=", token_kind::minus_equal},
                                              {"->", token_kind::arrow},
                                              {"//", token_kind::double_slash},
                                              {"/=", token_kind::slash_equal},
                                              {":=", token_kind::colon_equal},
                                              {"<<", token_kind::left_shift},
                                              {"<=", token_kind::less_equal},
                                              {"<>", token_kind::less_greater},
                                              {"==", token_kind::eq_equal},
                                              {">=", token_kind::greater_equal},
                                              {">>", token_kind::right_shift},
                                              {"@=", token_kind::at_equal},
                                              {"^=", token_kind::circumflex_equal},
                                              {"|=", token_kind::vbar_equal},
                                              {"%", token_kind::percent},
                                              {"&", token_kind::amper},
                                              {"(", token_kind::lpar},
                                              {")", token_kind::rpar},
                                              {"*", token_kind::star},
                                              {"+", token_kind::plus},
                                              {",", token_kind::comma},
                                              {"-", token_kind::minus},
                                              {".", token_kind::dot},
                                              {"/", token_kind::slash},
                                              {":", token_kind::colon},
                                              {";", token_kind::semi},
                                              {"<", token_kind::less},
                                              {"=", token_kind::equal},
                                              {">", token_kind::greater},
                                              {"@", token_kind::at},
                                              {"[", token_kind::lsqb},
                                              {"]", token_kind::rsqb},
                                              {"^", token_kind::circumflex},
                                              {"{", token_kind::lbrace},
                                              {"|", token_kind::vbar},
                                              {"}", token_kind::rbrace},
                                              {"~", token_kind::tilde}}};

// Where the spellings that begin with a character start and end in `operators`, tried in order.
struct operator_index {
  std::array<std::array<std::uint8_t, 6>, 128> entries{};  // 0: none, else position + 1

  constexpr operator_index() {
    for (std::size_t i = 0; i < operators.size(); ++i) {
      auto& row = entries[static_cast<std::size_t>(operators[i].text[0])];
      for (auto& entry : row) {
        if (entry == 0) {
          entry = static_cast<std::uint8_t>(i + 1);
          break;
        }
      }
    }
  }
};

constexpr operator_index by_first_character{};

}  // namespace

token_kind keyword_kind(std::string_view word) noexcept {
  if (word.size() < 2 || word.size() > 8) return token_kind::name;
  for (const spelling& keyword : keywords) {
    if (keyword.text[0] == word[0] && keyword.text == word) return keyword.kind;
  }
  return token_kind::name;
}

token_list tokenize(const source_text& source) {
  return lexer_state(source, 0, source.text().size(), 1, 0, false).run();
}

token_list tokenize_expression(const source_text& source, std::string_view part, int line,
                               int column) {
  const auto begin = static_cast<std::size_t>(part.data() - source.text().data());
  return lexer_state(source, begin, begin + part.size(), line, column, true).run();
}

token_list lexer_state::run() {
  out_.tokens.reserve((text_.size() - at_) / 4 + 8);
  if (expression_) add_bracket(token_kind::lpar, 1);
  for (;;) {
    if (at_line_start_) {
      if (!scan_line_start()) break;
      if (at_line_start_) continue;  // that line was blank
    }
    while (peek() == ' ' || peek() == '\t' || peek() == '\f') ++at_;
    begin_token();
    if (peek() == '#') {  // the newline token behind a comment begins with the comment
      while (peek() != '\n' && peek() != end_of_text) ++at_;
    }
    if (peek() == end_of_text) {
      add_end();
      break;
    }
    if (!scan_token()) break;
  }
  out_.open_brackets = std::move(brackets_);
  return std::move(out_);
}

bool lexer_state::scan_line_start() {
  at_line_start_ = false;
  indentation seen;
  indentation before_continuation;
  for (;; ++at_) {
    const int c = peek();
    if (c == ' ') {
      ++seen.column;
      ++seen.alternate;
    } else if (c == '\t') {
      seen.column = (seen.column / 8 + 1) * 8;
      ++seen.alternate;
    } else if (c == '\f') {
      seen = indentation{};
    } else if (c == '\\') {
      if (before_continuation.column == 0) before_continuation = seen;
      if (!scan_continuation()) return false;
      --at_;
    } else {
      break;
    }
  }
  if (peek() == '#' || peek() == '\n') {  // a line without a word means nothing
    while (peek() != '\n' && peek() != end_of_text) ++at_;
    if (peek() == '\n') {
      ++at_;
      if (at_ < text_.size()) next_line();
      at_line_start_ = true;
    }
    return true;
  }
  if (peek() == end_of_text) return true;
  return set_indentation(before_continuation.column != 0 ? before_continuation : seen);
}

bool lexer_state::set_indentation(indentation seen) {
  const auto mixed = [this] {
    return fail_soft(syntax_error_type::tab_error,
                     "inconsistent use of tabs and spaces in indentation", 1);
  };
  const indentation current = indents_.back();
  if (seen.column == current.column) return seen.alternate == current.alternate || mixed();
  if (seen.column > current.column) {
    if (indents_.size() >= max_indents) {
      return fail_soft(syntax_error_type::indentation_error, "too many levels of indentation", 1);
    }
    if (seen.alternate <= current.alternate) return mixed();
    indents_.push_back(seen);
    add_marker(token_kind::indent);
    return true;
  }
  std::size_t dedents = 0;
  while (indents_.size() > 1 && seen.column < indents_.back().column) {
    indents_.pop_back();
    ++dedents;
  }
  if (seen.column != indents_.back().column) {
    const std::size_t end = text_.find('\n', at_);
    return fail_soft(syntax_error_type::indentation_error,
                     "unindent does not match any outer indentation level",
                     static_cast<int>(end - line_start_) + 1);
  }
  if (seen.alternate != indents_.back().alternate) return mixed();
  for (; dedents > 0; --dedents) add_marker(token_kind::dedent);
  return true;
}

bool lexer_state::scan_token() {
  const int c = peek();
  if (is_name_start(c)) return scan_name_or_string();
  if (c == '\n') {
    ++at_;
    if (!expression_ && brackets_.empty()) {
      add(token_kind::newline);
      --out_.tokens.back().end_column;
      at_line_start_ = true;
    }
    if (at_ < text_.size()) next_line();
    return true;
  }
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return scan_number();
  if (c == '\'' || c == '"') return scan_string(at_);
  if (c == '\\') return scan_continuation();
  return scan_operator();
}

bool lexer_state::scan_continuation() {
  ++at_;
  if (peek() != '\n') {
    return fail_soft(syntax_error_type::syntax_error,
                     "unexpected character after line continuation character", column() + 1);
  }
  ++at_;
  if (at_ >= text_.size()) {
    if (brackets_.empty()) {
      return fail_soft(syntax_error_type::syntax_error, "unexpected EOF while parsing", column());
    }
    fail_open_bracket();
    return false;
  }
  next_line();
  return true;
}

bool lexer_state::scan_name_or_string() {
  const std::size_t begin = at_;
  bool seen_b = false;
  bool seen_u = false;
  bool seen_r = false;
  bool seen_f = false;
  for (;; ++at_) {  // a prefix of a string?
    const int c = peek();
    if ((c == 'b' || c == 'B') && !seen_b && !seen_u && !seen_f) {
      seen_b = true;
    } else if ((c == 'u' || c == 'U') && !seen_b && !seen_u && !seen_r && !seen_f) {
      seen_u = true;
    } else if ((c == 'r' || c == 'R') && !seen_r && !seen_u) {
      seen_r = true;
    } else if ((c == 'f' || c == 'F') && !seen_f && !seen_b && !seen_u) {
      seen_f = true;
    } else {
      break;
    }
  }
  if (peek() == '\'' || peek() == '"') return scan_string(begin);
  bool ascii = true;
  at_ = begin;
  while (is_name_char(peek())) {
    if (peek() >= 128) ascii = false;
    ++at_;
  }
  if (!ascii && !check_identifier(begin)) return false;
  add(ascii ? keyword_kind(text_.substr(begin, at_ - begin)) : token_kind::name);
  out_.tokens.back().ascii = ascii;
  return true;
}

bool lexer_state::check_identifier(std::size_t begin) {
  const std::string_view word = text_.substr(0, at_);
  for (std::size_t i = begin; i < word.size();) {
    const bool first = i == begin;
    const std::uint32_t c = next_code_point(word, i);
    if (first ? is_identifier_start(c) : is_identifier_part(c)) continue;
    std::string shown;
    append_utf8(shown, c);
    std::array<char, 32> code{};
    std::snprintf(code.data(), code.size(), "U+%04X", static_cast<unsigned>(c));
    at_ = i;
    if (!is_printable(c))
      return fail("invalid non-printable character " + std::string(code.data()));
    return fail("invalid character '" + shown + "' (" + code.data() + ")");
  }
  return true;
}

bool lexer_state::scan_operator() {
  const int c = peek();
  if (c < ' ' || c == 127) {
    std::array<char, 64> message{};
    std::snprintf(message.data(), message.size(), "invalid non-printable character U+%04X",
                  static_cast<unsigned>(c));
    ++at_;
    return fail(message.data());
  }
  for (const std::uint8_t entry : by_first_character.entries[static_cast<std::size_t>(c)]) {
    if (entry == 0) break;
    const spelling& candidate = operators[entry - 1U];
    if (text_.compare(at_, candidate.text.size(), candidate.text) != 0) continue;
    at_ += candidate.text.size();
    switch (candidate.kind) {
      case token_kind::lpar:
      case token_kind::lsqb:
      case token_kind::lbrace:
        return open_bracket_token(candidate.kind, static_cast<char>(c));
      case token_kind::rpar:
      case token_kind::rsqb:
      case token_kind::rbrace:
        return close_bracket_token(candidate.kind, static_cast<char>(c));
      default:
        add(candidate.kind);
        return true;
    }
  }
  ++at_;
  add(token_kind::unknown);
  return true;
}

bool lexer_state::open_bracket_token(token_kind kind, char which) {
  if (brackets_.size() >= max_level) return fail("too many nested parentheses");
  brackets_.push_back({which, token_line_, token_column_});
  add(kind);
  return true;
}

bool lexer_state::close_bracket_token(token_kind kind, char which) {
  const std::string quoted = std::string("'") + which + "'";
  if (brackets_.empty()) return fail("unmatched " + quoted);
  const open_bracket opened = brackets_.back();
  brackets_.pop_back();
  const char partner = which == ')' ? '(' : which == ']' ? '[' : '{';
  if (opened.which != partner) {
    std::string message = "closing parenthesis " + quoted +
                          " does not match opening parenthesis '" + opened.which + "'";
    if (opened.line != line_) message += " on line " + std::to_string(opened.line);
    return fail(std::move(message));
  }
  add(kind);
  return true;
}

void lexer_state::add(token_kind kind) {
  const std::size_t level = brackets_.size() + (expression_ ? 1 : 0);
  out_.tokens.push_back({kind, true, static_cast<std::uint16_t>(level), token_line_, token_column_,
                         line_, column(), text_.substr(token_begin_, at_ - token_begin_)});
}

void lexer_state::add_marker(token_kind kind) {
  out_.tokens.push_back({kind, true, static_cast<std::uint16_t>(brackets_.size()), line_, -1, line_,
                         column(), text_.substr(at_, 0)});
}

void lexer_state::fail_open_bracket() {
  const open_bracket& open = brackets_.back();
  out_.fault = source_.error(syntax_error_type::syntax_error,
                             std::string("'") + open.which + "' was never closed",
                             {open.line, open.column, open.line, -1});
  add_marker(token_kind::failure);
}

void lexer_state::add_end() {
  if (!brackets_.empty()) return fail_open_bracket();
  if (expression_) {
    add_bracket(token_kind::rpar, 0);
    add_bracket(token_kind::end_marker, 0);
    return;
  }
  for (; indents_.size() > 1; indents_.pop_back()) add_marker(token_kind::dedent);
  add_marker(token_kind::end_marker);
}

// The round brackets in which the expression of an f-string is read take the place of its braces.
void lexer_state::add_bracket(token_kind kind, int level) {
  const int where = kind == token_kind::lpar ? column() - 1 : column();
  out_.tokens.push_back({kind, true, static_cast<std::uint16_t>(level), line_, where, line_,
                         where + 1, text_.substr(at_, 0)});
}

bool lexer_state::fail(std::string message) {
  syntax_error error;
  error.message = std::move(message);
  error.line = error.end_line = line_;
  error.line_text = std::string(source_.line(line_));
  error.column = error.end_column = characters(error.line_text, column());
  out_.fault = std::move(error);
  out_.fault_is_hard = true;
  add_marker(token_kind::failure);
  return false;
}

// `read` counts the bytes of the line that were read, its newline among them.
bool lexer_state::fail_soft(syntax_error_type type, std::string message, int read) {
  syntax_error error;
  error.type = type;
  error.message = std::move(message);
  error.line = error.end_line = line_;
  error.column = source_.characters_read(line_, read);
  error.line_text = std::string(source_.line(line_));
  out_.fault = std::move(error);
  add_marker(token_kind::failure);
  return false;
}

}  // namespace gilt::interp::syntax
