// SPDX-License-Identifier: BSL-1.0
#include "interp/syntax/dump.hpp"

#include <array>

#include "interp/syntax/repr.hpp"

namespace gilt::interp::syntax {

namespace {

class dumper {
 public:
  std::string out;

  // Name(field=..., field=...)
  void open(const char* name) {
    out += name;
    out += '(';
    first_ = true;
  }
  void close() {
    out += ')';
    first_ = false;
  }
  void field(const char* name) {
    if (!first_) out += ", ";
    first_ = false;
    out += name;
    out += '=';
  }
  void text(const char* name, std::string_view value) {
    field(name);
    out += repr_text(value);
  }
  void optional_text(const char* name, std::string_view value) {
    if (!value.empty()) text(name, value);
  }
  void number(const char* name, int value) {
    field(name);
    out += std::to_string(value);
  }
  template <class T>
  void node(const char* name, const T* value) {
    field(name);
    put(value);
  }
  template <class T>
  void optional(const char* name, const T* value) {
    if (value != nullptr) node(name, value);
  }
  template <class T>
  void list(const char* name, std::span<T> items) {
    field(name);
    out += '[';
    const char* separator = "";
    for (const T& item : items) {
      out += separator;
      separator = ", ";
      put(item);
    }
    out += ']';
    first_ = false;
  }
  void context(expr_context ctx) {
    field("ctx");
    out += ctx == expr_context::load ? "Load()" : ctx == expr_context::store ? "Store()" : "Del()";
  }

  void put(identifier name) { out += repr_text(name); }
  void put(compare_operator op) {
    static constexpr std::array<const char*, 10> names{
        "Eq()", "NotEq()", "Lt()", "LtE()", "Gt()", "GtE()", "Is()", "IsNot()", "In()", "NotIn()"};
    out += names[static_cast<std::size_t>(op)];
  }
  void put(operator_kind op) {
    static constexpr std::array<const char*, 13> names{
        "Add()",    "Sub()",    "Mult()",  "MatMult()", "Div()",    "Mod()",     "Pow()",
        "LShift()", "RShift()", "BitOr()", "BitXor()",  "BitAnd()", "FloorDiv()"};
    out += names[static_cast<std::size_t>(op)];
  }
  void put(const expr* node);
  void put(const stmt* node);
  void put(const pattern* node);
  void put(const arguments* node);
  void put(const arg* node);
  void put(const keyword* node);
  void put(const comprehension* node);
  void put(const except_handler* node);
  void put(const alias* node);
  void put(const with_item* node);
  void put(const match_case* node);

 private:
  void put_constant(const constant& node);
  void singleton(constant_kind value);
  void comprehension_of(const char* name, const expr* elt, std::span<comprehension*> generators);
  void sequence(const char* name, std::span<expr*> elts, expr_context ctx);

  bool first_ = true;
};

void dumper::singleton(constant_kind value) {
  field("value");
  switch (value) {
    case constant_kind::none:
      out += "None";
      break;
    case constant_kind::true_:
      out += "True";
      break;
    case constant_kind::false_:
      out += "False";
      break;
    default:
      out += "Ellipsis";
      break;
  }
}

void dumper::put_constant(const constant& node) {
  open("Constant");
  switch (node.value) {
    case constant_kind::integer:
      field("value");
      out += std::to_string(node.integer);
      break;
    case constant_kind::big_integer:
      field("value");
      out += node.text;
      break;
    case constant_kind::floating:
      field("value");
      out += repr_float(node.floating);
      break;
    case constant_kind::imaginary: {
      field("value");
      std::string imaginary = repr_float(node.floating);
      if (imaginary.ends_with(".0")) imaginary.resize(imaginary.size() - 2);
      out += imaginary + "j";
      break;
    }
    case constant_kind::string:
      text("value", node.text);
      break;
    case constant_kind::bytes:
      field("value");
      out += repr_bytes(node.text);
      break;
    default:
      singleton(node.value);
      break;
  }
  if (node.u_prefix) text("kind", "u");
  close();
}

void dumper::comprehension_of(const char* name, const expr* elt,
                              std::span<comprehension*> generators) {
  open(name);
  node("elt", elt);
  list("generators", generators);
  close();
}

void dumper::sequence(const char* name, std::span<expr*> elts, expr_context ctx) {
  open(name);
  list("elts", elts);
  context(ctx);
  close();
}

void dumper::put(const expr* e) {
  if (e == nullptr) {
    out += "None";
    return;
  }
  switch (e->kind) {
    case expr_kind::bool_op: {
      const auto& n = as<bool_op>(*e);
      open("BoolOp");
      field("op");
      out += n.op == bool_operator::and_ ? "And()" : "Or()";
      list("values", n.values);
      break;
    }
    case expr_kind::named_expr:
      open("NamedExpr");
      node("target", as<named_expr>(*e).target);
      node("value", as<named_expr>(*e).value);
      break;
    case expr_kind::bin_op:
      open("BinOp");
      node("left", as<bin_op>(*e).left);
      field("op");
      put(as<bin_op>(*e).op);
      node("right", as<bin_op>(*e).right);
      break;
    case expr_kind::unary_op: {
      static constexpr std::array<const char*, 4> names{"Invert()", "Not()", "UAdd()", "USub()"};
      open("UnaryOp");
      field("op");
      out += names[static_cast<std::size_t>(as<unary_op>(*e).op)];
      node("operand", as<unary_op>(*e).operand);
      break;
    }
    case expr_kind::lambda_expr:
      open("Lambda");
      node("args", as<lambda_expr>(*e).args);
      node("body", as<lambda_expr>(*e).body);
      break;
    case expr_kind::if_exp:
      open("IfExp");
      node("test", as<if_exp>(*e).test);
      node("body", as<if_exp>(*e).body);
      node("orelse", as<if_exp>(*e).orelse);
      break;
    case expr_kind::dict_expr:
      open("Dict");
      list("keys", as<dict_expr>(*e).keys);
      list("values", as<dict_expr>(*e).values);
      break;
    case expr_kind::set_expr:
      open("Set");
      list("elts", as<set_expr>(*e).elts);
      break;
    case expr_kind::list_comp:
      return comprehension_of("ListComp", as<list_comp>(*e).elt, as<list_comp>(*e).generators);
    case expr_kind::set_comp:
      return comprehension_of("SetComp", as<set_comp>(*e).elt, as<set_comp>(*e).generators);
    case expr_kind::generator_exp:
      return comprehension_of("GeneratorExp", as<generator_exp>(*e).elt,
                              as<generator_exp>(*e).generators);
    case expr_kind::dict_comp:
      open("DictComp");
      node("key", as<dict_comp>(*e).key);
      node("value", as<dict_comp>(*e).value);
      list("generators", as<dict_comp>(*e).generators);
      break;
    case expr_kind::await_expr:
      open("Await");
      node("value", as<await_expr>(*e).value);
      break;
    case expr_kind::yield_expr:
      open("Yield");
      optional("value", as<yield_expr>(*e).value);
      break;
    case expr_kind::yield_from:
      open("YieldFrom");
      node("value", as<yield_from>(*e).value);
      break;
    case expr_kind::compare:
      open("Compare");
      node("left", as<compare>(*e).left);
      list("ops", as<compare>(*e).ops);
      list("comparators", as<compare>(*e).comparators);
      break;
    case expr_kind::call:
      open("Call");
      node("func", as<call>(*e).func);
      list("args", as<call>(*e).args);
      list("keywords", as<call>(*e).keywords);
      break;
    case expr_kind::formatted_value:
      open("FormattedValue");
      node("value", as<formatted_value>(*e).value);
      number("conversion", as<formatted_value>(*e).conversion);
      optional("format_spec", as<formatted_value>(*e).format_spec);
      break;
    case expr_kind::joined_str:
      open("JoinedStr");
      list("values", as<joined_str>(*e).values);
      break;
    case expr_kind::constant:
      return put_constant(as<constant>(*e));
    case expr_kind::attribute:
      open("Attribute");
      node("value", as<attribute>(*e).value);
      text("attr", as<attribute>(*e).attr);
      context(as<attribute>(*e).ctx);
      break;
    case expr_kind::subscript:
      open("Subscript");
      node("value", as<subscript>(*e).value);
      node("slice", as<subscript>(*e).slice);
      context(as<subscript>(*e).ctx);
      break;
    case expr_kind::starred:
      open("Starred");
      node("value", as<starred>(*e).value);
      context(as<starred>(*e).ctx);
      break;
    case expr_kind::name:
      open("Name");
      text("id", as<name>(*e).id);
      context(as<name>(*e).ctx);
      break;
    case expr_kind::list_expr:
      return sequence("List", as<list_expr>(*e).elts, as<list_expr>(*e).ctx);
    case expr_kind::tuple_expr:
      return sequence("Tuple", as<tuple_expr>(*e).elts, as<tuple_expr>(*e).ctx);
    case expr_kind::slice_expr:
      open("Slice");
      optional("lower", as<slice_expr>(*e).lower);
      optional("upper", as<slice_expr>(*e).upper);
      optional("step", as<slice_expr>(*e).step);
      break;
  }
  close();
}

void dumper::put(const stmt* s) {
  switch (s->kind) {
    case stmt_kind::function_def: {
      const auto& n = as<function_def>(*s);
      open(n.is_async ? "AsyncFunctionDef" : "FunctionDef");
      text("name", n.name);
      node("args", n.args);
      list("body", n.body);
      list("decorator_list", n.decorators);
      optional("returns", n.returns);
      break;
    }
    case stmt_kind::class_def: {
      const auto& n = as<class_def>(*s);
      open("ClassDef");
      text("name", n.name);
      list("bases", n.bases);
      list("keywords", n.keywords);
      list("body", n.body);
      list("decorator_list", n.decorators);
      break;
    }
    case stmt_kind::return_stmt:
      open("Return");
      optional("value", as<return_stmt>(*s).value);
      break;
    case stmt_kind::delete_stmt:
      open("Delete");
      list("targets", as<delete_stmt>(*s).targets);
      break;
    case stmt_kind::assign:
      open("Assign");
      list("targets", as<assign>(*s).targets);
      node("value", as<assign>(*s).value);
      break;
    case stmt_kind::aug_assign:
      open("AugAssign");
      node("target", as<aug_assign>(*s).target);
      field("op");
      put(as<aug_assign>(*s).op);
      node("value", as<aug_assign>(*s).value);
      break;
    case stmt_kind::ann_assign:
      open("AnnAssign");
      node("target", as<ann_assign>(*s).target);
      node("annotation", as<ann_assign>(*s).annotation);
      optional("value", as<ann_assign>(*s).value);
      number("simple", as<ann_assign>(*s).simple ? 1 : 0);
      break;
    case stmt_kind::for_stmt: {
      const auto& n = as<for_stmt>(*s);
      open(n.is_async ? "AsyncFor" : "For");
      node("target", n.target);
      node("iter", n.iter);
      list("body", n.body);
      list("orelse", n.orelse);
      break;
    }
    case stmt_kind::while_stmt:
      open("While");
      node("test", as<while_stmt>(*s).test);
      list("body", as<while_stmt>(*s).body);
      list("orelse", as<while_stmt>(*s).orelse);
      break;
    case stmt_kind::if_stmt:
      open("If");
      node("test", as<if_stmt>(*s).test);
      list("body", as<if_stmt>(*s).body);
      list("orelse", as<if_stmt>(*s).orelse);
      break;
    case stmt_kind::with_stmt:
      open(as<with_stmt>(*s).is_async ? "AsyncWith" : "With");
      list("items", as<with_stmt>(*s).items);
      list("body", as<with_stmt>(*s).body);
      break;
    case stmt_kind::match_stmt:
      open("Match");
      node("subject", as<match_stmt>(*s).subject);
      list("cases", as<match_stmt>(*s).cases);
      break;
    case stmt_kind::raise_stmt:
      open("Raise");
      optional("exc", as<raise_stmt>(*s).exc);
      optional("cause", as<raise_stmt>(*s).cause);
      break;
    case stmt_kind::try_stmt: {
      const auto& n = as<try_stmt>(*s);
      open(n.is_star ? "TryStar" : "Try");
      list("body", n.body);
      list("handlers", n.handlers);
      list("orelse", n.orelse);
      list("finalbody", n.finalbody);
      break;
    }
    case stmt_kind::assert_stmt:
      open("Assert");
      node("test", as<assert_stmt>(*s).test);
      optional("msg", as<assert_stmt>(*s).msg);
      break;
    case stmt_kind::import_stmt:
      open("Import");
      list("names", as<import_stmt>(*s).names);
      break;
    case stmt_kind::import_from:
      open("ImportFrom");
      optional_text("module", as<import_from>(*s).module_name);
      list("names", as<import_from>(*s).names);
      number("level", as<import_from>(*s).level);
      break;
    case stmt_kind::global_stmt:
      open("Global");
      list("names", as<global_stmt>(*s).names);
      break;
    case stmt_kind::nonlocal_stmt:
      open("Nonlocal");
      list("names", as<nonlocal_stmt>(*s).names);
      break;
    case stmt_kind::expr_stmt:
      open("Expr");
      node("value", as<expr_stmt>(*s).value);
      break;
    case stmt_kind::pass_stmt:
      open("Pass");
      break;
    case stmt_kind::break_stmt:
      open("Break");
      break;
    case stmt_kind::continue_stmt:
      open("Continue");
      break;
  }
  close();
}

void dumper::put(const pattern* p) {
  switch (p->kind) {
    case pattern_kind::match_value:
      open("MatchValue");
      node("value", as<match_value>(*p).value);
      break;
    case pattern_kind::match_singleton:
      open("MatchSingleton");
      singleton(as<match_singleton>(*p).value);
      break;
    case pattern_kind::match_sequence:
      open("MatchSequence");
      list("patterns", as<match_sequence>(*p).patterns);
      break;
    case pattern_kind::match_mapping:
      open("MatchMapping");
      list("keys", as<match_mapping>(*p).keys);
      list("patterns", as<match_mapping>(*p).patterns);
      optional_text("rest", as<match_mapping>(*p).rest);
      break;
    case pattern_kind::match_class:
      open("MatchClass");
      node("cls", as<match_class>(*p).cls);
      list("patterns", as<match_class>(*p).patterns);
      list("kwd_attrs", as<match_class>(*p).kwd_attrs);
      list("kwd_patterns", as<match_class>(*p).kwd_patterns);
      break;
    case pattern_kind::match_star:
      open("MatchStar");
      optional_text("name", as<match_star>(*p).name);
      break;
    case pattern_kind::match_as:
      open("MatchAs");
      optional("pattern", as<match_as>(*p).pattern);
      optional_text("name", as<match_as>(*p).name);
      break;
    case pattern_kind::match_or:
      open("MatchOr");
      list("patterns", as<match_or>(*p).patterns);
      break;
  }
  close();
}

void dumper::put(const arguments* n) {
  open("arguments");
  list("posonlyargs", n->positional_only);
  list("args", n->args);
  optional("vararg", n->vararg);
  list("kwonlyargs", n->keyword_only);
  list("kw_defaults", n->kw_defaults);
  optional("kwarg", n->kwarg);
  list("defaults", n->defaults);
  close();
}

void dumper::put(const arg* n) {
  open("arg");
  text("arg", n->name);
  optional("annotation", n->annotation);
  close();
}

void dumper::put(const keyword* n) {
  open("keyword");
  optional_text("arg", n->name);
  node("value", n->value);
  close();
}

void dumper::put(const comprehension* n) {
  open("comprehension");
  node("target", n->target);
  node("iter", n->iter);
  list("ifs", n->ifs);
  number("is_async", n->is_async ? 1 : 0);
  close();
}

void dumper::put(const except_handler* n) {
  open("ExceptHandler");
  optional("type", n->type);
  optional_text("name", n->name);
  list("body", n->body);
  close();
}

void dumper::put(const alias* n) {
  open("alias");
  text("name", n->name);
  optional_text("asname", n->asname);
  close();
}

void dumper::put(const with_item* n) {
  open("withitem");
  node("context_expr", n->context_expr);
  optional("optional_vars", n->optional_vars);
  close();
}

void dumper::put(const match_case* n) {
  open("match_case");
  node("pattern", n->pattern);
  optional("guard", n->guard);
  list("body", n->body);
  close();
}

}  // namespace

std::string dump(const module_or_expr& tree) {
  dumper d;
  switch (tree.mode) {
    case parse_mode::file:
      d.open("Module");
      d.list("body", tree.body);
      d.out += ", type_ignores=[]";
      break;
    case parse_mode::single:
      d.open("Interactive");
      d.list("body", tree.body);
      break;
    case parse_mode::expression:
      d.open("Expression");
      d.node("body", tree.expression);
      break;
  }
  d.close();
  return std::move(d.out);
}

std::string dump(const expr& node) {
  dumper d;
  d.put(&node);
  return std::move(d.out);
}

}  // namespace gilt::interp::syntax
