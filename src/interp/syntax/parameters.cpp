// SPDX-License-Identifier: BSL-1.0
// Parameter lists of def and lambda (The Python Language Reference, 8.7 and 6.14):
//
//   positional-only, / , positional, *rest or bare *, keyword-only, **more
//
// The two differ in what closes the list and in annotations; `parameter_style` says which.

#include "interp/syntax/parser_state.hpp"

namespace gilt::interp::syntax {

arguments* parser_state::parameters(const parameter_style& style) {
  const int begin = mark_;
  if (diagnosing_) {
    invalid_parameters(style);
    mark_ = begin;
  }
  arguments* out = plain_parameters(style);
  if (out == nullptr) mark_ = begin;
  return out;
}

arguments* parser_state::plain_parameters(const parameter_style& style) {
  if (at(style.close)) return nullptr;
  auto* out = memory_.make<arguments>();
  std::vector<arg*> names;
  std::vector<expr*> defaults;
  bool seen_slash = false;
  for (;;) {
    if (at(token_kind::star) || at(token_kind::double_star)) {
      if (!star_parameters(style, *out)) return nullptr;
      break;
    }
    if (at(token_kind::slash)) {
      if (seen_slash || names.empty()) return nullptr;
      seen_slash = true;
      ++mark_;
      out->positional_only = memory_.copy(names);
      names.clear();
    } else {
      arg* name = param(style);
      if (name == nullptr) return nullptr;
      names.push_back(name);
      if (at(token_kind::equal)) {
        expr* value = default_value();
        if (value == nullptr) return nullptr;
        defaults.push_back(value);
      } else if (!defaults.empty()) {
        return nullptr;
      }
    }
    if (accept(token_kind::comma)) {
      if (at(style.close)) break;
    } else if (at(style.close)) {
      break;
    } else {
      return nullptr;
    }
  }
  out->args = memory_.copy(names);
  out->defaults = memory_.copy(defaults);
  return out;
}

bool parser_state::star_parameters(const parameter_style& style, arguments& out) {
  const int begin = mark_;
  if (at(token_kind::double_star)) return double_star_parameter(style, out);
  if (diagnosing_) {
    invalid_star_etc(style);
    mark_ = begin;
  }
  ++mark_;
  bool need_keyword = false;
  if (accept(token_kind::comma)) {
    need_keyword = true;
  } else {
    out.vararg = param(style, !style.is_lambda);
    if (out.vararg == nullptr || !param_end(style)) return undo(begin);
  }
  std::vector<arg*> names;
  std::vector<expr*> defaults;
  while (at(token_kind::name)) {
    names.push_back(param(style));
    if (names.back() == nullptr) return undo(begin);
    expr* value = nullptr;
    if (at(token_kind::equal)) {
      value = default_value();
      if (value == nullptr) return undo(begin);
    }
    defaults.push_back(value);
    if (!param_end(style)) return undo(begin);
  }
  if (need_keyword && names.empty()) return undo(begin);
  out.keyword_only = memory_.copy(names);
  out.kw_defaults = memory_.copy(defaults);
  if (at(token_kind::double_star)) return double_star_parameter(style, out);
  return true;
}

bool parser_state::double_star_parameter(const parameter_style& style, arguments& out) {
  const int begin = mark_;
  if (diagnosing_) {
    invalid_kwds(style);
    mark_ = begin;
  }
  ++mark_;
  out.kwarg = param(style);
  if (out.kwarg == nullptr || !param_end(style)) return undo(begin);
  return true;
}

arg* parser_state::param(const parameter_style& style, bool star_annotation) {
  const int begin = mark_;
  identifier id;
  if (!accept_name(id)) return nullptr;
  expr* annotation = nullptr;
  if (!style.is_lambda && at(token_kind::colon)) {
    const int before = mark_++;
    annotation = star_annotation ? star_expression() : expression();
    if (annotation == nullptr) mark_ = before;
  }
  auto* node = make<arg>(begin);
  node->name = id;
  node->annotation = annotation;
  return node;
}

expr* parser_state::default_value() {
  const int begin = mark_;
  if (!accept(token_kind::equal)) return nullptr;
  if (expr* value = expression()) return value;
  if (diagnosing_ && (at(token_kind::rpar) || at(token_kind::comma))) {
    raise("expected default value expression", place(token_at(begin)));
  }
  return back(begin);
}

// A comma, or the closing token ahead.
bool parser_state::param_end(const parameter_style& style) {
  return accept(token_kind::comma) || at(style.close);
}

arg* parser_state::param_no_default(const parameter_style& style) {
  const int begin = mark_;
  arg* node = param(style);
  if (node != nullptr && param_end(style)) return node;
  return back(begin);
}

bool parser_state::param_with_default(const parameter_style& style) {
  const int begin = mark_;
  if (param(style) != nullptr && default_value() != nullptr && param_end(style)) return true;
  return undo(begin);
}

bool parser_state::param_maybe_default(const parameter_style& style) {
  const int begin = mark_;
  if (param(style) != nullptr) {
    (void)default_value();
    if (param_end(style)) return true;
  }
  return undo(begin);
}

bool parser_state::slash_no_default(const parameter_style& style) {
  const int begin = mark_;
  bool any = false;
  while (param_no_default(style) != nullptr) any = true;
  if (any && accept(token_kind::slash) && param_end(style)) return true;
  return undo(begin);
}

bool parser_state::slash_with_default(const parameter_style& style) {
  const int begin = mark_;
  while (param_no_default(style) != nullptr) {
  }
  bool any = false;
  while (param_with_default(style)) any = true;
  if (any && accept(token_kind::slash) && param_end(style)) return true;
  return undo(begin);
}

void parser_state::invalid_parameters(const parameter_style& style) {
  const int begin = mark_;
  while (param_no_default(style) != nullptr) {
  }
  const int after_plain = mark_;
  bool defaulted = slash_with_default(style);
  if (!defaulted) {
    while (param_with_default(style)) defaulted = true;
  }
  if (defaulted) {
    if (const arg* name = param_no_default(style)) {
      raise("non-default argument follows default argument", *name);
    }
  }
  mark_ = after_plain;
  if (accept(token_kind::lpar)) {
    bool any = false;
    if (style.is_lambda) {
      while (param(style) != nullptr) {
        any = true;
        if (!accept(token_kind::comma)) break;
      }
    } else {
      static constexpr parameter_style inner{token_kind::rpar, false};
      while (param_no_default(inner) != nullptr) any = true;
      accept(token_kind::comma);
    }
    if (any && accept(token_kind::rpar)) {
      raise_range(style.is_lambda ? "Lambda expression parameters cannot be parenthesized"
                                  : "Function parameters cannot be parenthesized",
                  place(token_at(after_plain)), place(token_at(mark_ - 1)));
    }
  }
  mark_ = begin;
  if (accept(token_kind::slash) && at(token_kind::comma)) {
    raise("at least one argument must precede /", place(token_at(begin)));
  }
  mark_ = begin;
  const auto slash_here = [&](const char* message) {
    if (at(token_kind::slash)) raise(message, place(current()));
  };
  const bool slashed = slash_no_default(style) || slash_with_default(style);
  while (param_maybe_default(style)) {
  }
  if (slashed) slash_here("/ may appear only once");
  if (accept(token_kind::star) &&
      (accept(token_kind::comma) || param_no_default(style) != nullptr)) {
    while (param_maybe_default(style)) {
    }
    slash_here("/ must be ahead of *");
  }
  mark_ = begin;
  bool any = false;
  while (param_maybe_default(style)) any = true;
  if (any && accept(token_kind::slash) && at(token_kind::star)) {
    raise("expected comma between / and *", place(current()));
  }
  mark_ = begin;
}

void parser_state::invalid_star_etc(const parameter_style& style) {
  const int begin = mark_;
  const char* bare = "named arguments must follow bare *";
  if (!accept(token_kind::star)) return;
  const auto complain = [&] {
    if (style.is_lambda) raise_here(bare);
    raise(bare, place(token_at(begin)));
  };
  if (at(style.close)) complain();
  if (accept(token_kind::comma) && (at(style.close) || at(token_kind::double_star))) complain();
  mark_ = begin + 1;
  if (param(style) != nullptr && at(token_kind::equal)) {
    raise("var-positional argument cannot have default value", place(current()));
  }
  mark_ = begin + 1;
  if (param_no_default(style) != nullptr || accept(token_kind::comma)) {
    while (param_maybe_default(style)) {
    }
    const int second = mark_;
    if (accept(token_kind::star) &&
        (param_no_default(style) != nullptr || accept(token_kind::comma))) {
      raise("* argument may appear only once", place(token_at(second)));
    }
  }
  mark_ = begin;
}

void parser_state::invalid_kwds(const parameter_style& style) {
  const int begin = mark_;
  if (accept(token_kind::double_star) && param(style) != nullptr) {
    if (at(token_kind::equal)) {
      raise("var-keyword argument cannot have default value", place(current()));
    }
    if (accept(token_kind::comma)) {
      const char* message = "arguments cannot follow var-keyword argument";
      const int next = mark_;
      if (const arg* name = param(style)) raise(message, *name);
      mark_ = next;
      if (at(token_kind::star) || at(token_kind::double_star) || at(token_kind::slash)) {
        raise(message, place(current()));
      }
    }
  }
  mark_ = begin;
}

}  // namespace gilt::interp::syntax
