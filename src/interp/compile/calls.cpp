// SPDX-License-Identifier: BSL-1.0
// Calls and comprehensions.
#include "interp/compile/function_compiler.hpp"

namespace gilt::interp {

using namespace syntax;

namespace {
gilt::interp::constant names_of(std::span<keyword*> keywords) {
  gilt::interp::constant k;
  k.what = gilt::interp::constant::kind::tuple;
  for (const keyword* word : keywords) {
    gilt::interp::constant s;
    s.what = gilt::interp::constant::kind::string;
    s.text = std::string(word->name);
    k.items.push_back(std::move(s));
  }
  return k;
}
}  // namespace

// super() -> super(__class__, first parameter).
bool function_compiler::super_call(const syntax::call& e, reg target) {
  const auto* callee = as_if<syntax::name>(e.func);
  if (callee == nullptr || callee->id != "super" || !e.args.empty() || !e.keywords.empty()) return false;
  if (!scope_.in_function() || scope_.of("__class__") != meaning::free || scope_.parameters.empty()) return false;
  const int mark = out_.mark();
  const reg base = out_.temp(3);
  load(callee->id, base);
  load("__class__", base + 1);
  load(scope_.parameters[0], base + 2);
  at(e);
  out_.op(opcode::CALL, base, 2);
  out_.op(opcode::MOVE, target, base);
  out_.release(mark);
  return true;
}

void function_compiler::check_keywords(std::span<keyword*> keywords) {
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (!keywords[i]->name.empty() && keywords[i]->name == keywords[k]->name)
        fail(*keywords[i], "keyword argument repeated: " + std::string(keywords[i]->name));
    }
  }
}

void function_compiler::call(const syntax::call& e, reg target) {
  check_keywords(e.keywords);
  if (super_call(e, target)) return;
  bool unpacking = e.args.size() + e.keywords.size() > 200;
  for (const expr* a : e.args) unpacking |= a->kind == expr_kind::starred;
  for (const keyword* k : e.keywords) unpacking |= k->name.empty();
  const int mark = out_.mark();
  const int n = static_cast<int>(e.args.size() + e.keywords.size());
  // Consecutive registers at the top. When the target is the top temporary already, it is the base;
  // never a local: in `x = f(x)` the callee would overwrite the argument.
  reg base;
  if (unpacking) {
    base = out_.temp(3);
    into(*e.func, base);
    call_with_unpacking(e, base, target);
    out_.release(mark);
    return;
  }
  const auto* method = as_if<attribute>(e.func);
  const int fixed = method != nullptr ? 2 : 1;
  base = target == mark - 1 && out_.is_temporary(target) ? target : out_.temp();
  if (fixed == 2) out_.temp();
  if (method != nullptr) {
    const int inner = out_.mark();
    const reg object = any(*method->value);
    at(*e.func);
    out_.op(opcode::LOAD_METHOD, base, object, name(mangle(method->attr)));
    out_.extension();
    out_.release(inner);
  } else {
    into(*e.func, base);
  }
  for (const expr* a : e.args) {
    const reg r = out_.temp();
    into(*a, r);
  }
  for (const keyword* k : e.keywords) {
    const reg r = out_.temp();
    into(*k->value, r);
  }
  at(e);
  const bool keywords = !e.keywords.empty();
  const int words = keywords ? static_cast<int>(out_.constant_index(names_of(e.keywords))) : 0;
  if (method != nullptr) out_.op(keywords ? opcode::CALL_METHOD_KW : opcode::CALL_METHOD, base, n, words);
  else out_.op(keywords ? opcode::CALL_KW : opcode::CALL, base, n, words);
  if (target != base) out_.op(opcode::MOVE, target, base);
  out_.release(mark);
}

void function_compiler::call_with_unpacking(const syntax::call& e, reg base, reg target) {
  const auto* only = e.args.size() == 1 ? as_if<starred>(e.args[0]) : nullptr;
  if (only != nullptr) into(*only->value, base + 1);         // CALL_EX makes the tuple: its message names the callee
  else sequence(opcode::BUILD_TUPLE, opcode::LIST_APPEND, opcode::LIST_EXTEND, e.args, base + 1);
  if (e.keywords.empty()) {
    out_.op(opcode::LOAD_EMPTY, base + 2);
  } else {
    out_.op(opcode::BUILD_DICT, base + 2, 0, 0);
    for (const keyword* k : e.keywords) {
      const int mark = out_.mark();
      const reg d = out_.temp();
      if (k->name.empty()) {
        into(*k->value, d);
      } else {                             // one pair as a dict of its own, so that duplicates are found
        const reg pair = out_.temp(2);
        gilt::interp::constant s;
        s.what = gilt::interp::constant::kind::string;
        s.text = std::string(k->name);
        constant_into(std::move(s), pair);
        into(*k->value, pair + 1);
        out_.op(opcode::BUILD_DICT, d, pair, 1);
      }
      at(e);
      out_.op(opcode::DICT_MERGE, base + 2, d, base);
      out_.release(mark);
    }
  }
  at(e);
  out_.op(opcode::CALL_EX, base);
  if (target != base) out_.op(opcode::MOVE, target, base);
}

void function_compiler::comprehension(const expr& e, std::span<syntax::comprehension*> generators, const expr* element,
                                      const expr* value, opcode add, reg target) {
  scope& s = unit_.names.of(&e);
  const bool awaited = s.coroutine && add != opcode::YIELD;   // a generator expression is an iterator instead
  if (awaited && !scope_.coroutine) fail(e, "asynchronous comprehension outside of an asynchronous function");
  const std::string prefix = code_->qualname == "<module>" ? "" : code_->qualname + (scope_.in_function() ? ".<locals>." : ".");
  function_compiler inner(unit_, s, prefix + s.name, class_name_);
  inner.code_->generator = add == opcode::YIELD;
  inner.code_->first_line = e.line;
  inner.at(e);
  inner.prologue();
  reg result = -1;
  if (add != opcode::YIELD) {
    result = inner.out_.temp();
    inner.out_.op(add == opcode::LIST_APPEND ? opcode::BUILD_LIST : add == opcode::SET_ADD ? opcode::BUILD_SET : opcode::BUILD_DICT, result, 0, 0);
  }
  inner.comprehension_body(generators, 0, element, value, add, result);
  if (result >= 0) inner.out_.op(opcode::RETURN, result);
  else inner.out_.op(opcode::RETURN_NONE);
  inner.code_->registers = static_cast<std::uint32_t>(inner.out_.registers());

  const int mark = out_.mark();
  const reg base = out_.temp(2);
  make_function(inner.code_, s, nullptr, nullptr, base);
  into(*generators[0]->iter, base + 1);
  at(*generators[0]->iter);
  out_.op(generators[0]->is_async ? opcode::GET_AITER : opcode::GET_ITER, base + 1, base + 1);
  at(e);
  out_.op(opcode::CALL, base, 1);
  if (awaited) await_in(base);
  out_.op(opcode::MOVE, target, base);
  out_.release(mark);
}

void function_compiler::comprehension_body(std::span<syntax::comprehension*> generators, std::size_t index,
                                           const expr* element, const expr* value, opcode add, reg result) {
  const auto& g = *generators[index];
  const int mark = out_.mark();
  const reg state = out_.temp(3), item = out_.temp(2);
  if (g.is_async) {
    if (index == 0) {
      out_.op(opcode::MOVE, state, 0);
    } else {
      const reg r = any(*g.iter);
      at(*g.iter);
      out_.op(opcode::GET_AITER, state, r);
    }
  } else if (index == 0) out_.op(opcode::FOR_PREP, state, 0);     // the parameter is the iterator
  else {
    const reg r = any(*g.iter);
    at(*g.iter);
    out_.op(opcode::FOR_PREP, state, r);
  }
  label bottom;
  if (!g.is_async) out_.jump(opcode::JUMP, 0, bottom);
  const std::size_t start = out_.here();
  if (g.is_async) next_awaited(state, item);
  const std::size_t got = out_.here();
  label next;
  assign(*g.target, item);
  for (const expr* test : g.ifs) jump_if(*test, false, next);
  if (index + 1 < generators.size()) {
    comprehension_body(generators, index + 1, element, value, add, result);
  } else {
    const int inner = out_.mark();
    const reg r = any(*element);
    at(*element);
    if (add == opcode::DICT_ADD) {
      const reg v = any(*value);
      out_.op(add, result, r, v);
    } else if (add == opcode::YIELD && scope_.coroutine) {
      const reg held = out_.temp();
      out_.op(opcode::MOVE, held, r);
      out_.op(opcode::MAKE_CELL, held);
      out_.op(add, held, held);
    } else if (add == opcode::YIELD) {
      out_.op(add, item, r);
    } else {
      out_.op(add, result, r);
    }
    out_.release(inner);
  }
  out_.bind(next);
  out_.bind(bottom);
  at(*g.iter);
  if (g.is_async) {
    out_.loop(opcode::LOOP, 0, 0, start);
    out_.handler(start, got, out_.here(), item);
    out_.op(opcode::END_ASYNC_FOR, item);
  } else {
    out_.loop(opcode::FOR_LOOP, state, item, start);
  }
  out_.release(mark);
}

}  // namespace gilt::interp
