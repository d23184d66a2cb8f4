// SPDX-License-Identifier: BSL-1.0
#pragma once
// functions: the tables install_builtins() binds, and what they ask of the VM.
#include <span>
#include <string>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

struct interpreter;

std::span<const native_definition> builtin_functions();
std::span<const native_definition> input_output_functions();   // print, input, open

std::span<const native_definition> evaluation_functions();     // exec, eval, compile: interpreter/evaluate.cpp

// Code objects, frames, tracebacks (code_types.cpp).
void define_code_types(interpreter&);
void define_reduce_methods(interpreter&);                       // of object (reduce_methods.cpp)
value calling_frame(thread_state&, std::int64_t above);         // 0: whoever called the native

// Implemented in vm/ and interpreter/: about the calling frame, and imports.
value globals_dict(thread_state&);
value locals_dict(thread_state&);
value import_by_name(thread_state&, string_object* name, value fromlist, int level);

}  // namespace gilt::interp
