// SPDX-License-Identifier: BSL-1.0
#pragma once
// exception: BaseException and what its subclasses add. args, cause and so on are slots of
// exception_object; the fields of OSError, SyntaxError, StopIteration ... are ordinary attributes
// set when the exception is made.
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

value new_exception(thread_state&, type_object*, const call_args&);
void define_exception_members(interpreter&, thread_state&);
value exception_str(thread_state&, exception_object*);
value exception_repr(thread_state&, exception_object*);
inline bool is_exception(value v) { return is(v, kind::exception); }
inline bool is_exception_class(value v) {
  return is(v, kind::type) && (v.as<type_object>()->flags & flag_is_exception) != 0;
}
// Sets an attribute kept in the object itself, whatever its class says.
bool set_attribute_slot(thread_state&, object*, string_object* name, value v);

}  // namespace gilt::interp
