// SPDX-License-Identifier: BSL-1.0
#pragma once
// set: set and frozenset, which share dict_object's header (body, length) but have a table of their
// own: scripts can see the order of a set of ints, so it is CPython's.
//
// The table is open-addressed: up to 9 neighbours are tried after each position before the probe
// jumps (i = 5i + 1 + perturb). A removed key leaves a mark that probes pass over.
//
// Source: the description at the head of CPython 3.11's Objects/setobject.c.
#include <cstdint>
#include <span>

#include "interp/compile/code.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

struct set_entry { slot hash, key; };         // key: empty = never used; set_removed
constexpr value set_removed{1};
struct set_body : object {                    // header of its own kind of storage, as a dict's
  std::uint32_t mask;
  std::uint32_t unused;
  slot fill;                                  // entries that are used or were (a plain number)
  slot finger;                                // where pop() looks first (a plain number)
  set_entry* entries() { return reinterpret_cast<set_entry*>(this + 1); }
};

inline bool is_set(value v) { return is(v, kind::set) || is(v, kind::frozenset); }
value make_set(thread_state&);
value make_frozenset(thread_state&, value iterable);                 // empty value: the empty one
bool set_add(thread_state&, dict_object*, value key);
bool set_contains(thread_state&, dict_object*, value key, bool& out);
bool set_discard(thread_state&, dict_object*, value key, bool& found);
// The next key at or after table position `at`, which moves past it; key empty: none is left.
bool set_next(thread_state&, dict_object*, std::int64_t& at, value& key);
bool set_update(thread_state&, dict_object*, value iterable);
bool set_clear(thread_state&, dict_object*);
bool set_length(thread_state&, dict_object*, std::int64_t& out);
bool set_pop(thread_state&, dict_object*, value& key);               // key empty: the set is
value set_copy(thread_state&, dict_object*, type_object* cls);
// Plain set operations; `other` is any iterable, the result of a's base class.
value set_difference(thread_state&, dict_object* a, value other);
value set_intersection(thread_state&, dict_object* a, value other);
value set_symmetric_difference(thread_state&, dict_object* a, value other);
bool set_replace(thread_state&, dict_object*, value with);           // takes over a fresh set's content
bool set_is_subset(thread_state&, dict_object* a, dict_object* b, bool& out);
bool set_hash(thread_state&, dict_object*, std::uint64_t& out);      // frozenset's
value set_binary(thread_state&, opcode, value a, value b);           // | & - ^ and in-place; NotImplemented
value set_compare(thread_state&, opcode, value a, value b);
value set_repr(thread_state&, dict_object*);
value new_set(thread_state&, type_object*, const call_args&);
value new_frozenset(thread_state&, type_object*, const call_args&);
std::span<const native_definition> set_methods();
std::span<const native_definition> frozenset_methods();

// dict.fromkeys(s, item): the set knows the hashes.
bool dict_from_set(thread_state&, dict_object*, dict_object* s, value item);
// Of dict.hpp, whose body a set does not have.
template <class P>
bool dict_set_hashed(thread_state&, dict_object*, value key, std::uint64_t hash, value item);
// The next key of a dict at or after position `at`, with its hash (dict.cpp).
bool dict_next_hashed(thread_state&, dict_object*, std::int64_t& at, value& key, std::uint64_t& hash);

}  // namespace gilt::interp
