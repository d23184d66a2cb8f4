// SPDX-License-Identifier: BSL-1.0
// import and from ... import (The Python Language Reference, 7.11).

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

bool parser_state::dotted_name(identifier& out) {
  if (!accept_name(out)) return false;
  std::string joined;
  while (at(token_kind::dot)) {
    const int before = mark_++;
    identifier part;
    if (!accept_name(part)) {
      mark_ = before;
      break;
    }
    if (joined.empty()) joined = out;
    joined += '.';
    joined += part;
  }
  if (!joined.empty()) out = memory_.copy(joined);
  return true;
}

// `as name`, or nothing; false if the name is missing.
bool parser_state::as_name(identifier& out) {
  if (!at(token_kind::kw_as)) return true;
  const int before = mark_++;
  if (accept_name(out)) return true;
  return undo(before);
}

stmt* parser_state::import_statement() {
  const int begin = mark_++;
  std::vector<alias*> names;
  do {
    const int first = mark_;
    identifier name;
    identifier asname;
    if (!dotted_name(name)) return back(begin);
    (void)as_name(asname);
    auto* node = make<alias>(first);
    node->name = name;
    node->asname = asname;
    names.push_back(node);
  } while (accept(token_kind::comma));
  auto* node = make<import_stmt>(begin);
  node->names = memory_.copy(names);
  return node;
}

stmt* parser_state::import_from_statement() {
  const int begin = mark_++;
  int level = 0;
  while (at(token_kind::dot) || at(token_kind::ellipsis)) {
    level += at(token_kind::dot) ? 1 : 3;
    ++mark_;
  }
  identifier module_name;
  if (!dotted_name(module_name) && level == 0) return back(begin);
  std::vector<alias*> names;
  if (!accept(token_kind::kw_import) || !import_from_targets(names)) return back(begin);
  auto* node = make<import_from>(begin);
  node->module_name = module_name;
  node->names = memory_.copy(names);
  node->level = level;
  return node;
}

bool parser_state::import_from_targets(std::vector<alias*>& out) {
  const int begin = mark_;
  if (accept(token_kind::lpar)) {
    if (!import_from_as_names(out)) return undo(begin);
    accept(token_kind::comma);
    return accept(token_kind::rpar) || undo(begin);
  }
  if (accept(token_kind::star)) {
    auto* node = make<alias>(begin);
    node->name = "*";
    out.push_back(node);
    return true;
  }
  if (!import_from_as_names(out)) return undo(begin);
  if (!at(token_kind::comma)) return true;
  if (diagnosing_) {
    ++mark_;
    if (at(token_kind::newline)) {
      raise_here("trailing comma not allowed without surrounding parentheses");
    }
  }
  return undo(begin);
}

bool parser_state::import_from_as_names(std::vector<alias*>& out) {
  int after = mark_;
  do {
    const int first = mark_;
    identifier name;
    identifier asname;
    if (!accept_name(name)) break;
    (void)as_name(asname);
    auto* node = make<alias>(first);
    node->name = name;
    node->asname = asname;
    out.push_back(node);
    after = mark_;
  } while (accept(token_kind::comma));
  mark_ = after;
  return !out.empty();
}

}  // namespace gilt::interp::syntax
