// SPDX-License-Identifier: BSL-1.0
#pragma once
// function_compiler: compiles one block (module, function, class body, comprehension) into one
// `code`. Split by what is compiled: expressions.cpp, calls.cpp, statements.cpp, blocks.cpp
// (try, with, loops and the ways out of them), functions.cpp, patterns.cpp.
//
// Expressions are compiled "into" a register. `any` leaves a local where it is: no move, unless a
// later operand might rebind it (only `:=` can).
#include <memory>
#include <vector>

#include "interp/compile/emitter.hpp"
#include "interp/compile/scope.hpp"

namespace gilt::interp {

class function_compiler {
 public:
  using reg = emitter::reg;
  using label = emitter::label;

  // What the functions of a module have in common.
  struct unit {
    const scopes& names;
    std::string filename;
    std::string_view source;
    bool fused_jumps = true;
    bool string_annotations = false;      // from __future__ import annotations
    bool interactive = false;             // a value typed at a prompt is shown
  };

  function_compiler(unit& u, scope& s, std::string qualname, std::string class_name);

  std::shared_ptr<code> module(const syntax::module_or_expr& root);

 private:
  // -- expressions --
  void into(const syntax::expr& e, reg target);
  reg any(const syntax::expr& e);
  void effect(const syntax::expr& e);     // value not needed
  void binary(const syntax::bin_op& e, reg target);
  void comparison(const syntax::compare& e, reg target);
  void bool_value(const syntax::bool_op& e, reg target);
  void constant_into(constant k, reg target);
  static bool as_constant(const syntax::expr& e, constant& out);
  void sequence(opcode build, opcode append, opcode extend, std::span<syntax::expr*> items, reg target);
  void dict(const syntax::dict_expr& e, reg target);
  void call(const syntax::call& e, reg target);
  void check_keywords(std::span<syntax::keyword*> keywords);       // no name twice
  void call_with_unpacking(const syntax::call& e, reg base, reg target);
  bool super_call(const syntax::call& e, reg target);
  void comprehension(const syntax::expr& e, std::span<syntax::comprehension*> generators, const syntax::expr* element,
                     const syntax::expr* value, opcode add, reg target);
  void await_in(reg r);                                           // R[r] = await R[r]; r + 1 is scratch
  void comprehension_body(std::span<syntax::comprehension*> generators, std::size_t index, const syntax::expr* element,
                          const syntax::expr* value, opcode add, reg result);
  void formatted(const syntax::formatted_value& e, reg target);
  void joined(const syntax::joined_str& e, reg target);
  void slice(const syntax::slice_expr& e, reg target);

  // Jumps to `to` when the truth of e is `sense`; falls through otherwise.
  void jump_if(const syntax::expr& e, bool sense, label& to);
  void loop_if(const syntax::expr& e, std::size_t start);       // back-edge while e holds

  // -- names --
  void load(std::string_view id, reg target);
  reg load_any(std::string_view id);
  void store(std::string_view id, reg from);
  void remove(std::string_view id);
  int local(const std::string& name) const;                      // register, -1: none
  void check_bound(const std::string& name, reg r);
  void assigned(reg r) { if (r >= 0 && static_cast<std::size_t>(r) < definite_.size()) definite_[static_cast<std::size_t>(r)] = true; }

  // -- targets --
  void assign(const syntax::expr& target, reg from);
  void unpack(std::span<syntax::expr*> targets, reg from);
  void delete_target(const syntax::expr& target);

  // -- statements --
  void body(std::span<syntax::stmt*> list) { for (const auto* s : list) statement(*s); }
  void statement(const syntax::stmt& s);
  bool exchange(const syntax::assign& s);
  void augmented(const syntax::aug_assign& s);
  void annotated(const syntax::ann_assign& s);
  void if_statement(const syntax::if_stmt& s);
  void while_statement(const syntax::while_stmt& s);
  void for_statement(const syntax::for_stmt& s);
  void async_for_statement(const syntax::for_stmt& s);
  // The item of an asynchronous loop, awaited; jumps to what `end` says when there is none.
  void next_awaited(reg iterator, reg item);
  void try_statement(const syntax::try_stmt& s);
  void try_except(const syntax::try_stmt& s);
  void try_except_star(const syntax::try_stmt& s);
  void call_group_function(reg base, const char* function, int arguments);
  void try_finally(const syntax::try_stmt& s);
  void with_statement(const syntax::with_stmt& s, std::size_t index);
  void return_statement(const syntax::return_stmt& s);
  void leave_loop(const syntax::stmt& s, bool is_break);
  void import_names(const syntax::import_stmt& s);
  void import_members(const syntax::import_from& s);
  void assert_statement(const syntax::assert_stmt& s);
  void match_statement(const syntax::match_stmt& s);
  void pattern(const syntax::pattern& p, reg subject, label& fail);

  // -- functions and classes --
  void function_statement(const syntax::function_def& s);
  void class_statement(const syntax::class_def& s);
  void make_function(std::shared_ptr<code> inner, const scope& s, const syntax::arguments* a, const syntax::expr* returns, reg target);
  std::shared_ptr<code> compile_function(const void* node, std::string_view name, const syntax::arguments* a,
                                         std::span<syntax::stmt*> statements, const syntax::expr* value);
  void closure(const scope& s, reg target);
  void annotation(const syntax::expr& e, reg target);
  void decorate(std::span<syntax::expr*> decorators, reg base);
  void prologue();
  static std::string_view docstring(std::span<syntax::stmt*> list, bool& found);

  // -- ways out --
  struct block {
    enum class kind { loop, finally_, with, handler } what{};
    label* on_break = nullptr;
    label* on_continue = nullptr;
    std::span<syntax::stmt*> statements;   // finally
    reg at = 0;                            // with: exit method; handler: exception; loop: for state
    bool is_async = false;                 // with
    bool star = false;                     // handler: a clause of except*
    std::string name;                      // handler: `as` name
    std::size_t open = 0;                  // protected range under way
    std::vector<std::pair<std::size_t, std::size_t>> ranges;
    std::vector<bool> definite;            // loop: unused
  };
  void leave_blocks(std::size_t down_to);
  void leave_block(const block& b);
  void refuse_to_leave_star(const syntax::stmt& s, std::size_t down_to);
  void end_handler(reg exception, const std::string& name);
  void unbind(const std::string& name);
  void call_exit(reg exit, bool is_async, bool with_exception, reg exception, reg result);
  void protect(const block& b, std::size_t target, reg exception);

  [[noreturn]] void fail(const syntax::location& at, std::string message);
  void at(const syntax::location& l) { out_.at(l); }
  std::string mangle(std::string_view id) const { return mangled(class_name_, id); }
  int name(std::string_view n) { return out_.name(n); }
  // Definite assignment: what is bound on every path to here. Unreachable code binds everything.
  void unreachable() { definite_.assign(definite_.size(), true); }
  static void meet(std::vector<bool>& into, const std::vector<bool>& other);

  unit& unit_;
  scope& scope_;
  std::shared_ptr<code> code_;
  emitter out_;
  std::string class_name_;
  std::vector<block> blocks_;
  std::vector<bool> definite_;
  std::map<std::string, reg, std::less<>> locals_;
};

}  // namespace gilt::interp
