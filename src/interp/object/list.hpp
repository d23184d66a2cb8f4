// SPDX-License-Identifier: BSL-1.0
#pragma once
// list: a body of slots and a length, all guarded by the list's orec. Items past the length are
// empty. A reader takes body and length in one section; whatever mixture it sees while a writer is
// at work, it stays inside the body's own immutable capacity.
#include <algorithm>
#include <cstdint>
#include <span>

#include "interp/compile/code.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

value make_list(thread_state&, std::size_t capacity = 0);
value make_list(thread_state&, const value* items, std::size_t n);
storage_object* make_storage(thread_state&, std::size_t capacity);   // null: MemoryError
// Makes room for one more: replaces the body. Precondition: owned.
bool list_grow(thread_state&, list_object*, std::size_t at_least);

GILT_INLINE storage_object* body_of(const list_object* l) {
  return reinterpret_cast<storage_object*>(l->body.load(std::memory_order_acquire));
}
GILT_INLINE std::int64_t raw_length(const list_object* l) { return load(l->length).as_int(); }

// out empty: i is out of range. Negative i counts from the end.
template <class P>
GILT_INLINE bool list_get(thread_state& t, list_object* l, std::int64_t i, value& out) {
  return P::section(t, l, [&] {
    const std::int64_t n = raw_length(l);
    const std::int64_t at = i < 0 ? i + n : i;
    storage_object* body = body_of(l);
    out = {};
    if (GILT_LIKELY(static_cast<std::uint64_t>(at) < static_cast<std::uint64_t>(n)) && GILT_LIKELY(body != nullptr) &&
        GILT_LIKELY(static_cast<std::uint64_t>(at) < body->capacity)) {
      out = load(body->items()[at]);
    }
  });
}

// found false: i is out of range.
template <class P>
GILT_INLINE bool list_set(thread_state& t, list_object* l, std::int64_t i, value v, bool& found) {
  if (GILT_UNLIKELY(!P::own(t, l))) return false;
  const std::int64_t n = raw_length(l);
  if (i < 0) i += n;
  found = static_cast<std::uint64_t>(i) < static_cast<std::uint64_t>(n);
  if (GILT_LIKELY(found)) P::store(t, l, body_of(l)->items()[i], v);
  return true;
}

template <class P>
GILT_INLINE bool list_append(thread_state& t, list_object* l, value v) {
  if (GILT_UNLIKELY(!P::own(t, l))) return false;
  const std::int64_t n = raw_length(l);
  storage_object* body = body_of(l);
  if (GILT_UNLIKELY(!body || static_cast<std::uint64_t>(n) >= body->capacity)) {
    if (!list_grow(t, l, static_cast<std::size_t>(n) + 1)) return false;
    body = body_of(l);
  }
  P::store(t, l, body->items()[n], v);
  P::store(t, l, l->length, value::small_int(n + 1));
  return true;
}

template <class P>
GILT_INLINE bool list_length(thread_state& t, list_object* l, std::int64_t& out) {
  value n;
  if (!P::read(t, l, l->length, n)) return false;
  out = n.as_int();
  return true;
}

// Up to n items from position `at` on, as of one moment; returns how many in `n`.
bool list_copy_out(thread_state&, list_object*, std::int64_t at, value* out, std::size_t& n);
// All items in a fresh storage whose capacity may exceed `n`; nobody else has it.
storage_object* list_snapshot(thread_state&, list_object*, std::int64_t& n);
// The list holds the first n items of `body`, which the caller gives up.
bool list_replace(thread_state&, list_object*, storage_object* body, std::int64_t n);

value list_getitem(thread_state&, list_object*, value key);
bool list_setitem(thread_state&, list_object*, value key, value item);
bool list_delitem(thread_state&, list_object*, value key);
bool list_extend(thread_state&, list_object*, value iterable);
bool list_insert(thread_state&, list_object*, std::int64_t at, value item);
value list_pop(thread_state&, list_object*, std::int64_t at);        // IndexError
value list_concat(thread_state&, list_object*, list_object*);
value list_repeat(thread_state&, list_object*, std::int64_t times);
value list_compare(thread_state&, opcode, list_object*, list_object*);
bool list_contains(thread_state&, list_object*, value item, bool& out);
value list_repr(thread_state&, list_object*);
value list_to_tuple(thread_state&, list_object*);
value new_list(thread_state&, type_object*, const call_args&);

}  // namespace gilt::interp
