// SPDX-License-Identifier: BSL-1.0
#pragma once
// iterator: the builtin iterators and dict views. What a, b, c, d hold:
//
//   list, tuple, str, bytes   container, next index          (container None once exhausted)
//   list_reverse, reversed    container, next index (counts down, -1: exhausted)
//   range                     next, step, how many are left, start
//   dict_*                    dict, entry position, size at the start, how many are left
//   set                       set, table position, size at the start, how many are left
//   sequence                  object with __getitem__, next index
//   callable                  function, sentinel             (function None once exhausted)
//   enumerate                 iterator, next number
//   zip                       list of iterators, strict (bool)
//   map                       function, list of iterators
//   filter                    function or None, iterator
//   async_send                asynchronous generator, value to send, stage
//   async_throw, async_close  asynchronous generator, exception, stage
//   async_default             iterator of an awaitable, value for StopAsyncIteration
//   *_view                    dict
#include <cstdint>
#include <span>

#include "interp/object/interpreter.hpp"

namespace gilt::interp {

value make_iterator(thread_state&, iterator_kind, type_object*, value a, value b = {}, value c = {}, value d = {});
value make_call_iterator(thread_state&, value function, value sentinel);
value make_range(thread_state&, value start, value stop, value step);   // ints; ValueError if step is 0
value make_slice(thread_state&, value start, value stop, value step);
value make_view(thread_state&, iterator_kind, value dict);

inline bool is_view(value v) {
  return is(v, kind::iterator) && v.as<iterator_object>()->which >= iterator_kind::keys_view;
}
// The iterator of a builtin container; empty with t.why == none: v is none of them.
value builtin_iter(thread_state&, value v);
bool builtin_next(thread_state&, iterator_object*, value& out);      // out empty: exhausted
std::int64_t builtin_length_hint(thread_state&, iterator_object*);

bool range_length(thread_state&, range_object*, std::int64_t& out);  // OverflowError past int64
value range_getitem(thread_state&, range_object*, value key);
bool long_slice(thread_state&, slice_object*, value length, value& start, value& stop, value& step);
// For items that are no exact ints: the place of the first equal one or None; `all`: their number in found.
value range_find(thread_state&, range_object*, value item, bool all, std::int64_t& found);
inline bool is_exact_integer(const thread_state& t, value v) {
  return v.is_int() || v.is_bool() || (is(v, kind::big_int) && v.as_object()->shape_relaxed()->cls == t.interp->types.int_);
}
value range_contains(thread_state&, range_object*, value item);      // True, False or empty
bool range_fields(const range_object*, std::int64_t& start, std::int64_t& stop, std::int64_t& step);   // false: big

value new_range(thread_state&, type_object*, const call_args&);
value new_slice(thread_state&, type_object*, const call_args&);
value new_enumerate(thread_state&, type_object*, const call_args&);
value new_zip(thread_state&, type_object*, const call_args&);
value new_map(thread_state&, type_object*, const call_args&);
value new_filter(thread_state&, type_object*, const call_args&);
value new_reversed(thread_state&, type_object*, const call_args&);

}  // namespace gilt::interp
