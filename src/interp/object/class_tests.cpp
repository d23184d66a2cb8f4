// SPDX-License-Identifier: BSL-1.0
// class_tests: isinstance, issubclass, callable, dir.
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/module.hpp"
#include "interp/object/nesting.hpp"
#include "interp/object/special.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/union.hpp"

namespace gilt::interp {

namespace {

// A metaclass's __instancecheck__ or __subclasscheck__. found false: none.
bool ask_metaclass(thread_state& t, value cls, string_object* name, value v, bool& found, bool& out) {
  const value r = call_script_method(t, cls, name, found, v);
  return !found || (!r.empty() && truth(t, r, out));
}

bool bad_second(thread_state& t, const char* function) {
  const bool instance = function[2] == 'i';
  raise(t, t.interp->errors.TypeError, "%s() arg 2 must be a %s, a tuple of %s, or a union", function, instance ? "type" : "class",
        instance ? "types" : "classes");
  return false;
}

// What stands in for a class by having a tuple of bases; empty with t.why == none: it does not.
value bases_of(thread_state& t, value v) {
  const value bases = find_attr(t, v, t.interp->names.__bases__);
  return is(bases, kind::tuple) ? bases : value{};
}

// Whether `derived` is `cls` or one of its bases is, and so on.
bool stands_below(thread_state& t, value derived, value cls, bool& out) {
  const nesting deep(t);
  if (!deep.fine(" in __subclasscheck__")) return false;
  out = derived == cls;
  if (out) return true;
  const value bases = bases_of(t, derived);
  if (bases.empty()) return t.why == signal::none;
  for (const value b : items_of(bases.as<tuple_object>())) {
    if (!stands_below(t, b, cls, out)) return false;
    if (out) return true;
  }
  return true;
}

}  // namespace

bool is_instance(thread_state& t, value v, value cls, bool& out) {
  if (is(cls, kind::type)) {
    auto* c = cls.as<type_object>();
    if (class_of(t, v) == c) {
      out = true;
      return true;
    }
    bool found = false;
    if (c->metaclass != t.interp->types.type && !ask_metaclass(t, cls, t.interp->names.__instancecheck__, v, found, out)) return false;
    if (!found) out = has_class(t, v, c);
    if (found || out || !v.is_object()) return true;
    // An object may say that it is of another class than it is.
    const string_object* name = t.interp->names.__class__;
    type_object* own = class_of(t, v);
    if ((own->flags & flag_heap) == 0 || type_lookup(own, name) == type_lookup(t.interp->types.object, name)) return true;
    const value said = find_attr(t, v, t.interp->names.__class__);
    if (t.why != signal::none) return false;
    out = is(said, kind::type) && is_subtype(said.as<type_object>(), c);
    return true;
  }
  if (is(cls, kind::tuple)) {
    const nesting deep(t);
    if (!deep.fine(" in __instancecheck__")) return false;
    out = false;
    for (const value c : items_of(cls.as<tuple_object>())) {
      if (!is_instance(t, v, c, out)) return false;
      if (out) return true;
    }
    return true;
  }
  if (is_union(t, cls)) {
    const value parts = union_classes(t, cls);
    return !parts.empty() && is_instance(t, v, parts, out);
  }
  bool found = false;
  if (!ask_metaclass(t, cls, t.interp->names.__instancecheck__, v, found, out)) return false;
  if (found) return true;
  if (bases_of(t, cls).empty()) return t.why == signal::none && bad_second(t, "isinstance");
  const value own = find_attr(t, v, t.interp->names.__class__);
  if (own.empty()) return t.why == signal::none;
  return stands_below(t, own, cls, out);
}

bool is_subclass(thread_state& t, value derived, value cls, bool& out) {
  if (is(cls, kind::tuple)) {
    const nesting deep(t);
    if (!deep.fine(" in __subclasscheck__")) return false;
    out = false;
    for (const value c : items_of(cls.as<tuple_object>())) {
      if (!is_subclass(t, derived, c, out)) return false;
      if (out) return true;
    }
    return true;
  }
  if (is_union(t, cls)) {
    const value parts = union_classes(t, cls);
    return !parts.empty() && is_subclass(t, derived, parts, out);
  }
  bool found = false;
  if (!ask_metaclass(t, cls, t.interp->names.__subclasscheck__, derived, found, out)) return false;
  if (found) return true;
  if (is(derived, kind::type) && is(cls, kind::type)) {
    out = is_subtype(derived.as<type_object>(), cls.as<type_object>());
    return true;
  }
  if (!is(derived, kind::type) && bases_of(t, derived).empty()) {
    if (t.why != signal::none) return false;
    raise(t, t.interp->errors.TypeError, "issubclass() arg 1 must be a class");
    return false;
  }
  if (!is(cls, kind::type) && bases_of(t, cls).empty()) return t.why == signal::none && bad_second(t, "issubclass");
  return stands_below(t, derived, cls, out);
}

bool callable(thread_state& t, value v) {
  if (!v.is_object()) return false;
  switch (v.as_object()->what()) {
    case kind::function:
    case kind::native_function:
    case kind::bound_method:
    case kind::type:
    case kind::static_method: return true;
    default: return type_lookup(class_of(t, v), t.interp->names.__call__) != nullptr;
  }
}

std::string callee_shown(thread_state& t, value callee) {
  const value name = find_attr(t, callee, t.interp->names.__qualname__);
  const value module = is(name, kind::str) ? find_attr(t, callee, t.interp->names.__module__) : value{};
  if (is(name, kind::str) && is(module, kind::str) && !equal(module.as<string_object>(), "builtins"))
    return to_utf8(module.as<string_object>()) + "." + to_utf8(name.as<string_object>()) + "()";
  if (is(name, kind::str)) return to_utf8(name.as<string_object>()) + "()";
  std::string shown;
  return append_str(t, callee, shown) ? shown : type_name(t, callee) + " object";
}

value dir_of(thread_state& t, value v) {
  bool found = false;
  const value made = call_script_method(t, v, t.interp->names.__dir__, found);
  if (found) return made;
  const value names = make_dict(t);
  if (names.empty()) return {};
  auto* all = names.as<dict_object>();
  const auto add_cells = [&](const type_object* cls) {
    for (const value c : items_of(const_cast<const tuple_object*>(cls->mro))) {
      std::int64_t at = 0;
      for (value name, cell;;) {
        if (!dict_next(t, c.as<type_object>()->cells, at, name, cell)) return false;
        if (name.empty()) break;
        if (!dict_set(t, all, name, value::none())) return false;
      }
    }
    for (std::size_t k = 0; cls->slot_names && k < cls->slot_names->length; ++k) {
      if (!dict_set(t, all, const_cast<tuple_object*>(cls->slot_names)->items()[k], value::none())) return false;
    }
    for (string_object* implied : {t.interp->names.__doc__, t.interp->names.__module__}) {
      if (!dict_set(t, all, value::of(implied), value::none())) return false;
    }
    return true;
  };
  if (is(v, kind::module)) {
    const value d = module_dict(t, v.as<module_object>());
    if (d.empty() || !dict_update(t, all, d)) return {};
  } else if (is(v, kind::type)) {
    if (!add_cells(v.as<type_object>())) return {};
  } else {
    if (!add_cells(class_of(t, v))) return {};
    const shape* s = v.is_object() ? v.as_object()->shape_relaxed() : nullptr;
    if (s && s->dictionary) {
      const value d = attribute_dict(t, v.as_object());
      if (d.empty() || !dict_update(t, all, d)) return {};
    } else if (s) {
      for (string_object* name : s->names) {
        if (!dict_set(t, all, value::of(name), value::none())) return {};
      }
      if (has_own_attributes(s) && !dict_set(t, all, value::of(t.interp->names.__dict__), value::none())) return {};
    }
  }
  const value list = make_list(t);
  return !list.empty() && list_extend(t, list.as<list_object>(), names) ? list : value{};
}

}  // namespace gilt::interp
