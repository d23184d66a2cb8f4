// SPDX-License-Identifier: BSL-1.0
#pragma once
// The syntax tree of Python 3.11.
//
// The shape is that of CPython's abstract grammar (Parser/Python.asdl, documented in Lib/ast), so
// that trees can be compared node by node with `ast.dump`. Where CPython doubles a node for its
// async or star form, one struct with a flag stands here (function_def, for_stmt, with_stmt,
// try_stmt).
//
// Nodes are plain structs tagged with a kind; `as<T>(node)` goes from the base to the one struct a
// kind stands for. Everything lives in one arena: nodes, spans and string_views die with it, and
// copying a node is shallow. A pointer that the grammar calls optional may be null and says so.
//
// Positions are CPython's: lines from 1, columns from 0 in bytes of the UTF-8 source; a node ends
// before end_column. `characters()` turns a byte column into a character column for carets.

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

#include "interp/syntax/arena.hpp"

namespace gilt::interp::syntax {

struct location {
  int line = 0;
  int column = 0;
  int end_line = 0;
  int end_column = 0;
};

// The number of characters in the first `bytes` bytes of a line of UTF-8.
[[nodiscard]] constexpr int characters(std::string_view line, int bytes) noexcept {
  int count = 0;
  for (int i = 0; i < bytes && i < static_cast<int>(line.size()); ++i) {
    if ((static_cast<unsigned char>(line[static_cast<std::size_t>(i)]) & 0xC0U) != 0x80U) ++count;
  }
  return count;
}

// Line `line` (from 1) of a text, without its newline; empty past the end. Linear in the text.
[[nodiscard]] constexpr std::string_view line_of(std::string_view text, int line) noexcept {
  for (; line > 1; --line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

using identifier = std::string_view;  // NFKC-normalised; empty where the grammar's optional is None

enum class expr_kind : std::uint8_t {
  bool_op,
  named_expr,
  bin_op,
  unary_op,
  lambda_expr,
  if_exp,
  dict_expr,
  set_expr,
  list_comp,
  set_comp,
  dict_comp,
  generator_exp,
  await_expr,
  yield_expr,
  yield_from,
  compare,
  call,
  formatted_value,
  joined_str,
  constant,
  attribute,
  subscript,
  starred,
  name,
  list_expr,
  tuple_expr,
  slice_expr,
};

enum class stmt_kind : std::uint8_t {
  function_def,
  class_def,
  return_stmt,
  delete_stmt,
  assign,
  aug_assign,
  ann_assign,
  for_stmt,
  while_stmt,
  if_stmt,
  with_stmt,
  match_stmt,
  raise_stmt,
  try_stmt,
  assert_stmt,
  import_stmt,
  import_from,
  global_stmt,
  nonlocal_stmt,
  expr_stmt,
  pass_stmt,
  break_stmt,
  continue_stmt,
};

enum class pattern_kind : std::uint8_t {
  match_value,
  match_singleton,
  match_sequence,
  match_mapping,
  match_class,
  match_star,
  match_as,
  match_or,
};

enum class expr_context : std::uint8_t { load, store, del };

enum class bool_operator : std::uint8_t { and_, or_ };

enum class operator_kind : std::uint8_t {
  add,
  sub,
  mult,
  mat_mult,
  div,
  mod,
  pow,
  l_shift,
  r_shift,
  bit_or,
  bit_xor,
  bit_and,
  floor_div,
};

enum class unary_operator : std::uint8_t { invert, not_, u_add, u_sub };

enum class compare_operator : std::uint8_t { eq, ne, lt, le, gt, ge, is, is_not, in, not_in };

// ---------------------------------------------------------------------------------------------
// The three bases. A node of kind K is always the struct whose `tag` is K.

struct expr : location {
  expr_kind kind;
};

struct stmt : location {
  stmt_kind kind;
};

struct pattern : location {
  pattern_kind kind;
};

template <class T, class Base>
[[nodiscard]] const T& as(const Base& node) noexcept {
  assert(node.kind == T::tag);
  return static_cast<const T&>(node);
}

template <class T, class Base>
[[nodiscard]] T& as(Base& node) noexcept {
  assert(node.kind == T::tag);
  return static_cast<T&>(node);
}

// The node as a T, or null if it is null or another kind.
template <class T, class Base>
[[nodiscard]] const T* as_if(const Base* node) noexcept {
  return node != nullptr && node->kind == T::tag ? static_cast<const T*>(node) : nullptr;
}

template <class Base, class Kind, Kind Tag>
struct tagged : Base {
  static constexpr Kind tag = Tag;
  tagged() noexcept { this->kind = Tag; }
};

template <expr_kind Tag>
using expr_base = tagged<expr, expr_kind, Tag>;
template <stmt_kind Tag>
using stmt_base = tagged<stmt, stmt_kind, Tag>;
template <pattern_kind Tag>
using pattern_base = tagged<pattern, pattern_kind, Tag>;

// ---------------------------------------------------------------------------------------------
// Parts that are neither expression nor statement.

struct arg : location {
  identifier name;
  expr* annotation = nullptr;  // optional
};

// defaults belong to the last of positional_only + args; kw_defaults has one entry for each of
// keyword_only, null where that one is required.
struct arguments {
  std::span<arg*> positional_only;
  std::span<arg*> args;
  arg* vararg = nullptr;  // optional
  std::span<arg*> keyword_only;
  std::span<expr*> kw_defaults;
  arg* kwarg = nullptr;  // optional
  std::span<expr*> defaults;
};

struct keyword : location {
  identifier name;  // empty: **value
  expr* value = nullptr;
};

struct comprehension {
  expr* target = nullptr;
  expr* iter = nullptr;
  std::span<expr*> ifs;
  bool is_async = false;
};

struct except_handler : location {
  expr* type = nullptr;  // optional
  identifier name;       // empty: no `as`
  std::span<stmt*> body;
};

struct alias : location {
  identifier name;    // dotted, or "*"
  identifier asname;  // empty: no `as`
};

struct with_item {
  expr* context_expr = nullptr;
  expr* optional_vars = nullptr;  // optional
};

struct match_case {
  syntax::pattern* pattern = nullptr;
  expr* guard = nullptr;  // optional
  std::span<stmt*> body;
};

// ---------------------------------------------------------------------------------------------
// Expressions.

struct bool_op : expr_base<expr_kind::bool_op> {
  bool_operator op = bool_operator::and_;
  std::span<expr*> values;  // two or more
};

struct named_expr : expr_base<expr_kind::named_expr> {
  expr* target = nullptr;  // a name
  expr* value = nullptr;
};

struct bin_op : expr_base<expr_kind::bin_op> {
  expr* left = nullptr;
  operator_kind op = operator_kind::add;
  expr* right = nullptr;
};

struct unary_op : expr_base<expr_kind::unary_op> {
  unary_operator op = unary_operator::not_;
  expr* operand = nullptr;
};

struct lambda_expr : expr_base<expr_kind::lambda_expr> {
  arguments* args = nullptr;
  expr* body = nullptr;
};

struct if_exp : expr_base<expr_kind::if_exp> {
  expr* test = nullptr;
  expr* body = nullptr;
  expr* orelse = nullptr;
};

struct dict_expr : expr_base<expr_kind::dict_expr> {
  std::span<expr*> keys;  // null: **value
  std::span<expr*> values;
};

struct set_expr : expr_base<expr_kind::set_expr> {
  std::span<expr*> elts;
};

struct list_comp : expr_base<expr_kind::list_comp> {
  expr* elt = nullptr;
  std::span<comprehension*> generators;
};

struct set_comp : expr_base<expr_kind::set_comp> {
  expr* elt = nullptr;
  std::span<comprehension*> generators;
};

struct dict_comp : expr_base<expr_kind::dict_comp> {
  expr* key = nullptr;
  expr* value = nullptr;
  std::span<comprehension*> generators;
};

struct generator_exp : expr_base<expr_kind::generator_exp> {
  expr* elt = nullptr;
  std::span<comprehension*> generators;
};

struct await_expr : expr_base<expr_kind::await_expr> {
  expr* value = nullptr;
};

struct yield_expr : expr_base<expr_kind::yield_expr> {
  expr* value = nullptr;  // optional
};

struct yield_from : expr_base<expr_kind::yield_from> {
  expr* value = nullptr;
};

struct compare : expr_base<expr_kind::compare> {
  expr* left = nullptr;
  std::span<compare_operator> ops;  // as many as comparators
  std::span<expr*> comparators;
};

struct call : expr_base<expr_kind::call> {
  expr* func = nullptr;
  std::span<expr*> args;
  std::span<keyword*> keywords;
};

// {value!conversion:format_spec} of an f-string.
struct formatted_value : expr_base<expr_kind::formatted_value> {
  expr* value = nullptr;
  int conversion = -1;          // -1, 's', 'r' or 'a'
  expr* format_spec = nullptr;  // optional; a joined_str
};

// The values are string constants and formatted_values. `f"{x=}"` is already expanded.
struct joined_str : expr_base<expr_kind::joined_str> {
  std::span<expr*> values;
};

enum class constant_kind : std::uint8_t {
  none,
  false_,
  true_,
  ellipsis,
  integer,      // fits int64: `integer`
  big_integer,  // `text`: the decimal digits, no leading zero
  floating,     // `floating`
  imaginary,    // `floating` is the imaginary part
  string,       // `text`: UTF-8; lone surrogates as their three bytes (WTF-8)
  bytes,        // `text`: the bytes
};

struct constant : expr_base<expr_kind::constant> {
  constant_kind value = constant_kind::none;
  bool u_prefix = false;  // u"...": shows in a dump only
  std::int64_t integer = 0;
  double floating = 0;
  std::string_view text;
};

struct attribute : expr_base<expr_kind::attribute> {
  expr* value = nullptr;
  identifier attr;
  expr_context ctx = expr_context::load;
};

struct subscript : expr_base<expr_kind::subscript> {
  expr* value = nullptr;
  expr* slice = nullptr;
  expr_context ctx = expr_context::load;
};

struct starred : expr_base<expr_kind::starred> {
  expr* value = nullptr;
  expr_context ctx = expr_context::load;
};

struct name : expr_base<expr_kind::name> {
  identifier id;
  expr_context ctx = expr_context::load;
};

struct list_expr : expr_base<expr_kind::list_expr> {
  std::span<expr*> elts;
  expr_context ctx = expr_context::load;
};

struct tuple_expr : expr_base<expr_kind::tuple_expr> {
  std::span<expr*> elts;
  expr_context ctx = expr_context::load;
};

struct slice_expr : expr_base<expr_kind::slice_expr> {
  expr* lower = nullptr;  // all three optional
  expr* upper = nullptr;
  expr* step = nullptr;
};

// ---------------------------------------------------------------------------------------------
// Statements.

// Its position is that of `def` (or `async`); decorators stand before it.
struct function_def : stmt_base<stmt_kind::function_def> {
  bool is_async = false;
  identifier name;
  arguments* args = nullptr;
  std::span<stmt*> body;
  std::span<expr*> decorators;
  expr* returns = nullptr;  // optional
};

struct class_def : stmt_base<stmt_kind::class_def> {
  identifier name;
  std::span<expr*> bases;
  std::span<keyword*> keywords;
  std::span<stmt*> body;
  std::span<expr*> decorators;
};

struct return_stmt : stmt_base<stmt_kind::return_stmt> {
  expr* value = nullptr;  // optional
};

struct delete_stmt : stmt_base<stmt_kind::delete_stmt> {
  std::span<expr*> targets;
};

struct assign : stmt_base<stmt_kind::assign> {
  std::span<expr*> targets;  // a = b = value: [a, b]
  expr* value = nullptr;
};

struct aug_assign : stmt_base<stmt_kind::aug_assign> {
  expr* target = nullptr;  // name, attribute or subscript, in store context
  operator_kind op = operator_kind::add;
  expr* value = nullptr;
};

struct ann_assign : stmt_base<stmt_kind::ann_assign> {
  expr* target = nullptr;
  expr* annotation = nullptr;
  expr* value = nullptr;  // optional
  bool simple = false;    // a bare name without parentheses
};

struct for_stmt : stmt_base<stmt_kind::for_stmt> {
  bool is_async = false;
  expr* target = nullptr;
  expr* iter = nullptr;
  std::span<stmt*> body;
  std::span<stmt*> orelse;
};

struct while_stmt : stmt_base<stmt_kind::while_stmt> {
  expr* test = nullptr;
  std::span<stmt*> body;
  std::span<stmt*> orelse;
};

struct if_stmt : stmt_base<stmt_kind::if_stmt> {
  expr* test = nullptr;
  std::span<stmt*> body;
  std::span<stmt*> orelse;  // `elif`: one if_stmt
};

struct with_stmt : stmt_base<stmt_kind::with_stmt> {
  bool is_async = false;
  std::span<with_item*> items;
  std::span<stmt*> body;
};

struct match_stmt : stmt_base<stmt_kind::match_stmt> {
  expr* subject = nullptr;
  std::span<match_case*> cases;
};

struct raise_stmt : stmt_base<stmt_kind::raise_stmt> {
  expr* exc = nullptr;    // optional
  expr* cause = nullptr;  // optional
};

struct try_stmt : stmt_base<stmt_kind::try_stmt> {
  bool is_star = false;  // except*
  std::span<stmt*> body;
  std::span<except_handler*> handlers;
  std::span<stmt*> orelse;
  std::span<stmt*> finalbody;
};

struct assert_stmt : stmt_base<stmt_kind::assert_stmt> {
  expr* test = nullptr;
  expr* msg = nullptr;  // optional
};

struct import_stmt : stmt_base<stmt_kind::import_stmt> {
  std::span<alias*> names;
};

struct import_from : stmt_base<stmt_kind::import_from> {
  identifier module_name;  // empty: from . import x
  std::span<alias*> names;
  int level = 0;  // the number of leading dots
};

struct global_stmt : stmt_base<stmt_kind::global_stmt> {
  std::span<identifier> names;
};

struct nonlocal_stmt : stmt_base<stmt_kind::nonlocal_stmt> {
  std::span<identifier> names;
};

struct expr_stmt : stmt_base<stmt_kind::expr_stmt> {
  expr* value = nullptr;
};

struct pass_stmt : stmt_base<stmt_kind::pass_stmt> {};
struct break_stmt : stmt_base<stmt_kind::break_stmt> {};
struct continue_stmt : stmt_base<stmt_kind::continue_stmt> {};

// ---------------------------------------------------------------------------------------------
// Patterns of `match`.

struct match_value : pattern_base<pattern_kind::match_value> {
  expr* value = nullptr;  // number, string, or dotted name
};

struct match_singleton : pattern_base<pattern_kind::match_singleton> {
  constant_kind value = constant_kind::none;  // none, false_ or true_
};

struct match_sequence : pattern_base<pattern_kind::match_sequence> {
  std::span<pattern*> patterns;
};

struct match_mapping : pattern_base<pattern_kind::match_mapping> {
  std::span<expr*> keys;
  std::span<pattern*> patterns;
  identifier rest;  // empty: no **rest
};

struct match_class : pattern_base<pattern_kind::match_class> {
  expr* cls = nullptr;
  std::span<pattern*> patterns;
  std::span<identifier> kwd_attrs;
  std::span<pattern*> kwd_patterns;
};

struct match_star : pattern_base<pattern_kind::match_star> {
  identifier name;  // empty: *_
};

// `_` has neither pattern nor name; a capture has a name only.
struct match_as : pattern_base<pattern_kind::match_as> {
  syntax::pattern* pattern = nullptr;  // optional
  identifier name;                     // empty: `_`
};

struct match_or : pattern_base<pattern_kind::match_or> {
  std::span<pattern*> patterns;
};

// ---------------------------------------------------------------------------------------------
// The root.

enum class parse_mode : std::uint8_t {
  file,        // a module: statements in `body`
  single,      // one interactive statement in `body` (ends like a line typed at a prompt)
  expression,  // eval(): `expression`
};

struct module_or_expr {
  parse_mode mode = parse_mode::file;
  std::span<stmt*> body;
  expr* expression = nullptr;  // set for parse_mode::expression only
  std::string_view source;     // the decoded text, for messages: line_of() cuts a line out
};

}  // namespace gilt::interp::syntax
