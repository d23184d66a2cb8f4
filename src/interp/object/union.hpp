// SPDX-License-Identifier: BSL-1.0
#pragma once
// union: `int | None`, for annotations and isinstance(). Immutable: a tuple of classes and None.
#include "interp/compile/code.hpp"
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

inline bool is_union(const thread_state& t, value v) {
  return is(v, kind::native) && v.as_object()->shape_relaxed()->cls == t.interp->types.union_type;
}
// NotImplemented when a part is neither a class nor None nor a union.
value unite_types(thread_state&, value a, value b);
value compare_unions(thread_state&, opcode, value a, value b);         // EQ, NE
value union_classes(thread_state&, value u);                           // a tuple, NoneType for None
value union_repr(thread_state&, value u);

}  // namespace gilt::interp
