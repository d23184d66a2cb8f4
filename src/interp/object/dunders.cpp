// SPDX-License-Identifier: BSL-1.0
#include "interp/object/dunders.hpp"

#include "interp/object/dict.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/set.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {
namespace {

value done(bool fine) { return fine ? value::none() : value{}; }

template <opcode Op>
value compare_native(thread_state& t, const call_args& a) { return builtin_compare(t, Op, a[0], a[1]); }
template <opcode Op>
value binary_native(thread_state& t, const call_args& a) { return builtin_binary(t, Op, a[0], a[1]); }
template <opcode Op>
value reflected_native(thread_state& t, const call_args& a) { return builtin_binary(t, Op, a[1], a[0]); }
template <opcode Op>
value inplace_native(thread_state& t, const call_args& a) { return builtin_inplace(t, Op, a[0], a[1]); }

value hash_native(thread_state& t, const call_args& a) {
  std::uint64_t h = 0;
  return builtin_hash(t, a[0], h) ? int_from_int64(t, static_cast<std::int64_t>(h)) : value{};
}
value repr_native(thread_state& t, const call_args& a) { return builtin_repr(t, a[0]); }

value length_native(thread_state& t, const call_args& a) {
  std::int64_t n = 0;
  bool supported = false;
  return builtin_length(t, a[0], n, supported) ? int_from_int64(t, n) : value{};
}
value getitem_native(thread_state& t, const call_args& a) { return builtin_getitem(t, a[0], a[1]); }
value setitem_native(thread_state& t, const call_args& a) {
  bool supported = false;
  return done(builtin_setitem(t, a[0], a[1], a[2], supported));
}
value delitem_native(thread_state& t, const call_args& a) {
  bool supported = false;
  return done(builtin_setitem(t, a[0], a[1], {}, supported));
}
value contains_native(thread_state& t, const call_args& a) {
  const value r = builtin_contains(t, a[0], a[1]);
  return r == value::not_implemented() ? value::false_() : r;
}
value iter_native(thread_state& t, const call_args& a) { return builtin_iter(t, a[0]); }
value next_native(thread_state& t, const call_args& a) {
  value item;
  if (!builtin_next(t, a[0].as<iterator_object>(), item)) return {};
  return item.empty() ? raise_stop_iteration(t, {}) : item;
}
value hint_native(thread_state& t, const call_args& a) {
  auto* it = a[0].as<iterator_object>();
  value of, at, size, left;
  std::int64_t n = 0;
  if (!any_access::read(t, it, it->a, of) || !any_access::read(t, it, it->b, at)) return {};
  if (!any_access::read(t, it, it->c, size) || !any_access::read(t, it, it->d, left)) return {};
  if (it->which >= iterator_kind::dict_keys && it->which <= iterator_kind::set) {
    if (of.is_none() || !length(t, of, n)) return of.is_none() ? value::small_int(0) : value{};
    return size.as_int() == n ? left : value::small_int(0);
  }
  if (it->which == iterator_kind::reversed && at.is_int() && at.as_int() >= 0) {
    if (!length(t, of, n)) return {};
    return value::small_int(n > at.as_int() ? at.as_int() + 1 : 0);
  }
  if (it->which == iterator_kind::sequence) {
    if (of.is_none()) return value::small_int(0);
    if (!type_lookup(class_of(t, of), t.interp->names.__len__)) return value::not_implemented();
    return length(t, of, n) ? int_from_int64(t, std::max<std::int64_t>(n - at.as_int(), 0)) : value{};
  }
  if (it->which == iterator_kind::range) return size;
  return int_from_int64(t, builtin_length_hint(t, it));
}
value reversed_native(thread_state& t, const call_args& a) { return new_reversed(t, t.interp->types.reversed, {a.v, 1, 0, nullptr}); }

// list.__init__(self, iterable=()) and so on: what was in it goes.
value init_native(thread_state& t, const call_args& a) {
  if (a.npos > 2) {
    return raise(t, t.interp->errors.TypeError, "%s expected at most 1 argument, got %u", type_name(t, a[0]).c_str(), a.npos - 1);
  }
  if (a.nkw > 0 && (is(a[0], kind::set) || (is(a[0], kind::list) && (class_of(t, a[0])->flags & flag_custom_new) == 0)))
    return raise(t, t.interp->errors.TypeError, "%s() takes no keyword arguments", is(a[0], kind::list) ? "list" : "set");
  switch (a[0].as_object()->what()) {
    case kind::list:
      if (!list_replace(t, a[0].as<list_object>(), nullptr, 0)) return {};
      return done(a.npos < 2 || list_extend(t, a[0].as<list_object>(), a[1]));
    case kind::set:
      if (!set_clear(t, a[0].as<dict_object>())) return {};
      return done(a.npos < 2 || set_update(t, a[0].as<dict_object>(), a[1]));
    default: {
      auto* d = a[0].as<dict_object>();
      if (a.npos > 1 && !dict_update(t, d, a[1])) return {};
      for (std::uint32_t k = 0; k < a.nkw; ++k) {
        if (!dict_set(t, d, const_cast<tuple_object*>(a.names)->items()[k], a[a.npos + k])) return {};
      }
      return value::none();
    }
  }
}

constexpr native_definition comparisons[] = {
    {"__eq__", compare_native<opcode::EQ>, 2, 2, false}, {"__ne__", compare_native<opcode::NE>, 2, 2, false},
    {"__lt__", compare_native<opcode::LT>, 2, 2, false}, {"__le__", compare_native<opcode::LE>, 2, 2, false},
    {"__gt__", compare_native<opcode::GT>, 2, 2, false}, {"__ge__", compare_native<opcode::GE>, 2, 2, false},
};
constexpr native_definition containers[] = {
    {"__len__", length_native, 1, 1, false},
    {"__getitem__", getitem_native, 2, 2, false},
    {"__contains__", contains_native, 2, 2, false},
    {"__iter__", iter_native, 1, 1, false},
};
constexpr native_definition items[] = {
    {"__setitem__", setitem_native, 3, 3, false},
    {"__delitem__", delitem_native, 2, 2, false},
};
constexpr native_definition sequences[] = {
    {"__add__", binary_native<opcode::ADD>, 2, 2, false},
    {"__mul__", binary_native<opcode::MUL>, 2, 2, false},
    {"__rmul__", binary_native<opcode::MUL>, 2, 2, false},
};
constexpr native_definition sets[] = {
    {"__or__", binary_native<opcode::BITOR>, 2, 2, false},     {"__ror__", reflected_native<opcode::BITOR>, 2, 2, false},
    {"__and__", binary_native<opcode::BITAND>, 2, 2, false},   {"__rand__", reflected_native<opcode::BITAND>, 2, 2, false},
    {"__sub__", binary_native<opcode::SUB>, 2, 2, false},      {"__rsub__", reflected_native<opcode::SUB>, 2, 2, false},
    {"__xor__", binary_native<opcode::BITXOR>, 2, 2, false},   {"__rxor__", reflected_native<opcode::BITXOR>, 2, 2, false},
};
constexpr native_definition set_inplace[] = {
    {"__ior__", inplace_native<opcode::IBITOR>, 2, 2, false},
    {"__iand__", inplace_native<opcode::IBITAND>, 2, 2, false},
    {"__isub__", inplace_native<opcode::ISUB>, 2, 2, false},
    {"__ixor__", inplace_native<opcode::IBITXOR>, 2, 2, false},
};
constexpr native_definition list_inplace[] = {
    {"__iadd__", inplace_native<opcode::IADD>, 2, 2, false},
    {"__imul__", inplace_native<opcode::IMUL>, 2, 2, false},
};
constexpr native_definition dicts[] = {
    {"__or__", binary_native<opcode::BITOR>, 2, 2, false},
    {"__ror__", reflected_native<opcode::BITOR>, 2, 2, false},
    {"__ior__", inplace_native<opcode::IBITOR>, 2, 2, false},
};
constexpr native_definition iterators[] = {
    {"__iter__", iter_native, 1, 1, false},
    {"__next__", next_native, 1, 1, false},
    {"__length_hint__", hint_native, 1, 1, false},
};
constexpr native_definition views[] = {
    {"__len__", length_native, 1, 1, false},
    {"__contains__", contains_native, 2, 2, false},
    {"__iter__", iter_native, 1, 1, false},
};
constexpr native_definition reversal[] = {{"__reversed__", reversed_native, 1, 1, false}};
constexpr native_definition reprs[] = {{"__repr__", repr_native, 1, 1, false}};
constexpr native_definition hashes[] = {{"__hash__", hash_native, 1, 1, false}};
constexpr native_definition inits[] = {{"__init__", init_native, 1, -1, true}};

}  // namespace

dunder_table comparison_dunders() { return comparisons; }
dunder_table equality_dunders() { return dunder_table(comparisons).first(2); }
dunder_table container_dunders() { return containers; }
dunder_table item_dunders() { return items; }
dunder_table sequence_dunders() { return sequences; }
dunder_table set_dunders() { return sets; }
dunder_table set_inplace_dunders() { return set_inplace; }
dunder_table list_inplace_dunders() { return list_inplace; }
dunder_table iterator_dunders() { return iterators; }
dunder_table view_dunders() { return views; }
dunder_table reversed_dunders() { return reversal; }
dunder_table repr_dunders() { return reprs; }
dunder_table hash_dunders() { return hashes; }
dunder_table dict_dunders() { return dicts; }
dunder_table init_dunders() { return inits; }

}  // namespace gilt::interp
