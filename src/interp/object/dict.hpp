// SPDX-License-Identifier: BSL-1.0
#pragma once
// dict: an insertion-ordered hash table.
//
//   index    u32 positions, two a word: 0 = never used, else entry number + 1. Open addressing in
//            CPython's probe order: i = 5i + 1 + perturb, perturb >>= 5
//   entries  {hash, key, value} in the order of insertion. A deleted entry has an empty key and
//            value; its index position stays and is passed over, or taken by the next insertion
//            that comes along
//
// Everything is guarded by the dict's orec. A probe runs inside a section and compares what can be
// compared without running script code: identity, str, numbers. A key that needs more leaves the
// section, compares, and goes on from there if body and entry are still the same; else from the start.
//
// A body's capacity is 2/3 of its index, so a probe always ends at a position never used; torn
// reads are bounded by the number of positions.
#include <cstdint>
#include <span>

#include "interp/compile/code.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {

value make_dict(thread_state&, std::size_t expected = 0);

struct dict_place {
  dict_body* body = nullptr;
  std::int64_t entry = -1;                    // -1: not there
  std::uint64_t position = 0;                 // in the index: of the entry, or where it would go
  value item;                                 // the entry's value, as read
};

GILT_INLINE dict_body* body_of(const dict_object* d) {
  return reinterpret_cast<dict_body*>(d->body.load(std::memory_order_acquire));
}
GILT_INLINE std::uint32_t index_at(dict_body* b, std::uint64_t i) {
  const std::uint64_t word = b->index()[i >> 1].load(std::memory_order_acquire);
  return static_cast<std::uint32_t>(word >> ((i & 1) * 32));
}

// The general look-up: false: failed.
template <class P>
bool dict_find(thread_state&, dict_object*, value key, std::uint64_t hash, dict_place& out);

// Whether two keys of equal hash are equal, of which one is an exact str or a small int: 1, 0, or -1
// if that takes more than a look. Objects met in torn state are still objects: the collector frees
// nothing while a thread is inside a slice.
GILT_INLINE int simple_equal(const thread_state& t, value there, value key) {
  if (there == key) return 1;
  if (!there.is_object() || !key.is_object()) return there.is_double() || there.is_bool() || there.is_object() ? -1 : 0;
  const shape* text = t.interp->string_shape;
  if (there.as_object()->shape_relaxed() != text || key.as_object()->shape_relaxed() != text) return -1;
  return equal(there.as<string_object>(), key.as<string_object>()) ? 1 : 0;
}
GILT_INLINE bool is_simple_key(const thread_state& t, value key) {
  return key.is_int() || (is(key, kind::str) && key.as<string_object>()->shape_relaxed() == t.interp->string_shape);
}
GILT_INLINE std::uint64_t simple_hash(value key) {
  return key.is_int() ? static_cast<std::uint64_t>(key.as_int() == -1 ? -2 : key.as_int())
                      : hash_of(key.as<string_object>());
}

// For simple keys. `sure` false: an entry stands in the way whose comparison takes more than a look.
template <class P>
GILT_INLINE bool dict_get_quick(thread_state& t, dict_object* d, value key, std::uint64_t hash, value& out, bool& sure) {
  return P::section(t, d, [&] {
    out = {};
    sure = true;
    dict_body* b = body_of(d);
    if (!b) return;
    const std::uint64_t mask = b->index_mask;
    std::uint64_t perturb = hash, i = hash & mask;
    for (std::uint64_t step = 0; step <= mask + 16; ++step) {
      const std::uint32_t at = index_at(b, i);
      if (at == 0 || at > b->capacity) return;
      dict_entry& e = b->entries()[at - 1];
      if (e.hash.load(std::memory_order_acquire) == hash) {
        const int same = simple_equal(t, value{e.key.load(std::memory_order_acquire)}, key);
        if (GILT_LIKELY(same > 0)) {
          out = value{e.value_.load(std::memory_order_acquire)};
          return;
        }
        if (same < 0) {
          sure = false;
          return;
        }
      }
      perturb >>= 5;
      i = (i * 5 + perturb + 1) & mask;
    }
  });
}

// out empty: no such key.
template <class P>
GILT_INLINE bool dict_get(thread_state& t, dict_object* d, value key, value& out);

// Any key, any policy (dict.cpp instantiates them for the three of access.hpp).
template <class P>
bool dict_get_slow(thread_state&, dict_object*, value key, value& out);
template <class P>
bool dict_get_hashed(thread_state&, dict_object*, value key, std::uint64_t hash, value& out);
template <class P>
bool dict_set(thread_state&, dict_object*, value key, value item);
template <class P>
bool dict_set_hashed(thread_state&, dict_object*, value key, std::uint64_t hash, value item);
template <class P>
bool dict_delete(thread_state&, dict_object*, value key, bool& found);
// The next live entry at or after position `at`, which moves past it. key empty: none is left.
template <class P>
bool dict_next(thread_state&, dict_object*, std::int64_t& at, value& key, value& item);
// The last live entry before position `at`, which moves to it.
bool dict_previous(thread_state&, dict_object*, std::int64_t& at, value& key, value& item);
template <class P>
GILT_INLINE bool dict_length(thread_state& t, dict_object* d, std::int64_t& out) {
  value n;
  if (!P::read(t, d, d->length, n)) return false;
  out = n.as_int();
  return true;
}

template <class P>
GILT_INLINE bool dict_get(thread_state& t, dict_object* d, value key, value& out) {
  if (GILT_LIKELY(is_simple_key(t, key))) {
    bool sure;
    const std::uint64_t h = simple_hash(key);
    if (!dict_get_quick<P>(t, d, key, h, out, sure)) return false;
    if (GILT_LIKELY(sure)) return true;
    return dict_get_hashed<P>(t, d, key, h, out);
  }
  return dict_get_slow<P>(t, d, key, out);
}

// ---- for natives: any_access ----
inline bool dict_get(thread_state& t, dict_object* d, value key, value& out) { return dict_get<any_access>(t, d, key, out); }
inline bool dict_set(thread_state& t, dict_object* d, value key, value item) { return dict_set<any_access>(t, d, key, item); }
inline bool dict_delete(thread_state& t, dict_object* d, value key, bool& found) { return dict_delete<any_access>(t, d, key, found); }
inline bool dict_next(thread_state& t, dict_object* d, std::int64_t& at, value& key, value& item) {
  return dict_next<any_access>(t, d, at, key, item);
}
// As dict_get with a key that may be missing, but the item is stored then; one hash, one equality.
bool dict_set_default(thread_state&, dict_object*, value key, value item, value& out);
// Removes the entry and gives its item (empty: there was none).
bool dict_pop(thread_state&, dict_object*, value key, value& out);
bool dict_clear(thread_state&, dict_object*);
// Gives back the places of deleted entries if they are the most. Precondition: owned.
bool dict_compact(thread_state&, dict_object*);
value dict_copy(thread_state&, dict_object*);                        // an exact dict
// d.update(other): a mapping or an iterable of pairs.
bool dict_update(thread_state&, dict_object*, value other);
// f(**other): a duplicate key is a TypeError naming `callee`.
bool dict_merge(thread_state&, dict_object*, value other, value callee);
value dict_getitem(thread_state&, dict_object*, value key);          // KeyError, __missing__
value dict_compare(thread_state&, opcode, dict_object*, dict_object*);
value dict_repr(thread_state&, dict_object*);
value new_dict(thread_state&, type_object*, const call_args&);
std::span<const native_definition> dict_methods();
std::span<const native_definition> dict_class_methods();             // fromkeys
std::span<const native_definition> dict_view_methods();              // isdisjoint

}  // namespace gilt::interp
