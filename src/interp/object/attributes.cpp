// SPDX-License-Identifier: BSL-1.0
// attributes: v.name in all its forms.
//
// Reading, in CPython's order: a data descriptor of the class; the object's own attribute; anything
// else of the class, bound to the object; __getattr__. A class looks along its own MRO between the
// metaclass's data descriptors and the metaclass's other attributes; a module into its globals.
#include <algorithm>

#include "interp/object/attribute_cache.hpp"
#include "interp/object/attribute_kind.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/module.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

namespace {

value make_bound(thread_state& t, value function, value self) {
  auto* m = t.alloc.make<bound_method_object>(t, t.interp->types.method->root);
  if (!m) return {};
  m->function = function;
  m->self = self;
  return value::of(m);
}

value bind_native(thread_state& t, native_function_object* f, value self) {
  auto* b = t.alloc.make<native_function_object>(t, t.interp->types.builtin_function->root);
  if (!b) return {};
  b->definition = f->definition;
  b->self = self;
  b->module = f->module;
  b->owner = f->owner;
  return value::of(b);
}

// The __qualname__ of its class.
std::string class_shown(thread_state& t, value v) {
  value name;
  type_object* cls = class_of(t, v);
  const bool known = any_access::read(t, cls, cls->qualname, name) && is(name, kind::str);
  return known ? to_utf8(name.as<string_object>()) : type_name(t, v);
}

value get_property(thread_state& t, property_object* p, value v) {
  value getter, name;
  if (!any_access::read(t, p, p->getter, getter)) return {};
  if (getter.is_none() || getter.empty()) {
    if (!any_access::read(t, p, p->name, name)) return {};
    return raise(t, t.interp->errors.AttributeError, is(name, kind::str) ? "property '%s' of '%s' object has no getter" : "property%s of '%s' object has no getter",
                 is(name, kind::str) ? to_utf8(name.as<string_object>()).c_str() : "", class_shown(t, v).c_str());
  }
  if (is(getter, kind::native_function)) return getter.as<native_function_object>()->definition->call(t, {&v, 1, 0, nullptr});
  return call(t, getter, &v, 1);
}

bool set_property(thread_state& t, property_object* p, value v, value item) {
  value function, name;
  if (!any_access::read(t, p, item.empty() ? p->deleter : p->setter, function) || !any_access::read(t, p, p->name, name)) return false;
  if (function.is_none() || function.empty()) {
    const std::string shown = is(name, kind::str) ? " '" + to_utf8(name.as<string_object>()) + "'" : "";
    if (is_exact(p, t.interp->types.getset_descriptor)) {
      raise(t, t.interp->errors.AttributeError, "attribute%s of '%s' objects is not writable", shown.c_str(), type_name(t, v).c_str());
    } else {
      raise(t, t.interp->errors.AttributeError, "property%s of '%s' object has no %s", shown.c_str(), class_shown(t, v).c_str(),
            item.empty() ? "deleter" : "setter");
    }
    return false;
  }
  value args[] = {v, item};
  const std::uint32_t n = item.empty() ? 1 : 2;
  if (is(function, kind::native_function)) return !function.as<native_function_object>()->definition->call(t, {args, n, 0, nullptr}).empty();
  return !call(t, function, args, n).empty();
}

// __set__ or __delete__ of an instance that stands in a class.
bool set_descriptor(thread_state& t, value descriptor, value v, value item) {
  if (is(descriptor, kind::property)) return set_property(t, descriptor.as<property_object>(), v, item);
  bool found = false;
  const value args[] = {v, item};
  const value r = item.empty() ? call_special(t, descriptor, t.interp->names.__delete__, args, 1, found)
                               : call_special(t, descriptor, t.interp->names.__set__, args, 2, found);
  if (!found) raise(t, t.interp->errors.AttributeError, "%s", item.empty() ? "__delete__" : "__set__");
  return !r.empty();
}

value call_get(thread_state& t, value found, value v, value cls) {
  bool has = false;
  const value args[] = {v, cls};
  const value r = call_special(t, found, t.interp->names.__get__, args, 2, has);
  return has ? r : found;
}

bool has_get(const thread_state& t, value found) {
  return (class_of(t, found)->flags & flag_heap) != 0 && has_special(t, found, t.interp->names.__get__);
}

// `Class.name` for what stands in the class.
value bind_to_class(thread_state& t, value found, type_object* cls) {
  if (!found.is_object()) return found;
  switch (found.as_object()->what()) {
    case kind::static_method: {
      value f;
      return any_access::read(t, found.as_object(), found.as<wrapper_object>()->function, f) ? f : value{};
    }
    case kind::class_method: {
      value f;
      if (!any_access::read(t, found.as_object(), found.as<wrapper_object>()->function, f)) return {};
      return make_bound(t, f, value::of(cls));
    }
    case kind::function:
    case kind::native_function:
    case kind::property: return found;
    default: return has_get(t, found) ? call_get(t, found, value::none(), value::of(cls)) : found;
  }
}

value class_getattr(thread_state& t, type_object* cls, string_object* name, std::uint64_t& word) {
  value of_meta, own;
  int index = -1;
  if (cell_object* c = type_lookup(cls->metaclass, name); c && !read_cell(t, c, of_meta)) return {};
  if (!of_meta.empty() && is_data_descriptor(t, of_meta)) return bind_attribute(t, of_meta, value::of(cls), cls->metaclass);
  shape* s = cls->shape_relaxed();
  if (cell_object* c = s->resolve(name, index); c && !read_cell(t, c, own)) return {};
  if (!own.empty()) {
    if (static_cast<std::uint32_t>(index) <= cache_index) word = cache_word(s, cache_own + static_cast<std::uint32_t>(index));
    return bind_to_class(t, own, cls);
  }
  return of_meta.empty() ? value{} : bind_attribute(t, of_meta, value::of(cls), cls->metaclass);
}

value module_getattr(thread_state& t, module_object* m, string_object* name, std::uint64_t& word) {
  if (cell_object* c = find_module_cell(t, m, name)) {
    value v;
    if (!read_cell(t, c, v)) return {};
    if (!v.empty()) {
      shape* s = m->shape_relaxed();
      const int index = s->remember(name, c);
      if (static_cast<std::uint32_t>(index) <= cache_index) word = cache_word(s, cache_own + static_cast<std::uint32_t>(index));
      return v;
    }
  }
  if (t.why != signal::none) return {};
  if (name == t.interp->names.__dict__) return value::of(m->globals);
  const value v = type_attribute(t, t.interp->types.module, name);
  if (!v.empty() || t.why != signal::none) return v.empty() ? v : bind_attribute(t, v, value::of(m), t.interp->types.module);
  const value hook = module_get(t, m, t.interp->names.__getattr__);
  return hook.empty() ? hook : call(t, hook, {value::of(name)});
}

// Classes with __slots__ and a dict: a copy without what stands in slots.
value dict_without_slots(thread_state& t, object* o, const type_object* cls) {
  const value d = make_dict(t);
  if (d.empty()) return {};
  std::vector<string_object*> names = o->shape_relaxed()->names;
  for (string_object* name : names) {
    const auto slots = items_of(cls->slot_names);
    if (std::find(slots.begin(), slots.end(), value::of(name)) != slots.end()) continue;
    shape* s = nullptr;
    int index = 0;
    const value v = own_attribute(t, o, name, s, index);
    if (v.empty() && t.why != signal::none) return {};
    if (!v.empty() && !dict_set(t, d.as<dict_object>(), value::of(name), v)) return {};
  }
  return d;
}

// What every object answers though it stands in no table.
value implied_attribute(thread_state& t, value v, type_object* cls, string_object* name) {
  const well_known_names& n = t.interp->names;
  if (is(v, kind::bound_method)) return find_attr(t, v.as<bound_method_object>()->function, name);
  if (name == n.__dict__ && v.is_object() && has_own_attributes(v.as_object()->shape_relaxed()) && (cls->flags & flag_no_dict) == 0) {
    return cls->slot_names && cls->slot_names->length > 0 ? dict_without_slots(t, v.as_object(), cls) : attribute_dict(t, v.as_object());
  }
  if (name == n.__doc__ || name == n.__module__) {
    value out;
    if (!any_access::read(t, cls, name == n.__doc__ ? cls->doc : cls->module, out)) return {};
    return out;
  }
  return {};
}

}  // namespace

value bind_own(thread_state& t, const shape* s, value found) {
  if (s->what != kind::type || !found.is_object() || is(found, kind::function)) return found;
  return bind_to_class(t, found, reinterpret_cast<type_object*>(s->owner));
}

value bind_attribute(thread_state& t, value found, value v, type_object* cls) {
  if (!found.is_object()) return found;
  switch (found.as_object()->what()) {
    case kind::function: return make_bound(t, found, v);
    case kind::native_function:
      return found.as<native_function_object>()->owner && found.as<native_function_object>()->self.empty()
                 ? bind_native(t, found.as<native_function_object>(), v)
                 : found;
    case kind::property: return get_property(t, found.as<property_object>(), v);
    case kind::static_method:
    case kind::class_method: return bind_to_class(t, found, cls);
    default: return has_get(t, found) ? call_get(t, found, v, value::of(cls)) : found;
  }
}

value plain_getattr(thread_state& t, value v, string_object* name, std::uint64_t& word) {
  word = 0;
  if (is(v, kind::type)) return class_getattr(t, v.as<type_object>(), name, word);
  if (is(v, kind::module)) return module_getattr(t, v.as<module_object>(), name, word);
  if (is(v, kind::super_)) {
    const value found = super_getattr(t, v.as<super_object>(), name);
    if (!found.empty() || t.why != signal::none) return found;
  }
  shape* s = shape_of(t, v);
  value own;
  int slot_index = -1, index = -1;
  if (has_own_attributes(s)) {
    own = own_attribute(t, v.as_object(), name, s, slot_index);
    if (own.empty() && t.why != signal::none) return {};
  }
  type_object* cls = s->cls;
  value of_class;
  if (cell_object* c = s->resolve(name, index); c && !read_cell(t, c, of_class)) return {};
  const bool cacheable = v.is_object() || v.is_int() || v.is_double();
  if (!of_class.empty() && (own.empty() || is_data_descriptor(t, of_class))) {
    if (cacheable && static_cast<std::uint32_t>(index) <= cache_index && (!s->dictionary || is_data_descriptor(t, of_class))) {
      word = cache_word(s, cache_class + static_cast<std::uint32_t>(index));
    }
    return bind_attribute(t, of_class, v, cls);
  }
  if (!own.empty()) {
    if (slot_index >= 0 && static_cast<std::uint32_t>(slot_index) < cache_add) word = cache_word(s, static_cast<std::uint32_t>(slot_index));
    return own;
  }
  return implied_attribute(t, v, cls, name);
}

value attribute_error(thread_state& t, value v, string_object* name) {
  const std::string wanted = to_utf8(name);
  std::string text;
  if (is(v, kind::type)) {
    text = "type object '" + to_utf8(v.as<type_object>()->name) + "' has no attribute '" + wanted + "'";
  } else if (is(v, kind::module)) {
    text = "module '" + to_utf8(v.as<module_object>()->name) + "' has no attribute '" + wanted + "'";
  } else {
    text = "'" + type_name(t, v) + "' object has no attribute '" + wanted + "'";
  }
  raise(t, t.interp->errors.AttributeError, text);
  if (t.why == signal::exception) {
    const value exc = t.exception;
    set_exception_field(t, exc, "name", value::of(name));
    set_exception_field(t, exc, "obj", v);
  }
  return {};
}

namespace {

value hooked_getattr(thread_state& t, value v, string_object* name, std::uint64_t& word) {
  type_object* cls = shape_of(t, v)->cls;
  if (GILT_LIKELY((cls->flags & flag_has_getattr) == 0)) return plain_getattr(t, v, name, word);
  bool found = false;
  value out;
  const value argument = value::of(name);
  if ((cls->flags & flag_has_getattribute) != 0) {
    word = 0;
    out = call_special(t, v, t.interp->names.__getattribute__, &argument, 1, found);
    if (!out.empty()) return out;
    if (t.why != signal::exception || !has_special(t, v, t.interp->names.__getattr__) ||
        !clear_exception(t, t.interp->errors.AttributeError)) {
      return {};
    }
  } else {
    out = plain_getattr(t, v, name, word);
    if (!out.empty()) return out;
    if (t.why != signal::none && !clear_exception(t, t.interp->errors.AttributeError)) return {};
  }
  out = call_special(t, v, t.interp->names.__getattr__, &argument, 1, found);
  return out;
}

}  // namespace

value getattr_caching(thread_state& t, value v, string_object* name, std::uint64_t& word) {
  word = 0;
  const value out = hooked_getattr(t, v, name, word);
  if (GILT_LIKELY(!out.empty()) || t.why != signal::none) return out;
  return attribute_error(t, v, name);
}

value getattr(thread_state& t, value v, string_object* name) {
  std::uint64_t word;
  return getattr_caching(t, v, name, word);
}

value find_attr(thread_state& t, value v, string_object* name) {
  std::uint64_t word;
  const value out = hooked_getattr(t, v, name, word);
  if (out.empty() && t.why == signal::exception) clear_exception(t, t.interp->errors.AttributeError);
  return out;
}

bool load_method_caching(thread_state& t, value v, string_object* name, value& callee, value& self, std::uint64_t& word) {
  word = 0;
  self = {};
  shape* s = shape_of(t, v);
  if (s->what != kind::type && s->what != kind::module && s->what != kind::super_ && !s->dictionary &&
      (s->cls->flags & flag_has_getattribute) == 0) {
    // The usual case, without making a bound method.
    value own;
    int slot_index = -1, index = -1;
    if (has_own_attributes(s)) {
      own = own_attribute(t, v.as_object(), name, s, slot_index);
      if (own.empty() && t.why != signal::none) return false;
    }
    if (own.empty() && !s->dictionary) {
      value found;
      if (cell_object* c = s->resolve(name, index); c && !read_cell(t, c, found)) return false;
      const bool method = is(found, kind::function) ||
                          (is(found, kind::native_function) && found.as<native_function_object>()->owner);
      if (method) {
        if (static_cast<std::uint32_t>(index) <= cache_index) word = cache_word(s, cache_class + static_cast<std::uint32_t>(index));
        callee = found;
        self = v;
        return true;
      }
    }
  }
  callee = getattr_caching(t, v, name, word);
  return !callee.empty();
}

// ---- writing ----

namespace {

bool no_attribute(thread_state& t, value v, type_object* cls, string_object* name) {
  if (type_lookup(cls, name)) {
    raise(t, t.interp->errors.AttributeError, "'%s' object attribute '%s' is read-only", to_utf8(cls->name).c_str(),
          to_utf8(name).c_str());
  } else {
    attribute_error(t, v, name);
  }
  return false;
}

bool slot_allowed(type_object* cls, const string_object* name) {
  if ((cls->flags & flag_no_dict) == 0 || !cls->slot_names) return (cls->flags & flag_no_dict) == 0;
  for (const value v : items_of(cls->slot_names)) {
    if (v == value::of(name)) return true;
  }
  return false;
}

bool set_class(thread_state& t, value v, value item) {
  if (!is(item, kind::type)) {
    raise(t, t.interp->errors.TypeError, "__class__ must be set to a class, not '%s' object", type_name(t, item).c_str());
    return false;
  }
  auto* to = item.as<type_object>();
  type_object* from = class_of(t, v);
  if (!v.is_object() || (from->flags & to->flags & flag_heap) == 0 || from->instance_kind != to->instance_kind ||
      from->root->inline_slots != to->root->inline_slots) {
    raise(t, t.interp->errors.TypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses");
    return false;
  }
  object* o = v.as_object();
  if (!any_access::own(t, o)) return false;
  shape* s = to->root;
  const shape* now = o->shape_relaxed();
  if (now->dictionary) {
    s = s->as_dictionary();
  } else {
    for (string_object* name : now->names) s = s->with(name);
  }
  any_access::store(t, o, o->shape_word, value{reinterpret_cast<std::uint64_t>(s)});
  return true;
}

}  // namespace

bool plain_setattr(thread_state& t, value v, string_object* name, value item, std::uint64_t& word) {
  word = 0;
  type_object* cls = shape_of(t, v)->cls;
  value of_class;
  if (cell_object* c = type_lookup(cls, name); c && !read_cell(t, c, of_class)) return false;
  if (name == t.interp->names.__class__ && !item.empty()) return set_class(t, v, item);
  if (!of_class.empty() && is_data_descriptor(t, of_class)) return set_descriptor(t, of_class, v, item);
  if (is(v, kind::type)) return set_class_attribute(t, v.as<type_object>(), name, item);
  if (is(v, kind::module)) {
    if (!item.empty()) return module_set(t, v.as<module_object>(), name, item);
    bool found = false;
    if (!module_delete(t, v.as<module_object>(), name, found)) return false;
    if (!found) attribute_error(t, v, name);
    return found;
  }
  if (!v.is_object() || !has_own_attributes(v.as_object()->shape_relaxed())) return no_attribute(t, v, cls, name);
  object* o = v.as_object();
  if (item.empty()) {
    bool found = false;
    if (!delete_own_attribute(t, o, name, found)) return false;
    if (!found) attribute_error(t, v, name);
    return found;
  }
  if (!slot_allowed(cls, name)) return no_attribute(t, v, cls, name);
  if (name == t.interp->names.__dict__) {
    if (is(item, kind::dict)) return replace_attribute_dict(t, o, item);
    raise(t, t.interp->errors.TypeError, "__dict__ must be set to a dictionary, not a '%s'", type_name(t, item).c_str());
    return false;
  }
  return set_own_attribute(t, o, name, item, word);
}

bool setattr_caching(thread_state& t, value v, string_object* name, value item, std::uint64_t& word) {
  type_object* cls = shape_of(t, v)->cls;
  if (GILT_LIKELY((cls->flags & flag_has_setattr) == 0)) return plain_setattr(t, v, name, item, word);
  word = 0;
  bool found = false;
  const value args[] = {value::of(name), item};
  const value r = item.empty() ? call_special(t, v, t.interp->names.__delattr__, args, 1, found)
                               : call_special(t, v, t.interp->names.__setattr__, args, 2, found);
  return found ? !r.empty() : plain_setattr(t, v, name, item, word);
}

bool setattr(thread_state& t, value v, string_object* name, value item) {
  std::uint64_t word;
  return setattr_caching(t, v, name, item, word);
}
bool delattr(thread_state& t, value v, string_object* name) { return setattr(t, v, name, {}); }

}  // namespace gilt::interp
