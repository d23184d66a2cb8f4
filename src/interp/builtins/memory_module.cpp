// SPDX-License-Identifier: BSL-1.0
// _memory: weak references and collections, for `_weakref` and `gc` (src/interp/lib).
#include <algorithm>
#include <mutex>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/object/class_cells.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"
#include "interp/vm/slice.hpp"

namespace gilt::interp {
namespace {

weak_reference_object* self_of(const call_args& a) { return a[0].as<weak_reference_object>(); }

// Empty with t.why == none: dead.
value referent(thread_state& t, weak_reference_object* r) {
  value word;
  if (!any_access::read(t, r, r->target, word)) return {};
  return word.bits == 0 ? value{} : value::of(reinterpret_cast<object*>(~word.bits));
}

// As CPython: what has room for a list of its references.
bool can_be_referred_to(thread_state& t, value v) {
  if (!v.is_object()) return false;
  const type_object* cls = class_of(t, v);
  switch (v.as_object()->what()) {
    case kind::big_int:
    case kind::tuple:
    case kind::bytes: return false;
    case kind::str:
    case kind::bytearray:
    case kind::float_box:
    case kind::complex_:
    case kind::list:
    case kind::dict: return (cls->flags & flag_heap) != 0;
    case kind::range:
    case kind::slice:
    case kind::cell:
    case kind::iterator:
    case kind::property:
    case kind::traceback: return false;
    case kind::instance: {
      if (cls == t.interp->types.object || (cls->flags & flag_heap) == 0) return false;
      if ((cls->flags & flag_no_dict) == 0) return true;
      for (const value c : items_of(cls->mro)) {
        cell_object* cell = find_cell(c.as<type_object>()->cells, t.interp->names.__slots__);
        value slots;
        bool there = false;
        if (!cell || !read_cell(t, cell, slots) || slots.empty()) continue;
        if (contains(t, slots, value::of(t.interp->names.__weakref__), there) && there) return true;
        if (t.why != signal::none) return false;
      }
      return false;
    }
    default: return true;
  }
}

value new_reference(thread_state& t, type_object* cls, const call_args& a) {
  if (a.npos < 1 || a.npos > 2)
    return raise(t, t.interp->errors.TypeError, "__new__ expected %s, got %u", a.npos < 1 ? "at least 1 argument" : "at most 2 arguments", a.npos);
  if (!can_be_referred_to(t, a[0]) && t.why == signal::none)
    return raise(t, t.interp->errors.TypeError, "cannot create weak reference to '%s' object", type_name(t, a[0]).c_str());
  if (t.why != signal::none) return {};
  const value callback = a.npos > 1 && !a[1].is_none() ? a[1] : value{};
  weak_table& table = t.interp->weak;
  if (callback.empty() && (cls->flags & flag_heap) == 0) {
    const std::lock_guard hold(table.mutex);
    const auto found = table.references.find(a[0].as_object());
    if (found != table.references.end()) {
      for (weak_reference_object* r : found->second) {
        if (class_of(t, value::of(r)) == cls && value{r->callback.load(std::memory_order_relaxed)}.empty()) return value::of(r);
      }
    }
  }
  auto* r = t.alloc.make<weak_reference_object>(t, cls->root);
  if (!r) return {};
  r->target.store(~reinterpret_cast<std::uint64_t>(a[0].as_object()), std::memory_order_relaxed);
  r->callback.store(callback.bits, std::memory_order_relaxed);
  r->hash_bits.store(value{}.bits, std::memory_order_relaxed);
  const std::lock_guard hold(table.mutex);
  table.references[a[0].as_object()].push_back(r);
  return value::of(r);
}

value reference_init(thread_state&, const call_args&) { return value::none(); }
value reference_call(thread_state& t, const call_args& a) {
  const value v = referent(t, self_of(a));
  return v.empty() && t.why == signal::none ? value::none() : v;
}
value reference_hash(thread_state& t, const call_args& a) {
  auto* r = self_of(a);
  value known;
  if (!any_access::read(t, r, r->hash_bits, known)) return {};
  if (!known.empty()) return known;
  const value v = referent(t, r);
  if (v.empty()) return t.why == signal::none ? raise(t, t.interp->errors.TypeError, "weak object has gone away") : value{};
  std::uint64_t bits = 0;
  if (!hash(t, v, bits)) return {};
  const value h = int_from_int64(t, static_cast<std::int64_t>(bits));
  return !h.empty() && any_access::write(t, r, r->hash_bits, h) ? h : value{};
}
template <opcode Op>
value reference_compare(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::weak_reference)) return value::not_implemented();
  const value x = referent(t, self_of(a)), y = referent(t, a[1].as<weak_reference_object>());
  if (t.why != signal::none) return {};
  if (x.empty() || y.empty()) return value::boolean((a[0] == a[1]) == (Op == opcode::EQ));
  return compare(t, Op, x, y);
}
value reference_repr(thread_state& t, const call_args& a) {
  const value v = referent(t, self_of(a));
  if (v.empty() && t.why != signal::none) return {};
  const std::string head = "<weakref at " + address_of(a[0]) + "; ";
  if (v.empty()) return make_string(t, head + "dead>");
  return make_string(t, head + "to '" + type_name(t, v) + "' at " + address_of(v) + ">");
}
value reference_callback(thread_state& t, const call_args& a) {
  value v;
  auto* r = self_of(a);
  if (!any_access::read(t, r, r->callback, v)) return {};
  const value alive = referent(t, r);
  return v.empty() || alive.empty() ? value::none() : v;
}

// All references to an object.
value references_to(thread_state& t, const call_args& a) {
  const value list = make_list(t);
  if (list.empty() || !a[0].is_object()) return list;
  std::vector<weak_reference_object*> all;
  {
    const std::lock_guard hold(t.interp->weak.mutex);
    const auto found = t.interp->weak.references.find(a[0].as_object());
    if (found != t.interp->weak.references.end()) all = found->second;
  }
  for (weak_reference_object* r : all) {
    if (!list_append<any_access>(t, list.as<list_object>(), value::of(r))) return {};
  }
  return list;
}

// Takes the references whose callbacks are to be called.
value take_waiting(thread_state& t, const call_args&) {
  std::vector<value> all;
  {
    const std::lock_guard hold(t.interp->weak.mutex);
    all.swap(t.interp->weak.waiting);
  }
  const value list = make_list(t);
  for (const value r : all) {
    value callback;
    auto* w = r.as<weak_reference_object>();
    if (list.empty() || !any_access::read(t, w, w->callback, callback)) return {};
    const value pair = make_tuple(t, {callback, r});
    if (pair.empty() || !list_append<any_access>(t, list.as<list_object>(), pair)) return {};
  }
  return list;
}

// A call's arguments are the last registers in use, so what lies behind them is left over from calls
// that are over: it must keep nothing alive.
constexpr std::ptrdiff_t stale_registers = 8192;
value collect(thread_state& t, const call_args& a) {
  if (a.v >= t.registers && a.v < t.registers_end)
    std::fill(a.v + a.npos, std::min(a.v + a.npos + stale_registers, t.registers_end), value{});
  collect_now(t);
  return value::none();
}

constexpr native_definition reference_methods[] = {
    {"__init__", reference_init, 1, 3, true},
    {"__call__", reference_call, 1, 1, false},
    {"__hash__", reference_hash, 1, 1, false},
    {"__eq__", reference_compare<opcode::EQ>, 2, 2, false},
    {"__ne__", reference_compare<opcode::NE>, 2, 2, false},
    {"__repr__", reference_repr, 1, 1, false},
};
constexpr native_definition functions[] = {
    {"references_to", references_to, 1, 1, false},
    {"take_waiting", take_waiting, 0, 0, false},
    {"collect", collect, 0, 0, false},
};

}  // namespace

void fill_memory(thread_state& t, module_object* m) {
  interpreter& i = *t.interp;
  type_object* reference = define_type(i, "ReferenceType", kind::weak_reference, i.types.object, reference_methods, new_reference);
  define_property(i, reference, "__callback__", reference_callback);
  define(t, m, "ref", value::of(reference));
  define_functions(t, m, functions);
}

}  // namespace gilt::interp
