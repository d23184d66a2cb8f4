// SPDX-License-Identifier: BSL-1.0
// subscript: len(v), v[key], `in`.
#include "interp/object/bytes.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/set.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

bool builtin_length(thread_state& t, value v, std::int64_t& out, bool& supported) {
  supported = true;
  if (v.is_object()) {
    switch (v.as_object()->what()) {
      case kind::str: out = v.as<string_object>()->length; return true;
      case kind::tuple: out = static_cast<std::int64_t>(v.as<tuple_object>()->length); return true;
      case kind::list: return list_length<any_access>(t, v.as<list_object>(), out);
      case kind::dict: return dict_length<any_access>(t, v.as<dict_object>(), out);
      case kind::set:
      case kind::frozenset: return set_length(t, v.as<dict_object>(), out);
      case kind::range: return range_length(t, v.as<range_object>(), out);
      case kind::bytes:
      case kind::bytearray: return bytes_length(t, v, out);
      case kind::iterator:
        if (is_view(v)) {
          value d;
          auto* it = v.as<iterator_object>();
          return any_access::read(t, it, it->a, d) && dict_length<any_access>(t, d.as<dict_object>(), out);
        }
        break;
      default: break;
    }
  }
  supported = false;
  return true;
}

bool length(thread_state& t, value v, std::int64_t& out) {
  if (scripted(t, v) || (v.is_object() && v.as_object()->what() >= kind::file)) {
    bool found = false;
    value r = scripted(t, v) ? call_script_method(t, v, t.interp->names.__len__, found) : value{};
    if (!found && v.as_object()->what() >= kind::file) r = call_special(t, v, t.interp->names.__len__, nullptr, 0, found);
    if (found) {
      if (r.empty()) return false;
      if (!is_integer(r) && !has_index(t, r)) {
        raise(t, t.interp->errors.TypeError, "'%s' object cannot be interpreted as an integer", type_name(t, r).c_str());
        return false;
      }
      const value exact = index_of(t, r);
      if (exact.empty()) return false;
      bool negative = false;
      if (!is_negative(t, exact, negative)) return false;
      if (negative) {
        raise(t, t.interp->errors.ValueError, "__len__() should return >= 0");
        return false;
      }
      if (int_fits_int64(exact, out)) return true;
      raise(t, t.interp->errors.OverflowError, "cannot fit 'int' into an index-sized integer");
      return false;
    }
  }
  bool supported = false;
  if (!builtin_length(t, v, out, supported)) return false;
  if (!supported) raise(t, t.interp->errors.TypeError, "object of type '%s' has no len()", type_name(t, v).c_str());
  return supported;
}

value length(thread_state& t, value v) {
  std::int64_t n = 0;
  return length(t, v, n) ? int_from_int64(t, n) : value{};
}

// ---- v[key] ----

value builtin_getitem(thread_state& t, value v, value key) {
  if (!v.is_object()) return value::not_implemented();
  switch (v.as_object()->what()) {
    case kind::list: return list_getitem(t, v.as<list_object>(), key);
    case kind::tuple: return tuple_getitem(t, v.as<tuple_object>(), key);
    case kind::str: return string_getitem(t, v.as<string_object>(), key);
    case kind::dict: return dict_getitem(t, v.as<dict_object>(), key);
    case kind::range: return range_getitem(t, v.as<range_object>(), key);
    case kind::bytes:
    case kind::bytearray: return bytes_getitem(t, v, key);
    default: return value::not_implemented();
  }
}

namespace {

// Class[...]: what __class_getitem__ makes of it; `type` gives itself, which is enough for annotations.
value class_getitem(thread_state& t, value v, value key) {
  auto* cls = v.as<type_object>();
  const value hook = find_attr(t, v, t.interp->names.__class_getitem__);
  if (!hook.empty()) return call(t, hook, &key, 1);
  if (t.why != signal::none) return {};
  if (cls == t.interp->types.type) return v;
  return raise(t, t.interp->errors.TypeError, "type '%s' is not subscriptable", to_utf8(cls->name).c_str());
}

}  // namespace

value getitem(thread_state& t, value v, value key) {
  bool found = false;
  if (scripted(t, v)) {
    const value r = call_script_method(t, v, t.interp->names.__getitem__, found, key);
    if (found) return r;
  }
  value r = builtin_getitem(t, v, key);
  if (r != value::not_implemented()) return r;
  if (is(v, kind::type)) return class_getitem(t, v, key);
  if (v.is_object() && v.as_object()->what() >= kind::file) {
    r = call_special(t, v, t.interp->names.__getitem__, &key, 1, found);
    if (found) return r;
  }
  return raise(t, t.interp->errors.TypeError, "'%s' object is not subscriptable", type_name(t, v).c_str());
}

bool builtin_setitem(thread_state& t, value v, value key, value item, bool& supported) {
  supported = true;
  if (v.is_object()) {
    switch (v.as_object()->what()) {
      case kind::list:
        return item.empty() ? list_delitem(t, v.as<list_object>(), key) : list_setitem(t, v.as<list_object>(), key, item);
      case kind::dict: {
        if (is_exact(v.as_object(), t.interp->types.mapping_proxy)) break;
        if (!item.empty()) return dict_set(t, v.as<dict_object>(), key, item);
        bool found = false;
        if (!dict_delete(t, v.as<dict_object>(), key, found)) return false;
        if (!found) raise_key_error(t, key);
        return found;
      }
      case kind::bytearray: return bytearray_setitem(t, v.as<bytearray_object>(), key, item);
      default: break;
    }
  }
  supported = false;
  return true;
}

static bool change_item(thread_state& t, value v, value key, value item) {
  bool found = false;
  if (scripted(t, v)) {
    const well_known_names& n = t.interp->names;
    const value r = call_script_method(t, v, item.empty() ? n.__delitem__ : n.__setitem__, found, key, item);
    if (found) return !r.empty();
  }
  bool supported = false;
  if (!builtin_setitem(t, v, key, item, supported)) return false;
  if (!supported && v.is_object() && v.as_object()->what() >= kind::file) {
    const well_known_names& n = t.interp->names;
    const value args[] = {key, item};
    const value r = call_special(t, v, item.empty() ? n.__delitem__ : n.__setitem__, args, item.empty() ? 1 : 2, found);
    if (found) return !r.empty();
  }
  if (!supported) {
    // CPython words it by the way it looked for the operation: as a sequence or as a mapping.
    const kind k = v.is_object() ? v.as_object()->what() : kind::free_cell;
    const bool sequence = is_integer(key) && (k == kind::str || k == kind::tuple || k == kind::bytes || k == kind::range ||
                                              (scripted(t, v) && k == kind::instance));
    raise(t, t.interp->errors.TypeError,
          !item.empty() ? "'%s' object does not support item assignment"
          : sequence    ? "'%s' object doesn't support item deletion"
                        : "'%s' object does not support item deletion",
          type_name(t, v).c_str());
  }
  return supported;
}

bool setitem(thread_state& t, value v, value key, value item) { return change_item(t, v, key, item); }
bool delitem(thread_state& t, value v, value key) { return change_item(t, v, key, {}); }

// ---- in ----

value builtin_contains(thread_state& t, value v, value item) {
  if (!v.is_object()) return value::not_implemented();
  bool out = false;
  switch (v.as_object()->what()) {
    case kind::str:
      if (!is(item, kind::str)) {
        return raise(t, t.interp->errors.TypeError, "'in <string>' requires string as left operand, not %s", type_name(t, item).c_str());
      }
      return value::boolean(contains(v.as<string_object>(), item.as<string_object>()));
    case kind::list: return list_contains(t, v.as<list_object>(), item, out) ? value::boolean(out) : value{};
    case kind::tuple:
      for (const value there : items_of(v.as<tuple_object>())) {
        if (!equal(t, there, item, out)) return {};
        if (out) return value::true_();
      }
      return value::false_();
    case kind::dict: {
      value there;
      return dict_get(t, v.as<dict_object>(), item, there) ? value::boolean(!there.empty()) : value{};
    }
    case kind::set:
    case kind::frozenset: {
      if (set_contains(t, v.as<dict_object>(), item, out)) return value::boolean(out);
      if (!is(item, kind::set) || !clear_exception(t, t.interp->errors.TypeError)) return {};
      item = make_frozenset(t, item);                      // an unhashable set is looked for as a frozen one
      if (item.empty()) return {};
      return set_contains(t, v.as<dict_object>(), item, out) ? value::boolean(out) : value{};
    }
    case kind::range: return range_contains(t, v.as<range_object>(), item);
    case kind::bytes:
    case kind::bytearray: return bytes_contains(t, v, item);
    case kind::iterator: {
      if (!is_view(v)) break;
      auto* view = v.as<iterator_object>();
      value d, there;
      if (!any_access::read(t, view, view->a, d)) return {};
      if (view->which == iterator_kind::keys_view) {
        return dict_get(t, d.as<dict_object>(), item, there) ? value::boolean(!there.empty()) : value{};
      }
      if (view->which == iterator_kind::items_view) {
        if (!is(item, kind::tuple) || item.as<tuple_object>()->length != 2) return value::false_();
        if (!dict_get(t, d.as<dict_object>(), item.as<tuple_object>()->items()[0], there)) return {};
        if (there.empty()) return value::false_();
        return equal(t, there, item.as<tuple_object>()->items()[1], out) ? value::boolean(out) : value{};
      }
      break;
    }
    case kind::native: {                                    // classes of native modules say it themselves
      bool found = false;
      const value r = call_special(t, v, t.interp->names.__contains__, &item, 1, found);
      if (found) return !r.empty() && truth(t, r, out) ? value::boolean(out) : value{};
      break;
    }
    default: break;
  }
  return value::not_implemented();
}

bool contains(thread_state& t, value container, value item, bool& out) {
  bool found = false;
  value r;
  if (scripted(t, container)) {
    value self;
    const value method = script_method(t, container, t.interp->names.__contains__, self);
    if (method.empty() && t.why != signal::none) return false;
    if (method.is_none()) {
      raise(t, t.interp->errors.TypeError, "'%s' object is not a container", type_name(t, container).c_str());
      return false;
    }
    if (!method.empty()) {
      r = call_script_method(t, container, t.interp->names.__contains__, found, item);
      return !r.empty() && truth(t, r, out);
    }
  }
  r = builtin_contains(t, container, item);
  if (r != value::not_implemented()) {
    out = r.is_true();
    return !r.empty();
  }
  const value it = get_iter(t, container);
  if (it.empty()) {
    if (t.why == signal::exception && has_class(t, t.exception, t.interp->errors.TypeError) &&
        !type_lookup(class_of(t, container), t.interp->names.__iter__)) {
      clear_exception(t, t.interp->errors.TypeError);
      raise(t, t.interp->errors.TypeError, "argument of type '%s' is not iterable", type_name(t, container).c_str());
    }
    return false;
  }
  out = false;
  for (value there;;) {
    if (!iter_next(t, it, there)) return false;
    if (there.empty()) return true;
    if (!equal(t, there, item, out)) return false;
    if (out) return true;
  }
}

}  // namespace gilt::interp
