// SPDX-License-Identifier: BSL-1.0
// dict_operations: what dicts do beyond finding, storing and removing one key.
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/nesting.hpp"
#include "interp/object/sequence.hpp"
#include "interp/object/special.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

namespace {

// dict(pairs): each item must be iterable with two items.
bool update_from_pairs(thread_state& t, dict_object* d, value iterable) {
  const value it = get_iter(t, iterable);
  if (it.empty()) return false;
  for (std::size_t i = 0;; ++i) {
    value item;
    if (!iter_next(t, it, item)) return false;
    if (item.empty()) return true;
    if (!is(item, kind::tuple)) {
      const value pair = tuple_of(t, item);
      if (pair.empty()) {
        if (t.why == signal::exception && !type_lookup(class_of(t, item), t.interp->names.__iter__) &&
            clear_exception(t, t.interp->errors.TypeError)) {
          raise(t, t.interp->errors.TypeError, "cannot convert dictionary update sequence element #%zu to a sequence", i);
        }
        return false;
      }
      item = pair;
    }
    auto* pair = item.as<tuple_object>();
    if (pair->length != 2) {
      raise(t, t.interp->errors.ValueError, "dictionary update sequence element #%zu has length %llu; 2 is required", i,
            static_cast<unsigned long long>(pair->length));
      return false;
    }
    if (!dict_set(t, d, pair->items()[0], pair->items()[1])) return false;
  }
}

// Calls visit(key, item) for each of a mapping that has keys().
template <class Visit>
bool visit_mapping(thread_state& t, value mapping, Visit&& visit) {
  if (is(mapping, kind::dict) && !scripted(t, mapping)) {
    auto* from = mapping.as<dict_object>();
    std::int64_t at = 0, n = 0, now = 0;
    if (!dict_length<any_access>(t, from, n)) return false;
    for (value key, item;;) {
      if (!dict_next(t, from, at, key, item)) return false;
      if (key.empty()) return true;
      if (!visit(key, item) || !dict_length<any_access>(t, from, now)) return false;
      if (now == n) continue;
      raise(t, t.interp->errors.RuntimeError, "dict mutated during update");
      return false;
    }
  }
  const value keys = call_method(t, mapping, t.interp->names.keys);
  const value it = keys.empty() ? keys : get_iter(t, keys);
  if (it.empty()) return false;
  for (value key;;) {
    if (!iter_next(t, it, key)) return false;
    if (key.empty()) return true;
    const value item = getitem(t, mapping, key);
    if (item.empty() || !visit(key, item)) return false;
  }
}

// An instance of a dict subclass that says nothing of its own about iteration is read as a dict.
bool is_mapping(thread_state& t, value v) {
  return is(v, kind::dict) || type_lookup(class_of(t, v), t.interp->names.keys) != nullptr;
}

}  // namespace

bool dict_update(thread_state& t, dict_object* d, value other) {
  if (!is_mapping(t, other)) {
    const value keys = find_attr(t, other, t.interp->names.keys);
    if (keys.empty()) return t.why == signal::none && update_from_pairs(t, d, other);
  }
  return visit_mapping(t, other, [&](value key, value item) { return dict_set(t, d, key, item); });
}

bool dict_merge(thread_state& t, dict_object* d, value other, value callee) {
  if (!is_mapping(t, other)) {
    raise(t, t.interp->errors.TypeError, "%s argument after ** must be a mapping, not %s", callee_shown(t, callee).c_str(), type_name(t, other).c_str());
    return false;
  }
  return visit_mapping(t, other, [&](value key, value item) {
    if (!is(key, kind::str)) {
      raise(t, t.interp->errors.TypeError, "keywords must be strings");
      return false;
    }
    value there;
    if (!dict_get(t, d, key, there)) return false;
    if (!there.empty()) {
      raise(t, t.interp->errors.TypeError, "%s got multiple values for keyword argument '%s'", callee_shown(t, callee).c_str(),
            to_utf8(key.as<string_object>()).c_str());
      return false;
    }
    return dict_set(t, d, key, item);
  });
}

value dict_getitem(thread_state& t, dict_object* d, value key) {
  value item;
  if (!dict_get(t, d, key, item)) return {};
  if (GILT_LIKELY(!item.empty())) return item;
  if (scripted(t, value::of(d))) {
    bool found = false;
    const value r = call_script_method(t, value::of(d), t.interp->names.__missing__, found, key);
    if (found) return r;
  }
  return raise_key_error(t, key);
}

value dict_compare(thread_state& t, opcode op, dict_object* a, dict_object* b) {
  const nesting deep(t);
  if (!deep.fine(" in comparison")) return {};
  std::int64_t n = 0, m = 0, at = 0;
  if (!dict_length<any_access>(t, a, n) || !dict_length<any_access>(t, b, m)) return {};
  bool same = n == m;
  for (value key, item, other; same;) {
    if (!dict_next(t, a, at, key, item)) return {};
    if (key.empty()) break;
    if (!dict_get(t, b, key, other)) return {};
    same = !other.empty();
    if (same && !equal(t, item, other, same)) return {};
  }
  return value::boolean(same == (op == opcode::EQ));
}

value dict_repr(thread_state& t, dict_object* d) {
  const nesting deep(t);
  if (!deep.fine(" while getting the repr of an object")) return {};
  const being_shown guard(t, value::of(d));
  if (guard.already()) return make_string(t, "{...}");
  std::string s = "{";
  std::int64_t at = 0;
  for (value key, item;;) {
    if (!dict_next(t, d, at, key, item)) return {};
    if (key.empty()) break;
    if (s.size() > 1) s += ", ";
    if (!append_repr(t, key, s)) return {};
    s += ": ";
    if (!append_repr(t, item, s)) return {};
  }
  s += "}";
  return make_string(t, is_exact(d, t.interp->types.mapping_proxy) ? "mappingproxy(" + s + ")" : s);
}

value new_dict(thread_state& t, type_object* cls, const call_args& a) {
  auto* d = t.alloc.make<dict_object>(t, cls->root);
  if (!d) return {};
  d->length.store(value::small_int(0).bits, std::memory_order_relaxed);
  if ((cls->flags & flag_custom_init) != 0) return value::of(d);
  if (a.npos > 1) return raise(t, t.interp->errors.TypeError, "dict expected at most 1 argument, got %u", a.npos);
  if (a.npos == 1 && !dict_update(t, d, a[0])) return {};
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    if (!dict_set(t, d, const_cast<tuple_object*>(a.names)->items()[k], a[a.npos + k])) return {};
  }
  return value::of(d);
}

}  // namespace gilt::interp
