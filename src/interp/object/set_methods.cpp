// SPDX-License-Identifier: BSL-1.0
#include "interp/object/operations.hpp"
#include "interp/object/set.hpp"
#include "interp/object/string.hpp"
#include "interp/object/string.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

dict_object* self(const call_args& a) { return a[0].as<dict_object>(); }
value done(bool fine) { return fine ? value::none() : value{}; }
type_object* base_class(thread_state& t, const call_args& a) {
  return is(a[0], kind::set) ? t.interp->types.set : t.interp->types.frozenset;
}

value as_set(thread_state& t, value v) {
  if (is_set(v)) return v;
  const value s = make_set(t);
  return !s.empty() && set_update(t, s.as<dict_object>(), v) ? s : value{};
}

value add(thread_state& t, const call_args& a) { return done(set_add(t, self(a), a[1])); }
value clear(thread_state& t, const call_args& a) { return done(set_clear(t, self(a))); }

value discard_key(thread_state& t, const call_args& a, bool& found) {
  value key = a[1];
  if (set_discard(t, self(a), key, found)) return value::none();
  if (!is(key, kind::set) || !clear_exception(t, t.interp->errors.TypeError)) return {};
  key = make_frozenset(t, key);                            // an unhashable set stands for the frozenset of its items
  return !key.empty() && set_discard(t, self(a), key, found) ? value::none() : value{};
}
value discard(thread_state& t, const call_args& a) {
  bool found = false;
  return discard_key(t, a, found);
}
value remove(thread_state& t, const call_args& a) {
  bool found = false;
  const value r = discard_key(t, a, found);
  return r.empty() || found ? r : raise_key_error(t, a[1]);
}

value pop(thread_state& t, const call_args& a) {
  value key;
  if (!set_pop(t, self(a), key)) return {};
  if (!key.empty()) return key;
  const value text = make_string(t, "pop from an empty set");
  return text.empty() ? text : raise_key_error(t, text);
}

value copy(thread_state& t, const call_args& a) {
  if (is(a[0], kind::frozenset) && is_exact(a[0].as_object(), t.interp->types.frozenset)) return a[0];
  return set_copy(t, self(a), base_class(t, a));
}

value update(thread_state& t, const call_args& a) {
  for (std::uint32_t i = 1; i < a.npos; ++i) {
    if (!set_update(t, self(a), a[i])) return {};
  }
  return value::none();
}

value unite(thread_state& t, const call_args& a) {
  const value r = set_copy(t, self(a), base_class(t, a));
  for (std::uint32_t i = 1; i < a.npos; ++i) {
    if (r.empty() || !set_update(t, r.as<dict_object>(), a[i])) return {};
  }
  return r;
}

using step = value (*)(thread_state&, dict_object*, value);
template <step Step, bool InPlace>
value fold(thread_state& t, const call_args& a) {
  value r = a.npos > 1 ? a[0] : set_copy(t, self(a), base_class(t, a));
  for (std::uint32_t i = 1; i < a.npos; ++i) {
    r = Step(t, r.as<dict_object>(), a[i]);
    if (r.empty()) return {};
  }
  if (!InPlace || r.empty()) return r;
  return done(set_replace(t, self(a), r));
}

value is_subset(thread_state& t, const call_args& a) {
  bool r = false;
  const value other = as_set(t, a[1]);
  return !other.empty() && set_is_subset(t, self(a), other.as<dict_object>(), r) ? value::boolean(r) : value{};
}
value is_superset(thread_state& t, const call_args& a) {
  bool r = false;
  const value other = as_set(t, a[1]);
  return !other.empty() && set_is_subset(t, other.as<dict_object>(), self(a), r) ? value::boolean(r) : value{};
}
value is_disjoint(thread_state& t, const call_args& a) {
  const value it = get_iter(t, a[1]);
  if (it.empty()) return {};
  for (value item;;) {
    bool in = false;
    if (!iter_next(t, it, item)) return {};
    if (item.empty()) return value::true_();
    if (!set_contains(t, self(a), item, in)) return {};
    if (in) return value::false_();
  }
}

constexpr native_definition both[] = {
    {"copy", copy, 1, 1, false},
    {"union", unite, 1, -1, false},
    {"intersection", fold<set_intersection, false>, 1, -1, false},
    {"difference", fold<set_difference, false>, 1, -1, false},
    {"symmetric_difference", fold<set_symmetric_difference, false>, 2, 2, false},
    {"issubset", is_subset, 2, 2, false},
    {"issuperset", is_superset, 2, 2, false},
    {"isdisjoint", is_disjoint, 2, 2, false},
};
constexpr native_definition mutable_only[] = {
    {"add", add, 2, 2, false},
    {"clear", clear, 1, 1, false},
    {"discard", discard, 2, 2, false},
    {"remove", remove, 2, 2, false},
    {"pop", pop, 1, 1, false},
    {"update", update, 1, -1, false},
    {"intersection_update", fold<set_intersection, true>, 1, -1, false},
    {"difference_update", fold<set_difference, true>, 1, -1, false},
    {"symmetric_difference_update", fold<set_symmetric_difference, true>, 2, 2, false},
};

}  // namespace

std::span<const native_definition> frozenset_methods() { return both; }
std::span<const native_definition> set_methods() { return mutable_only; }

}  // namespace gilt::interp
