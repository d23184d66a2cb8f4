// SPDX-License-Identifier: BSL-1.0
#pragma once
// modules: the native modules' fill functions, and how a module's names are bound.
#include <span>

#include "interp/object/interpreter.hpp"
#include "interp/object/layouts.hpp"

namespace gilt::interp {

// Binds a name of a module that is being made (no other thread can see it yet).
void define(thread_state&, module_object*, const char* name, value);
void define_functions(thread_state&, module_object*, std::span<const native_definition>);

// Classes of native modules that their own functions make instances of: interp.module_types[].
enum module_class : std::uint8_t { class_struct, class_struct_iterator, class_struct_error, class_array, class_random };
inline type_object* module_type(const thread_state& t, module_class c) { return t.interp->module_types[c]; }

void fill_struct(thread_state&, module_object*);
void fill_array(thread_state&, module_object*);
void fill_bisect(thread_state&, module_object*);
void fill_cmath(thread_state&, module_object*);
void fill_random(thread_state&, module_object*);
void fill_unicodedata(thread_state&, module_object*);
void fill_math(thread_state&, module_object*);
void fill_time(thread_state&, module_object*);
void fill_sys(thread_state&, module_object*);
void fill_os(thread_state&, module_object*);
void fill_thread(thread_state&, module_object*);
void fill_queue(thread_state&, module_object*);
void fill_memory(thread_state&, module_object*);
void fill_traceback(thread_state&, module_object*);
void fill_io(thread_state&, module_object*);
void fill_sre(thread_state&, module_object*);

}  // namespace gilt::interp
