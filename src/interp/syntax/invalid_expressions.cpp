// SPDX-License-Identifier: BSL-1.0
// The mistakes in expressions that have a message of their own. Each function either raises or
// leaves the parser where it was. (PEP 617; the wording is CPython 3.11's.)

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

namespace {

// Statements of Python 2 that are calls today.
bool is_legacy_statement(const expr& e) {
  const name* n = as_if<name>(&e);
  return n != nullptr && (n->id == "print" || n->id == "exec");
}

}  // namespace

void parser_state::invalid_expression() {
  const int begin = mark_;
  bool guarded = false;  // `kf"..."` and soft keywords are better explained elsewhere
  if (at(token_kind::name)) {
    const std::string_view word = current().text;
    ++mark_;
    // CPython compares only as many letters as the name has: `m` counts as `match`.
    guarded = at(token_kind::string) || std::string_view("match").starts_with(word) ||
              std::string_view("case").starts_with(word) || word == "_";
    mark_ = begin;
  }
  if (!guarded) {
    if (expr* left = disjunction()) {
      expr* right = expression_without_invalid();
      if (right != nullptr && !is_legacy_statement(*left) && token_at(mark_ - 1).level != 0) {
        raise_range("invalid syntax. Perhaps you forgot a comma?", *left, *right);
      }
    }
    mark_ = begin;
  }
  if (expr* body = disjunction(); body != nullptr && accept(token_kind::kw_if)) {
    expr* test = disjunction();
    if (test != nullptr && !at(token_kind::kw_else) && !at(token_kind::colon)) {
      raise_range("expected 'else' after 'if' expression", *body, *test);
    }
  }
  mark_ = begin;
}

void parser_state::invalid_legacy_expression() {
  const int begin = mark_;
  if (!accept(token_kind::name)) return;
  if (!at(token_kind::lpar)) {
    expr* rest = star_expressions();
    const std::string word(token_at(begin).text);
    if (rest != nullptr && (word == "print" || word == "exec")) {
      raise_range("Missing parentheses in call to '" + word + "'. Did you mean " + word + "(...)?",
                  place(token_at(begin)), *rest);
    }
  }
  mark_ = begin;
}

void parser_state::invalid_named_expression() {
  (void)memo(rule::invalid_named, [this]() -> expr* {
    const int begin = mark_;
    expr* left = expression();
    if (left != nullptr && accept(token_kind::colon_equal) && expression() != nullptr) {
      raise("cannot use assignment expressions with " + expr_name(*left), *left);
    }
    mark_ = begin;
    const auto assignment_follows = [this] {
      return at(token_kind::equal) || at(token_kind::colon_equal);
    };
    if (accept(token_kind::name) && accept(token_kind::equal)) {
      expr* right = bitwise_or();
      if (right != nullptr && !assignment_follows()) {
        raise_range("invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
                    place(token_at(begin)), *right);
      }
    }
    mark_ = begin;
    if (at(token_kind::kw_true) || at(token_kind::kw_none) || at(token_kind::kw_false)) {
      return nullptr;
    }
    if (at(token_kind::lpar) || at(token_kind::lsqb)) {  // a display is judged as a whole elsewhere
      const token& bracket = current();
      const expr* display = atom();
      mark_ = begin;
      if (display != nullptr && display->line == bracket.line &&
          display->column == bracket.column &&
          (display->kind == expr_kind::list_expr || display->kind == expr_kind::tuple_expr ||
           display->kind == expr_kind::generator_exp)) {
        return nullptr;
      }
    }
    left = bitwise_or();
    if (left != nullptr && accept(token_kind::equal) && bitwise_or() != nullptr &&
        !assignment_follows()) {
      raise("cannot assign to " + expr_name(*left) + " here. Maybe you meant '==' instead of '='?",
            *left);
    }
    mark_ = begin;
    return nullptr;
  });
}

void parser_state::invalid_group() {
  const int begin = mark_;
  if (!accept(token_kind::lpar)) return;
  if (expr* value = starred_expression(); value != nullptr && accept(token_kind::rpar)) {
    raise("cannot use starred expression here", *value);
  }
  mark_ = begin + 1;
  if (accept(token_kind::double_star) && expression() != nullptr && accept(token_kind::rpar)) {
    raise("cannot use double starred expression here", place(token_at(begin + 1)));
  }
  mark_ = begin;
}

void parser_state::invalid_comprehension() {
  const int begin = mark_;
  const token_kind bracket = kind();
  if (bracket != token_kind::lpar && bracket != token_kind::lsqb && bracket != token_kind::lbrace) {
    return;
  }
  std::vector<comprehension*> generators;
  mark_ = begin + 1;
  if (expr* value = starred_expression(); value != nullptr && for_if_clauses(generators)) {
    raise("iterable unpacking cannot be used in comprehension", *value);
  }
  mark_ = begin + 1;
  if (bracket != token_kind::lpar) {
    static const char* const message =
        "did you forget parentheses around the comprehension target?";
    expr* first = star_named_expression();
    if (first != nullptr && accept(token_kind::comma)) {
      const int comma = mark_ - 1;
      std::vector<expr*> items;
      if (star_named_expressions(items) && for_if_clauses(generators)) {
        raise_range(message, *first, *items.back());
      }
      mark_ = comma + 1;
      if (for_if_clauses(generators)) raise_range(message, *first, place(token_at(comma)));
    }
  }
  mark_ = begin;
}

void parser_state::invalid_dict_comprehension() {
  const int begin = mark_;
  std::vector<comprehension*> generators;
  if (accept(token_kind::lbrace) && accept(token_kind::double_star) && bitwise_or() != nullptr &&
      for_if_clauses(generators) && accept(token_kind::rbrace)) {
    raise("dict unpacking cannot be used in dict comprehension", place(token_at(begin + 1)));
  }
  mark_ = begin;
}

// Stands before the opening brace.
void parser_state::invalid_dict_items() {
  const int begin = mark_;
  if (!accept(token_kind::lbrace)) return;
  std::vector<expr*> keys;
  std::vector<expr*> values;
  if (dict_item(nullptr, keys, values)) {
    int comma = -1;
    while (at(token_kind::comma)) {
      comma = mark_++;
      if (!dict_item(nullptr, keys, values)) {
        mark_ = comma + 1;
        invalid_kvpair();
        break;
      }
    }
  }
  mark_ = begin + 1;
  if (expression() != nullptr && accept(token_kind::colon)) {
    const int colon = mark_ - 1;
    if (at(token_kind::star)) {
      const int star = mark_++;
      if (bitwise_or() != nullptr) {
        raise_from("cannot use a starred expression in a dictionary value", place(token_at(star)));
      }
      mark_ = star;
    }
    if (at(token_kind::rbrace) || at(token_kind::comma)) {
      raise("expression expected after dictionary key and ':'", place(token_at(colon)));
    }
  }
  mark_ = begin;
}

void parser_state::invalid_kvpair() {
  const int begin = mark_;
  expr* key = expression();
  if (key != nullptr && !at(token_kind::colon)) {
    raise("':' expected after dictionary key", {key->line, key->end_column - 1, key->end_line, -1});
  }
  if (key != nullptr && accept(token_kind::colon)) {
    const int colon = mark_ - 1;
    if (at(token_kind::star)) {
      const int star = mark_++;
      if (bitwise_or() != nullptr) {
        raise_from("cannot use a starred expression in a dictionary value", place(token_at(star)));
      }
      mark_ = star;
    }
    if (at(token_kind::rbrace) || at(token_kind::comma)) {
      raise("expression expected after dictionary key and ':'", place(token_at(colon)));
    }
  }
  mark_ = begin;
}

void parser_state::invalid_for_target() {
  const int begin = mark_;
  accept(token_kind::kw_async);
  if (accept(token_kind::kw_for)) {
    if (const expr* target = star_expressions()) raise_invalid_target(*target, target_use::for_in);
  }
  mark_ = begin;
}

}  // namespace gilt::interp::syntax
