// SPDX-License-Identifier: BSL-1.0
#pragma once
// define: the pieces builtin classes are made of; define_type() of type.hpp is for everybody else.
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

// A class with its name and root shape, nothing else.
type_object* allocate_type(thread_state&, const char* name, kind);
// Bases, MRO, an empty dict. base null: it is `object`.
void finish_type(thread_state&, type_object*, type_object* base);
// Where instances of this kind keep attributes; `open`: they may have any.
shape model_shape(kind, type_object* cls, bool open, std::uint16_t inline_slots);
// Binds a name of a class that nobody uses yet.
void bind_class_name(thread_state&, type_object*, string_object* name, value);
// Its __new__, once it has its constructor.
void define_new(thread_state&, type_object*);
// Methods, properties and constructors of all builtin classes (builtin_members.cpp).
void define_builtin_members(interpreter&, thread_state&);

}  // namespace gilt::interp
