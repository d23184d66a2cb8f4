// SPDX-License-Identifier: BSL-1.0
#pragma once
// parser_state: the parser at work. Private to the parser's source files, each of which implements
// one group of rules.
//
// Two passes, as in CPython (PEP 617). The first only recognises: wherever one token decides, the
// rules look at one token and never go back, so a correct program is read once. If it fails, the
// second pass reads the text again with `diagnosing_` on: now each rule first asks whether it
// stands before one of the mistakes that deserve a sentence of their own (the functions named
// invalid_*). The order of those questions is part of the behaviour: the first that applies is the
// message. The second pass goes back a lot and therefore remembers results by token and rule
// (packrat parsing: Ford, "Packrat Parsing: Simple, Powerful, Lazy, Linear Time", ICFP 2002).
//
// A rule returns null (or false) if it does not apply; the token position is then where it was. A
// message is raised with an exception that never leaves parse().
//
// If no question applies, the error is "invalid syntax" at the furthest token the first pass looked
// at: `furthest_` is kept by every look.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "interp/syntax/ast.hpp"
#include "interp/syntax/lexer.hpp"

namespace gilt::interp::syntax {

// What the parser throws at parse().
struct raised_error {
  syntax_error error;
  bool by_lexer = false;
};

class parser_state {
 public:
  parser_state(arena& memory, const source_text& source, const token_list& lexed)
      : memory_(memory), source_(source), lexed_(lexed), tokens_(lexed.tokens) {}

  // The tree, or null. Throws raised_error.
  module_or_expr* run(parse_mode mode);
  expr* run_fstring_expression();
  void start_second_pass();
  [[nodiscard]] const token& furthest() const {
    return tokens_[static_cast<std::size_t>(furthest_ < 0 ? 0 : furthest_)];
  }
  [[nodiscard]] syntax_error generic_error(const token& at) const;

  // Set for the parser of an expression in an f-string, whose text is reported as "(expression)".
  void set_fstring_part(std::string_view part) { fstring_part_ = part; }

 private:
  enum class rule : std::uint8_t {
    expression,
    star_expression,
    disjunction,
    conjunction,
    inversion,
    bitwise_or,
    primary,
    strings,
    invalid_named,
    star_target,
    target_with_star_atom,
    del_target,
    block,
    simple_stmt,
    closed_pattern,
  };
  struct remembered {
    void* result;
    int mark;
  };
  enum class target_use : std::uint8_t { assign, for_in, del };

  struct call_parts {
    std::vector<expr*> args;
    std::vector<keyword*> keywords;
    int begin = 0;  // token range
    int end = 0;
  };
  // How a parameter list ends, and whether it may carry annotations.
  struct parameter_style {
    token_kind close;
    bool is_lambda;
  };
  struct parameter {
    arg* name = nullptr;
    expr* default_value = nullptr;
  };

  class nesting;
  friend class fstring_parser;

  // -- tokens (parser.cpp) --
  token_kind kind() {
    if (mark_ > furthest_) reach();
    return tokens_[static_cast<std::size_t>(mark_)].kind;
  }
  void reach();
  bool at(token_kind k) { return kind() == k; }
  bool accept(token_kind k) {
    if (kind() != k) return false;
    ++mark_;
    return true;
  }
  // Looks ahead without counting as a look: for shortcuts that later looks will confirm.
  [[nodiscard]] token_kind glance(int ahead) const {
    const auto i = static_cast<std::size_t>(mark_ + ahead);
    return i < tokens_.size() ? tokens_[i].kind : token_kind::end_marker;
  }
  [[nodiscard]] const token& current() const { return tokens_[static_cast<std::size_t>(mark_)]; }
  [[nodiscard]] const token& token_at(int mark) const {
    return tokens_[static_cast<std::size_t>(mark)];
  }
  [[nodiscard]] const token& last_word(int before) const;
  void expect_forced(token_kind k, const char* spelt);
  bool at_soft_keyword(std::string_view word) {
    return at(token_kind::name) && current().text == word;
  }
  identifier name_of(const token& t);
  bool accept_name(identifier& out);

  // -- nodes --
  template <class T>
  T* make(int begin) {
    T* node = memory_.make<T>();
    set_location(*node, begin);
    return node;
  }
  template <class T>
  T* make_after(const location& begin) {
    T* node = memory_.make<T>();
    set_end(*node);
    node->line = begin.line;
    node->column = begin.column;
    return node;
  }
  void set_location(location& node, int begin);
  void set_end(location& node);
  std::nullptr_t back(int mark) {
    mark_ = mark;
    return nullptr;
  }
  bool undo(int mark) {
    mark_ = mark;
    return false;
  }
  // In the first pass only what is in brackets is remembered: there a rule that is tried twice on each
  // level would take 2^depth steps; elsewhere looking up costs more than it saves.
  template <class Rule>
  auto memo(rule which, Rule&& body) -> decltype(body()) {
    using result = decltype(body());
    const bool bracketed = (which == rule::star_target || which == rule::target_with_star_atom || which == rule::closed_pattern) &&
                           (at(token_kind::lpar) || at(token_kind::lsqb));
    if (!second_pass_ && !bracketed) return body();
    const std::uint64_t key =
        static_cast<std::uint64_t>(mark_) << 8U | static_cast<unsigned>(which);
    if (const auto found = memory_of_rules_.find(key); found != memory_of_rules_.end()) {
      mark_ = found->second.mark;
      return static_cast<result>(found->second.result);
    }
    const int begin = mark_;
    result node = body();
    if (node == nullptr) mark_ = begin;
    memory_of_rules_.insert_or_assign(key, remembered{node, mark_});
    return node;
  }

  // -- raising (parser.cpp) --
  [[noreturn]] void raise(std::string message, const location& where,
                          syntax_error_type type = syntax_error_type::syntax_error) const;
  [[noreturn]] void raise_range(std::string message, const location& from,
                                const location& to) const;
  [[noreturn]] void raise_from(std::string message, const location& from) const;  // no end
  [[noreturn]] void raise_here(std::string message,
                               syntax_error_type type = syntax_error_type::syntax_error) const;
  [[noreturn]] void raise_missing_block(const char* what, int line) const;
  void place_in_fstring(syntax_error& error) const;
  static location place(const token& t) { return {t.line, t.column, t.end_line, t.end_column}; }
  void check_height();

  // -- expressions.cpp --
  expr* star_expressions();
  expr* star_expression();
  expr* expressions();
  bool star_named_expressions(std::vector<expr*>& out);
  expr* star_named_expression();
  expr* named_expression();
  expr* assignment_expression();
  expr* expression();
  expr* plain_expression();
  expr* expression_without_invalid();
  expr* yield_expression();
  expr* lambda_expression();
  expr* disjunction();
  expr* conjunction();
  expr* inversion();
  expr* comparison();
  bool comparison_operator(compare_operator& op);
  expr* bitwise_or();
  expr* binary(int level);
  expr* factor();
  expr* power();
  expr* await_primary();
  expr* primary();
  expr* trailer(expr* value, int begin);
  expr* slices();
  expr* slice();
  expr* starred_expression();

  // -- atoms.cpp --
  expr* atom();
  expr* constant_atom(constant_kind value);
  expr* parenthesised();
  expr* list_display();
  expr* braces();
  bool dict_item(expr* key, std::vector<expr*>& keys, std::vector<expr*>& values);
  expr* generator_argument();
  bool for_if_clauses(std::vector<comprehension*>& out);
  comprehension* for_if_clause();

  // -- strings.cpp --
  expr* strings();

  // -- calls.cpp --
  bool arguments_rule(call_parts& out);
  bool args(call_parts& out);
  bool kwargs(call_parts& out);
  bool keyword_argument(call_parts& out, bool double_starred);
  void invalid_arguments();
  void invalid_kwarg();

  // -- parameters.cpp --
  arguments* parameters(const parameter_style& style);
  arguments* plain_parameters(const parameter_style& style);
  bool star_parameters(const parameter_style& style, arguments& out);
  bool double_star_parameter(const parameter_style& style, arguments& out);
  arg* param(const parameter_style& style, bool star_annotation = false);
  expr* default_value();
  bool param_end(const parameter_style& style);
  arg* param_no_default(const parameter_style& style);
  bool param_with_default(const parameter_style& style);
  bool param_maybe_default(const parameter_style& style);
  bool slash_no_default(const parameter_style& style);
  bool slash_with_default(const parameter_style& style);
  void invalid_parameters(const parameter_style& style);
  void invalid_star_etc(const parameter_style& style);
  void invalid_kwds(const parameter_style& style);

  // -- targets.cpp --
  expr* star_targets();
  expr* star_target();
  expr* target_with_star_atom();
  expr* star_atom();
  expr* single_target();
  expr* subscript_or_attribute_target(expr_context ctx);
  bool del_targets(std::vector<expr*>& out);
  expr* del_target();
  static bool can_store(const expr& e);
  static void set_context(expr& e, expr_context ctx);
  static const expr* invalid_target(const expr& e, target_use use);
  void raise_invalid_target(const expr& e, target_use use) const;
  static std::string expr_name(const expr& e);

  // -- invalid_expressions.cpp: the mistakes in expressions --
  void invalid_expression();
  void invalid_legacy_expression();
  void invalid_named_expression();
  void invalid_group();
  void invalid_comprehension();
  void invalid_dict_comprehension();
  void invalid_dict_items();
  void invalid_kvpair();
  void invalid_for_target();

  // -- statements.cpp --
  bool statements(std::vector<stmt*>& out);
  bool statement(std::vector<stmt*>& out);
  bool simple_stmts(std::vector<stmt*>& out);
  stmt* simple_stmt();
  stmt* assignment_or_expression();
  stmt* assignment_by_rules();
  void invalid_assignment();
  expr* invalid_annotation_target();
  stmt* annotated(expr* target, int begin, bool simple);
  expr* yield_or_star_expressions();
  bool augmented_operator(operator_kind& op);
  stmt* return_statement();
  stmt* raise_statement();
  stmt* del_statement();
  stmt* assert_statement();
  stmt* names_statement();
  bool name_list(std::vector<identifier>& out);

  // -- imports.cpp --
  stmt* import_statement();
  stmt* import_from_statement();
  bool import_from_targets(std::vector<alias*>& out);
  bool import_from_as_names(std::vector<alias*>& out);
  bool dotted_name(identifier& out);
  bool as_name(identifier& out);

  // -- compound.cpp --
  stmt* compound_stmt();
  std::span<stmt*>* block();
  stmt* if_statement();
  std::span<stmt*>* else_block();
  stmt* while_statement();
  stmt* for_statement();
  stmt* with_statement();
  bool with_items(std::vector<with_item*>& out, bool in_parentheses);
  with_item* with_one();
  stmt* try_statement();
  bool except_block(std::vector<except_handler*>& out, bool star);
  std::span<stmt*>* finally_block();
  stmt* decorated();
  stmt* function_definition(std::span<expr*> decorators);
  stmt* class_definition(std::span<expr*> decorators);

  // -- invalid_statements.cpp --
  bool missing_indent();
  void invalid_condition(token_kind keyword, const char* what);
  void invalid_for_stmt();
  void invalid_with_stmt(bool indent);
  bool invalid_with_items(bool parenthesised);
  void invalid_try_stmt();
  void invalid_except_stmt();
  void invalid_except_indent(bool star);
  void invalid_def_raw();
  void invalid_class_def_raw();

  // -- patterns.cpp --
  stmt* match_statement();
  expr* subject_expression();
  match_case* case_block();
  expr* guard();
  pattern* patterns();
  pattern* pattern_rule();
  pattern* or_pattern();
  pattern* closed_pattern();
  pattern* literal_pattern();
  expr* literal_expr();
  expr* signed_number();
  expr* complex_number();
  pattern* name_pattern();
  bool capture_target(identifier& out);
  expr* name_or_attr();
  pattern* parenthesised_pattern();
  pattern* bracketed_pattern();
  bool open_sequence(std::vector<pattern*>& out);
  bool maybe_sequence(std::vector<pattern*>& out);
  pattern* maybe_star_pattern();
  pattern* mapping_pattern();
  pattern* class_pattern(expr* cls, int begin);
  bool keyword_pattern(std::vector<identifier>& names, std::vector<pattern*>& values);
  void invalid_case_block();
  void invalid_as_pattern();
  void invalid_class_pattern(int begin);
  void invalid_match_stmt();

  arena& memory_;
  const source_text& source_;
  const token_list& lexed_;
  const std::vector<token>& tokens_;
  int mark_ = 0;
  int furthest_ = -1;
  int depth_ = 0;
  int height_ = 0;  // an upper bound on the height of the expression being read
  bool second_pass_ = false;
  bool diagnosing_ = false;
  std::string_view fstring_part_;
  std::unordered_map<std::uint64_t, remembered> memory_of_rules_;
  std::unordered_set<int> failed_braces_;  // so that the first pass asks once for each
};

// One level of recursion: counts, and raises before the stack can run out.
class parser_state::nesting {
 public:
  explicit nesting(parser_state& parser) : parser_(parser) {
    if (++parser_.depth_ > limit) {
      --parser_.depth_;
      parser_.raise_here("parser stack overflow");
    }
  }
  ~nesting() { --parser_.depth_; }
  nesting(const nesting&) = delete;
  nesting& operator=(const nesting&) = delete;

 private:
  static constexpr int limit = 1000;
  parser_state& parser_;
};

}  // namespace gilt::interp::syntax
