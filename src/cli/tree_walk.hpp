// SPDX-License-Identifier: BSL-1.0
#pragma once
// tree_walk: the children of a node, in the order of the text. What a walk does at a node is up to
// Visitor: visit(const stmt&), visit(const expr&); it calls children_of() to go deeper.
#include "interp/syntax/ast.hpp"

namespace gilt::cli {

namespace tree = interp::syntax;

template <class Visitor>
class tree_walk {
 public:
  explicit tree_walk(Visitor& v) : v_(v) {}

  void all(std::span<tree::stmt*> list) { for (const tree::stmt* s : list) v_.visit(*s); }
  void all(std::span<tree::expr*> list) { for (const tree::expr* e : list) one(e); }
  void one(const tree::expr* e) { if (e != nullptr) v_.visit(*e); }
  void keywords(std::span<tree::keyword*> list) { for (const tree::keyword* k : list) one(k->value); }

  // What is evaluated where a function is defined: defaults, then annotations.
  void outside_of(const tree::arguments& a) {
    all(a.defaults);
    all(a.kw_defaults);
    annotations(a);
  }
  void annotations(const tree::arguments& a) {
    const auto annotation = [&](const tree::arg* p) { if (p != nullptr) v_.annotation(p->annotation); };
    for (const auto& group : {a.positional_only, a.args, a.keyword_only})
      for (const tree::arg* p : group) annotation(p);
    annotation(a.vararg);
    annotation(a.kwarg);
  }
  void pattern(const tree::pattern* p) {
    using enum tree::pattern_kind;
    if (p == nullptr) return;
    const auto each = [&](std::span<tree::pattern*> list) { for (const tree::pattern* q : list) pattern(q); };
    switch (p->kind) {
      case match_value: return one(tree::as<tree::match_value>(*p).value);
      case match_sequence: return each(tree::as<tree::match_sequence>(*p).patterns);
      case match_mapping: all(tree::as<tree::match_mapping>(*p).keys); return each(tree::as<tree::match_mapping>(*p).patterns);
      case match_class:
        one(tree::as<tree::match_class>(*p).cls);
        each(tree::as<tree::match_class>(*p).patterns);
        return each(tree::as<tree::match_class>(*p).kwd_patterns);
      case match_as: return pattern(tree::as<tree::match_as>(*p).pattern);
      case match_or: return each(tree::as<tree::match_or>(*p).patterns);
      case match_singleton:
      case match_star: return;
    }
  }

  // Of expressions that open no scope; lambdas and comprehensions are the visitor's.
  void children_of(const tree::expr& e) {
    using enum tree::expr_kind;
    using namespace interp::syntax;
    switch (e.kind) {
      case expr_kind::bool_op: return all(as<tree::bool_op>(e).values);
      case expr_kind::named_expr: one(as<tree::named_expr>(e).value); return one(as<tree::named_expr>(e).target);
      case expr_kind::bin_op: one(as<tree::bin_op>(e).left); return one(as<tree::bin_op>(e).right);
      case expr_kind::unary_op: return one(as<tree::unary_op>(e).operand);
      case expr_kind::if_exp: one(as<tree::if_exp>(e).test); one(as<tree::if_exp>(e).body); return one(as<tree::if_exp>(e).orelse);
      case expr_kind::dict_expr:
        for (std::size_t i = 0; i < as<tree::dict_expr>(e).keys.size(); ++i) {
          one(as<tree::dict_expr>(e).keys[i]);
          one(as<tree::dict_expr>(e).values[i]);
        }
        return;
      case expr_kind::set_expr: return all(as<tree::set_expr>(e).elts);
      case expr_kind::await_expr: return one(as<tree::await_expr>(e).value);
      case expr_kind::yield_expr: return one(as<tree::yield_expr>(e).value);
      case expr_kind::yield_from: return one(as<tree::yield_from>(e).value);
      case expr_kind::compare: one(as<tree::compare>(e).left); return all(as<tree::compare>(e).comparators);
      case expr_kind::call: one(as<tree::call>(e).func); all(as<tree::call>(e).args); return keywords(as<tree::call>(e).keywords);
      case expr_kind::formatted_value: one(as<tree::formatted_value>(e).value); return one(as<tree::formatted_value>(e).format_spec);
      case expr_kind::joined_str: return all(as<tree::joined_str>(e).values);
      case expr_kind::attribute: return one(as<tree::attribute>(e).value);
      case expr_kind::subscript: one(as<tree::subscript>(e).value); return one(as<tree::subscript>(e).slice);
      case expr_kind::starred: return one(as<tree::starred>(e).value);
      case expr_kind::list_expr: return all(as<tree::list_expr>(e).elts);
      case expr_kind::tuple_expr: return all(as<tree::tuple_expr>(e).elts);
      case expr_kind::slice_expr: one(as<tree::slice_expr>(e).lower); one(as<tree::slice_expr>(e).upper); return one(as<tree::slice_expr>(e).step);
      case expr_kind::lambda_expr:
      case expr_kind::list_comp:
      case expr_kind::set_comp:
      case expr_kind::dict_comp:
      case expr_kind::generator_exp:
      case expr_kind::constant:
      case expr_kind::name: return;
    }
  }

  // Of statements; functions and classes are the visitor's.
  void children_of(const tree::stmt& s) {
    using namespace interp::syntax;
    switch (s.kind) {
      case stmt_kind::return_stmt: return one(as<return_stmt>(s).value);
      case stmt_kind::delete_stmt: return all(as<delete_stmt>(s).targets);
      case stmt_kind::assign: one(as<tree::assign>(s).value); return all(as<tree::assign>(s).targets);
      case stmt_kind::aug_assign: one(as<tree::aug_assign>(s).value); return one(as<tree::aug_assign>(s).target);
      case stmt_kind::ann_assign:
        v_.annotation(as<tree::ann_assign>(s).annotation);
        one(as<tree::ann_assign>(s).value);
        return one(as<tree::ann_assign>(s).target);
      case stmt_kind::for_stmt: one(as<for_stmt>(s).iter); one(as<for_stmt>(s).target); all(as<for_stmt>(s).body); return all(as<for_stmt>(s).orelse);
      case stmt_kind::while_stmt: one(as<while_stmt>(s).test); all(as<while_stmt>(s).body); return all(as<while_stmt>(s).orelse);
      case stmt_kind::if_stmt: one(as<if_stmt>(s).test); all(as<if_stmt>(s).body); return all(as<if_stmt>(s).orelse);
      case stmt_kind::with_stmt:
        for (const with_item* i : as<with_stmt>(s).items) {
          one(i->context_expr);
          one(i->optional_vars);
        }
        return all(as<with_stmt>(s).body);
      case stmt_kind::match_stmt:
        one(as<match_stmt>(s).subject);
        for (const match_case* c : as<match_stmt>(s).cases) {
          pattern(c->pattern);
          one(c->guard);
          all(c->body);
        }
        return;
      case stmt_kind::raise_stmt: one(as<raise_stmt>(s).exc); return one(as<raise_stmt>(s).cause);
      case stmt_kind::try_stmt:
        all(as<try_stmt>(s).body);
        for (const except_handler* h : as<try_stmt>(s).handlers) {
          one(h->type);
          all(h->body);
        }
        all(as<try_stmt>(s).orelse);
        return all(as<try_stmt>(s).finalbody);
      case stmt_kind::assert_stmt: one(as<assert_stmt>(s).test); return one(as<assert_stmt>(s).msg);
      case stmt_kind::expr_stmt: return one(as<expr_stmt>(s).value);
      case stmt_kind::function_def:
      case stmt_kind::class_def:
      case stmt_kind::import_stmt:
      case stmt_kind::import_from:
      case stmt_kind::global_stmt:
      case stmt_kind::nonlocal_stmt:
      case stmt_kind::pass_stmt:
      case stmt_kind::break_stmt:
      case stmt_kind::continue_stmt: return;
    }
  }

 private:
  Visitor& v_;
};

}  // namespace gilt::cli
