// SPDX-License-Identifier: BSL-1.0
// function_members: attributes of functions, methods, cells, property, staticmethod, classmethod.
#include "interp/object/attribute_cache.hpp"
#include "interp/object/define.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/dunders.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/module.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {
namespace {

value done(bool fine) { return fine ? value::none() : value{}; }
value or_none(value v) { return v.empty() ? value::none() : v; }

// ---- functions ----

function_object* function(const call_args& a) { return a[0].as<function_object>(); }

template <slot function_object::*Field>
value get(thread_state& t, const call_args& a) {
  value v;
  return any_access::read(t, function(a), function(a)->*Field, v) ? or_none(v) : value{};
}
template <slot function_object::*Field>
value put(thread_state& t, const call_args& a) {
  return done(any_access::write(t, function(a), function(a)->*Field, a[1].is_none() ? value{} : a[1]));
}
template <slot function_object::*Field>
value put_name(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::str)) {
    return raise(t, t.interp->errors.TypeError, "__%s__ must be set to a string object",
                 Field == &function_object::name ? "name" : "qualname");
  }
  return done(any_access::write(t, function(a), function(a)->*Field, a[1]));
}
value annotations(thread_state& t, const call_args& a) {
  value v;
  if (!any_access::read(t, function(a), function(a)->annotations, v)) return {};
  if (!v.empty()) return v;
  v = make_dict(t);
  return !v.empty() && any_access::write(t, function(a), function(a)->annotations, v) ? v : value{};
}
value function_closure(thread_state&, const call_args& a) {
  return function(a)->closure ? value::of(function(a)->closure) : value::none();
}
value function_globals(thread_state&, const call_args& a) { return module_globals(function(a)->globals); }
value function_module(thread_state& t, const call_args& a) {
  shape* s = nullptr;
  int index = 0;
  const value own = own_attribute(t, function(a), t.interp->names.__module__, s, index);
  if (!own.empty() || t.why != signal::none) return own;
  const value name = module_get(t, function(a)->globals, t.interp->names.__name__);
  return name.empty() && t.why != signal::none ? name : or_none(name);
}
value set_function_module(thread_state& t, const call_args& a) {
  std::uint64_t word;
  return done(set_own_attribute(t, function(a), t.interp->names.__module__, a[1], word));
}
value function_dict(thread_state& t, const call_args& a) { return attribute_dict(t, a[0].as_object()); }

template <slot generator_object::*Field>
value generator_name(thread_state& t, const call_args& a) {
  auto* g = a[0].as<generator_object>();
  value v;
  return any_access::read(t, g, g->*Field, v) ? or_none(v) : value{};
}
template <slot generator_object::*Field>
value set_generator_name(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::str)) return raise(t, t.interp->errors.TypeError, "__name__ must be set to a string object");
  auto* g = a[0].as<generator_object>();
  return done(any_access::write(t, g, g->*Field, a[1]));
}

// function.__get__, and that of everything else that binds like one.
value descriptor_get(thread_state& t, const call_args& a) {
  if (a[1].is_none() && a.npos > 2 && !a[2].is_none()) {
    return is(a[0], kind::function) || !is(a[2], kind::type) ? a[0] : bind_own(t, a[2].as_object()->shape_relaxed(), a[0]);
  }
  return bind_attribute(t, a[0], a[1], a.npos > 2 && is(a[2], kind::type) ? a[2].as<type_object>() : class_of(t, a[1]));
}
value descriptor_set(thread_state& t, const call_args& a) {
  value f;
  auto* p = a[0].as<property_object>();
  if (!any_access::read(t, p, p->setter, f)) return {};
  if (f.is_none() || f.empty()) return raise(t, t.interp->errors.AttributeError, "property has no setter");
  const value args[] = {a[1], a[2]};
  return call(t, f, args, 2).empty() ? value{} : value::none();
}
constexpr native_definition get_table[] = {{"__get__", descriptor_get, 2, 3, false}};
constexpr native_definition set_table[] = {{"__set__", descriptor_set, 3, 3, false}};

value self_call(thread_state& t, const call_args& a) { return call(t, a[0], a.v + 1, a.npos - 1 + a.nkw, a.names); }
constexpr native_definition call_table[] = {{"__call__", self_call, 1, -1, true}};

// ---- native functions and bound methods ----

value native_name(thread_state& t, const call_args& a) { return make_string(t, a[0].as<native_function_object>()->definition->name); }
value native_qualname(thread_state& t, const call_args& a) {
  auto* f = a[0].as<native_function_object>();
  const std::string owner = f->owner ? to_utf8(f->owner->name) + "." : "";
  return make_string(t, owner + f->definition->name);
}
value native_self(thread_state& t, const call_args& a) {       // of a function: its module
  auto* f = a[0].as<native_function_object>();
  value m = f->self;
  if (m.empty() && f->module && !dict_get(t, t.interp->modules, value::of(f->module), m)) return {};
  return or_none(m);
}
value native_module(thread_state&, const call_args& a) {
  auto* m = a[0].as<native_function_object>()->module;
  return m ? value::of(m) : value::none();
}
value native_doc(thread_state& t, const call_args& a) {
  const char* doc = a[0].as<native_function_object>()->definition->doc;
  return doc ? make_string(t, doc) : value::none();
}
value method_function(thread_state&, const call_args& a) { return a[0].as<bound_method_object>()->function; }
value method_self(thread_state&, const call_args& a) { return a[0].as<bound_method_object>()->self; }
template <string_object* well_known_names::*Name>
value of_function(thread_state& t, const call_args& a) {
  return getattr(t, a[0].as<bound_method_object>()->function, t.interp->names.*Name);
}

value cell_contents(thread_state& t, const call_args& a) {
  value v;
  if (!read_cell(t, a[0].as<cell_object>(), v)) return {};
  return v.empty() ? raise(t, t.interp->errors.ValueError, "Cell is empty") : v;
}
value set_cell_contents(thread_state& t, const call_args& a) { return done(write_cell(t, a[0].as<cell_object>(), a[1])); }

// ---- property ----

value make_property(thread_state& t, type_object* cls, value getter, value setter, value deleter, value doc) {
  auto* p = t.alloc.make<property_object>(t, cls->root);
  if (!p) return {};
  p->getter.store(or_none(getter).bits, std::memory_order_relaxed);
  p->setter.store(or_none(setter).bits, std::memory_order_relaxed);
  p->deleter.store(or_none(deleter).bits, std::memory_order_relaxed);
  p->doc.store(or_none(doc).bits, std::memory_order_relaxed);
  return value::of(p);
}
value new_property(thread_state& t, type_object* cls, const call_args& a) {
  value v[4];
  if (!bind_arguments(t, "property", a, 0, {"fget", "fset", "fdel", "doc"}, 0, v)) return {};
  if (v[3].empty() && is(v[0], kind::function)) {
    v[3] = getattr(t, v[0], t.interp->names.__doc__);
    if (v[3].empty()) return {};
  }
  return make_property(t, cls, v[0], v[1], v[2], v[3]);
}
template <int Which>
value changed_property(thread_state& t, const call_args& a) {
  auto* p = a[0].as<property_object>();
  value g, s, d, doc, name;
  if (!any_access::section(t, p, [&] {
        g = load(p->getter);
        s = load(p->setter);
        d = load(p->deleter);
        doc = load(p->doc);
        name = load(p->name);
      })) {
    return {};
  }
  (Which == 0 ? g : Which == 1 ? s : d) = a[1];
  const value made = make_property(t, class_of(t, a[0]), g, s, d, doc);
  if (!made.empty()) raw_store(made.as<property_object>()->name, name);
  return made;
}
template <slot property_object::*Field>
value property_field(thread_state& t, const call_args& a) {
  auto* p = a[0].as<property_object>();
  value v;
  return any_access::read(t, p, p->*Field, v) ? or_none(v) : value{};
}
value set_property_doc(thread_state& t, const call_args& a) {
  auto* p = a[0].as<property_object>();
  return done(any_access::write(t, p, p->doc, a[1]));
}
constexpr native_definition property_table[] = {
    {"getter", changed_property<0>, 2, 2, false},
    {"setter", changed_property<1>, 2, 2, false},
    {"deleter", changed_property<2>, 2, 2, false},
};

// ---- staticmethod, classmethod ----

value new_wrapper(thread_state& t, type_object* cls, const call_args& a) {
  if (a.npos != 1 || a.nkw > 0) {
    return raise(t, t.interp->errors.TypeError, "%s expected 1 argument, got %u", to_utf8(cls->name).c_str(), a.npos);
  }
  auto* w = t.alloc.make<wrapper_object>(t, cls->root);
  if (!w) return {};
  w->function.store(a[0].bits, std::memory_order_relaxed);
  return value::of(w);
}
value wrapped_function(thread_state& t, const call_args& a) {
  auto* w = a[0].as<wrapper_object>();
  value v;
  return any_access::read(t, w, w->function, v) ? v : value{};
}
value wrapper_call(thread_state& t, const call_args& a) {
  const value f = wrapped_function(t, a);
  return f.empty() ? f : call(t, f, a.v + 1, a.npos - 1 + a.nkw, a.names);
}
template <string_object* well_known_names::*Name>
value of_wrapped(thread_state& t, const call_args& a) {
  const value f = wrapped_function(t, a);
  return f.empty() ? f : getattr(t, f, t.interp->names.*Name);
}
constexpr native_definition wrapper_calls[] = {{"__call__", wrapper_call, 1, -1, true}};

}  // namespace

namespace {

value new_method(thread_state& t, type_object* cls, const call_args& a) {
  if (a.npos != 2) return raise(t, t.interp->errors.TypeError, "method expected 2 arguments, got %u", a.npos);
  if (!callable(t, a[0])) return raise(t, t.interp->errors.TypeError, "first argument must be callable");
  if (a[1].is_none()) return raise(t, t.interp->errors.TypeError, "instance must not be None");
  auto* m = t.alloc.make<bound_method_object>(t, cls->root);
  if (!m) return {};
  m->function = a[0];
  m->self = a[1];
  return value::of(m);
}
value new_module(thread_state& t, type_object*, const call_args& a) {
  if (a.npos == 0) return raise(t, t.interp->errors.TypeError, "module() missing required argument 'name' (pos 1)");
  if (!is(a[0], kind::str))
    return raise(t, t.interp->errors.TypeError, "module() argument 'name' must be str, not %s", type_name(t, a[0]).c_str());
  interpreter& i = *t.interp;
  module_object* m = make_module(t, intern(i, a[0].as<string_object>()));
  if (!m || !module_set(t, m, i.names.__doc__, a.npos > 1 ? a[1] : value::none())) return {};
  for (string_object* name : {i.names.__package__, i.names.__loader__, i.names.__spec__}) {
    if (!module_set(t, m, name, value::none())) return {};
  }
  return value::of(m);
}

}  // namespace

void define_function_members(interpreter& i, thread_state&) {
  builtin_types& k = i.types;
  k.method->native_new = new_method;
  k.module->native_new = new_module;
  using n = well_known_names;
  define_methods(i, k.function, get_table);
  define_methods(i, k.function, call_table);
  define_property(i, k.function, "__name__", get<&function_object::name>, put_name<&function_object::name>);
  define_property(i, k.function, "__qualname__", get<&function_object::qualname>, put_name<&function_object::qualname>);
  define_property(i, k.function, "__doc__", get<&function_object::doc>, put<&function_object::doc>);
  define_property(i, k.function, "__defaults__", get<&function_object::defaults>, put<&function_object::defaults>);
  define_property(i, k.function, "__kwdefaults__", get<&function_object::keyword_defaults>, put<&function_object::keyword_defaults>);
  define_property(i, k.function, "__annotations__", annotations, put<&function_object::annotations>);
  define_property(i, k.function, "__closure__", function_closure);
  define_property(i, k.function, "__globals__", function_globals);
  define_property(i, k.function, "__module__", function_module, set_function_module);
  define_property(i, k.function, "__dict__", function_dict);

  for (type_object* c : {k.generator, k.coroutine, k.async_generator}) {
    define_property(i, c, "__name__", generator_name<&generator_object::name>, set_generator_name<&generator_object::name>);
    define_property(i, c, "__qualname__", generator_name<&generator_object::qualname>, set_generator_name<&generator_object::qualname>);
  }

  for (type_object* c : {k.builtin_function, k.method_descriptor}) {
    define_property(i, c, "__name__", native_name);
    define_property(i, c, "__qualname__", native_qualname);
    define_property(i, c, "__self__", native_self);
    define_property(i, c, "__module__", native_module);
    define_property(i, c, "__doc__", native_doc);
    define_methods(i, c, call_table);
  }
  define_methods(i, k.method_descriptor, get_table);

  define_methods(i, k.method, call_table);
  define_property(i, k.method, "__func__", method_function);
  define_property(i, k.method, "__self__", method_self);
  define_property(i, k.method, "__name__", of_function<&n::__name__>);
  define_property(i, k.method, "__qualname__", of_function<&n::__qualname__>);
  define_property(i, k.method, "__doc__", of_function<&n::__doc__>);
  define_property(i, k.method, "__module__", of_function<&n::__module__>);

  define_property(i, k.cell, "cell_contents", cell_contents, set_cell_contents);

  k.property->native_new = new_property;
  define_methods(i, k.property, property_table);
  define_methods(i, k.property, get_table);
  define_methods(i, k.property, set_table);
  define_property(i, k.property, "fget", property_field<&property_object::getter>);
  define_property(i, k.property, "fset", property_field<&property_object::setter>);
  define_property(i, k.property, "fdel", property_field<&property_object::deleter>);
  define_property(i, k.property, "__doc__", property_field<&property_object::doc>, set_property_doc);
  define_property(i, k.getset_descriptor, "__name__", property_field<&property_object::name>);

  for (type_object* c : {k.static_method, k.class_method}) {
    c->native_new = new_wrapper;
    define_methods(i, c, get_table);
    define_property(i, c, "__func__", wrapped_function);
    define_property(i, c, "__wrapped__", wrapped_function);
    define_property(i, c, "__name__", of_wrapped<&n::__name__>);
    define_property(i, c, "__doc__", of_wrapped<&n::__doc__>);
  }
  define_methods(i, k.static_method, wrapper_calls);
}

}  // namespace gilt::interp
