// SPDX-License-Identifier: BSL-1.0
#pragma once
// struct_sequence: tuples whose items have names too: sys.version_info, time.struct_time.
#include <initializer_list>

#include "interp/object/interpreter.hpp"
#include "interp/object/layouts.hpp"

namespace gilt::interp {

// A subclass of tuple; at most 11 names. make: what calling the class does, null where nothing may.
type_object* define_struct_sequence(thread_state&, const char* module, const char* name,
                                    std::initializer_list<const char*> fields,
                                    value (*make)(thread_state&, type_object*, const call_args&) = nullptr);
value make_struct_sequence(thread_state&, type_object*, const value* items, std::size_t n);
inline value make_struct_sequence(thread_state& t, type_object* cls, std::initializer_list<value> items) {
  return make_struct_sequence(t, cls, items.begin(), items.size());
}

}  // namespace gilt::interp
