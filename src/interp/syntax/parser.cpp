// SPDX-License-Identifier: BSL-1.0
// The two passes, tokens, locations and messages. The rules are in the files beside.

#include "interp/syntax/parser.hpp"

#include "interp/syntax/parser_state.hpp"
#include "interp/syntax/unicode.hpp"

namespace gilt::interp::syntax {

namespace {

// What outranks a complaint of the parser: a hard fault of the lexer anywhere in the text, else a
// bracket left open on a line before the one the parser had come to.
syntax_error outranked(syntax_error mine, const token_list& lexed, const source_text& source,
                       int line_reached) {
  if (lexed.fault && lexed.fault_is_hard) return *lexed.fault;
  if (!lexed.open_brackets.empty() && lexed.tokens.back().kind == token_kind::failure) {
    const open_bracket& open = lexed.open_brackets.back();
    if (line_reached > open.line) {
      return source.error(syntax_error_type::syntax_error,
                          std::string("'") + open.which + "' was never closed",
                          {open.line, open.column, open.line, -1});
    }
  }
  return mine;
}

}  // namespace

parse_result parse(std::string_view text, std::string_view filename, parse_mode mode,
                   source_kind kind) {
  parse_result result;
  result.memory = std::make_unique<arena>();
  source_text source;
  result.error = source.load(*result.memory, text, filename, kind);
  if (result.error) return result;
  const token_list lexed = tokenize(source);
  parser_state parser(*result.memory, source, lexed);
  try {
    result.tree = parser.run(mode);
    if (result.tree != nullptr) return result;
    const token stumbled = parser.furthest();
    parser.start_second_pass();
    (void)parser.run(mode);
    result.error = parser.generic_error(stumbled);
    if (stumbled.kind != token_kind::indent && stumbled.kind != token_kind::dedent) {
      result.error = outranked(std::move(*result.error), lexed, source, parser.furthest().line);
    }
  } catch (raised_error& raised) {
    result.error = raised.by_lexer
                       ? std::move(raised.error)
                       : outranked(std::move(raised.error), lexed, source, parser.furthest().line);
  }
  result.tree = nullptr;
  return result;
}

syntax_error parser_state::generic_error(const token& at) const {
  try {
    if (at.kind == token_kind::indent || at.kind == token_kind::dedent) {
      raise_here(at.kind == token_kind::indent ? "unexpected indent" : "unexpected unindent",
                 syntax_error_type::indentation_error);
    }
    // Unlike other messages, this one leaves the column open for a token without characters.
    syntax_error error =
        source_.error(syntax_error_type::syntax_error, "invalid syntax", place(at));
    if (at.column < 0) error.end_column = 0;
    if (!fstring_part_.empty()) error.message = "f-string: " + error.message;
    place_in_fstring(error);
    return error;
  } catch (raised_error& raised) {
    return std::move(raised.error);
  }
}

void parser_state::start_second_pass() {
  mark_ = 0;
  depth_ = 0;
  height_ = 0;
  second_pass_ = true;
  memory_of_rules_.clear();
  diagnosing_ = true;
}

module_or_expr* parser_state::run(parse_mode mode) {
  auto* root = memory_.make<module_or_expr>();
  root->mode = mode;
  root->source = source_.text();
  std::vector<stmt*> body;
  switch (mode) {
    case parse_mode::file:
      while (statement(body)) {
      }
      if (!accept(token_kind::end_marker)) return nullptr;
      break;
    case parse_mode::single:
      if (accept(token_kind::newline)) {
        body.push_back(make<pass_stmt>(mark_ - 1));
      } else if (stmt* compound = compound_stmt()) {
        body.push_back(compound);
        accept(token_kind::newline);
      } else if (!simple_stmts(body)) {
        return nullptr;
      }
      while (accept(token_kind::newline)) {
      }
      if (!at(token_kind::end_marker)) {
        if (!second_pass_) return nullptr;  // an `else:` without its block says more
        raise_here("multiple statements found while compiling a single statement");
      }
      break;
    case parse_mode::expression:
      root->expression = expressions();
      if (root->expression == nullptr) return nullptr;
      while (accept(token_kind::newline)) {
      }
      if (!accept(token_kind::end_marker)) return nullptr;
      break;
  }
  root->body = memory_.copy(body);
  return root;
}

expr* parser_state::run_fstring_expression() {
  expr* value = star_expressions();
  return value != nullptr && at(token_kind::end_marker) ? value : nullptr;
}

void parser_state::reach() {
  furthest_ = mark_;
  if (current().kind != token_kind::failure) return;
  raised_error raised{lexed_.fault.value(), fstring_part_.empty()};
  place_in_fstring(raised.error);
  throw raised;
}

const token& parser_state::last_word(int before) const {
  int i = before - 1;
  while (i > 0 &&
         (token_at(i).kind == token_kind::newline || token_at(i).kind == token_kind::indent ||
          token_at(i).kind == token_kind::dedent || token_at(i).kind == token_kind::end_marker)) {
    --i;
  }
  return token_at(i < 0 ? 0 : i);
}

void parser_state::expect_forced(token_kind k, const char* spelt) {
  if (!accept(k)) raise(std::string("expected '") + spelt + "'", place(current()));
}

identifier parser_state::name_of(const token& t) {
  return t.ascii ? t.text : memory_.copy(normalise_identifier(t.text));
}

bool parser_state::accept_name(identifier& out) {
  if (!at(token_kind::name)) return false;
  out = name_of(current());
  ++mark_;
  return true;
}

void parser_state::set_location(location& node, int begin) {
  const token& first = token_at(begin);
  set_end(node);
  node.line = first.line;
  node.column = first.column;
}

void parser_state::set_end(location& node) {
  const token& last = last_word(mark_);
  node.end_line = last.end_line;
  node.end_column = last.end_column;
}

void parser_state::check_height() {
  static constexpr int limit = 6000;
  if (++height_ > limit) raise_here("parser stack overflow");
}

void parser_state::raise(std::string message, const location& where, syntax_error_type type) const {
  if (!fstring_part_.empty()) message = "f-string: " + message;
  syntax_error error;
  if (where.column < 0) {  // a token without characters: how far the lexer had come
    error.type = type;
    error.message = std::move(message);
    error.line = error.end_line = where.line;
    error.column = source_.characters_read(where.line, where.end_column);
    error.line_text = std::string(source_.line(where.line));
  } else {
    error = source_.error(type, std::move(message), where);
  }
  place_in_fstring(error);
  throw raised_error{std::move(error), false};
}

// The text of an error within an f-string is "(expression)", and its columns count in there.
void parser_state::place_in_fstring(syntax_error& error) const {
  if (fstring_part_.empty()) return;
  const std::string_view line = source_.line(error.line);
  if (fstring_part_.data() < line.data()) return;  // on a later line of the expression
  const int shift = characters(line, static_cast<int>(fstring_part_.data() - line.data())) - 1;
  error.column -= shift;
  if (error.end_column > 0 && error.end_line == error.line) error.end_column -= shift;
  const std::size_t first_line = fstring_part_.find('\n');
  error.line_text = "(" + std::string(fstring_part_.substr(0, first_line));
  if (first_line == std::string_view::npos) error.line_text += ')';
}

void parser_state::raise_range(std::string message, const location& from,
                               const location& to) const {
  raise(std::move(message), {from.line, from.column, to.end_line, to.end_column});
}

void parser_state::raise_from(std::string message, const location& from) const {
  const token& last = furthest();
  if (last.column < 0) {
    raise(std::move(message), {from.line, from.column, last.end_line, -1});
  }
  raise(std::move(message), {from.line, from.column, last.end_line, last.end_column - 1});
}

void parser_state::raise_here(std::string message, syntax_error_type type) const {
  raise(std::move(message), place(furthest()), type);
}

void parser_state::raise_missing_block(const char* what, int line) const {
  raise_here(
      std::string("expected an indented block after ") + what + " on line " + std::to_string(line),
      syntax_error_type::indentation_error);
}

}  // namespace gilt::interp::syntax
