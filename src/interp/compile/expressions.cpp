// SPDX-License-Identifier: BSL-1.0
// Expressions and names.
#include "interp/compile/function_compiler.hpp"

namespace gilt::interp {

using namespace syntax;

namespace {

opcode arithmetic(operator_kind k, bool in_place) {
  opcode o = opcode::ADD;
  switch (k) {
    case operator_kind::add: o = opcode::ADD; break;
    case operator_kind::sub: o = opcode::SUB; break;
    case operator_kind::mult: o = opcode::MUL; break;
    case operator_kind::mat_mult: o = opcode::MATMUL; break;
    case operator_kind::div: o = opcode::TRUEDIV; break;
    case operator_kind::mod: o = opcode::MOD; break;
    case operator_kind::pow: o = opcode::POW; break;
    case operator_kind::l_shift: o = opcode::LSHIFT; break;
    case operator_kind::r_shift: o = opcode::RSHIFT; break;
    case operator_kind::bit_or: o = opcode::BITOR; break;
    case operator_kind::bit_xor: o = opcode::BITXOR; break;
    case operator_kind::bit_and: o = opcode::BITAND; break;
    case operator_kind::floor_div: o = opcode::FLOORDIV; break;
  }
  if (!in_place) return o;
  return static_cast<opcode>(static_cast<int>(o) + static_cast<int>(opcode::IADD) - static_cast<int>(opcode::ADD));
}

opcode relation(compare_operator k) {
  switch (k) {
    case compare_operator::eq: return opcode::EQ;
    case compare_operator::ne: return opcode::NE;
    case compare_operator::lt: return opcode::LT;
    case compare_operator::le: return opcode::LE;
    case compare_operator::gt: return opcode::GT;
    case compare_operator::ge: return opcode::GE;
    case compare_operator::is: return opcode::IS;
    case compare_operator::is_not: return opcode::IS_NOT;
    case compare_operator::in: return opcode::IN;
    case compare_operator::not_in: return opcode::NOT_IN;
  }
  return opcode::EQ;
}
bool is_ordering(compare_operator k) { return k <= compare_operator::ge; }

// A literal int that fits ADDI.
bool small_literal(const expr& e, int& out) {
  const auto* k = as_if<syntax::constant>(&e);
  if (k == nullptr || k->value != constant_kind::integer || k->integer < -32767 || k->integer > 32767) return false;
  out = static_cast<int>(k->integer);
  return true;
}

}  // namespace

opcode arithmetic_opcode(operator_kind k, bool in_place) { return arithmetic(k, in_place); }

bool function_compiler::as_constant(const expr& e, gilt::interp::constant& out) {
  using target = gilt::interp::constant;
  if (const auto* t = as_if<tuple_expr>(&e)) {
    out = {};
    out.what = target::kind::tuple;
    for (const expr* item : t->elts) {
      if (item->kind == expr_kind::starred) return false;
      target k;
      if (!as_constant(*item, k)) return false;
      out.items.push_back(std::move(k));
    }
    return true;
  }
  if (const auto* u = as_if<unary_op>(&e); u != nullptr && u->op == unary_operator::u_sub) {
    if (!as_constant(*u->operand, out)) return false;
    if (out.what == target::kind::integer && out.integer != INT64_MIN) out.integer = -out.integer;
    else if (out.what == target::kind::floating) out.real = -out.real;
    else if (out.what == target::kind::complex) { out.real = -0.0; out.imaginary = -out.imaginary; }
    else return false;
    return true;
  }
  const auto* k = as_if<syntax::constant>(&e);
  if (k == nullptr) return false;
  out = {};
  switch (k->value) {
    case constant_kind::none: out.what = target::kind::none; break;
    case constant_kind::false_: out.what = target::kind::false_; break;
    case constant_kind::true_: out.what = target::kind::true_; break;
    case constant_kind::ellipsis: out.what = target::kind::ellipsis; break;
    case constant_kind::integer: out.what = target::kind::integer; out.integer = k->integer; break;
    case constant_kind::big_integer: out.what = target::kind::big_integer; out.text = std::string(k->text); break;
    case constant_kind::floating: out.what = target::kind::floating; out.real = k->floating; break;
    case constant_kind::imaginary: out.what = target::kind::complex; out.imaginary = k->floating; break;
    case constant_kind::string: out.what = target::kind::string; out.text = std::string(k->text); break;
    case constant_kind::bytes: out.what = target::kind::bytes; out.text = std::string(k->text); break;
  }
  return true;
}

void function_compiler::constant_into(gilt::interp::constant k, reg target) {
  if (k.what == gilt::interp::constant::kind::integer && k.integer >= -32768 && k.integer <= 32767)
    out_.op(opcode::LOADI, target, static_cast<std::uint16_t>(static_cast<std::int16_t>(k.integer)));
  else
    out_.wide(opcode::LOADK, target, out_.constant_index(std::move(k)));
}

function_compiler::reg function_compiler::any(const expr& e) {
  if (const auto* n = as_if<syntax::name>(&e); n != nullptr && !scope_.has_walrus) {
    const std::string id = mangle(n->id);
    if (scope_.of(id) == meaning::local) {
      const reg r = local(id);
      at(e);
      check_bound(id, r);
      return r;
    }
  }
  const reg r = out_.temp();
  into(e, r);
  return r;
}

void function_compiler::effect(const expr& e) {
  const int mark = out_.mark();
  any(e);
  out_.release(mark);
}

void function_compiler::binary(const bin_op& e, reg target) {
  // The left spine of a chain is compiled from the inside out, without recursion.
  std::vector<const bin_op*> spine{&e};
  while (spine.back()->left->kind == expr_kind::bin_op) spine.push_back(&as<bin_op>(*spine.back()->left));
  const int mark = out_.mark();
  reg left = any(*spine.back()->left);
  const reg scratch = spine.size() > 1 ? out_.temp() : target;
  for (auto it = spine.rbegin(); it != spine.rend(); ++it) {
    const bin_op& b = **it;
    const reg result = &b == &e ? target : scratch;
    int literal = 0;
    // What fails shows the operator by the sign, so `x - 0` is no ADDI.
    if ((b.op == operator_kind::add || b.op == operator_kind::sub) && small_literal(*b.right, literal) &&
        (b.op == operator_kind::add || literal != 0)) {
      at(b);
      out_.op(opcode::ADDI, result, left, static_cast<std::uint16_t>(static_cast<std::int16_t>(b.op == operator_kind::add ? literal : -literal)));
    } else {
      const int inner = out_.mark();
      const reg right = any(*b.right);
      at(b);
      out_.op(arithmetic(b.op, false), result, left, right);
      out_.release(inner);
    }
    left = result;
  }
  out_.release(mark);
}

void function_compiler::comparison(const compare& e, reg target) {
  const int mark = out_.mark();
  reg left = any(*e.left);
  label done;
  for (std::size_t i = 0; i < e.ops.size(); ++i) {
    const bool last = i + 1 == e.ops.size();
    const reg right = any(*e.comparators[i]);
    at(e);
    // The target may be one of the operands: a chain's result goes through a temporary until the end.
    const reg result = last ? target : out_.temp();
    out_.op(relation(e.ops[i]), result, left, right);
    if (!last) {
      label go_on;
      out_.jump(opcode::JUMP_IF_TRUE, result, go_on);
      out_.op(opcode::MOVE, target, result);
      out_.jump(opcode::JUMP, 0, done);
      out_.bind(go_on);
    }
    left = right;
  }
  out_.bind(done);
  out_.release(mark);
}

void function_compiler::bool_value(const bool_op& e, reg target) {
  label done;
  const int mark = out_.mark();
  const reg r = out_.temp();               // not the target: an operand may still read it
  for (std::size_t i = 0; i < e.values.size(); ++i) {
    into(*e.values[i], r);
    if (i + 1 < e.values.size()) {
      at(*e.values[i]);
      out_.jump(e.op == bool_operator::and_ ? opcode::JUMP_IF_FALSE : opcode::JUMP_IF_TRUE, r, done);
    }
  }
  out_.bind(done);
  out_.op(opcode::MOVE, target, r);
  out_.release(mark);
}

void function_compiler::sequence(opcode build, opcode append, opcode extend, std::span<expr*> items, reg target) {
  bool starred_item = false;
  for (const expr* item : items) starred_item |= item->kind == expr_kind::starred;
  const int mark = out_.mark();
  const location where = out_.where();
  constexpr std::size_t at_once = 200;     // longer displays grow a list, so registers stay few
  if (!starred_item && items.size() <= at_once) {
    const reg base = out_.temp(static_cast<int>(items.size()));
    for (std::size_t i = 0; i < items.size(); ++i) into(*items[i], base + static_cast<int>(i));
    at(where);
    out_.op(build, target, base, static_cast<int>(items.size()));
  } else {
    const bool tuple = build == opcode::BUILD_TUPLE;
    const reg list = out_.temp();
    out_.op(tuple ? opcode::BUILD_LIST : build, list, 0, 0);
    for (const expr* item : items) {
      const int inner = out_.mark();
      const auto* star = as_if<syntax::starred>(item);
      const reg r = any(star != nullptr ? *star->value : *item);
      at(*item);
      out_.op(star != nullptr ? extend : append, list, r);
      out_.release(inner);
    }
    at(where);
    out_.op(tuple ? opcode::LIST_TO_TUPLE : opcode::MOVE, target, list);
  }
  out_.release(mark);
}

void function_compiler::dict(const dict_expr& e, reg target) {
  const int mark = out_.mark();
  bool simple = e.keys.size() <= 100;
  for (const expr* k : e.keys) simple &= k != nullptr;
  if (simple) {
    const reg base = out_.temp(static_cast<int>(2 * e.keys.size()));
    for (std::size_t i = 0; i < e.keys.size(); ++i) {
      into(*e.keys[i], base + static_cast<int>(2 * i));
      into(*e.values[i], base + static_cast<int>(2 * i) + 1);
    }
    at(e);
    out_.op(opcode::BUILD_DICT, target, base, static_cast<int>(e.keys.size()));
  } else {
    const reg d = out_.temp();
    out_.op(opcode::BUILD_DICT, d, 0, 0);
    for (std::size_t i = 0; i < e.keys.size(); ++i) {
      const int inner = out_.mark();
      if (e.keys[i] == nullptr) {
        const reg r = any(*e.values[i]);
        out_.op(opcode::DICT_UPDATE, d, r);
      } else {
        const reg k = any(*e.keys[i]), v = any(*e.values[i]);
        out_.op(opcode::DICT_ADD, d, k, v);
      }
      out_.release(inner);
    }
    out_.op(opcode::MOVE, target, d);
  }
  out_.release(mark);
}

void function_compiler::formatted(const formatted_value& e, reg target) {
  const int mark = out_.mark();
  reg v = any(*e.value);
  at(e);
  if (e.conversion > 0) {
    const reg r = out_.temp();
    out_.op(opcode::CONVERT, r, v, e.conversion);
    v = r;
  }
  if (e.format_spec == nullptr) {
    out_.op(opcode::FORMAT, target, v);
  } else {
    const reg spec = any(*e.format_spec);
    at(e);
    out_.op(opcode::FORMAT_SPEC, target, v, spec);
  }
  out_.release(mark);
}

void function_compiler::joined(const joined_str& e, reg target) {
  const int mark = out_.mark();
  const reg base = out_.temp(static_cast<int>(e.values.size()));
  for (std::size_t i = 0; i < e.values.size(); ++i) into(*e.values[i], base + static_cast<int>(i));
  at(e);
  out_.op(opcode::BUILD_STRING, target, base, static_cast<int>(e.values.size()));
  out_.release(mark);
}

void function_compiler::slice(const slice_expr& e, reg target) {
  const int mark = out_.mark();
  const reg base = out_.temp(3);
  const expr* parts[] = {e.lower, e.upper, e.step};
  for (int i = 0; i < 3; ++i) {
    if (parts[i] != nullptr) into(*parts[i], base + i);
    else constant_into({}, base + i);
  }
  at(e);
  out_.op(opcode::BUILD_SLICE, target, base);
  out_.release(mark);
}

void function_compiler::into(const expr& e, reg target) {
  at(e);
  gilt::interp::constant k;
  if (as_constant(e, k)) return constant_into(std::move(k), target);
  const int mark = out_.mark();
  switch (e.kind) {
    case expr_kind::constant: break;
    case expr_kind::name: load(as<syntax::name>(e).id, target); break;
    case expr_kind::bin_op: binary(as<bin_op>(e), target); break;
    case expr_kind::unary_op: {
      const auto& n = as<unary_op>(e);
      const reg r = any(*n.operand);
      at(e);
      const opcode ops[] = {opcode::INVERT, opcode::NOT, opcode::POS, opcode::NEG};
      out_.op(ops[static_cast<int>(n.op)], target, r);
      break;
    }
    case expr_kind::bool_op: bool_value(as<bool_op>(e), target); break;
    case expr_kind::compare: comparison(as<compare>(e), target); break;
    case expr_kind::if_exp: {
      const auto& n = as<if_exp>(e);
      label otherwise, done;
      const reg r = out_.temp();
      jump_if(*n.test, false, otherwise);
      const auto before = definite_;
      into(*n.body, r);
      out_.jump(opcode::JUMP, 0, done);
      out_.bind(otherwise);
      definite_ = before;
      into(*n.orelse, r);
      out_.bind(done);
      out_.op(opcode::MOVE, target, r);
      break;
    }
    case expr_kind::named_expr: {
      const auto& n = as<named_expr>(e);
      const reg r = out_.temp();
      into(*n.value, r);
      store(as<syntax::name>(*n.target).id, r);
      out_.op(opcode::MOVE, target, r);
      break;
    }
    case expr_kind::attribute: {
      const auto& n = as<attribute>(e);
      const reg r = any(*n.value);
      at(e);
      out_.op(opcode::LOAD_ATTR, target, r, name(mangle(n.attr)));
      out_.extension();
      break;
    }
    case expr_kind::subscript: {
      const auto& n = as<subscript>(e);
      const reg o = any(*n.value), i = any(*n.slice);
      at(e);
      out_.op(opcode::GETITEM, target, o, i);
      break;
    }
    case expr_kind::slice_expr: slice(as<slice_expr>(e), target); break;
    case expr_kind::call: call(as<syntax::call>(e), target); break;
    case expr_kind::tuple_expr: sequence(opcode::BUILD_TUPLE, opcode::LIST_APPEND, opcode::LIST_EXTEND, as<tuple_expr>(e).elts, target); break;
    case expr_kind::list_expr: sequence(opcode::BUILD_LIST, opcode::LIST_APPEND, opcode::LIST_EXTEND, as<list_expr>(e).elts, target); break;
    case expr_kind::set_expr: sequence(opcode::BUILD_SET, opcode::SET_ADD, opcode::SET_UPDATE, as<set_expr>(e).elts, target); break;
    case expr_kind::dict_expr: dict(as<dict_expr>(e), target); break;
    case expr_kind::joined_str: joined(as<joined_str>(e), target); break;
    case expr_kind::formatted_value: formatted(as<formatted_value>(e), target); break;
    case expr_kind::lambda_expr: {
      const auto& n = as<lambda_expr>(e);
      auto inner = compile_function(&e, "<lambda>", n.args, {}, n.body);
      make_function(inner, unit_.names.of(&e), n.args, nullptr, target);
      break;
    }
    case expr_kind::list_comp: comprehension(e, as<list_comp>(e).generators, as<list_comp>(e).elt, nullptr, opcode::LIST_APPEND, target); break;
    case expr_kind::set_comp: comprehension(e, as<set_comp>(e).generators, as<set_comp>(e).elt, nullptr, opcode::SET_ADD, target); break;
    case expr_kind::dict_comp: comprehension(e, as<dict_comp>(e).generators, as<dict_comp>(e).key, as<dict_comp>(e).value, opcode::DICT_ADD, target); break;
    case expr_kind::generator_exp: comprehension(e, as<generator_exp>(e).generators, as<generator_exp>(e).elt, nullptr, opcode::YIELD, target); break;
    case expr_kind::yield_expr: {
      if (!scope_.in_function()) fail(e, "'yield' outside function");
      const auto& n = as<yield_expr>(e);
      const reg r = out_.temp();
      if (n.value != nullptr) into(*n.value, r);
      else constant_into({}, r);
      at(e);
      if (scope_.coroutine) out_.op(opcode::MAKE_CELL, r);   // an item, unlike what `await` hands through
      out_.op(opcode::YIELD, target, r);
      break;
    }
    case expr_kind::yield_from: {
      if (!scope_.in_function()) fail(e, "'yield' outside function");
      if (scope_.coroutine) fail(e, "'yield from' inside async function");
      const reg r = out_.temp(2);
      into(*as<syntax::yield_from>(e).value, r);
      at(e);
      out_.op(opcode::GET_YIELD_FROM, r, r);
      constant_into({}, r + 1);
      out_.op(opcode::YIELD_FROM, r + 1, r);
      out_.op(opcode::MOVE, target, r + 1);
      break;
    }
    case expr_kind::await_expr: {
      if (!scope_.in_function()) fail(e, "'await' outside function");
      if (!scope_.coroutine) fail(e, "'await' outside async function");
      const reg r = out_.temp(2);
      into(*as<await_expr>(e).value, r);
      at(e);
      await_in(r);
      out_.op(opcode::MOVE, target, r);
      break;
    }
    case expr_kind::starred: fail(e, "can't use starred expression here");
  }
  out_.release(mark);
}

void function_compiler::await_in(reg r) {
  out_.op(opcode::GET_AWAITABLE, r, r);
  constant_into({}, r + 1);
  out_.op(opcode::YIELD_FROM, r + 1, r);
  out_.op(opcode::MOVE, r, r + 1);
}

void function_compiler::jump_if(const expr& e, bool sense, label& to) {
  if (const auto* u = as_if<unary_op>(&e); u != nullptr && u->op == unary_operator::not_)
    return jump_if(*u->operand, !sense, to);
  if (const auto* b = as_if<bool_op>(&e)) {
    // `and` jumps on false at the first false operand; `or` on true at the first true one.
    const bool early = b->op == bool_operator::or_;
    if (early == sense) {
      for (const expr* v : b->values) jump_if(*v, sense, to);
    } else {
      label skip;
      for (std::size_t i = 0; i + 1 < b->values.size(); ++i) jump_if(*b->values[i], early, skip);
      jump_if(*b->values.back(), sense, to);
      out_.bind(skip);
    }
    return;
  }
  const int mark = out_.mark();
  const auto* c = as_if<compare>(&e);
  if (c != nullptr && c->ops.size() == 1 && is_ordering(c->ops[0]) && !sense && unit_.fused_jumps) {
    const reg left = any(*c->left), right = any(*c->comparators[0]);
    at(e);
    const opcode fused[] = {opcode::JUMP_UNLESS_EQ, opcode::JUMP_UNLESS_NE, opcode::JUMP_UNLESS_LT,
                            opcode::JUMP_UNLESS_LE, opcode::JUMP_UNLESS_GT, opcode::JUMP_UNLESS_GE};
    out_.fused(fused[static_cast<int>(c->ops[0])], left, right, to);
  } else if (c != nullptr && c->ops.size() == 1 && (c->ops[0] == compare_operator::is || c->ops[0] == compare_operator::is_not) &&
             as_if<syntax::constant>(c->comparators[0]) != nullptr &&
             as<syntax::constant>(*c->comparators[0]).value == constant_kind::none) {
    const reg left = any(*c->left);
    at(e);
    const bool jump_on_none = (c->ops[0] == compare_operator::is) == sense;
    out_.jump(jump_on_none ? opcode::JUMP_IF_NONE : opcode::JUMP_IF_NOT_NONE, left, to);
  } else {
    gilt::interp::constant k;
    if (as_constant(e, k) && (k.what == gilt::interp::constant::kind::true_ || k.what == gilt::interp::constant::kind::false_)) {
      if ((k.what == gilt::interp::constant::kind::true_) == sense) out_.jump(opcode::JUMP, 0, to);
    } else {
      const reg r = any(e);
      at(e);
      out_.jump(sense ? opcode::JUMP_IF_TRUE : opcode::JUMP_IF_FALSE, r, to);
    }
  }
  out_.release(mark);
}

void function_compiler::loop_if(const expr& e, std::size_t start) {
  const int mark = out_.mark();
  const auto* c = as_if<compare>(&e);
  if (c != nullptr && c->ops.size() == 1 && is_ordering(c->ops[0])) {
    const reg left = any(*c->left), right = any(*c->comparators[0]);
    at(e);
    const opcode fused[] = {opcode::LOOP_EQ, opcode::LOOP_NE, opcode::LOOP_LT, opcode::LOOP_LE, opcode::LOOP_GT, opcode::LOOP_GE};
    out_.loop(fused[static_cast<int>(c->ops[0])], left, right, start);
  } else {
    gilt::interp::constant k;
    if (as_constant(e, k) && k.what == gilt::interp::constant::kind::true_) {
      out_.loop(opcode::LOOP, 0, 0, start);
    } else if (e.kind == expr_kind::bool_op || (e.kind == expr_kind::unary_op && as<unary_op>(e).op == unary_operator::not_)) {
      label out;
      jump_if(e, false, out);
      out_.loop(opcode::LOOP, 0, 0, start);
      out_.bind(out);
    } else {
      const reg r = any(e);
      at(e);
      out_.loop(opcode::LOOP_IF_TRUE, r, 0, start);
    }
  }
  out_.release(mark);
}

// ---- names ----

int function_compiler::local(const std::string& n) const {
  const auto found = locals_.find(n);
  return found == locals_.end() ? -1 : found->second;
}

void function_compiler::check_bound(const std::string& n, reg r) {
  const auto at_register = static_cast<std::size_t>(r);
  if (at_register < definite_.size() && definite_[at_register] && !scope_.symbols.find(n)->second.deleted) return;
  if (scope_.symbols.find(n) != scope_.symbols.end() && scope_.symbols.find(n)->second.parameter && !scope_.symbols.find(n)->second.deleted) return;
  out_.wide(opcode::CHECK_LOCAL, r, static_cast<std::uint32_t>(name(n)));
}

void function_compiler::load(std::string_view id, reg target) {
  const std::string n = mangle(id);
  switch (scope_.of(n)) {
    case meaning::local: {
      const reg r = local(n);
      check_bound(n, r);
      if (r != target) out_.op(opcode::MOVE, target, r);
      return;
    }
    case meaning::cell: out_.op(opcode::LOAD_DEREF, target, local(n), name(n)); return;
    case meaning::free:
      if (scope_.kind == scope::block::class_body && n != "__class__") {
        out_.op(opcode::LOAD_CLASSDEREF, target, 0, name(n));
        out_.extension(local(n));
      } else {
        out_.op(opcode::LOAD_DEREF, target, local(n), name(n));
      }
      return;
    case meaning::class_name: out_.op(opcode::LOAD_NAME, target, 0, name(n)); return;
    case meaning::global:
      out_.wide(opcode::LOAD_GLOBAL, target, static_cast<std::uint32_t>(name(n)));
      out_.extension();
      return;
  }
}

void function_compiler::store(std::string_view id, reg from) {
  const std::string n = mangle(id);
  switch (scope_.of(n)) {
    case meaning::local: {
      const reg r = local(n);
      if (r != from) out_.op(opcode::MOVE, r, from);
      if (!scope_.has_walrus) assigned(r);
      return;
    }
    case meaning::cell:
    case meaning::free: out_.op(opcode::STORE_DEREF, local(n), from); return;
    case meaning::class_name: out_.op(opcode::STORE_NAME, from, 0, name(n)); return;
    case meaning::global:
      out_.wide(opcode::STORE_GLOBAL, from, static_cast<std::uint32_t>(name(n)));
      out_.extension();
      return;
  }
}

void function_compiler::remove(std::string_view id) {
  const std::string n = mangle(id);
  switch (scope_.of(n)) {
    case meaning::local: out_.wide(opcode::DELETE_LOCAL, local(n), static_cast<std::uint32_t>(name(n))); return;
    case meaning::cell:
    case meaning::free: out_.op(opcode::DELETE_DEREF, local(n), 0, name(n)); return;
    case meaning::class_name: out_.op(opcode::DELETE_NAME, 0, 0, name(n)); return;
    case meaning::global: out_.wide(opcode::DELETE_GLOBAL, 0, static_cast<std::uint32_t>(name(n))); return;
  }
}

}  // namespace gilt::interp
