// SPDX-License-Identifier: BSL-1.0
// Atoms: names, literals, and what stands in brackets (The Python Language Reference, 6.2).

#include "interp/syntax/literals.hpp"
#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

expr* parser_state::constant_atom(constant_kind value) {
  ++mark_;
  auto* node = make<constant>(mark_ - 1);
  node->value = value;
  return node;
}

expr* parser_state::atom() {
  const int begin = mark_;
  switch (kind()) {
    case token_kind::name: {
      ++mark_;
      auto* node = make<name>(begin);
      node->id = name_of(token_at(begin));
      return node;
    }
    case token_kind::kw_true:
      return constant_atom(constant_kind::true_);
    case token_kind::kw_false:
      return constant_atom(constant_kind::false_);
    case token_kind::kw_none:
      return constant_atom(constant_kind::none);
    case token_kind::ellipsis:
      return constant_atom(constant_kind::ellipsis);
    case token_kind::string:
      return strings();
    case token_kind::number: {
      ++mark_;
      auto* node = make<constant>(begin);
      const std::string problem = parse_number(memory_, token_at(begin).text, *node);
      if (!problem.empty()) raise(problem, place(token_at(begin)));
      return node;
    }
    case token_kind::lpar:
      return parenthesised();
    case token_kind::lsqb:
      return list_display();
    case token_kind::lbrace:
      return braces();
    default:
      return nullptr;
  }
}

// A tuple, a group or a generator expression.
expr* parser_state::parenthesised() {
  const int begin = mark_++;
  if (accept(token_kind::rpar)) return make<tuple_expr>(begin);
  if (at(token_kind::kw_yield)) {
    expr* value = yield_expression();
    if (value != nullptr && accept(token_kind::rpar)) return value;
  } else if (expr* first = star_named_expression()) {
    if (accept(token_kind::comma)) {
      std::vector<expr*> items{first};
      (void)star_named_expressions(items);
      if (accept(token_kind::rpar)) {
        auto* node = make<tuple_expr>(begin);
        node->elts = memory_.copy(items);
        return node;
      }
    } else if (first->kind != expr_kind::starred) {
      if (accept(token_kind::rpar)) return first;
      std::vector<comprehension*> generators;
      if (for_if_clauses(generators) && accept(token_kind::rpar)) {
        auto* node = make<generator_exp>(begin);
        node->elt = first;
        node->generators = memory_.copy(generators);
        return node;
      }
    }
  }
  mark_ = begin;
  if (diagnosing_) {
    invalid_group();
    invalid_comprehension();
  }
  return nullptr;
}

// A generator expression as the only argument of a call, in the call's own brackets.
expr* parser_state::generator_argument() {
  const int begin = mark_;
  if (!accept(token_kind::lpar)) return nullptr;
  expr* elt = assignment_expression();
  if (elt == nullptr) {
    elt = expression();
    if (elt != nullptr && at(token_kind::colon_equal)) elt = nullptr;
  }
  std::vector<comprehension*> generators;
  if (elt != nullptr && for_if_clauses(generators) && accept(token_kind::rpar)) {
    auto* node = make<generator_exp>(begin);
    node->elt = elt;
    node->generators = memory_.copy(generators);
    return node;
  }
  mark_ = begin;
  if (diagnosing_) invalid_comprehension();
  return nullptr;
}

expr* parser_state::list_display() {
  const int begin = mark_++;
  std::vector<expr*> items;
  (void)star_named_expressions(items);
  if (accept(token_kind::rsqb)) {
    auto* node = make<list_expr>(begin);
    node->elts = memory_.copy(items);
    return node;
  }
  std::vector<comprehension*> generators;
  if (items.size() == 1 && items[0]->kind != expr_kind::starred &&
      token_at(mark_ - 1).kind != token_kind::comma && for_if_clauses(generators) &&
      accept(token_kind::rsqb)) {
    auto* node = make<list_comp>(begin);
    node->elt = items[0];
    node->generators = memory_.copy(generators);
    return node;
  }
  mark_ = begin;
  if (diagnosing_) invalid_comprehension();
  return nullptr;
}

// A dict, a set, or a comprehension of either. The colon behind the first item tells.
expr* parser_state::braces() {
  if (!second_pass_ && failed_braces_.contains(mark_)) return nullptr;
  const int begin = mark_++;
  if (accept(token_kind::rbrace)) return make<dict_expr>(begin);
  std::vector<comprehension*> generators;
  const int first_mark = mark_;
  bool is_dict = at(token_kind::double_star);
  expr* first = nullptr;
  if (!is_dict) {
    const bool walrus = at(token_kind::name) && glance(1) == token_kind::colon_equal;
    first = at(token_kind::star) || walrus ? star_named_expression() : expression();
    is_dict =
        first != nullptr && !walrus && first->kind != expr_kind::starred && at(token_kind::colon);
    if (second_pass_ && !is_dict && first != nullptr) {
      mark_ = begin;
      invalid_dict_items();
      mark_ = first_mark;
      first = star_named_expression();
    } else if (!is_dict && first != nullptr && at(token_kind::colon_equal)) {
      first = nullptr;
    }
  }
  if (is_dict) {
    std::vector<expr*> keys;
    std::vector<expr*> values;
    const bool unpacking = first == nullptr;
    bool complete = true;
    if (dict_item(first, keys, values)) {
      if (!unpacking && keys.size() == 1 && (at(token_kind::kw_for) || at(token_kind::kw_async)) &&
          for_if_clauses(generators) && accept(token_kind::rbrace)) {
        auto* node = make<dict_comp>(begin);
        node->key = keys[0];
        node->value = values[0];
        node->generators = memory_.copy(generators);
        return node;
      }
      while (accept(token_kind::comma)) {
        if (!dict_item(nullptr, keys, values)) break;
      }
    } else {
      complete = false;
    }
    if (complete && accept(token_kind::rbrace)) {
      auto* node = make<dict_expr>(begin);
      node->keys = memory_.copy(keys);
      node->values = memory_.copy(values);
      return node;
    }
  } else if (first != nullptr) {
    std::vector<expr*> items{first};
    const bool comma = accept(token_kind::comma);
    if (comma) (void)star_named_expressions(items);
    if (accept(token_kind::rbrace)) {
      auto* node = make<set_expr>(begin);
      node->elts = memory_.copy(items);
      return node;
    }
    if (!comma && first->kind != expr_kind::starred && for_if_clauses(generators) &&
        accept(token_kind::rbrace)) {
      auto* node = make<set_comp>(begin);
      node->elt = first;
      node->generators = memory_.copy(generators);
      return node;
    }
  }
  mark_ = begin;
  if (!second_pass_) failed_braces_.insert(begin);
  invalid_dict_items();  // CPython asks this in the first pass too, and so before anything else
  if (diagnosing_) {
    invalid_dict_comprehension();
    invalid_comprehension();
  }
  return nullptr;
}

// One item of a dict; its key may have been read already.
bool parser_state::dict_item(expr* key, std::vector<expr*>& keys, std::vector<expr*>& values) {
  const int begin = mark_;
  expr* value = nullptr;
  if (key == nullptr && accept(token_kind::double_star)) {
    value = bitwise_or();
  } else {
    if (key == nullptr) key = expression();
    if (key != nullptr && accept(token_kind::colon)) value = expression();
  }
  if (value == nullptr) {
    mark_ = begin;
    return false;
  }
  keys.push_back(key);
  values.push_back(value);
  return true;
}

bool parser_state::for_if_clauses(std::vector<comprehension*>& out) {
  while (comprehension* clause = for_if_clause()) out.push_back(clause);
  return !out.empty();
}

comprehension* parser_state::for_if_clause() {
  const int begin = mark_;
  const bool is_async = accept(token_kind::kw_async);
  if (accept(token_kind::kw_for)) {
    expr* target = star_targets();
    if (target != nullptr && accept(token_kind::kw_in)) {
      expr* iter = disjunction();
      if (iter == nullptr) return back(begin);
      std::vector<expr*> ifs;
      while (at(token_kind::kw_if)) {
        const int before = mark_++;
        expr* condition = disjunction();
        if (condition == nullptr) {
          mark_ = before;
          break;
        }
        ifs.push_back(condition);
      }
      auto* clause = memory_.make<comprehension>();
      clause->target = target;
      clause->iter = iter;
      clause->ifs = memory_.copy(ifs);
      clause->is_async = is_async;
      return clause;
    }
  }
  mark_ = begin;
  if (diagnosing_) invalid_for_target();
  mark_ = begin;
  return nullptr;
}

}  // namespace gilt::interp::syntax
