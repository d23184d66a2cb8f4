// SPDX-License-Identifier: BSL-1.0
// comparison: ==, <, hash and truth of any values.
#include "interp/object/bytes.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/nesting.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/quick_equal.hpp"
#include "interp/object/set.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/union.hpp"

namespace gilt::interp {

namespace {

bool ordered(opcode op, int c) {
  switch (op) {
    case opcode::LT: return c < 0;
    case opcode::LE: return c <= 0;
    case opcode::GT: return c > 0;
    case opcode::GE: return c >= 0;
    case opcode::EQ: return c == 0;
    default: return c != 0;
  }
}

opcode swapped(opcode op) {
  switch (op) {
    case opcode::LT: return opcode::GT;
    case opcode::LE: return opcode::GE;
    case opcode::GT: return opcode::LT;
    case opcode::GE: return opcode::LE;
    default: return op;
  }
}

string_object* name_of(const thread_state& t, opcode op) {
  const well_known_names& n = t.interp->names;
  switch (op) {
    case opcode::LT: return n.__lt__;
    case opcode::LE: return n.__le__;
    case opcode::GT: return n.__gt__;
    case opcode::GE: return n.__ge__;
    case opcode::EQ: return n.__eq__;
    default: return n.__ne__;
  }
}

bool is_equality(opcode op) { return op == opcode::EQ || op == opcode::NE; }

value compare_ranges(thread_state& t, opcode op, range_object* a, range_object* b) {
  bool same = false;
  if (!equal(t, a->length, b->length, same)) return {};
  if (same && a->length != value::small_int(0)) {
    if (!equal(t, a->start, b->start, same)) return {};
    if (same && a->length != value::small_int(1) && !equal(t, a->step, b->step, same)) return {};
  }
  return value::boolean(same == (op == opcode::EQ));
}

value compare_slices(thread_state& t, opcode op, slice_object* a, slice_object* b) {
  const value x = make_tuple(t, {a->start, a->stop, a->step}), y = x.empty() ? x : make_tuple(t, {b->start, b->stop, b->step});
  return y.empty() ? y : tuple_compare(t, op, x.as<tuple_object>(), y.as<tuple_object>());
}

bool set_like(value v) { return is_set(v) || (is_view(v) && v.as<iterator_object>()->which != iterator_kind::values_view); }

// Whether the second holds every item of the first; items are asked for, since those of a dict need no hash.
bool all_inside(thread_state& t, value items, value container, bool& out) {
  const value it = get_iter(t, items);
  if (it.empty()) return false;
  out = true;
  for (value item; out;) {
    if (!iter_next(t, it, item)) return false;
    if (item.empty()) return true;
    if (!contains(t, container, item, out)) return false;
  }
  return true;
}
// Views of dicts against views and sets.
value compare_views(thread_state& t, opcode op, value a, value b) {
  std::int64_t n = 0, m = 0;
  if (!length(t, a, n) || !length(t, b, m)) return {};
  const bool greater = op == opcode::GT || op == opcode::GE;
  const bool sizes = is_equality(op) ? n == m : op == opcode::LT ? n < m : op == opcode::LE ? n <= m : op == opcode::GT ? n > m : n >= m;
  bool inside = false;
  if (sizes && !all_inside(t, greater ? b : a, greater ? a : b, inside)) return {};
  return value::boolean(op == opcode::NE ? !inside : inside);
}

}  // namespace

value builtin_compare(thread_state& t, opcode op, value a, value b) {
  a = unboxed(a);
  b = unboxed(b);
  if (is_number(a) && is_number(b)) return number_compare(t, op, a, b);
  if (is_equality(op) && is_union(t, a) && is_union(t, b)) return compare_unions(t, op, a, b);
  if (!a.is_object() || !b.is_object()) return value::not_implemented();
  const kind x = a.as_object()->what(), y = b.as_object()->what();
  switch (x) {
    case kind::str:
      if (y != kind::str) break;
      if (is_equality(op)) return value::boolean(equal(a.as<string_object>(), b.as<string_object>()) == (op == opcode::EQ));
      return value::boolean(ordered(op, compare(a.as<string_object>(), b.as<string_object>())));
    case kind::bytes:
    case kind::bytearray: return y == kind::bytes || y == kind::bytearray ? bytes_compare(t, op, a, b) : value::not_implemented();
    case kind::list: return y == x ? list_compare(t, op, a.as<list_object>(), b.as<list_object>()) : value::not_implemented();
    case kind::tuple: return y == x ? tuple_compare(t, op, a.as<tuple_object>(), b.as<tuple_object>()) : value::not_implemented();
    case kind::dict:
      return y == x && is_equality(op) ? dict_compare(t, op, a.as<dict_object>(), b.as<dict_object>()) : value::not_implemented();
    case kind::range:
      return y == x && is_equality(op) ? compare_ranges(t, op, a.as<range_object>(), b.as<range_object>()) : value::not_implemented();
    case kind::slice: return y == x ? compare_slices(t, op, a.as<slice_object>(), b.as<slice_object>()) : value::not_implemented();
    case kind::bound_method: {
      if (y != x || !is_equality(op)) break;
      auto* f = a.as<bound_method_object>();
      auto* g = b.as<bound_method_object>();
      return value::boolean((f->self == g->self && f->function == g->function) == (op == opcode::EQ));
    }
    case kind::native_function: {
      if (y != x || !is_equality(op)) break;
      auto* f = a.as<native_function_object>();
      auto* g = b.as<native_function_object>();
      return value::boolean((f->self == g->self && f->definition == g->definition) == (op == opcode::EQ));
    }
    case kind::set:
    case kind::frozenset:
    case kind::iterator: {
      if (!set_like(a) || !set_like(b)) break;
      return is_set(a) && is_set(b) ? set_compare(t, op, a, b) : compare_views(t, op, a, b);
    }
    default: break;
  }
  return value::not_implemented();
}

namespace {

// What the class of `a` says: a script's method, __ne__ as the opposite of a script's __eq__, or C++.
value one_side(thread_state& t, opcode op, value a, value b) {
  bool found = false;
  if (scripted(t, a)) {
    value r = call_script_method(t, a, name_of(t, op), found, b);
    if (found) return r;
    if (op == opcode::NE) {
      r = call_script_method(t, a, t.interp->names.__eq__, found, b);
      if (found) {
        bool yes = false;
        if (r.empty() || r == value::not_implemented()) return r;
        return truth(t, r, yes) ? value::boolean(!yes) : value{};
      }
    }
  }
  return builtin_compare(t, op, a, b);
}

value undecided(thread_state& t, opcode op, value a, value b) {
  if (op == opcode::EQ) return value::boolean(a == b);
  if (op == opcode::NE) return value::boolean(a != b);
  static constexpr const char* symbols[] = {"<", "<=", ">", ">="};
  return raise(t, t.interp->errors.TypeError, "'%s' not supported between instances of '%s' and '%s'",
               symbols[static_cast<std::size_t>(op) - static_cast<std::size_t>(opcode::LT)], type_name(t, a).c_str(),
               type_name(t, b).c_str());
}

}  // namespace

value compare(thread_state& t, opcode op, value a, value b) {
  const bool scripts = scripted(t, a) || scripted(t, b);
  if (!scripts) {
    value r = builtin_compare(t, op, a, b);
    if (r == value::not_implemented() && is(b, kind::iterator)) r = builtin_compare(t, swapped(op), b, a);
    return r == value::not_implemented() ? undecided(t, op, a, b) : r;
  }
  const nesting deep(t);
  if (!deep.fine(" in comparison")) return {};
  type_object* x = class_of(t, a);
  type_object* y = class_of(t, b);
  const bool other_first = x != y && is_subtype(y, x) && (y->flags & flag_heap) != 0;
  if (other_first) {
    const value r = one_side(t, swapped(op), b, a);
    if (r != value::not_implemented()) return r;
  }
  value r = one_side(t, op, a, b);
  if (r != value::not_implemented()) return r;
  if (!other_first) {
    r = one_side(t, swapped(op), b, a);
    if (r != value::not_implemented()) return r;
  }
  return undecided(t, op, a, b);
}

bool compare_bool(thread_state& t, opcode op, value a, value b, bool& out) {
  const value r = compare(t, op, a, b);
  return !r.empty() && truth(t, r, out);
}

bool equal(thread_state& t, value a, value b, bool& out) {
  const quick_answer q = quick_equal(t, a, b);
  if (GILT_LIKELY(q != quick_answer::ask)) {
    out = q == quick_answer::yes;
    return true;
  }
  return compare_bool(t, opcode::EQ, a, b, out);
}

// ---- hash ----

namespace {

bool unhashable(thread_state& t, value v) {
  raise(t, t.interp->errors.TypeError, "unhashable type: '%s'", type_name(t, v).c_str());
  return false;
}

std::uint64_t hash_address(std::uint64_t bits) {
  const std::uint64_t h = bits >> 4 | bits << 60;
  return h == ~std::uint64_t{0} ? ~std::uint64_t{1} : h;
}

}  // namespace

bool builtin_hash(thread_state& t, value v, std::uint64_t& out) {
  v = unboxed(v);
  if (v.is_int() || v.is_double() || v.is_bool()) {
    out = hash_number(v);
    return true;
  }
  if (!v.is_object()) {
    out = 0x6B1F3A25 + v.bits * 0x9E3779B9;
    return true;
  }
  switch (v.as_object()->what()) {
    case kind::str: out = hash_of(v.as<string_object>()); return true;
    case kind::big_int:
    case kind::complex_: out = hash_number(v); return true;
    case kind::bytes: out = hash_of(v.as<bytes_object>()); return true;
    case kind::tuple: return tuple_hash(t, v.as<tuple_object>(), out);
    case kind::frozenset: return set_hash(t, v.as<dict_object>(), out);
    case kind::range: {
      auto* r = v.as<range_object>();
      const bool none = r->length == value::small_int(0), one = r->length == value::small_int(1);
      const value key = make_tuple(t, {r->length, none ? value::none() : r->start, none || one ? value::none() : r->step});
      return !key.empty() && tuple_hash(t, key.as<tuple_object>(), out);
    }
    case kind::bound_method: {
      std::uint64_t h = 0;
      auto* m = v.as<bound_method_object>();
      if (!hash(t, m->function, h)) return false;
      out = hash_address(m->self.bits) ^ h;
      return true;
    }
    case kind::native_function: {
      auto* f = v.as<native_function_object>();
      out = f->self.empty() ? hash_address(v.bits) : hash_address(f->self.bits) ^ hash_address(reinterpret_cast<std::uint64_t>(f->definition));
      return true;
    }
    case kind::list:
    case kind::dict:
    case kind::set:
    case kind::slice:
    case kind::bytearray: return unhashable(t, v);
    case kind::iterator:
      if (is_view(v) && v.as<iterator_object>()->which != iterator_kind::values_view) return unhashable(t, v);
      break;
    default: break;
  }
  out = hash_address(v.bits);
  return true;
}

bool hash(thread_state& t, value v, std::uint64_t& out) {
  if (!scripted(t, v)) return builtin_hash(t, v, out);
  value self;
  const value method = script_method(t, v, t.interp->names.__hash__, self);
  if (method.empty()) return t.why == signal::none && builtin_hash(t, v, out);
  if (method.is_none()) return unhashable(t, v);
  const value r = self.empty() ? call(t, method, nullptr, 0) : call(t, method, &self, 1);
  if (r.empty()) return false;
  if (!is_integer(r)) {
    raise(t, t.interp->errors.TypeError, "__hash__ method should return an integer");
    return false;
  }
  std::int64_t i = 0;
  out = int_fits_int64(r, i) ? static_cast<std::uint64_t>(i == -1 ? -2 : i) : hash_number(r);
  return true;
}

// ---- truth ----

bool truth(thread_state& t, value v, bool& out) {
  if (v.is_bool() || v.is_none() || v.is_int() || v.is_double()) {
    out = v.is_true() || ((v.is_int() || v.is_double()) && number_truth(v));
    return true;
  }
  if (!v.is_object()) {
    out = true;
    return true;
  }
  if (v.as_object()->shape_relaxed() == t.interp->string_shape) {
    out = v.as<string_object>()->length != 0;
    return true;
  }
  if (scripted(t, v)) {
    bool found = false;
    value r = call_script_method(t, v, t.interp->names.__bool__, found);
    if (found) {
      if (r.empty()) return false;
      if (!r.is_bool()) {
        raise(t, t.interp->errors.TypeError, "__bool__ should return bool, returned %s", type_name(t, r).c_str());
        return false;
      }
      out = r.is_true();
      return true;
    }
    std::int64_t n = 0;
    value self;
    r = script_method(t, v, t.interp->names.__len__, self);
    if (r.empty() && t.why != signal::none) return false;
    if (!r.empty()) {
      if (!length(t, v, n)) return false;
      out = n != 0;
      return true;
    }
  }
  v = unboxed(v);
  if (is_number(v)) {
    out = number_truth(v);
    return true;
  }
  std::int64_t n = 1;
  bool supported = true;
  if (is(v, kind::range)) {
    out = v.as<range_object>()->length != value::small_int(0);
    return true;
  }
  if (!builtin_length(t, v, n, supported)) return false;
  out = !supported || n != 0;
  return true;
}

}  // namespace gilt::interp
