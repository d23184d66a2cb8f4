// SPDX-License-Identifier: BSL-1.0
#pragma once
// type: classes: definition of builtin ones, building those of scripts, attribute look-up along the
// MRO, instances.
//
// A class's own attributes are cells in its `cells` dict. That dict changes, after the class has been
// published, only with the world stopped (set_class_attribute), so resolving a name logs nothing; the
// cell's content is read through the policy.
#include <cstdint>
#include <span>

#include "interp/object/call.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/operations.hpp"

namespace gilt::interp {

using native_constructor = value (*)(thread_state&, type_object*, const call_args&);

// ---- builtin classes ----
type_object* define_type(interpreter&, const char* name, kind, type_object* base,
                         std::span<const native_definition> methods, native_constructor = nullptr);
void define_methods(interpreter&, type_object*, std::span<const native_definition>);
void define_class_methods(interpreter&, type_object*, std::span<const native_definition>);
void define_static_methods(interpreter&, type_object*, std::span<const native_definition>);
void define_property(interpreter&, type_object*, const char* name, native_function getter, native_function setter = nullptr);
type_object* define_exception(interpreter&, const char* name, type_object* base, const char* module = "builtins");
type_object* define_exception(interpreter&, const char* name, std::span<type_object* const> bases, const char* module);
// Every class a script finds without importing, under its Python name.
template <class F>
void for_each_public_type(interpreter& i, F&& f) {
#define GILT_TYPE(member, name, kind_, base, visible) \
  if (visible == '+') f(name, i.types.member);
#include "interp/object/types.def"
#undef GILT_TYPE
#define GILT_ERROR(name, base) f(#name, i.errors.name);
#include "interp/object/errors.def"
#undef GILT_ERROR
  f("ExceptionGroup", i.errors.ExceptionGroup);
  f("EnvironmentError", i.errors.OSError);
  f("IOError", i.errors.OSError);
}

// ---- looking ----
GILT_INLINE shape* shape_of(const thread_state& t, value v) {      // of any value
  if (GILT_LIKELY(v.is_object())) return v.as_object()->shape_relaxed();
  const builtin_types& k = t.interp->types;
  if (v.is_int()) return k.int_->root;
  if (v.is_double()) return k.float_->root;
  if (v.is_bool()) return k.bool_->root;
  return (v.is_none() ? k.none_type : v == value::ellipsis() ? k.ellipsis_type : k.not_implemented_type)->root;
}
bool is_subtype(const type_object* derived, const type_object* base);   // by MRO
inline bool is_type(value v) { return is(v, kind::type); }
inline bool is_exact(const object* o, const type_object* cls) { return o->shape_relaxed()->cls == cls; }
bool has_class(const thread_state&, value v, const type_object* cls);   // isinstance without hooks
// The cell of a class attribute along the MRO; null: none.
inline cell_object* type_lookup(type_object* cls, const string_object* name) { return cls->root->resolve(name); }
// Its content, unbound; empty with t.why == none: there is none.
value type_attribute(thread_state&, type_object* cls, const string_object* name);
std::string qualified_name(thread_state&, type_object*);              // module.qualname, builtins left out

// ---- cells ----
value make_cell(thread_state&, value content);
bool read_cell(thread_state&, cell_object*, value& out);
// Binds it; the first rebinding of a published cell stops the world, since readers of a cell bound
// once log nothing.
bool write_cell(thread_state&, cell_object*, value content);

// ---- changing classes ----
bool set_class_attribute(thread_state&, type_object*, string_object* name, value v);   // v empty: delete; missing: AttributeError

// ---- making classes ----
// __build_class__(function, name, *bases, metaclass=..., **keywords)
value build_class(thread_state&, const call_args&);
// type(name, bases, namespace, **keywords): the class itself, __set_name__ and __init_subclass__ done.
value make_class(thread_state&, type_object* metaclass, string_object* name, tuple_object* bases, dict_object* names,
                 const value* keywords, const tuple_object* keyword_names);

// ---- making instances ----
value new_object(thread_state&, type_object*, const call_args&);
// A bare instance of a class without builtin base data. Null: MemoryError.
object* allocate_instance(thread_state&, type_object*);
// cls(*args): the metaclass's __call__, or __new__, then __init__. Where plain_instances() holds, the VM
// may do it itself: allocate_instance(), then call the function __init__ of the class.
value construct(thread_state&, type_object*, const call_args&);
value plain_construct(thread_state&, type_object*, const call_args&);   // type.__call__
inline bool plain_instances(const interpreter& i, const type_object* cls) {
  return cls->native_new == new_object && cls->metaclass == i.types.type && (cls->flags & (flag_custom_new | flag_custom_init | flag_abstract)) == flag_custom_init;
}

value new_type(thread_state&, type_object*, const call_args&);
value new_super(thread_state&, type_object*, const call_args&);
value super_getattr(thread_state&, super_object*, string_object* name);

}  // namespace gilt::interp
