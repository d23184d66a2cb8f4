// SPDX-License-Identifier: BSL-1.0
// Compound statements (The Python Language Reference, 8), but for match (patterns.cpp).

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

stmt* parser_state::compound_stmt() {
  switch (kind()) {
    case token_kind::kw_def:
      return function_definition({});
    case token_kind::at:
      return decorated();
    case token_kind::kw_if:
      return if_statement();
    case token_kind::kw_class:
      return class_definition({});
    case token_kind::kw_with:
      return with_statement();
    case token_kind::kw_for:
      return for_statement();
    case token_kind::kw_try:
      return try_statement();
    case token_kind::kw_while:
      return while_statement();
    case token_kind::kw_async: {
      const int begin = mark_++;
      const token_kind next = kind();
      mark_ = begin;
      if (next == token_kind::kw_def) return function_definition({});
      if (next == token_kind::kw_with) return with_statement();
      if (next == token_kind::kw_for) return for_statement();
      return nullptr;
    }
    case token_kind::name:
      return current().text == "match" ? match_statement() : nullptr;
    default:
      return nullptr;
  }
}

std::span<stmt*>* parser_state::block() {
  return memo(rule::block, [this]() -> std::span<stmt*>* {
    const nesting level(*this);
    const int begin = mark_;
    std::vector<stmt*> body;
    if (accept(token_kind::newline)) {
      if (accept(token_kind::indent) && statements(body) && accept(token_kind::dedent)) {
        return memory_.make<std::span<stmt*>>(memory_.copy(body));
      }
      mark_ = begin + 1;
      if (diagnosing_ && !at(token_kind::indent)) {
        raise_here("expected an indented block", syntax_error_type::indentation_error);
      }
      return back(begin);
    }
    if (!simple_stmts(body)) return nullptr;
    return memory_.make<std::span<stmt*>>(memory_.copy(body));
  });
}

// if and its elifs: a loop, so that a long chain does not recurse; each elif is linked into the
// `orelse` of the one before.
stmt* parser_state::if_statement() {
  const int begin = mark_;
  struct branch {
    int begin;
    expr* test;
    std::span<stmt*> body;
  };
  std::vector<branch> branches;
  static constexpr std::size_t most_branches = 2900;
  token_kind keyword = token_kind::kw_if;
  while (at(keyword)) {
    const int first = mark_;
    if (diagnosing_) {
      invalid_condition(keyword,
                        keyword == token_kind::kw_if ? "'if' statement" : "'elif' statement");
    }
    mark_ = first + 1;
    expr* test = named_expression();
    if (test == nullptr || !accept(token_kind::colon)) return back(begin);
    const std::span<stmt*>* body = block();
    if (body == nullptr) return back(begin);
    if (branches.size() == most_branches) raise_here("parser stack overflow");
    branches.push_back({first, test, *body});
    keyword = token_kind::kw_elif;
  }
  std::span<stmt*> orelse;
  if (const std::span<stmt*>* rest = else_block()) orelse = *rest;
  for (std::size_t i = branches.size(); i-- > 0;) {
    auto* node = make<if_stmt>(branches[i].begin);
    node->test = branches[i].test;
    node->body = branches[i].body;
    node->orelse = orelse;
    if (i == 0) return node;
    orelse = memory_.copy(std::vector<stmt*>{node});
  }
  return back(begin);
}

std::span<stmt*>* parser_state::else_block() {
  if (!at(token_kind::kw_else)) return nullptr;
  const int begin = mark_++;
  const int line = token_at(begin).line;
  if (diagnosing_ && accept(token_kind::colon) && missing_indent()) {
    raise_missing_block("'else' statement", line);
  }
  mark_ = begin + 1;
  expect_forced(token_kind::colon, ":");
  std::span<stmt*>* body = block();
  if (body == nullptr) mark_ = begin;
  return body;
}

stmt* parser_state::while_statement() {
  const int begin = mark_;
  if (diagnosing_) invalid_condition(token_kind::kw_while, "'while' statement");
  mark_ = begin + 1;
  expr* test = named_expression();
  if (test == nullptr || !accept(token_kind::colon)) return back(begin);
  const std::span<stmt*>* body = block();
  if (body == nullptr) return back(begin);
  const std::span<stmt*>* orelse = else_block();
  auto* node = make<while_stmt>(begin);
  node->test = test;
  node->body = *body;
  if (orelse != nullptr) node->orelse = *orelse;
  return node;
}

stmt* parser_state::for_statement() {
  const int begin = mark_;
  if (diagnosing_) invalid_for_stmt();
  mark_ = begin;
  const bool is_async = accept(token_kind::kw_async);
  accept(token_kind::kw_for);
  expr* target = star_targets();
  if (target == nullptr || !accept(token_kind::kw_in)) {
    mark_ = begin;
    if (diagnosing_) invalid_for_target();
    return back(begin);
  }
  expr* iter = star_expressions();
  if (iter == nullptr || !accept(token_kind::colon)) return back(begin);
  const std::span<stmt*>* body = block();
  if (body == nullptr) return back(begin);
  const std::span<stmt*>* orelse = else_block();
  auto* node = make<for_stmt>(begin);
  node->is_async = is_async;
  node->target = target;
  node->iter = iter;
  node->body = *body;
  if (orelse != nullptr) node->orelse = *orelse;
  return node;
}

stmt* parser_state::with_statement() {
  const int begin = mark_;
  if (diagnosing_) invalid_with_stmt(true);
  mark_ = begin;
  const bool is_async = accept(token_kind::kw_async);
  accept(token_kind::kw_with);
  const int after_with = mark_;
  for (const bool in_parentheses : {true, false}) {
    mark_ = after_with;
    if (in_parentheses && !at(token_kind::lpar)) continue;
    std::vector<with_item*> items;
    if (!with_items(items, in_parentheses) || !accept(token_kind::colon)) continue;
    const std::span<stmt*>* body = block();
    if (body == nullptr) continue;
    auto* node = make<with_stmt>(begin);
    node->is_async = is_async;
    node->items = memory_.copy(items);
    node->body = *body;
    return node;
  }
  mark_ = begin;
  if (diagnosing_) invalid_with_stmt(false);
  return back(begin);
}

bool parser_state::with_items(std::vector<with_item*>& out, bool in_parentheses) {
  const int begin = mark_;
  if (in_parentheses) accept(token_kind::lpar);
  int after = mark_;
  do {
    with_item* item = with_one();
    if (item == nullptr) break;
    out.push_back(item);
    after = mark_;
  } while (accept(token_kind::comma));
  mark_ = after;
  if (out.empty()) return undo(begin);
  if (!in_parentheses) return true;
  accept(token_kind::comma);
  return accept(token_kind::rpar) || undo(begin);
}

with_item* parser_state::with_one() {
  const int begin = mark_;
  expr* value = expression();
  if (value == nullptr) return nullptr;
  const int after = mark_;
  expr* target = nullptr;
  const auto ends_item = [this] {
    return at(token_kind::comma) || at(token_kind::rpar) || at(token_kind::colon);
  };
  if (accept(token_kind::kw_as)) {
    target = star_target();
    if (target == nullptr || !ends_item()) {
      target = nullptr;
      mark_ = after + 1;
      if (diagnosing_) {
        const expr* wrong = expression();
        if (wrong != nullptr && ends_item()) raise_invalid_target(*wrong, target_use::assign);
      }
      mark_ = after;
    }
  }
  (void)begin;
  auto* node = memory_.make<with_item>();
  node->context_expr = value;
  node->optional_vars = target;
  return node;
}

stmt* parser_state::try_statement() {
  const int begin = mark_;
  if (diagnosing_) invalid_try_stmt();
  mark_ = begin + 1;
  expect_forced(token_kind::colon, ":");
  const std::span<stmt*>* body = block();
  if (body == nullptr) return back(begin);
  std::vector<except_handler*> handlers;
  const std::span<stmt*>* orelse = nullptr;
  bool is_star = false;
  const std::span<stmt*>* finalbody = finally_block();
  if (finalbody == nullptr) {
    const int after_body = mark_;
    while (except_block(handlers, false)) {
    }
    if (handlers.empty()) {
      mark_ = after_body;
      is_star = true;
      while (except_block(handlers, true)) {
      }
    }
    if (handlers.empty()) return back(begin);
    orelse = else_block();
    finalbody = finally_block();
  }
  auto* node = make<try_stmt>(begin);
  node->is_star = is_star;
  node->body = *body;
  node->handlers = memory_.copy(handlers);
  if (orelse != nullptr) node->orelse = *orelse;
  if (finalbody != nullptr) node->finalbody = *finalbody;
  return node;
}

bool parser_state::except_block(std::vector<except_handler*>& out, bool star) {
  const int begin = mark_;
  if (!at(token_kind::kw_except)) return false;
  if (diagnosing_) invalid_except_indent(star);
  mark_ = begin + 1;
  if (star && !accept(token_kind::star)) {
    mark_ = begin;
    if (diagnosing_) invalid_except_stmt();
    return undo(begin);
  }
  expr* type = expression();
  identifier name;
  if (type != nullptr) (void)as_name(name);
  if ((type != nullptr || !star) && accept(token_kind::colon)) {
    if (const std::span<stmt*>* body = block()) {
      auto* node = make<except_handler>(begin);
      node->type = type;
      node->name = name;
      node->body = *body;
      out.push_back(node);
      return true;
    }
  }
  mark_ = begin;
  if (diagnosing_) invalid_except_stmt();
  return undo(begin);
}

std::span<stmt*>* parser_state::finally_block() {
  if (!at(token_kind::kw_finally)) return nullptr;
  const int begin = mark_++;
  const int line = token_at(begin).line;
  if (diagnosing_ && accept(token_kind::colon) && missing_indent()) {
    raise_missing_block("'finally' statement", line);
  }
  mark_ = begin + 1;
  expect_forced(token_kind::colon, ":");
  std::span<stmt*>* body = block();
  if (body == nullptr) mark_ = begin;
  return body;
}

stmt* parser_state::decorated() {
  const int begin = mark_;
  std::vector<expr*> decorators;
  while (accept(token_kind::at)) {
    expr* decorator = named_expression();
    if (decorator == nullptr || !accept(token_kind::newline)) return back(begin);
    decorators.push_back(decorator);
  }
  const std::span<expr*> span = memory_.copy(decorators);
  stmt* node = nullptr;
  if (at(token_kind::kw_class)) {
    node = class_definition(span);
  } else if (at(token_kind::kw_def) || at(token_kind::kw_async)) {
    node = function_definition(span);
  }
  if (node == nullptr) mark_ = begin;
  return node;
}

stmt* parser_state::function_definition(std::span<expr*> decorators) {
  const int begin = mark_;
  if (diagnosing_) invalid_def_raw();
  mark_ = begin;
  const bool is_async = accept(token_kind::kw_async);
  identifier name;
  if (!accept(token_kind::kw_def) || !accept_name(name)) return back(begin);
  expect_forced(token_kind::lpar, "(");
  static constexpr parameter_style style{token_kind::rpar, false};
  arguments* args = parameters(style);
  if (!accept(token_kind::rpar)) return back(begin);
  expr* returns = nullptr;
  if (at(token_kind::arrow)) {
    const int before = mark_++;
    returns = expression();
    if (returns == nullptr) mark_ = before;
  }
  expect_forced(token_kind::colon, ":");
  const std::span<stmt*>* body = block();
  if (body == nullptr) return back(begin);
  auto* node = make<function_def>(begin);
  node->is_async = is_async;
  node->name = name;
  node->args = args != nullptr ? args : memory_.make<arguments>();
  node->body = *body;
  node->decorators = decorators;
  node->returns = returns;
  return node;
}

stmt* parser_state::class_definition(std::span<expr*> decorators) {
  const int begin = mark_;
  if (diagnosing_) invalid_class_def_raw();
  mark_ = begin + 1;
  identifier name;
  if (!accept_name(name)) return back(begin);
  call_parts parts;
  if (accept(token_kind::lpar)) {
    (void)arguments_rule(parts);
    if (!accept(token_kind::rpar)) return back(begin);
  }
  if (!accept(token_kind::colon)) return back(begin);
  const std::span<stmt*>* body = block();
  if (body == nullptr) return back(begin);
  auto* node = make<class_def>(begin);
  node->name = name;
  node->bases = memory_.copy(parts.args);
  node->keywords = memory_.copy(parts.keywords);
  node->body = *body;
  node->decorators = decorators;
  return node;
}

}  // namespace gilt::interp::syntax
