// SPDX-License-Identifier: BSL-1.0
#pragma once
// class_flags: what a class says about itself in type_object::flags, and when it may change.
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

// Sets the flags that follow from which special methods stand along the MRO.
void update_class_flags(const interpreter&, type_object*);
// Whether binding this name may change flags or what is_data_descriptor() says of instances.
bool affects_flags(const interpreter&, const string_object* name);
// See interpreter::make_exclusive; true at once while barriers are off.
bool make_exclusive(thread_state&);

}  // namespace gilt::interp
