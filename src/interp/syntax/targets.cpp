// SPDX-License-Identifier: BSL-1.0
// What can be assigned to or deleted (The Python Language Reference, 7.2 and 7.5).

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

expr* parser_state::star_targets() {
  const int begin = mark_;
  expr* first = star_target();
  if (first == nullptr || !at(token_kind::comma)) return first;
  std::vector<expr*> items{first};
  while (accept(token_kind::comma)) {
    expr* item = star_target();
    if (item == nullptr) break;
    items.push_back(item);
  }
  auto* node = make<tuple_expr>(begin);
  node->elts = memory_.copy(items);
  node->ctx = expr_context::store;
  return node;
}

expr* parser_state::star_target() {
  return memo(rule::star_target, [this]() -> expr* {
    const int begin = mark_;
    if (!accept(token_kind::star)) return target_with_star_atom();
    expr* value = at(token_kind::star) ? nullptr : star_target();
    if (value == nullptr) return back(begin);
    auto* node = make<starred>(begin);
    node->value = value;
    node->ctx = expr_context::store;
    return node;
  });
}

expr* parser_state::target_with_star_atom() {
  return memo(rule::target_with_star_atom, [this]() -> expr* {
    if (expr* node = subscript_or_attribute_target(expr_context::store)) return node;
    return star_atom();
  });
}

// primary.name or primary[index], and nothing behind that would make it longer.
expr* parser_state::subscript_or_attribute_target(expr_context ctx) {
  const int begin = mark_;
  if (at(token_kind::name)) {  // most targets are a bare name
    const token_kind next = glance(1);
    if (next != token_kind::dot && next != token_kind::lsqb && next != token_kind::lpar) {
      return nullptr;
    }
  }
  expr* value = atom();
  if (value == nullptr) return nullptr;
  const auto more = [this] {
    return at(token_kind::dot) || at(token_kind::lsqb) || at(token_kind::lpar);
  };
  bool extended = false;
  while (more()) {
    expr* longer = trailer(value, begin);
    if (longer == nullptr) return back(begin);
    check_height();
    value = longer;
    extended = true;
  }
  if (!extended) return back(begin);
  if (value->kind != expr_kind::attribute && value->kind != expr_kind::subscript)
    return back(begin);
  set_context(*value, ctx);
  return value;
}

expr* parser_state::star_atom() {
  const int begin = mark_;
  if (accept(token_kind::name)) {
    auto* node = make<name>(begin);
    node->id = name_of(token_at(begin));
    node->ctx = expr_context::store;
    return node;
  }
  std::vector<expr*> items;
  if (accept(token_kind::lpar)) {
    expr* inner = target_with_star_atom();
    if (inner != nullptr && accept(token_kind::rpar)) return inner;
    mark_ = begin + 1;
    bool comma = true;
    while (comma) {
      expr* item = star_target();
      if (item == nullptr) break;
      items.push_back(item);
      comma = accept(token_kind::comma);
    }
    if ((items.size() == 1 && !comma) || !accept(token_kind::rpar)) return back(begin);
    auto* node = make<tuple_expr>(begin);
    node->elts = memory_.copy(items);
    node->ctx = expr_context::store;
    return node;
  }
  if (accept(token_kind::lsqb)) {
    do {
      expr* item = star_target();
      if (item == nullptr) break;
      items.push_back(item);
    } while (accept(token_kind::comma));
    if (!accept(token_kind::rsqb)) return back(begin);
    auto* node = make<list_expr>(begin);
    node->elts = memory_.copy(items);
    node->ctx = expr_context::store;
    return node;
  }
  return nullptr;
}

expr* parser_state::single_target() {
  const int begin = mark_;
  if (expr* node = subscript_or_attribute_target(expr_context::store)) return node;
  if (accept(token_kind::name)) {
    auto* node = make<name>(begin);
    node->id = name_of(token_at(begin));
    node->ctx = expr_context::store;
    return node;
  }
  if (!accept(token_kind::lpar)) return nullptr;
  expr* inner = single_target();
  if (inner == nullptr || !accept(token_kind::rpar)) return back(begin);
  return inner;
}

bool parser_state::del_targets(std::vector<expr*>& out) {
  do {
    expr* item = del_target();
    if (item == nullptr) break;
    out.push_back(item);
  } while (accept(token_kind::comma));
  return !out.empty();
}

expr* parser_state::del_target() {
  return memo(rule::del_target, [this]() -> expr* {
    const int begin = mark_;
    if (expr* node = subscript_or_attribute_target(expr_context::del)) return node;
    if (accept(token_kind::name)) {
      auto* node = make<name>(begin);
      node->id = name_of(token_at(begin));
      node->ctx = expr_context::del;
      return node;
    }
    const token_kind close = at(token_kind::lpar) ? token_kind::rpar : token_kind::rsqb;
    if (!at(token_kind::lpar) && !at(token_kind::lsqb)) return nullptr;
    ++mark_;
    std::vector<expr*> items;
    (void)del_targets(items);
    const bool comma = token_at(mark_ - 1).kind == token_kind::comma;
    if (!accept(close)) return back(begin);
    if (close == token_kind::rpar) {
      if (items.size() == 1 && !comma) return items[0];
      auto* node = make<tuple_expr>(begin);
      node->elts = memory_.copy(items);
      node->ctx = expr_context::del;
      return node;
    }
    auto* node = make<list_expr>(begin);
    node->elts = memory_.copy(items);
    node->ctx = expr_context::del;
    return node;
  });
}

// Would the expression, read as one, have been read as a target too?
bool parser_state::can_store(const expr& e) {
  switch (e.kind) {
    case expr_kind::name:
    case expr_kind::attribute:
    case expr_kind::subscript:
      return true;
    case expr_kind::starred: {
      const expr& value = *as<starred>(e).value;
      return value.kind != expr_kind::starred && can_store(value);
    }
    case expr_kind::tuple_expr:
      for (const expr* item : as<tuple_expr>(e).elts) {
        if (!can_store(*item)) return false;
      }
      return true;
    case expr_kind::list_expr:
      for (const expr* item : as<list_expr>(e).elts) {
        if (!can_store(*item)) return false;
      }
      return true;
    default:
      return false;
  }
}

void parser_state::set_context(expr& e, expr_context ctx) {
  switch (e.kind) {
    case expr_kind::name:
      as<name>(e).ctx = ctx;
      break;
    case expr_kind::attribute:
      as<attribute>(e).ctx = ctx;
      break;
    case expr_kind::subscript:
      as<subscript>(e).ctx = ctx;
      break;
    case expr_kind::starred:
      as<starred>(e).ctx = ctx;
      set_context(*as<starred>(e).value, ctx);
      break;
    case expr_kind::tuple_expr:
      as<tuple_expr>(e).ctx = ctx;
      for (expr* item : as<tuple_expr>(e).elts) set_context(*item, ctx);
      break;
    case expr_kind::list_expr:
      as<list_expr>(e).ctx = ctx;
      for (expr* item : as<list_expr>(e).elts) set_context(*item, ctx);
      break;
    default:
      break;
  }
}

// The innermost part that spoils a target, or null. The `x in y` of `for x in y` is read as a
// comparison, whose left side is then the target.
const expr* parser_state::invalid_target(const expr& e, target_use use) {
  const auto first_invalid = [use](std::span<expr* const> items) -> const expr* {
    for (const expr* item : items) {
      if (const expr* found = invalid_target(*item, use)) return found;
    }
    return nullptr;
  };
  switch (e.kind) {
    case expr_kind::name:
    case expr_kind::attribute:
    case expr_kind::subscript:
      return nullptr;
    case expr_kind::list_expr:
      return first_invalid(as<list_expr>(e).elts);
    case expr_kind::tuple_expr:
      return first_invalid(as<tuple_expr>(e).elts);
    case expr_kind::starred:
      return use == target_use::del ? &e : invalid_target(*as<starred>(e).value, use);
    case expr_kind::compare:
      if (use != target_use::for_in) return &e;
      return as<compare>(e).ops[0] == compare_operator::in
                 ? invalid_target(*as<compare>(e).left, use)
                 : nullptr;
    default:
      return &e;
  }
}

void parser_state::raise_invalid_target(const expr& e, target_use use) const {
  const expr* found = invalid_target(e, use);
  if (found == nullptr) return;
  raise((use == target_use::del ? "cannot delete " : "cannot assign to ") + expr_name(*found),
        *found);
}

std::string parser_state::expr_name(const expr& e) {
  switch (e.kind) {
    case expr_kind::bool_op:
    case expr_kind::bin_op:
    case expr_kind::unary_op:
      return "expression";
    case expr_kind::named_expr:
      return "named expression";
    case expr_kind::lambda_expr:
      return "lambda";
    case expr_kind::if_exp:
      return "conditional expression";
    case expr_kind::dict_expr:
      return "dict literal";
    case expr_kind::set_expr:
      return "set display";
    case expr_kind::list_comp:
      return "list comprehension";
    case expr_kind::set_comp:
      return "set comprehension";
    case expr_kind::dict_comp:
      return "dict comprehension";
    case expr_kind::generator_exp:
      return "generator expression";
    case expr_kind::await_expr:
      return "await expression";
    case expr_kind::yield_expr:
    case expr_kind::yield_from:
      return "yield expression";
    case expr_kind::compare:
      return "comparison";
    case expr_kind::call:
      return "function call";
    case expr_kind::formatted_value:
    case expr_kind::joined_str:
      return "f-string expression";
    case expr_kind::attribute:
      return "attribute";
    case expr_kind::subscript:
      return "subscript";
    case expr_kind::starred:
      return "starred";
    case expr_kind::name:
      return "name";
    case expr_kind::list_expr:
      return "list";
    case expr_kind::tuple_expr:
      return "tuple";
    case expr_kind::slice_expr:
      return "slice";
    case expr_kind::constant:
      switch (as<constant>(e).value) {
        case constant_kind::none:
          return "None";
        case constant_kind::true_:
          return "True";
        case constant_kind::false_:
          return "False";
        case constant_kind::ellipsis:
          return "ellipsis";
        default:
          return "literal";
      }
  }
  return "expression";
}

}  // namespace gilt::interp::syntax
