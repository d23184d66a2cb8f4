// SPDX-License-Identifier: BSL-1.0
// The arguments of a call: positional ones and *iterables first, then names and **mappings; a
// *iterable may still stand among the names, but not behind a **mapping.

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

// Everything up to the closing bracket, which is not consumed.
bool parser_state::arguments_rule(call_parts& out) {
  const int begin = mark_;
  if (args(out)) {
    if (!diagnosing_) {
      accept(token_kind::comma);
      return true;
    }
    accept(token_kind::comma);
    if (at(token_kind::rpar)) return true;
  }
  mark_ = begin;
  if (diagnosing_) invalid_arguments();
  mark_ = begin;
  out = call_parts{};
  return false;
}

bool parser_state::args(call_parts& out) {
  const int begin = mark_;
  out.begin = begin;
  int after = begin;
  for (;;) {
    expr* item = nullptr;
    if (at(token_kind::star)) {
      item = starred_expression();
    } else if (!at(token_kind::name) || glance(1) != token_kind::equal) {
      item = assignment_expression();
      if (item == nullptr) {
        item = expression();
        if (item != nullptr && at(token_kind::colon_equal)) item = nullptr;
      }
      if (item != nullptr && at(token_kind::equal)) item = nullptr;
    }
    if (item == nullptr) {
      mark_ = after;
      break;
    }
    out.args.push_back(item);
    after = mark_;
    if (!accept(token_kind::comma)) break;
  }
  if (out.args.empty()) {
    if (!kwargs(out)) {
      mark_ = begin;
      return false;
    }
  } else if (accept(token_kind::comma) && !kwargs(out)) {
    mark_ = after;
  }
  out.end = mark_;
  return true;
}

bool parser_state::kwargs(call_parts& out) {
  const int begin = mark_;
  int after = begin;
  bool any = false;
  for (const bool double_starred : {false, true}) {
    while (keyword_argument(out, double_starred)) {
      any = true;
      after = mark_;
      if (!accept(token_kind::comma)) return true;
    }
    // The next kind of item may follow the comma just read.
  }
  mark_ = after;
  return any;
}

// name=value, or *value, or (behind those) **value.
bool parser_state::keyword_argument(call_parts& out, bool double_starred) {
  const int begin = mark_;
  if (diagnosing_) invalid_kwarg();
  mark_ = begin;
  if (at(token_kind::name)) {
    ++mark_;
    if (!accept(token_kind::equal)) return undo(begin);
    expr* value = expression();
    if (value == nullptr) return undo(begin);
    auto* node = make<keyword>(begin);
    node->name = name_of(token_at(begin));
    node->value = value;
    out.keywords.push_back(node);
    return true;
  }
  if (!double_starred) {
    expr* value = starred_expression();
    if (value == nullptr) return false;
    out.args.push_back(value);
    return true;
  }
  if (!accept(token_kind::double_star)) return false;
  expr* value = expression();
  if (value == nullptr) return undo(begin);
  auto* node = make<keyword>(begin);
  node->value = value;
  out.keywords.push_back(node);
  return true;
}

void parser_state::invalid_arguments() {
  const int begin = mark_;
  const auto last_item = [](const std::vector<comprehension*>& generators) -> const location& {
    const comprehension& last = *generators.back();
    return last.ifs.empty() ? *last.iter : *last.ifs.back();
  };
  const char* unbracketed = "Generator expression must be parenthesized";
  call_parts parts;
  if (args(parts) && accept(token_kind::comma) && at(token_kind::star)) {
    const token& last = last_word(parts.end);
    raise_range("iterable argument unpacking follows keyword argument unpacking",
                place(token_at(parts.begin)), place(last));
  }
  mark_ = begin;
  std::vector<comprehension*> generators;
  if (expr* value = expression()) {
    if (for_if_clauses(generators) && accept(token_kind::comma)) {
      const int after = mark_;
      call_parts more;
      if (!args(more)) {
        mark_ = after;
        std::vector<comprehension*> rest;
        if (expression() != nullptr) (void)for_if_clauses(rest);
      }
      raise_range(unbracketed, *value, last_item(generators));
    }
  }
  mark_ = begin;
  generators.clear();
  if (accept(token_kind::name) && accept(token_kind::equal) && expression() != nullptr &&
      for_if_clauses(generators)) {
    raise_range("invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
                place(token_at(begin)), place(token_at(begin + 1)));
  }
  mark_ = begin;
  parts = call_parts{};
  generators.clear();
  if (args(parts) && for_if_clauses(generators) && parts.args.size() > 1) {
    raise_range(unbracketed, *parts.args.back(), last_item(generators));
  }
  mark_ = begin;
  parts = call_parts{};
  generators.clear();
  if (args(parts) && accept(token_kind::comma)) {
    expr* value = expression();
    if (value != nullptr && for_if_clauses(generators)) {
      raise_range(unbracketed, *value, last_item(generators));
    }
  }
  mark_ = begin;
  parts = call_parts{};
  call_parts more;
  if (args(parts) && accept(token_kind::comma) && args(more)) {
    bool unpacking = false;
    for (const keyword* k : parts.keywords) unpacking = unpacking || k->name.empty();
    raise_here(unpacking ? "positional argument follows keyword argument unpacking"
                         : "positional argument follows keyword argument");
  }
  mark_ = begin;
}

void parser_state::invalid_kwarg() {
  const int begin = mark_;
  if (at(token_kind::kw_true) || at(token_kind::kw_false) || at(token_kind::kw_none)) {
    ++mark_;
    if (accept(token_kind::equal)) {
      raise_range("cannot assign to " + std::string(token_at(begin).text), place(token_at(begin)),
                  place(token_at(begin + 1)));
    }
    mark_ = begin;
  }
  const bool named = accept(token_kind::name) && accept(token_kind::equal);
  if (named) {
    std::vector<comprehension*> generators;
    if (expression() != nullptr && for_if_clauses(generators)) {
      raise_range("invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
                  place(token_at(begin)), place(token_at(begin + 1)));
    }
  }
  mark_ = begin;
  if (named) return;
  expr* value = expression();
  if (value != nullptr && accept(token_kind::equal)) {
    raise_range("expression cannot contain assignment, perhaps you meant \"==\"?", *value,
                place(token_at(mark_ - 1)));
  }
  mark_ = begin;
}

}  // namespace gilt::interp::syntax
