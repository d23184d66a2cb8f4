// SPDX-License-Identifier: BSL-1.0
#pragma once
// definitions: the natives that live in this room, as tables for install_builtins() to bind.
#include <span>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

struct interpreter;

std::span<const native_definition> generator_methods();         // generator.cpp
std::span<const native_definition> coroutine_methods();
std::span<const native_definition> async_functions();           // aiter, anext: async_generator.cpp
void define_async_types(interpreter&);

}  // namespace gilt::interp
