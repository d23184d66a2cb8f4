// SPDX-License-Identifier: BSL-1.0
// type_members: what every object answers, and what classes do.
#include "interp/object/attribute_cache.hpp"
#include "interp/object/define.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/dunders.hpp"
#include "interp/object/list.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {
namespace {

value done(bool fine) { return fine ? value::none() : value{}; }

string_object* name_argument(thread_state& t, value v) {
  if (is(v, kind::str)) return intern(*t.interp, v.as<string_object>());
  raise(t, t.interp->errors.TypeError, "attribute name must be string, not '%s'", type_name(t, v).c_str());
  return nullptr;
}

// ---- object ----

value object_new(thread_state& t, const call_args& a) {
  if (a.npos == 0 || !is(a[0], kind::type)) {
    return raise(t, t.interp->errors.TypeError, "object.__new__(X): X is not a type object (%s)",
                 a.npos == 0 ? "nothing" : type_name(t, a[0]).c_str());
  }
  auto* cls = a[0].as<type_object>();
  if (!cls->native_new || (cls->flags & flag_not_callable) != 0) {
    return raise(t, t.interp->errors.TypeError, "cannot create '%s' instances", qualified_name(t, cls).c_str());
  }
  return cls->native_new(t, cls, {a.v + 1, a.npos - 1, a.nkw, a.names});
}

value object_init(thread_state& t, const call_args& a) {
  if (a.npos + a.nkw > 1) {
    type_object* cls = class_of(t, a[0]);
    if ((cls->flags & flag_custom_init) != 0) {
      return raise(t, t.interp->errors.TypeError, "object.__init__() takes exactly one argument (the instance to initialize)");
    }
    if ((cls->flags & flag_custom_new) == 0 && cls->native_new == new_object) {
      return raise(t, t.interp->errors.TypeError, "%s() takes no arguments", to_utf8(cls->name).c_str());
    }
  }
  return value::none();
}

template <bool Not>
value object_equal(thread_state& t, const call_args& a) {
  if (!Not) return a[0] == a[1] ? value::true_() : value::not_implemented();
  const value r = compare(t, opcode::EQ, a[0], a[1]);
  bool b = false;
  return r.empty() || !truth(t, r, b) ? value{} : value::boolean(!b);
}
value object_order(thread_state&, const call_args&) { return value::not_implemented(); }

value object_hash(thread_state& t, const call_args& a) {
  const value hashes[] = {a[0]};
  return hash_dunders()[0].call(t, {const_cast<value*>(hashes), 1, 0, nullptr});
}
value object_repr(thread_state& t, const call_args& a) {
  if (!scripted(t, a[0])) return builtin_repr(t, a[0]);
  return make_string(t, "<" + qualified_name(t, class_of(t, a[0])) + " object at " + address_of(a[0]) + ">");
}
value object_str(thread_state& t, const call_args& a) { return is(a[0], kind::str) ? builtin_str(t, a[0]) : repr_of(t, a[0]); }
value object_format(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::str)) return raise(t, t.interp->errors.TypeError, "__format__() argument must be str, not %s", type_name(t, a[1]).c_str());
  if (a[1].as<string_object>()->length == 0) return str_of(t, a[0]);
  return raise(t, t.interp->errors.TypeError, "unsupported format string passed to %s.__format__", type_name(t, a[0]).c_str());
}

value object_getattribute(thread_state& t, const call_args& a) {
  string_object* name = name_argument(t, a[1]);
  if (!name) return {};
  std::uint64_t word;
  const value v = plain_getattr(t, a[0], name, word);
  return v.empty() && t.why == signal::none ? attribute_error(t, a[0], name) : v;
}
value object_setattr(thread_state& t, const call_args& a) {
  string_object* name = name_argument(t, a[1]);
  std::uint64_t word;
  return done(name && plain_setattr(t, a[0], name, a[2], word));
}
value object_delattr(thread_state& t, const call_args& a) {
  string_object* name = name_argument(t, a[1]);
  std::uint64_t word;
  return done(name && plain_setattr(t, a[0], name, {}, word));
}
value object_dir(thread_state& t, const call_args& a) { return dir_of(t, a[0]); }
value object_init_subclass(thread_state& t, const call_args& a) {
  if (a.nkw == 0) return value::none();
  return raise(t, t.interp->errors.TypeError, "%s.__init_subclass__() takes no keyword arguments",
               is(a[0], kind::type) ? to_utf8(a[0].as<type_object>()->name).c_str() : "object");
}
value object_class(thread_state& t, const call_args& a) { return value::of(class_of(t, a[0])); }
value object_sizeof(thread_state&, const call_args&) { return value::small_int(64); }

constexpr native_definition object_table[] = {
    {"__init__", object_init, 1, -1, true},
    {"__eq__", object_equal<false>, 2, 2, false},
    {"__ne__", object_equal<true>, 2, 2, false},
    {"__lt__", object_order, 2, 2, false},
    {"__le__", object_order, 2, 2, false},
    {"__gt__", object_order, 2, 2, false},
    {"__ge__", object_order, 2, 2, false},
    {"__hash__", object_hash, 1, 1, false},
    {"__repr__", object_repr, 1, 1, false},
    {"__str__", object_str, 1, 1, false},
    {"__format__", object_format, 2, 2, false},
    {"__getattribute__", object_getattribute, 2, 2, false},
    {"__setattr__", object_setattr, 3, 3, false},
    {"__delattr__", object_delattr, 2, 2, false},
    {"__dir__", object_dir, 1, 1, false},
    {"__sizeof__", object_sizeof, 1, 1, false},
};
constexpr native_definition object_static[] = {{"__new__", object_new, 1, -1, true}};
value object_subclass_hook(thread_state&, const call_args&) { return value::not_implemented(); }
constexpr native_definition object_class_table[] = {{"__init_subclass__", object_init_subclass, 1, 1, true},
                                                    {"__subclasshook__", object_subclass_hook, 1, -1, false}};

// ---- type ----

type_object* self(const call_args& a) { return a[0].as<type_object>(); }

value type_call(thread_state& t, const call_args& a) { return plain_construct(t, self(a), {a.v + 1, a.npos - 1, a.nkw, a.names}); }
value type_init(thread_state&, const call_args&) { return value::none(); }
value type_mro_list(thread_state& t, const call_args& a) {
  return make_list(t, self(a)->mro->items(), self(a)->mro->length);
}
value type_subclasses(thread_state& t, const call_args& a) {
  value list;
  if (!any_access::read(t, self(a), self(a)->subclasses, list)) return {};
  const value copy = make_list(t);
  if (copy.empty() || list.empty()) return copy;
  return list_extend(t, copy.as<list_object>(), list) ? copy : value{};
}
value type_instancecheck(thread_state& t, const call_args& a) { return value::boolean(has_class(t, a[1], self(a))); }
value type_subclasscheck(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::type)) return raise(t, t.interp->errors.TypeError, "issubclass() arg 1 must be a class");
  return value::boolean(is_subtype(a[1].as<type_object>(), self(a)));
}
value type_prepare(thread_state& t, const call_args&) { return make_dict(t); }
value type_repr(thread_state& t, const call_args& a) { return builtin_repr(t, a[0]); }

value get_name(thread_state&, const call_args& a) { return value::of(self(a)->name); }
value set_name(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::str)) {
    return raise(t, t.interp->errors.TypeError, "can only assign string to %s.__name__, not '%s'", to_utf8(self(a)->name).c_str(), type_name(t, a[1]).c_str());
  }
  self(a)->name = intern(*t.interp, a[1].as<string_object>());
  return value::none();
}
template <slot type_object::*Field>
value get_field(thread_state& t, const call_args& a) {
  value v;
  if (!any_access::read(t, self(a), self(a)->*Field, v)) return {};
  return v.empty() ? value::none() : v;
}
template <slot type_object::*Field>
value set_field(thread_state& t, const call_args& a) {
  if ((self(a)->flags & flag_heap) == 0) {
    return raise(t, t.interp->errors.TypeError, "cannot set attributes of built-in/extension type '%s'", to_utf8(self(a)->name).c_str());
  }
  return done(any_access::write(t, self(a), self(a)->*Field, a[1]));
}
value get_bases(thread_state&, const call_args& a) { return value::of(self(a)->bases); }
// The bits of CPython's that programs look at: heap type 512, may be derived from 1024, abstract 1 << 20.
value get_flags(thread_state&, const call_args& a) {
  const std::uint32_t f = self(a)->flags;
  return value::small_int((f & flag_heap ? 512 : 0) | (f & flag_final ? 0 : 1024) | (f & flag_abstract ? 1 << 20 : 0));
}
// Bytes an item of a variable-sized object takes in CPython.
value get_item_size(thread_state& t, const call_args& a) {
  const builtin_types& k = t.interp->types;
  const type_object* c = self(a)->layout ? self(a)->layout : self(a);
  return value::small_int(c == k.tuple ? 8 : c == k.int_ || c == k.bool_ ? 4 : c == k.bytes ? 1 : c == k.type ? 40 : 0);
}
value get_base(thread_state&, const call_args& a) {
  return self(a)->bases->length > 0 ? self(a)->bases->items()[0] : value::none();
}
value get_mro(thread_state&, const call_args& a) { return value::of(self(a)->mro); }

value get_dict(thread_state& t, const call_args& a) {
  auto* d = t.alloc.make<dict_object>(t, t.interp->types.mapping_proxy->root);
  if (!d) return {};
  d->length.store(value::small_int(0).bits, std::memory_order_relaxed);
  std::int64_t at = 0;
  value module, doc;
  if (!any_access::read(t, self(a), self(a)->module, module) || !any_access::read(t, self(a), self(a)->doc, doc)) return {};
  if (!dict_set(t, d, value::of(t.interp->names.__module__), module)) return {};
  for (value name, cell, v;;) {
    if (!dict_next(t, self(a)->cells, at, name, cell)) return {};
    if (name.empty()) break;
    if (!read_cell(t, cell.as<cell_object>(), v)) return {};
    if (!v.empty() && !dict_set(t, d, name, v)) return {};
  }
  if (doc.empty()) doc = value::none();
  return dict_set(t, d, value::of(t.interp->names.__doc__), doc) ? value::of(d) : value{};
}

// mappingproxy(mapping): what is in it now.
value new_mapping_proxy(thread_state& t, type_object* cls, const call_args& a) {
  if (a.npos != 1) return raise(t, t.interp->errors.TypeError, "mappingproxy() missing required argument 'mapping' (pos 1)");
  value unused;
  const bool mapping = !is(a[0], kind::list) && !is(a[0], kind::tuple) && !lookup_special(t, a[0], t.interp->names.__getitem__, unused).empty();
  if (t.why != signal::none) return {};
  if (!mapping) return raise(t, t.interp->errors.TypeError, "mappingproxy() argument must be a mapping, not %s", type_name(t, a[0]).c_str());
  auto* d = t.alloc.make<dict_object>(t, cls->root);
  return d && dict_update(t, d, a[0]) ? value::of(d) : value{};
}

constexpr native_definition type_table[] = {
    {"__call__", type_call, 1, -1, true},
    {"__init__", type_init, 1, -1, true},
    {"mro", type_mro_list, 1, 1, false},
    {"__subclasses__", type_subclasses, 1, 1, false},
    {"__instancecheck__", type_instancecheck, 2, 2, false},
    {"__subclasscheck__", type_subclasscheck, 2, 2, false},
    {"__repr__", type_repr, 1, 1, false},
};
constexpr native_definition type_static[] = {{"__prepare__", type_prepare, 0, -1, true}};

// ---- super ----

value super_self(thread_state&, const call_args& a) {
  const value v = a[0].as<super_object>()->self;
  return v.empty() ? value::none() : v;
}
value super_thisclass(thread_state&, const call_args& a) { return a[0].as<super_object>()->type; }

}  // namespace

dunder_table object_dunders() { return object_table; }

void define_type_members(interpreter& i, thread_state&) {
  builtin_types& k = i.types;
  k.mapping_proxy->native_new = new_mapping_proxy;
  define_methods(i, k.object, object_table);
  define_static_methods(i, k.object, object_static);
  define_class_methods(i, k.object, object_class_table);
  define_property(i, k.object, "__class__", object_class);

  define_methods(i, k.type, type_table);
  define_static_methods(i, k.type, type_static);
  define_property(i, k.type, "__name__", get_name, set_name);
  define_property(i, k.type, "__qualname__", get_field<&type_object::qualname>, set_field<&type_object::qualname>);
  define_property(i, k.type, "__module__", get_field<&type_object::module>, set_field<&type_object::module>);
  define_property(i, k.type, "__doc__", get_field<&type_object::doc>, set_field<&type_object::doc>);
  define_property(i, k.type, "__bases__", get_bases);
  define_property(i, k.type, "__base__", get_base);
  define_property(i, k.type, "__flags__", get_flags);
  define_property(i, k.type, "__itemsize__", get_item_size);
  define_property(i, k.type, "__mro__", get_mro);
  define_property(i, k.type, "__dict__", get_dict);

  define_property(i, k.super_, "__self__", super_self);
  define_property(i, k.super_, "__thisclass__", super_thisclass);
}

}  // namespace gilt::interp
