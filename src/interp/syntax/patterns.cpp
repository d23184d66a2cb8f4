// SPDX-License-Identifier: BSL-1.0
// match (PEP 634). `match`, `case` and `_` are keywords only where they must be: a statement that
// begins with `match` is tried as a match statement first, and read again as an expression if the
// line does not end in a colon with a block of cases behind it.

#include "interp/syntax/literals.hpp"
#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

stmt* parser_state::match_statement() {
  const int begin = mark_;
  if (!at_soft_keyword("match")) return nullptr;
  if (!second_pass_) {  // what cannot begin a subject
    const token_kind next = glance(1);
    if (next == token_kind::equal || next == token_kind::dot || next == token_kind::comma ||
        next == token_kind::colon || next == token_kind::newline || is_augmented(next)) {
      return nullptr;
    }
  }
  ++mark_;
  expr* subject = subject_expression();
  if (subject != nullptr && accept(token_kind::colon) && accept(token_kind::newline) &&
      accept(token_kind::indent)) {
    std::vector<match_case*> cases;
    while (match_case* one = case_block()) cases.push_back(one);
    if (!cases.empty() && accept(token_kind::dedent)) {
      auto* node = make<match_stmt>(begin);
      node->subject = subject;
      node->cases = memory_.copy(cases);
      return node;
    }
  }
  mark_ = begin;
  if (diagnosing_) invalid_match_stmt();
  return back(begin);
}

expr* parser_state::subject_expression() {
  const int begin = mark_;
  expr* first = star_named_expression();
  if (first != nullptr && accept(token_kind::comma)) {
    std::vector<expr*> items{first};
    (void)star_named_expressions(items);
    auto* node = make<tuple_expr>(begin);
    node->elts = memory_.copy(items);
    return node;
  }
  if (first != nullptr && first->kind == expr_kind::starred) return back(begin);
  return first;
}

expr* parser_state::guard() {
  const int begin = mark_;
  if (!accept(token_kind::kw_if)) return nullptr;
  expr* condition = named_expression();
  if (condition == nullptr) mark_ = begin;
  return condition;
}

match_case* parser_state::case_block() {
  if (diagnosing_) invalid_case_block();
  const int begin = mark_;
  if (!at_soft_keyword("case")) return nullptr;
  ++mark_;
  pattern* subject = patterns();
  if (subject == nullptr) return back(begin);
  expr* condition = guard();
  if (!accept(token_kind::colon)) return back(begin);
  const std::span<stmt*>* body = block();
  if (body == nullptr) return back(begin);
  auto* node = memory_.make<match_case>();
  node->pattern = subject;
  node->guard = condition;
  node->body = *body;
  return node;
}

// The pattern of a case: a sequence may stand without brackets.
pattern* parser_state::patterns() {
  const int begin = mark_;
  std::vector<pattern*> items;
  if (open_sequence(items)) {
    auto* node = make<match_sequence>(begin);
    node->patterns = memory_.copy(items);
    return node;
  }
  return pattern_rule();
}

pattern* parser_state::pattern_rule() {
  const nesting level(*this);
  const int begin = mark_;
  pattern* inner = or_pattern();
  if (inner == nullptr) return nullptr;
  const int after = mark_;
  if (!accept(token_kind::kw_as)) return inner;
  identifier target;
  if (capture_target(target)) {
    auto* node = make<match_as>(begin);
    node->pattern = inner;
    node->name = target;
    return node;
  }
  mark_ = begin;
  if (diagnosing_) invalid_as_pattern();
  mark_ = after;
  return inner;
}

pattern* parser_state::or_pattern() {
  const int begin = mark_;
  pattern* first = closed_pattern();
  if (first == nullptr) return nullptr;
  std::vector<pattern*> alternatives{first};
  while (at(token_kind::vbar)) {
    const int before = mark_++;
    pattern* next = closed_pattern();
    if (next == nullptr) {
      mark_ = before;
      break;
    }
    alternatives.push_back(next);
  }
  if (alternatives.size() == 1) return first;
  auto* node = make<match_or>(begin);
  node->patterns = memory_.copy(alternatives);
  return node;
}

pattern* parser_state::closed_pattern() {
  return memo(rule::closed_pattern, [this]() -> pattern* {
    switch (kind()) {
      case token_kind::name:
        return name_pattern();
      case token_kind::lpar:
        return parenthesised_pattern();
      case token_kind::lsqb:
        return bracketed_pattern();
      case token_kind::lbrace:
        return mapping_pattern();
      default:
        return literal_pattern();
    }
  });
}

pattern* parser_state::literal_pattern() {
  const int begin = mark_;
  constant_kind singleton{};
  switch (kind()) {
    case token_kind::kw_none:
      singleton = constant_kind::none;
      break;
    case token_kind::kw_true:
      singleton = constant_kind::true_;
      break;
    case token_kind::kw_false:
      singleton = constant_kind::false_;
      break;
    default: {
      expr* value = literal_expr();
      if (value == nullptr) return nullptr;
      auto* node = make<match_value>(begin);
      node->value = value;
      return node;
    }
  }
  ++mark_;
  auto* node = make<match_singleton>(begin);
  node->value = singleton;
  return node;
}

// A literal as a value or as a key.
expr* parser_state::literal_expr() {
  const int begin = mark_;
  switch (kind()) {
    case token_kind::number:
    case token_kind::minus: {
      expr* value = signed_number();
      if (value != nullptr && !at(token_kind::plus) && !at(token_kind::minus)) return value;
      mark_ = begin;
      return complex_number();
    }
    case token_kind::string:
      return strings();
    case token_kind::kw_none:
      return constant_atom(constant_kind::none);
    case token_kind::kw_true:
      return constant_atom(constant_kind::true_);
    case token_kind::kw_false:
      return constant_atom(constant_kind::false_);
    default:
      return nullptr;
  }
}

expr* parser_state::signed_number() {
  const int begin = mark_;
  const bool negative = accept(token_kind::minus);
  if (!at(token_kind::number)) return back(begin);
  expr* number = atom();
  if (!negative || number == nullptr) return number;
  auto* node = make<unary_op>(begin);
  node->op = unary_operator::u_sub;
  node->operand = number;
  return node;
}

expr* parser_state::complex_number() {
  const int begin = mark_;
  expr* real = signed_number();
  if (real == nullptr) return nullptr;
  const expr* magnitude = real;
  if (const auto* negated = as_if<unary_op>(real)) magnitude = negated->operand;
  if (as<constant>(*magnitude).value == constant_kind::imaginary) {
    raise_range("real number required in complex literal", *magnitude, *magnitude);
  }
  if (!at(token_kind::plus) && !at(token_kind::minus)) return back(begin);
  const bool plus = at(token_kind::plus);
  ++mark_;
  if (!at(token_kind::number)) return back(begin);
  expr* imaginary = atom();
  if (as<constant>(*imaginary).value != constant_kind::imaginary) {
    raise("imaginary number required in complex literal", *imaginary);
  }
  auto* node = make<bin_op>(begin);
  node->left = real;
  node->op = plus ? operator_kind::add : operator_kind::sub;
  node->right = imaginary;
  return node;
}

// A capture, the wildcard, a dotted value, or a class.
pattern* parser_state::name_pattern() {
  const int begin = mark_;
  identifier target;
  if (capture_target(target)) {
    auto* node = make<match_as>(begin);
    node->name = target;
    return node;
  }
  if (current().text == "_") {
    ++mark_;
    if (!at(token_kind::dot) && !at(token_kind::lpar)) return make<match_as>(begin);
    mark_ = begin;
  }
  expr* value = name_or_attr();
  if (value == nullptr) return back(begin);
  if (at(token_kind::lpar)) return class_pattern(value, begin);
  if (value->kind != expr_kind::attribute || at(token_kind::equal)) return back(begin);
  auto* node = make<match_value>(begin);
  node->value = value;
  return node;
}

bool parser_state::capture_target(identifier& out) {
  const int begin = mark_;
  if (!at(token_kind::name) || current().text == "_") return false;
  (void)accept_name(out);
  if (at(token_kind::dot) || at(token_kind::lpar) || at(token_kind::equal)) return undo(begin);
  return true;
}

expr* parser_state::name_or_attr() {
  const int begin = mark_;
  identifier id;
  if (!accept_name(id)) return nullptr;
  auto* first = make<name>(begin);
  first->id = id;
  expr* value = first;
  while (at(token_kind::dot)) {
    const int before = mark_++;
    if (!accept_name(id)) {
      mark_ = before;
      break;
    }
    check_height();
    auto* node = make<attribute>(begin);
    node->value = value;
    node->attr = id;
    value = node;
  }
  return value;
}

// A group, or a sequence in round brackets: the comma tells.
pattern* parser_state::parenthesised_pattern() {
  const int begin = mark_++;
  pattern* first = maybe_star_pattern();
  if (first != nullptr && first->kind != pattern_kind::match_star && accept(token_kind::rpar)) {
    return first;
  }
  std::vector<pattern*> items;
  if (first != nullptr) {
    items.push_back(first);
    if (!accept(token_kind::comma)) return back(begin);
    (void)maybe_sequence(items);
  }
  if (!accept(token_kind::rpar)) return back(begin);
  auto* node = make<match_sequence>(begin);
  node->patterns = memory_.copy(items);
  return node;
}

pattern* parser_state::bracketed_pattern() {
  const int begin = mark_++;
  std::vector<pattern*> items;
  (void)maybe_sequence(items);
  if (!accept(token_kind::rsqb)) return back(begin);
  auto* node = make<match_sequence>(begin);
  node->patterns = memory_.copy(items);
  return node;
}

bool parser_state::open_sequence(std::vector<pattern*>& out) {
  const int begin = mark_;
  pattern* first = maybe_star_pattern();
  if (first == nullptr || !accept(token_kind::comma)) return undo(begin);
  out.push_back(first);
  (void)maybe_sequence(out);
  return true;
}

// Patterns with commas between, and perhaps behind.
bool parser_state::maybe_sequence(std::vector<pattern*>& out) {
  bool any = false;
  do {
    pattern* item = maybe_star_pattern();
    if (item == nullptr) break;
    out.push_back(item);
    any = true;
  } while (accept(token_kind::comma));
  return any;
}

pattern* parser_state::maybe_star_pattern() {
  if (!at(token_kind::star)) return pattern_rule();
  const int begin = mark_++;
  identifier target;
  if (!capture_target(target)) {
    if (!at_soft_keyword("_")) return back(begin);
    ++mark_;
  }
  auto* node = make<match_star>(begin);
  node->name = target;
  return node;
}

pattern* parser_state::mapping_pattern() {
  const int begin = mark_++;
  std::vector<expr*> keys;
  std::vector<pattern*> values;
  identifier rest;
  for (;;) {
    if (at(token_kind::rbrace)) break;
    if (accept(token_kind::double_star)) {
      if (!capture_target(rest)) return back(begin);
      accept(token_kind::comma);
      break;
    }
    expr* key = at(token_kind::name) ? name_or_attr() : literal_expr();
    if (key == nullptr || key->kind == expr_kind::name) return back(begin);
    if (!accept(token_kind::colon)) return back(begin);
    pattern* value = pattern_rule();
    if (value == nullptr) return back(begin);
    keys.push_back(key);
    values.push_back(value);
    if (!accept(token_kind::comma)) break;
  }
  if (!accept(token_kind::rbrace)) return back(begin);
  auto* node = make<match_mapping>(begin);
  node->keys = memory_.copy(keys);
  node->patterns = memory_.copy(values);
  node->rest = rest;
  return node;
}

pattern* parser_state::class_pattern(expr* cls, int begin) {
  accept(token_kind::lpar);
  std::vector<pattern*> positional;
  std::vector<identifier> names;
  std::vector<pattern*> values;
  bool complete = true;
  while (!at(token_kind::rpar)) {
    if (!keyword_pattern(names, values)) {
      pattern* item = names.empty() ? pattern_rule() : nullptr;
      if (item == nullptr) {
        complete = false;
        break;
      }
      positional.push_back(item);
    }
    if (!accept(token_kind::comma)) break;
  }
  if (complete && accept(token_kind::rpar)) {
    auto* node = make<match_class>(begin);
    node->cls = cls;
    node->patterns = memory_.copy(positional);
    node->kwd_attrs = memory_.copy(names);
    node->kwd_patterns = memory_.copy(values);
    return node;
  }
  mark_ = begin;
  if (diagnosing_) invalid_class_pattern(begin);
  return back(begin);
}

bool parser_state::keyword_pattern(std::vector<identifier>& names, std::vector<pattern*>& values) {
  const int begin = mark_;
  identifier id;
  if (!at(token_kind::name) || glance(1) != token_kind::equal) return false;
  (void)accept_name(id);
  accept(token_kind::equal);
  pattern* value = pattern_rule();
  if (value == nullptr) return undo(begin);
  names.push_back(id);
  values.push_back(value);
  return true;
}

void parser_state::invalid_match_stmt() {
  const int begin = mark_;
  const int line = current().line;
  ++mark_;
  if (subject_expression() != nullptr) {
    if (at(token_kind::newline)) raise_here("expected ':'");
    if (accept(token_kind::colon) && missing_indent()) {
      raise_missing_block("'match' statement", line);
    }
  }
  mark_ = begin;
}

void parser_state::invalid_case_block() {
  const int begin = mark_;
  if (!at_soft_keyword("case")) return;
  const int line = current().line;
  ++mark_;
  if (patterns() != nullptr) {
    (void)guard();
    if (at(token_kind::newline)) raise_here("expected ':'");
    if (accept(token_kind::colon) && missing_indent()) {
      raise_missing_block("'case' statement", line);
    }
  }
  mark_ = begin;
}

void parser_state::invalid_as_pattern() {
  const int begin = mark_;
  if (or_pattern() != nullptr && accept(token_kind::kw_as)) {
    if (at_soft_keyword("_")) raise("cannot use '_' as a target", place(current()));
    if (!at(token_kind::name)) {
      if (const expr* target = expression()) raise("invalid pattern target", *target);
    }
  }
  mark_ = begin;
}

void parser_state::invalid_class_pattern(int begin) {
  mark_ = begin;
  if (name_or_attr() != nullptr && accept(token_kind::lpar)) {
    std::vector<identifier> names;
    std::vector<pattern*> values;
    while (!at(token_kind::rpar) && names.empty()) {
      if (keyword_pattern(names, values)) break;
      if (pattern_rule() == nullptr || !accept(token_kind::comma)) break;
    }
    bool comma = !names.empty() && accept(token_kind::comma);
    while (comma && keyword_pattern(names, values)) comma = accept(token_kind::comma);
    std::vector<pattern*> misplaced;
    while (comma) {
      if (at(token_kind::name) && glance(1) == token_kind::equal) break;
      pattern* item = pattern_rule();
      if (item == nullptr) break;
      misplaced.push_back(item);
      comma = accept(token_kind::comma);
    }
    if (!misplaced.empty()) {
      raise_range("positional patterns follow keyword patterns", *misplaced.front(),
                  *misplaced.back());
    }
  }
  mark_ = begin;
}

}  // namespace gilt::interp::syntax
