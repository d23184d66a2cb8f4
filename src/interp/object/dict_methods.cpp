// SPDX-License-Identifier: BSL-1.0
#include "interp/object/dict.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/set.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

dict_object* self(const call_args& a) { return a[0].as<dict_object>(); }

value get(thread_state& t, const call_args& a) {
  value item;
  if (!dict_get(t, self(a), a[1], item)) return {};
  if (!item.empty()) return item;
  return a.npos > 2 ? a[2] : value::none();
}

value set_default(thread_state& t, const call_args& a) {
  value item;
  return dict_set_default(t, self(a), a[1], a.npos > 2 ? a[2] : value::none(), item) ? item : value{};
}

value pop(thread_state& t, const call_args& a) {
  value item;
  if (!dict_pop(t, self(a), a[1], item)) return {};
  if (!item.empty()) return item;
  return a.npos > 2 ? a[2] : raise_key_error(t, a[1]);
}

value pop_item(thread_state& t, const call_args& a) {
  // Without compaction every call would pass over all that earlier calls have removed.
  if (!any_access::own(t, self(a)) || !dict_compact(t, self(a))) return {};
  std::int64_t at = INT64_MAX;
  value key, item, gone;
  if (!dict_previous(t, self(a), at, key, item)) return {};
  if (key.empty()) {
    const value text = make_string(t, "popitem(): dictionary is empty");
    return text.empty() ? text : raise_key_error(t, text);
  }
  const value pair = make_tuple(t, {key, item});
  return !pair.empty() && dict_pop(t, self(a), key, gone) ? pair : value{};
}

template <iterator_kind Which>
value view(thread_state& t, const call_args& a) { return make_view(t, Which, a[0]); }

value clear(thread_state& t, const call_args& a) { return dict_clear(t, self(a)) ? value::none() : value{}; }
value copy(thread_state& t, const call_args& a) { return dict_copy(t, self(a)); }

value update(thread_state& t, const call_args& a) {
  if (a.npos > 2) return raise(t, t.interp->errors.TypeError, "update expected at most 1 argument, got %u", a.npos - 1);
  if (a.npos == 2 && !dict_update(t, self(a), a[1])) return {};
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    if (!dict_set(t, self(a), const_cast<tuple_object*>(a.names)->items()[k], a[a.npos + k])) return {};
  }
  return value::none();
}

value from_keys(thread_state& t, const call_args& a) {
  const value item = a.npos > 2 ? a[2] : value::none();
  const value made = call(t, a[0], nullptr, 0);
  if (is(made, kind::dict) && is_exact(made.as_object(), t.interp->types.dict) && is_set(a[1]) && is_exact(a[1].as_object(), is(a[1], kind::set) ? t.interp->types.set : t.interp->types.frozenset))
    return dict_from_set(t, made.as<dict_object>(), a[1].as<dict_object>(), item) ? made : value{};
  const value it = made.empty() ? made : get_iter(t, a[1]);
  if (it.empty()) return {};
  for (value key;;) {
    if (!iter_next(t, it, key)) return {};
    if (key.empty()) return made;
    if (!setitem(t, made, key, item)) return {};
  }
}

value is_disjoint(thread_state& t, const call_args& a) {
  const value it = get_iter(t, a[1]);
  if (it.empty()) return {};
  for (value item;;) {
    bool in = false;
    if (!iter_next(t, it, item)) return {};
    if (item.empty()) return value::true_();
    if (!contains(t, a[0], item, in)) return {};
    if (in) return value::false_();
  }
}

constexpr native_definition table[] = {
    {"get", get, 2, 3, false},
    {"setdefault", set_default, 2, 3, false},
    {"pop", pop, 2, 3, false},
    {"popitem", pop_item, 1, 1, false},
    {"keys", view<iterator_kind::keys_view>, 1, 1, false},
    {"values", view<iterator_kind::values_view>, 1, 1, false},
    {"items", view<iterator_kind::items_view>, 1, 1, false},
    {"clear", clear, 1, 1, false},
    {"copy", copy, 1, 1, false},
    {"update", update, 1, -1, true},
};
constexpr native_definition class_table[] = {{"fromkeys", from_keys, 2, 3, false}};
constexpr native_definition view_table[] = {{"isdisjoint", is_disjoint, 2, 2, false}};

}  // namespace

std::span<const native_definition> dict_methods() { return table; }
std::span<const native_definition> dict_class_methods() { return class_table; }
std::span<const native_definition> dict_view_methods() { return view_table; }

}  // namespace gilt::interp
