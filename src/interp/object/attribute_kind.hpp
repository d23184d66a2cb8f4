// SPDX-License-Identifier: BSL-1.0
#pragma once
// attribute_kind: what a value means when it stands in a class.
#include "interp/object/class_cells.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

// A script's class with this special method (no look-up in an instance, no log).
inline bool has_special(const thread_state& t, value v, const string_object* name) {
  return v.is_object() && type_lookup(class_of(t, v), name) != nullptr;
}

// Has __set__ or __delete__: goes before the instance's own attributes.
inline bool is_data_descriptor(const thread_state& t, value v) {
  if (!v.is_object()) return false;
  switch (v.as_object()->what()) {
    case kind::property: return true;
    case kind::instance:
    case kind::exception:
    case kind::dict:
    case kind::list:
      return (class_of(t, v)->flags & flag_heap) != 0 &&
             (has_special(t, v, t.interp->names.__set__) || has_special(t, v, t.interp->names.__delete__));
    default: return false;
  }
}

}  // namespace gilt::interp
