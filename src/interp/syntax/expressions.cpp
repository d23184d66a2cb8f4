// SPDX-License-Identifier: BSL-1.0
// Expressions, from the comma down to the trailers of a primary (The Python Language Reference, 6).
// Binary operators go by precedence climbing, so that a long sum costs a loop and not a recursion.

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

namespace {

struct binary_operator {
  token_kind token;
  operator_kind op;
  int level;
};

constexpr binary_operator binary_operators[] = {
    {token_kind::vbar, operator_kind::bit_or, 0},
    {token_kind::circumflex, operator_kind::bit_xor, 1},
    {token_kind::amper, operator_kind::bit_and, 2},
    {token_kind::left_shift, operator_kind::l_shift, 3},
    {token_kind::right_shift, operator_kind::r_shift, 3},
    {token_kind::plus, operator_kind::add, 4},
    {token_kind::minus, operator_kind::sub, 4},
    {token_kind::star, operator_kind::mult, 5},
    {token_kind::slash, operator_kind::div, 5},
    {token_kind::double_slash, operator_kind::floor_div, 5},
    {token_kind::percent, operator_kind::mod, 5},
    {token_kind::at, operator_kind::mat_mult, 5},
};

const binary_operator* binary_of(token_kind kind) {
  if (kind < token_kind::plus || kind > token_kind::double_slash) return nullptr;
  for (const binary_operator& candidate : binary_operators) {
    if (candidate.token == kind) return &candidate;
  }
  return nullptr;
}

}  // namespace

expr* parser_state::star_expressions() {
  const int begin = mark_;
  expr* first = star_expression();
  if (first == nullptr || !at(token_kind::comma)) return first;
  std::vector<expr*> items{first};
  while (accept(token_kind::comma)) {
    expr* item = star_expression();
    if (item == nullptr) break;
    items.push_back(item);
  }
  auto* node = make<tuple_expr>(begin);
  node->elts = memory_.copy(items);
  return node;
}

expr* parser_state::expressions() {
  const int begin = mark_;
  expr* first = expression();
  if (first == nullptr || !at(token_kind::comma)) return first;
  std::vector<expr*> items{first};
  while (accept(token_kind::comma)) {
    expr* item = expression();
    if (item == nullptr) break;
    items.push_back(item);
  }
  auto* node = make<tuple_expr>(begin);
  node->elts = memory_.copy(items);
  return node;
}

expr* parser_state::star_expression() {
  return memo(rule::star_expression, [this]() -> expr* {
    if (!at(token_kind::star)) return expression();
    const int begin = mark_++;
    expr* value = bitwise_or();
    if (value == nullptr) return back(begin);
    auto* node = make<starred>(begin);
    node->value = value;
    return node;
  });
}

bool parser_state::star_named_expressions(std::vector<expr*>& out) {
  do {
    expr* item = star_named_expression();
    if (item == nullptr) return !out.empty();  // a trailing comma is part of the list
    out.push_back(item);
  } while (accept(token_kind::comma));
  return true;
}

expr* parser_state::star_named_expression() {
  if (!at(token_kind::star)) return named_expression();
  const int begin = mark_++;
  expr* value = bitwise_or();
  if (value == nullptr) return back(begin);
  auto* node = make<starred>(begin);
  node->value = value;
  return node;
}

expr* parser_state::starred_expression() {
  const int begin = mark_;
  if (!accept(token_kind::star)) return nullptr;
  expr* value = expression();
  if (value == nullptr) return back(begin);
  auto* node = make<starred>(begin);
  node->value = value;
  return node;
}

expr* parser_state::assignment_expression() {
  const int begin = mark_;
  if (!at(token_kind::name) || glance(1) != token_kind::colon_equal) return nullptr;
  ++mark_;
  auto* target = make<name>(begin);
  target->id = name_of(token_at(begin));
  target->ctx = expr_context::store;
  accept(token_kind::colon_equal);
  expr* value = expression();
  if (value == nullptr) return back(begin);
  auto* node = make<named_expr>(begin);
  node->target = target;
  node->value = value;
  return node;
}

expr* parser_state::named_expression() {
  if (expr* node = assignment_expression()) return node;
  if (diagnosing_) invalid_named_expression();
  const int begin = mark_;
  expr* node = expression();
  if (node != nullptr && at(token_kind::colon_equal)) return back(begin);
  return node;
}

expr* parser_state::expression() {
  return memo(rule::expression, [this]() -> expr* {
    const nesting level(*this);
    const int outer_height = std::exchange(height_, 0);
    if (diagnosing_) {
      invalid_expression();
      invalid_legacy_expression();
    }
    expr* node = plain_expression();
    height_ = std::max(outer_height, height_ + 1);
    return node;
  });
}

expr* parser_state::plain_expression() {
  if (at(token_kind::kw_lambda)) return lambda_expression();
  const int begin = mark_;
  expr* body = disjunction();
  if (body == nullptr || !at(token_kind::kw_if)) return body;
  const int after = mark_++;
  expr* test = disjunction();
  if (test == nullptr || !accept(token_kind::kw_else)) {
    mark_ = after;
    return body;
  }
  expr* orelse = expression();
  if (orelse == nullptr) {
    mark_ = after;
    return body;
  }
  auto* node = make<if_exp>(begin);
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

expr* parser_state::expression_without_invalid() {
  const bool diagnosing = std::exchange(diagnosing_, false);
  const int begin = mark_;
  expr* node = nullptr;
  try {
    node = plain_expression();
  } catch (...) {
    diagnosing_ = diagnosing;
    throw;
  }
  diagnosing_ = diagnosing;
  if (node == nullptr) mark_ = begin;
  return node;
}

expr* parser_state::yield_expression() {
  const int begin = mark_;
  if (!accept(token_kind::kw_yield)) return nullptr;
  if (at(token_kind::kw_from)) {
    const int from = mark_++;
    if (expr* value = expression()) {
      auto* node = make<yield_from>(begin);
      node->value = value;
      return node;
    }
    mark_ = from;
  }
  expr* value = star_expressions();
  auto* node = make<yield_expr>(begin);
  node->value = value;
  return node;
}

expr* parser_state::lambda_expression() {
  const int begin = mark_++;
  static constexpr parameter_style style{token_kind::colon, true};
  arguments* args = parameters(style);
  if (!accept(token_kind::colon)) return back(begin);
  expr* body = expression();
  if (body == nullptr) return back(begin);
  auto* node = make<lambda_expr>(begin);
  node->args = args != nullptr ? args : memory_.make<arguments>();
  node->body = body;
  return node;
}

expr* parser_state::disjunction() {
  return memo(rule::disjunction, [this]() -> expr* {
    const int begin = mark_;
    expr* first = conjunction();
    if (first == nullptr || !at(token_kind::kw_or)) return first;
    std::vector<expr*> values{first};
    while (at(token_kind::kw_or)) {
      const int before = mark_++;
      expr* value = conjunction();
      if (value == nullptr) {
        mark_ = before;
        break;
      }
      values.push_back(value);
    }
    if (values.size() == 1) return first;
    auto* node = make<bool_op>(begin);
    node->op = bool_operator::or_;
    node->values = memory_.copy(values);
    return node;
  });
}

expr* parser_state::conjunction() {
  return memo(rule::conjunction, [this]() -> expr* {
    const int begin = mark_;
    expr* first = inversion();
    if (first == nullptr || !at(token_kind::kw_and)) return first;
    std::vector<expr*> values{first};
    while (at(token_kind::kw_and)) {
      const int before = mark_++;
      expr* value = inversion();
      if (value == nullptr) {
        mark_ = before;
        break;
      }
      values.push_back(value);
    }
    if (values.size() == 1) return first;
    auto* node = make<bool_op>(begin);
    node->op = bool_operator::and_;
    node->values = memory_.copy(values);
    return node;
  });
}

expr* parser_state::inversion() {
  return memo(rule::inversion, [this]() -> expr* {
    if (!at(token_kind::kw_not)) return comparison();
    const nesting level(*this);
    check_height();
    const int begin = mark_++;
    expr* operand = inversion();
    if (operand == nullptr) return back(begin);
    auto* node = make<unary_op>(begin);
    node->op = unary_operator::not_;
    node->operand = operand;
    return node;
  });
}

// Consumes a comparison operator.
bool parser_state::comparison_operator(compare_operator& op) {
  const auto take = [&](compare_operator which, int tokens) {
    op = which;
    mark_ += tokens;
    return true;
  };
  switch (kind()) {
    case token_kind::eq_equal:
      return take(compare_operator::eq, 1);
    case token_kind::not_equal:
      return take(compare_operator::ne, 1);
    case token_kind::less_equal:
      return take(compare_operator::le, 1);
    case token_kind::less:
      return take(compare_operator::lt, 1);
    case token_kind::greater_equal:
      return take(compare_operator::ge, 1);
    case token_kind::greater:
      return take(compare_operator::gt, 1);
    case token_kind::kw_in:
      return take(compare_operator::in, 1);
    case token_kind::kw_is:
      ++mark_;
      if (accept(token_kind::kw_not)) return take(compare_operator::is_not, 0);
      return take(compare_operator::is, 0);
    case token_kind::kw_not: {
      const int before = mark_++;
      if (accept(token_kind::kw_in)) return take(compare_operator::not_in, 0);
      mark_ = before;
      return false;
    }
    default:
      return false;
  }
}

expr* parser_state::comparison() {
  const int begin = mark_;
  expr* left = bitwise_or();
  if (left == nullptr) return nullptr;
  int before = mark_;
  compare_operator op{};
  if (!comparison_operator(op)) return left;
  std::vector<compare_operator> ops;
  std::vector<expr*> comparators;
  do {
    expr* right = bitwise_or();
    if (right == nullptr) {
      mark_ = before;
      break;
    }
    ops.push_back(op);
    comparators.push_back(right);
    before = mark_;
  } while (comparison_operator(op));
  if (ops.empty()) return left;
  auto* node = make<compare>(begin);
  node->left = left;
  node->ops = memory_.copy(ops);
  node->comparators = memory_.copy(comparators);
  return node;
}

expr* parser_state::bitwise_or() {
  return memo(rule::bitwise_or, [this] { return binary(0); });
}

// Operators of at least `level`; all of them associate to the left.
expr* parser_state::binary(int level) {
  const int begin = mark_;
  expr* left = factor();
  if (left == nullptr) return nullptr;
  for (;;) {
    const binary_operator* op = binary_of(kind());
    if (op == nullptr || op->level < level) return left;
    const int before = mark_++;
    expr* right = binary(op->level + 1);
    if (right == nullptr) {
      mark_ = before;
      return left;
    }
    check_height();
    auto* node = make<bin_op>(begin);
    node->left = left;
    node->op = op->op;
    node->right = right;
    left = node;
  }
}

expr* parser_state::factor() {
  unary_operator op{};
  switch (kind()) {
    case token_kind::plus:
      op = unary_operator::u_add;
      break;
    case token_kind::minus:
      op = unary_operator::u_sub;
      break;
    case token_kind::tilde:
      op = unary_operator::invert;
      break;
    default:
      return power();
  }
  const nesting level(*this);
  check_height();
  const int begin = mark_++;
  expr* operand = factor();
  if (operand == nullptr) return back(begin);
  auto* node = make<unary_op>(begin);
  node->op = op;
  node->operand = operand;
  return node;
}

expr* parser_state::power() {
  const int begin = mark_;
  expr* base = await_primary();
  if (base == nullptr || !at(token_kind::double_star)) return base;
  const nesting level(*this);
  check_height();
  const int before = mark_++;
  expr* exponent = factor();
  if (exponent == nullptr) {
    mark_ = before;
    return base;
  }
  auto* node = make<bin_op>(begin);
  node->left = base;
  node->op = operator_kind::pow;
  node->right = exponent;
  return node;
}

expr* parser_state::await_primary() {
  if (!at(token_kind::kw_await)) return primary();
  const int begin = mark_++;
  expr* value = primary();
  if (value == nullptr) return back(begin);
  auto* node = make<await_expr>(begin);
  node->value = value;
  return node;
}

expr* parser_state::primary() {
  return memo(rule::primary, [this]() -> expr* {
    const int begin = mark_;
    expr* value = atom();
    while (value != nullptr) {
      expr* longer = trailer(value, begin);
      if (longer == nullptr) break;
      check_height();
      value = longer;
    }
    return value;
  });
}

// `value` followed by one attribute, call or subscript; null if none follows.
expr* parser_state::trailer(expr* value, int begin) {
  const int before = mark_;
  switch (kind()) {
    case token_kind::dot: {
      ++mark_;
      identifier attr;
      if (!accept_name(attr)) return back(before);
      auto* node = make<attribute>(begin);
      node->value = value;
      node->attr = attr;
      return node;
    }
    case token_kind::lpar: {
      if (diagnosing_) {  // an only generator needs no second pair of brackets
        if (expr* generator = generator_argument()) {
          std::vector<expr*> only{generator};
          auto* node = make<call>(begin);
          node->func = value;
          node->args = memory_.copy(only);
          return node;
        }
      }
      ++mark_;
      call_parts parts;
      if (!arguments_rule(parts)) mark_ = before + 1;
      if (parts.args.size() == 1 && parts.keywords.empty() &&
          (at(token_kind::kw_for) || at(token_kind::kw_async)) &&
          parts.args[0]->kind != expr_kind::starred) {
        mark_ = before;
        expr* generator = generator_argument();
        if (generator == nullptr) return back(before);
        parts.args[0] = generator;
      } else if (!accept(token_kind::rpar)) {
        return back(before);
      }
      auto* node = make<call>(begin);
      node->func = value;
      node->args = memory_.copy(parts.args);
      node->keywords = memory_.copy(parts.keywords);
      return node;
    }
    case token_kind::lsqb: {
      ++mark_;
      expr* index = slices();
      if (index == nullptr || !accept(token_kind::rsqb)) return back(before);
      auto* node = make<subscript>(begin);
      node->value = value;
      node->slice = index;
      return node;
    }
    default:
      return nullptr;
  }
}

expr* parser_state::slices() {
  const int begin = mark_;
  const auto one = [this] { return at(token_kind::star) ? starred_expression() : slice(); };
  expr* first = one();
  if (first == nullptr) return nullptr;
  if (!at(token_kind::comma) && first->kind != expr_kind::starred) return first;
  std::vector<expr*> items{first};
  while (accept(token_kind::comma)) {
    expr* item = one();
    if (item == nullptr) break;
    items.push_back(item);
  }
  auto* node = make<tuple_expr>(begin);
  node->elts = memory_.copy(items);
  return node;
}

expr* parser_state::slice() {
  const int begin = mark_;
  expr* lower = nullptr;
  if (!at(token_kind::colon)) {
    if (expr* node = assignment_expression()) return node;
    lower = expression();
  }
  if (accept(token_kind::colon)) {
    expr* upper = nullptr;
    expr* step = nullptr;
    if (!at(token_kind::colon)) upper = expression();
    if (accept(token_kind::colon)) step = expression();
    auto* node = make<slice_expr>(begin);
    node->lower = lower;
    node->upper = upper;
    node->step = step;
    return node;
  }
  if (!second_pass_ && lower != nullptr && !at(token_kind::colon_equal)) return lower;
  mark_ = begin;
  return second_pass_ ? named_expression() : nullptr;
}

}  // namespace gilt::interp::syntax
