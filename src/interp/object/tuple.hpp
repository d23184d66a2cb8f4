// SPDX-License-Identifier: BSL-1.0
#pragma once
// tuple: immutable once published; no policy needed to read one.
#include <cstdint>
#include <initializer_list>
#include <span>

#include "interp/compile/code.hpp"
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

// A tuple with n empty items, which the caller fills at once. Null: MemoryError.
tuple_object* allocate_tuple(thread_state&, std::size_t n);
value make_tuple(thread_state&, const value* items, std::size_t n);
inline value make_tuple(thread_state& t, std::initializer_list<value> items) {
  return make_tuple(t, items.begin(), items.size());
}
inline std::span<value> items_of(tuple_object* o) { return {o->items(), o->length}; }
inline std::span<const value> items_of(const tuple_object* o) {
  return {const_cast<tuple_object*>(o)->items(), o->length};
}

value tuple_of(thread_state&, value iterable);               // itself if it is an exact tuple
value tuple_getitem(thread_state&, tuple_object*, value key);
value tuple_concat(thread_state&, tuple_object*, tuple_object*);
value tuple_repeat(thread_state&, tuple_object*, std::int64_t times);
value tuple_compare(thread_state&, opcode, tuple_object*, tuple_object*);
bool tuple_hash(thread_state&, tuple_object*, std::uint64_t& out);   // CPython's
value tuple_repr(thread_state&, tuple_object*);
value new_tuple(thread_state&, type_object*, const call_args&);
std::span<const native_definition> tuple_methods();

}  // namespace gilt::interp
