// SPDX-License-Identifier: BSL-1.0
#pragma once
// builtins: what a script finds without importing, and the native modules.
#include <span>

#include "interp/object/interpreter.hpp"

namespace gilt::interp {

// Fills the interpreter's builtins module: functions, types, exceptions, constants.
void install_builtins(interpreter&, thread_state&);

// A module written in C++. `fill` binds its names when it is first imported.
struct native_module {
  const char* name;
  void (*fill)(thread_state&, module_object*);
};
std::span<const native_module> native_modules();

}  // namespace gilt::interp
