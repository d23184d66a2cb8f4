// SPDX-License-Identifier: BSL-1.0
// Statements that are neither blocks with a clean-up nor definitions.
#include "interp/compile/function_compiler.hpp"

namespace gilt::interp {

using namespace syntax;

opcode arithmetic_opcode(operator_kind k, bool in_place);

void function_compiler::fail(const location& at, std::string message) {
  syntax_error e;
  e.message = std::move(message);
  e.line = at.line;
  const std::string_view text = line_of(unit_.source, at.line);
  e.column = characters(text, at.column) + 1;
  e.end_line = at.end_line;
  e.end_column = at.end_line == at.line ? characters(text, at.end_column) + 1 : 0;
  e.line_text = std::string(text);
  throw e;
}

// ---- targets ----

void function_compiler::unpack(std::span<expr*> targets, reg from) {
  std::size_t star = targets.size();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i]->kind != expr_kind::starred) continue;
    if (star != targets.size()) fail(*targets[i], "multiple starred expressions in assignment");
    star = i;
  }
  const int mark = out_.mark();
  const reg base = out_.temp(static_cast<int>(targets.size()));
  if (star == targets.size()) {
    out_.op(opcode::UNPACK, base, from, static_cast<int>(targets.size()));
  } else {
    const std::size_t after = targets.size() - star - 1;
    if (star > 255 || after > 255) fail(*targets[0], "too many expressions in star-unpacking assignment");
    out_.op(opcode::UNPACK_EX, base, from, static_cast<int>(star | after << 8));
  }
  for (std::size_t i = 0; i < targets.size(); ++i) assign(*targets[i], base + static_cast<int>(i));
  out_.release(mark);
}

void function_compiler::assign(const expr& target, reg from) {
  const int mark = out_.mark();
  switch (target.kind) {
    case expr_kind::name: store(as<syntax::name>(target).id, from); break;
    case expr_kind::attribute: {
      const auto& n = as<attribute>(target);
      const reg o = any(*n.value);
      at(target);
      out_.op(opcode::STORE_ATTR, o, from, name(mangle(n.attr)));
      out_.extension();
      break;
    }
    case expr_kind::subscript: {
      const auto& n = as<subscript>(target);
      const reg o = any(*n.value), i = any(*n.slice);
      at(target);
      out_.op(opcode::SETITEM, o, i, from);
      break;
    }
    case expr_kind::tuple_expr: unpack(as<tuple_expr>(target).elts, from); break;
    case expr_kind::list_expr: unpack(as<list_expr>(target).elts, from); break;
    case expr_kind::starred: assign(*as<starred>(target).value, from); break;
    default: fail(target, "cannot assign to this expression");
  }
  out_.release(mark);
}

void function_compiler::delete_target(const expr& target) {
  const int mark = out_.mark();
  at(target);
  switch (target.kind) {
    case expr_kind::name: remove(as<syntax::name>(target).id); break;
    case expr_kind::attribute: {
      const reg o = any(*as<attribute>(target).value);
      out_.op(opcode::DELETE_ATTR, o, 0, name(mangle(as<attribute>(target).attr)));
      break;
    }
    case expr_kind::subscript: {
      const reg o = any(*as<subscript>(target).value), i = any(*as<subscript>(target).slice);
      out_.op(opcode::DELITEM, o, i);
      break;
    }
    case expr_kind::tuple_expr:
      for (const expr* e : as<tuple_expr>(target).elts) delete_target(*e);
      break;
    case expr_kind::list_expr:
      for (const expr* e : as<list_expr>(target).elts) delete_target(*e);
      break;
    default: fail(target, "cannot delete this expression");
  }
  out_.release(mark);
}

// a, b = x, y: the values go through registers; no tuple is made.
bool function_compiler::exchange(const syntax::assign& s) {
  const auto* target = as_if<tuple_expr>(s.targets[0]);
  const auto* value = as_if<tuple_expr>(s.value);
  if (s.targets.size() != 1 || target == nullptr || value == nullptr || target->elts.size() != value->elts.size() ||
      value->elts.size() > 200)
    return false;
  for (std::size_t i = 0; i < value->elts.size(); ++i) {
    if (value->elts[i]->kind == expr_kind::starred || target->elts[i]->kind == expr_kind::starred) return false;
  }
  const reg base = out_.temp(static_cast<int>(value->elts.size()));
  for (std::size_t i = 0; i < value->elts.size(); ++i) into(*value->elts[i], base + static_cast<int>(i));
  at(s);
  for (std::size_t i = 0; i < value->elts.size(); ++i) assign(*target->elts[i], base + static_cast<int>(i));
  return true;
}

void function_compiler::augmented(const aug_assign& s) {
  const int mark = out_.mark();
  const opcode o = arithmetic_opcode(s.op, true);
  const auto* literal = as_if<syntax::constant>(s.value);
  const bool immediate = literal != nullptr && literal->value == constant_kind::integer && literal->integer >= -32767 &&
                         literal->integer <= 32767 && (s.op == operator_kind::add || s.op == operator_kind::sub);
  const auto apply = [&](reg target, reg left) {
    if (immediate) {
      at(s);
      const auto n = static_cast<std::int16_t>(s.op == operator_kind::add ? literal->integer : -literal->integer);
      out_.op(opcode::ADDI, target, left, static_cast<std::uint16_t>(n));
      return;
    }
    const reg right = any(*s.value);
    at(s);
    out_.op(o, target, left, right);
  };
  if (const auto* n = as_if<syntax::name>(s.target)) {
    const std::string id = mangle(n->id);
    at(*s.target);
    if (scope_.of(id) == meaning::local && !scope_.has_walrus) {
      const reg r = local(id);
      check_bound(id, r);
      apply(r, r);
    } else {
      const reg r = out_.temp();
      load(n->id, r);
      apply(r, r);
      store(n->id, r);
    }
  } else if (const auto* attr = as_if<attribute>(s.target)) {
    const reg object = any(*attr->value), r = out_.temp();
    at(*s.target);
    out_.op(opcode::LOAD_ATTR, r, object, name(mangle(attr->attr)));
    out_.extension();
    apply(r, r);
    out_.op(opcode::STORE_ATTR, object, r, name(mangle(attr->attr)));
    out_.extension();
  } else {
    const auto& sub = as<subscript>(*s.target);
    const reg object = any(*sub.value), index = any(*sub.slice), r = out_.temp();
    at(*s.target);
    out_.op(opcode::GETITEM, r, object, index);
    apply(r, r);
    out_.op(opcode::SETITEM, object, index, r);
  }
  out_.release(mark);
}

void function_compiler::annotated(const ann_assign& s) {
  const int mark = out_.mark();
  if (s.value != nullptr) {
    const reg r = any(*s.value);
    at(s);
    assign(*s.target, r);
  }
  if (!scope_.in_function() && s.simple) {
    const reg a = out_.temp(3);
    annotation(*s.annotation, a);
    load("__annotations__", a + 1);
    gilt::interp::constant k;
    k.what = gilt::interp::constant::kind::string;
    k.text = mangle(as<syntax::name>(*s.target).id);
    constant_into(std::move(k), a + 2);
    out_.op(opcode::SETITEM, a + 1, a + 2, a);
  }
  out_.release(mark);
}

void function_compiler::if_statement(const if_stmt& first) {
  label done;
  const if_stmt* s = &first;
  std::vector<bool> result;
  bool any_branch = false;
  const auto join = [&] {
    if (!any_branch) result = definite_;
    else meet(result, definite_);
    any_branch = true;
  };
  for (;;) {
    label otherwise;
    at(*s);
    jump_if(*s->test, false, otherwise);
    const auto before = definite_;
    body(s->body);
    join();
    if (s->orelse.empty()) {
      out_.bind(otherwise);
      definite_ = before;
      join();
      break;
    }
    at(*s);
    out_.jump(opcode::JUMP, 0, done);
    out_.bind(otherwise);
    definite_ = before;
    if (s->orelse.size() == 1 && s->orelse[0]->kind == stmt_kind::if_stmt) {
      s = &as<if_stmt>(*s->orelse[0]);
      continue;
    }
    body(s->orelse);
    join();
    break;
  }
  out_.bind(done);
  definite_ = result;
}

void function_compiler::assert_statement(const assert_stmt& s) {
  label good;
  jump_if(*s.test, true, good);
  const int mark = out_.mark();
  const reg base = out_.temp(2);
  at(s);
  out_.op(opcode::LOAD_ASSERTION_ERROR, base);
  if (s.msg != nullptr) into(*s.msg, base + 1);
  at(s);
  out_.op(opcode::CALL, base, s.msg != nullptr ? 1 : 0);
  out_.op(opcode::RAISE, base);
  out_.release(mark);
  out_.bind(good);
}

void function_compiler::import_names(const import_stmt& s) {
  for (const alias* a : s.names) {
    const int mark = out_.mark();
    const reg r = out_.temp(), extra = out_.temp(2);
    constant_into({}, extra);
    out_.op(opcode::LOADI, extra + 1, 0);
    out_.op(opcode::IMPORT_NAME, r, name(a->name), extra);
    const auto dot = a->name.find('.');
    if (a->asname.empty()) {
      store(a->name.substr(0, dot), r);
    } else {
      // import a.b.c as d: walk down from the top package.
      std::string_view rest = dot == std::string_view::npos ? std::string_view() : a->name.substr(dot + 1);
      while (!rest.empty()) {
        const auto next = rest.find('.');
        out_.op(opcode::IMPORT_FROM, r, r, name(rest.substr(0, next)));
        rest = next == std::string_view::npos ? std::string_view() : rest.substr(next + 1);
      }
      store(a->asname, r);
    }
    out_.release(mark);
  }
}

void function_compiler::import_members(const import_from& s) {
  if (s.module_name == "__future__" && s.level == 0) {
    for (const alias* a : s.names) {
      if (a->name == "annotations") unit_.string_annotations = true;
    }
  }
  const int mark = out_.mark();
  const reg module = out_.temp(), extra = out_.temp(2), member = out_.temp();
  gilt::interp::constant list;
  list.what = gilt::interp::constant::kind::tuple;
  for (const alias* a : s.names) {
    gilt::interp::constant k;
    k.what = gilt::interp::constant::kind::string;
    k.text = std::string(a->name);
    list.items.push_back(std::move(k));
  }
  constant_into(std::move(list), extra);
  out_.op(opcode::LOADI, extra + 1, s.level);
  out_.op(opcode::IMPORT_NAME, module, name(s.module_name), extra);
  for (const alias* a : s.names) {
    if (a->name == "*") {
      out_.op(opcode::IMPORT_STAR, module);
      continue;
    }
    out_.op(opcode::IMPORT_FROM, member, module, name(a->name));
    store(a->asname.empty() ? a->name : a->asname, member);
  }
  out_.release(mark);
}

void function_compiler::statement(const stmt& s) {
  at(s);
  const int mark = out_.mark();
  switch (s.kind) {
    case stmt_kind::function_def: function_statement(as<function_def>(s)); break;
    case stmt_kind::class_def: class_statement(as<class_def>(s)); break;
    case stmt_kind::return_stmt: return_statement(as<return_stmt>(s)); break;
    case stmt_kind::delete_stmt:
      for (const expr* e : as<delete_stmt>(s).targets) delete_target(*e);
      break;
    case stmt_kind::assign: {
      const auto& n = as<syntax::assign>(s);
      const auto* plain = as_if<syntax::name>(n.targets[0]);
      if (n.targets.size() == 1 && plain != nullptr && scope_.of(mangle(plain->id)) == meaning::local && !scope_.has_walrus) {
        // Straight into the local: these kinds write their target with their last instruction, so
        // an exception on the way leaves it as it was.
        const reg r = local(mangle(plain->id));
        const bool reads_itself = n.value->kind != expr_kind::constant && n.value->kind != expr_kind::name &&
                                  n.value->kind != expr_kind::bin_op && n.value->kind != expr_kind::call &&
                                  n.value->kind != expr_kind::attribute && n.value->kind != expr_kind::subscript;
        if (!reads_itself) {
          into(*n.value, r);
          assigned(r);
          break;
        }
      }
      if (exchange(n)) break;
      const reg r = any(*n.value);
      for (const expr* t : n.targets) {
        at(*t);
        assign(*t, r);
      }
      break;
    }
    case stmt_kind::aug_assign: augmented(as<aug_assign>(s)); break;
    case stmt_kind::ann_assign: annotated(as<ann_assign>(s)); break;
    case stmt_kind::for_stmt: for_statement(as<for_stmt>(s)); break;
    case stmt_kind::while_stmt: while_statement(as<while_stmt>(s)); break;
    case stmt_kind::if_stmt: if_statement(as<if_stmt>(s)); break;
    case stmt_kind::with_stmt: with_statement(as<with_stmt>(s), 0); break;
    case stmt_kind::match_stmt: match_statement(as<match_stmt>(s)); break;
    case stmt_kind::raise_stmt: {
      const auto& n = as<raise_stmt>(s);
      if (n.exc == nullptr) {
        out_.op(opcode::RERAISE_CURRENT);
      } else {
        const reg e = any(*n.exc);
        if (n.cause == nullptr) {
          at(s);
          out_.op(opcode::RAISE, e);
        } else {
          const reg c = any(*n.cause);
          at(s);
          out_.op(opcode::RAISE_FROM, e, c);
        }
      }
      unreachable();
      break;
    }
    case stmt_kind::try_stmt: try_statement(as<try_stmt>(s)); break;
    case stmt_kind::assert_stmt: assert_statement(as<assert_stmt>(s)); break;
    case stmt_kind::import_stmt: import_names(as<import_stmt>(s)); break;
    case stmt_kind::import_from: import_members(as<import_from>(s)); break;
    case stmt_kind::expr_stmt: {
      const expr& e = *as<expr_stmt>(s).value;
      if (unit_.interactive && scope_.kind == scope::block::module) {
        const int mark = out_.mark();
        out_.op(opcode::PRINT_EXPR, any(e));
        out_.release(mark);
        break;
      }
      if (e.kind == expr_kind::constant) break;
      effect(e);
      break;
    }
    case stmt_kind::break_stmt: leave_loop(s, true); break;
    case stmt_kind::continue_stmt: leave_loop(s, false); break;
    case stmt_kind::global_stmt:
    case stmt_kind::nonlocal_stmt:
    case stmt_kind::pass_stmt: break;
  }
  out_.release(mark);
}

}  // namespace gilt::interp
