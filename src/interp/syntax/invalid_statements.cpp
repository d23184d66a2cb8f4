// SPDX-License-Identifier: BSL-1.0
// The mistakes in statements that have a message of their own: a missing colon, a missing block, an
// except that does not fit. Each function either raises or leaves the parser where it was.

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

// Behind a colon: a newline, and then no deeper line.
bool parser_state::missing_indent() {
  const int begin = mark_;
  const bool missing = accept(token_kind::newline) && !at(token_kind::indent);
  mark_ = begin;
  return missing;
}

// if, elif, while: keyword, condition, colon, block.
void parser_state::invalid_condition(token_kind keyword, const char* what) {
  const int begin = mark_;
  if (accept(keyword) && named_expression() != nullptr) {
    if (at(token_kind::newline)) raise_here("expected ':'");
    if (accept(token_kind::colon) && missing_indent()) {
      raise_missing_block(what, token_at(begin).line);
    }
  }
  mark_ = begin;
}

void parser_state::invalid_for_stmt() {
  const int begin = mark_;
  accept(token_kind::kw_async);
  const int line = current().line;
  if (accept(token_kind::kw_for) && star_targets() != nullptr && accept(token_kind::kw_in) &&
      star_expressions() != nullptr) {
    if (at(token_kind::newline)) raise_here("expected ':'");
    if (accept(token_kind::colon) && missing_indent()) {
      raise_missing_block("'for' statement", line);
    }
  }
  mark_ = begin;
}

bool parser_state::invalid_with_items(bool parenthesised) {
  if (parenthesised && !accept(token_kind::lpar)) return false;
  int after = mark_;
  bool any = false;
  do {
    if ((parenthesised ? expressions() : expression()) == nullptr) break;
    any = true;
    after = mark_;
    if (accept(token_kind::kw_as)) {
      if (star_target() == nullptr) {
        mark_ = after;
        break;
      }
      after = mark_;
    }
  } while (accept(token_kind::comma));
  mark_ = after;
  if (!any || !parenthesised) return any;
  accept(token_kind::comma);
  return accept(token_kind::rpar);
}

void parser_state::invalid_with_stmt(bool indent) {
  const int begin = mark_;
  for (const bool parenthesised : {false, true}) {
    mark_ = begin;
    accept(token_kind::kw_async);
    const int line = current().line;
    if (!accept(token_kind::kw_with) || !invalid_with_items(parenthesised)) continue;
    if (!indent) {
      if (at(token_kind::newline)) raise_here("expected ':'");
    } else if (accept(token_kind::colon) && missing_indent()) {
      raise_missing_block("'with' statement", line);
    }
  }
  mark_ = begin;
}

void parser_state::invalid_try_stmt() {
  const int begin = mark_;
  if (!accept(token_kind::kw_try) || !accept(token_kind::colon)) {
    mark_ = begin;
    return;
  }
  if (missing_indent()) raise_missing_block("'try' statement", token_at(begin).line);
  if (block() != nullptr) {
    if (!at(token_kind::kw_except) && !at(token_kind::kw_finally)) {
      raise_here("expected 'except' or 'finally' block");
    }
    const int after_block = mark_;
    const char* mixed = "cannot have both 'except' and 'except*' on the same 'try'";
    for (const bool star : {false, true}) {
      mark_ = after_block;
      std::vector<except_handler*> handlers;
      while (except_block(handlers, star)) {
      }
      const int keyword = mark_;
      if (handlers.empty() || !accept(token_kind::kw_except)) continue;
      const int second = mark_;
      identifier name;
      if (!star) {
        if (accept(token_kind::star) && expression() != nullptr && as_name(name) &&
            accept(token_kind::colon)) {
          raise_range(mixed, place(token_at(keyword)), place(token_at(second)));
        }
      } else {
        if (expression() != nullptr) (void)as_name(name);
        if (accept(token_kind::colon)) raise(mixed, place(token_at(keyword)));
      }
    }
  }
  mark_ = begin;
}

void parser_state::invalid_except_stmt() {
  const int begin = mark_;
  if (!accept(token_kind::kw_except)) return;
  const bool star = accept(token_kind::star);
  const int after = mark_;
  identifier name;
  expr* type = expression();
  if (type != nullptr && accept(token_kind::comma) && expressions() != nullptr && as_name(name) &&
      accept(token_kind::colon)) {
    raise_from("multiple exception types must be parenthesized", *type);
  }
  mark_ = after;
  if (expression() != nullptr) {
    (void)as_name(name);
    if (at(token_kind::newline)) raise_here("expected ':'");
  }
  mark_ = after;
  if (!star && at(token_kind::newline)) raise_here("expected ':'");
  if (star && (at(token_kind::newline) || at(token_kind::colon))) {
    raise_here("expected one or more exception types");
  }
  mark_ = begin;
}

void parser_state::invalid_except_indent(bool star) {
  const int begin = mark_;
  const int line = token_at(begin).line;
  const char* what = star ? "'except*' statement" : "'except' statement";
  identifier name;
  accept(token_kind::kw_except);
  if (!star || accept(token_kind::star)) {
    const bool typed = expression() != nullptr;
    if (typed) (void)as_name(name);
    if ((typed || !star) && accept(token_kind::colon) && missing_indent()) {
      raise_missing_block(what, line);
    }
  }
  mark_ = begin;
}

void parser_state::invalid_def_raw() {
  const int begin = mark_;
  static constexpr parameter_style style{token_kind::rpar, false};
  accept(token_kind::kw_async);
  const int line = current().line;
  if (accept(token_kind::kw_def) && accept(token_kind::name) && accept(token_kind::lpar)) {
    (void)parameters(style);
    if (accept(token_kind::rpar)) {
      const int before = mark_;
      if (accept(token_kind::arrow) && expression() == nullptr) mark_ = before;
      if (accept(token_kind::colon) && missing_indent()) {
        raise_missing_block("function definition", line);
      }
    }
  }
  mark_ = begin;
}

void parser_state::invalid_class_def_raw() {
  const int begin = mark_;
  if (accept(token_kind::kw_class) && accept(token_kind::name)) {
    const int before = mark_;
    if (accept(token_kind::lpar)) {
      call_parts parts;
      (void)arguments_rule(parts);
      if (!accept(token_kind::rpar)) mark_ = before;
    }
    if (at(token_kind::newline)) raise_here("expected ':'");
    if (accept(token_kind::colon) && missing_indent()) {
      raise_missing_block("class definition", token_at(begin).line);
    }
  }
  mark_ = begin;
}

}  // namespace gilt::interp::syntax
