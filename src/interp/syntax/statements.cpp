// SPDX-License-Identifier: BSL-1.0
// Simple statements (The Python Language Reference, 7).
//
// `a.b, c = 1` begins like an expression and becomes a target at the `=`. The first pass reads an
// expression and turns it into a target when it sees the `=`; the second goes by the grammar's own
// order (assignment_by_rules), because that order decides between messages.

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

bool parser_state::statements(std::vector<stmt*>& out) {
  while (statement(out)) {
  }
  return !out.empty();
}

bool parser_state::statement(std::vector<stmt*>& out) {
  if (at(token_kind::end_marker) || at(token_kind::dedent)) return false;
  if (stmt* node = compound_stmt()) {
    out.push_back(node);
    return true;
  }
  return simple_stmts(out);
}

bool parser_state::simple_stmts(std::vector<stmt*>& out) {
  const int begin = mark_;
  const std::size_t size = out.size();
  while (stmt* node = simple_stmt()) {
    out.push_back(node);
    if (!accept(token_kind::semi)) break;
  }
  if (out.size() > size && accept(token_kind::newline)) return true;
  out.resize(size);
  return undo(begin);
}

stmt* parser_state::simple_stmt() {
  return memo(rule::simple_stmt, [this]() -> stmt* {
    const int begin = mark_;
    switch (kind()) {
      case token_kind::kw_return:
        return return_statement();
      case token_kind::kw_import:
        return import_statement();
      case token_kind::kw_from:
        return import_from_statement();
      case token_kind::kw_raise:
        return raise_statement();
      case token_kind::kw_pass:
        ++mark_;
        return make<pass_stmt>(begin);
      case token_kind::kw_break:
        ++mark_;
        return make<break_stmt>(begin);
      case token_kind::kw_continue:
        ++mark_;
        return make<continue_stmt>(begin);
      case token_kind::kw_del:
        return del_statement();
      case token_kind::kw_assert:
        return assert_statement();
      case token_kind::kw_global:
      case token_kind::kw_nonlocal:
        return names_statement();
      default:
        break;
    }
    if (!second_pass_) return assignment_or_expression();
    if (stmt* node = assignment_by_rules()) return node;
    mark_ = begin;
    expr* value = star_expressions();
    if (value == nullptr) value = yield_expression();
    if (value == nullptr) return back(begin);
    auto* node = make<expr_stmt>(begin);
    node->value = value;
    return node;
  });
}

expr* parser_state::yield_or_star_expressions() {
  if (at(token_kind::kw_yield)) return yield_expression();
  return star_expressions();
}

stmt* parser_state::annotated(expr* target, int begin, bool simple) {
  expr* annotation = expression();
  if (annotation == nullptr) return nullptr;
  expr* value = nullptr;
  if (at(token_kind::equal)) {
    const int before = mark_++;
    value = yield_or_star_expressions();
    if (value == nullptr) mark_ = before;
  }
  auto* node = make<ann_assign>(begin);
  node->target = target;
  node->annotation = annotation;
  node->value = value;
  node->simple = simple;
  return node;
}

bool parser_state::augmented_operator(operator_kind& op) {
  if (!is_augmented(kind())) return false;
  switch (kind()) {
    case token_kind::plus_equal:
      op = operator_kind::add;
      break;
    case token_kind::minus_equal:
      op = operator_kind::sub;
      break;
    case token_kind::star_equal:
      op = operator_kind::mult;
      break;
    case token_kind::at_equal:
      op = operator_kind::mat_mult;
      break;
    case token_kind::slash_equal:
      op = operator_kind::div;
      break;
    case token_kind::percent_equal:
      op = operator_kind::mod;
      break;
    case token_kind::amper_equal:
      op = operator_kind::bit_and;
      break;
    case token_kind::vbar_equal:
      op = operator_kind::bit_or;
      break;
    case token_kind::circumflex_equal:
      op = operator_kind::bit_xor;
      break;
    case token_kind::left_shift_equal:
      op = operator_kind::l_shift;
      break;
    case token_kind::right_shift_equal:
      op = operator_kind::r_shift;
      break;
    case token_kind::double_star_equal:
      op = operator_kind::pow;
      break;
    default:
      op = operator_kind::floor_div;
      break;
  }
  ++mark_;
  return true;
}

stmt* parser_state::assignment_or_expression() {
  const int begin = mark_;
  const bool bare_name = at(token_kind::name) && glance(1) == token_kind::colon;
  expr* value = yield_or_star_expressions();
  if (value == nullptr) return nullptr;
  const auto is_single = [&] {
    return value->kind == expr_kind::name || value->kind == expr_kind::attribute ||
           value->kind == expr_kind::subscript;
  };
  if (accept(token_kind::colon)) {
    // A name, attribute or subscript, perhaps bracketed as a whole.
    if (!is_single()) return back(begin);
    set_context(*value, expr_context::store);
    stmt* node = annotated(value, begin, bare_name);
    return node != nullptr ? node : static_cast<stmt*>(back(begin));
  }
  operator_kind op{};
  if (augmented_operator(op)) {
    if (!is_single()) return back(begin);
    set_context(*value, expr_context::store);
    expr* operand = yield_or_star_expressions();
    if (operand == nullptr) return back(begin);
    auto* node = make<aug_assign>(begin);
    node->target = value;
    node->op = op;
    node->value = operand;
    return node;
  }
  if (!at(token_kind::equal)) {
    auto* node = make<expr_stmt>(begin);
    node->value = value;
    return node;
  }
  std::vector<expr*> targets;
  while (accept(token_kind::equal)) {
    if (!can_store(*value)) return back(begin);
    set_context(*value, expr_context::store);
    targets.push_back(value);
    value = yield_or_star_expressions();
    if (value == nullptr) return back(begin);
  }
  auto* node = make<assign>(begin);
  node->targets = memory_.copy(targets);
  node->value = value;
  return node;
}

stmt* parser_state::assignment_by_rules() {
  const int begin = mark_;
  if (accept(token_kind::name) && accept(token_kind::colon)) {
    mark_ = begin;
    expr* target = single_target();
    accept(token_kind::colon);
    if (stmt* node = annotated(target, begin, true)) return node;
  }
  mark_ = begin;
  expr* target = nullptr;
  if (accept(token_kind::lpar)) {
    target = single_target();
    if (target != nullptr && !accept(token_kind::rpar)) target = nullptr;
    if (target == nullptr) mark_ = begin;
  }
  if (target == nullptr) target = subscript_or_attribute_target(expr_context::store);
  if (target != nullptr && accept(token_kind::colon)) {
    if (stmt* node = annotated(target, begin, false)) return node;
  }
  mark_ = begin;
  std::vector<expr*> targets;
  int after = begin;
  while ((target = star_targets()) != nullptr && accept(token_kind::equal)) {
    targets.push_back(target);
    after = mark_;
  }
  mark_ = after;
  if (!targets.empty()) {
    expr* value = yield_or_star_expressions();
    if (value != nullptr && !at(token_kind::equal)) {
      auto* node = make<assign>(begin);
      node->targets = memory_.copy(targets);
      node->value = value;
      return node;
    }
  }
  mark_ = begin;
  operator_kind op{};
  if ((target = single_target()) != nullptr && augmented_operator(op)) {
    expr* value = yield_or_star_expressions();
    if (value == nullptr) return back(begin);
    auto* node = make<aug_assign>(begin);
    node->target = target;
    node->op = op;
    node->value = value;
    return node;
  }
  mark_ = begin;
  if (diagnosing_) invalid_assignment();
  return back(begin);
}

void parser_state::invalid_assignment() {
  const int begin = mark_;
  if (expr* target = invalid_annotation_target();
      target != nullptr && accept(token_kind::colon) && expression() != nullptr) {
    raise("only single target (not " + expr_name(*target) + ") can be annotated", *target);
  }
  mark_ = begin;
  if (expr* first = star_named_expression(); first != nullptr && accept(token_kind::comma)) {
    for (bool more = true; more;) {  // lists without commas between are looked through as well
      std::vector<expr*> rest;
      more = star_named_expressions(rest);
    }
    if (accept(token_kind::colon) && expression() != nullptr) {
      raise("only single target (not tuple) can be annotated", *first);
    }
  }
  mark_ = begin;
  if (expr* target = expression();
      target != nullptr && accept(token_kind::colon) && expression() != nullptr) {
    raise("illegal target for annotation", *target);
  }
  mark_ = begin;
  int after = begin;
  while (star_targets() != nullptr && accept(token_kind::equal)) after = mark_;
  mark_ = after;
  if (const expr* value = star_expressions(); value != nullptr && accept(token_kind::equal)) {
    raise_invalid_target(*value, target_use::assign);
  }
  mark_ = after;
  if (const expr* value = yield_expression(); value != nullptr && accept(token_kind::equal)) {
    raise("assignment to yield expression not possible", *value);
  }
  mark_ = begin;
  operator_kind op{};
  if (const expr* target = star_expressions();
      target != nullptr && augmented_operator(op) && yield_or_star_expressions() != nullptr) {
    raise("'" + expr_name(*target) + "' is an illegal expression for augmented assignment",
          *target);
  }
  mark_ = begin;
}

// A list, a tuple, or either in brackets.
expr* parser_state::invalid_annotation_target() {
  if (!at(token_kind::lpar) && !at(token_kind::lsqb)) return nullptr;
  const int begin = mark_;
  const token& bracket = current();
  expr* display = atom();
  if (display != nullptr && display->line == bracket.line && display->column == bracket.column &&
      (display->kind == expr_kind::list_expr || display->kind == expr_kind::tuple_expr)) {
    return display;
  }
  mark_ = begin;
  if (!accept(token_kind::lpar)) return nullptr;
  expr* inner = invalid_annotation_target();
  if (inner == nullptr || !accept(token_kind::rpar)) return back(begin);
  return inner;
}

stmt* parser_state::return_statement() {
  const int begin = mark_++;
  expr* value = star_expressions();
  auto* node = make<return_stmt>(begin);
  node->value = value;
  return node;
}

stmt* parser_state::raise_statement() {
  const int begin = mark_++;
  expr* exc = expression();
  expr* cause = nullptr;
  if (exc != nullptr && at(token_kind::kw_from)) {
    const int before = mark_++;
    cause = expression();
    if (cause == nullptr) mark_ = before;
  }
  auto* node = make<raise_stmt>(begin);
  node->exc = exc;
  node->cause = cause;
  return node;
}

stmt* parser_state::del_statement() {
  const int begin = mark_++;
  std::vector<expr*> targets;
  if (del_targets(targets) && (at(token_kind::semi) || at(token_kind::newline))) {
    auto* node = make<delete_stmt>(begin);
    node->targets = memory_.copy(targets);
    return node;
  }
  if (diagnosing_) {
    mark_ = begin + 1;
    if (const expr* target = star_expressions()) raise_invalid_target(*target, target_use::del);
  }
  return back(begin);
}

stmt* parser_state::assert_statement() {
  const int begin = mark_++;
  expr* test = expression();
  if (test == nullptr) return back(begin);
  expr* msg = nullptr;
  if (at(token_kind::comma)) {
    const int before = mark_++;
    msg = expression();
    if (msg == nullptr) mark_ = before;
  }
  auto* node = make<assert_stmt>(begin);
  node->test = test;
  node->msg = msg;
  return node;
}

bool parser_state::name_list(std::vector<identifier>& out) {
  do {
    identifier id;
    if (!accept_name(id)) {
      if (out.empty()) return false;
      --mark_;  // gives the comma back
      return true;
    }
    out.push_back(id);
  } while (accept(token_kind::comma));
  return true;
}

stmt* parser_state::names_statement() {
  const int begin = mark_++;
  std::vector<identifier> names;
  if (!name_list(names)) return back(begin);
  if (token_at(begin).kind == token_kind::kw_global) {
    auto* node = make<global_stmt>(begin);
    node->names = memory_.copy(names);
    return node;
  }
  auto* node = make<nonlocal_stmt>(begin);
  node->names = memory_.copy(names);
  return node;
}

}  // namespace gilt::interp::syntax
