// SPDX-License-Identifier: BSL-1.0
#pragma once
// attribute_cache: the word a site remembers, shape pointer << 16 | index.
//
//   index            a load                                     a store
//   < 0x4000         attribute slot                             attribute slot
//   0x4000 + i       -                                          slot i is added: the shape is the one after it
//   0x8000 + i       class attribute: resolved(i) is its cell   -
//   0xC000 + i       module global or class's own attribute: resolved(i), never bound to the receiver
//
// A slot is cached only if no data descriptor of that name stands in the class; gaining one is a
// change of the class, which clears all caches. What a cell holds may change at any time, so a hit
// still looks at it: functions bind, properties are called.
//
// The shape and the slot are loaded in one section: an object's shape is one of its mutable words.
#include <cstdint>

#include "interp/concurrency/access.hpp"
#include "interp/object/trailing_slot.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

constexpr std::uint32_t cache_add = 0x4000, cache_class = 0x8000, cache_own = 0xC000, cache_index = 0x3FFF;

GILT_INLINE std::uint64_t cache_word(const shape* s, std::uint32_t index) {
  return reinterpret_cast<std::uint64_t>(s) << 16 | index;
}
GILT_INLINE shape* cache_shape(std::uint64_t word) { return reinterpret_cast<shape*>(word >> 16); }
GILT_INLINE slot& object_word(object* o, std::size_t i) { return reinterpret_cast<slot*>(o)[i]; }

// Slot i of an object of this shape, inside a section or owned. Null: torn state.
GILT_INLINE slot* attribute_slot(object* o, const shape* s, std::uint32_t i) {
  if (GILT_LIKELY(i < s->inline_slots)) return &object_word(o, s->first_slot + i);
  auto* more = reinterpret_cast<storage_object*>(overflow_of(o, s).load(std::memory_order_acquire));
  i -= s->inline_slots;
  return more && i < more->capacity ? &more->items()[i] : nullptr;
}

// Precondition: word has an index < cache_add. `hit` false: the object has another shape, or the
// attribute is gone. False: failed.
template <class P>
GILT_INLINE bool load_cached_slot(thread_state& t, object* o, std::uint64_t word, value& out, bool& hit) {
  shape* s = cache_shape(word);
  return P::section(t, o, [&] {
    hit = false;
    if (GILT_UNLIKELY(o->shape_word.load(std::memory_order_acquire) != reinterpret_cast<std::uint64_t>(s))) return;
    slot* at = attribute_slot(o, s, static_cast<std::uint32_t>(word & cache_index));
    if (GILT_UNLIKELY(!at)) return;
    out = value{at->load(std::memory_order_acquire)};
    hit = !out.empty();
  });
}
// Stores into an existing slot, or adds one that fits the object's own slots.
template <class P>
GILT_INLINE bool store_cached_slot(thread_state& t, object* o, std::uint64_t word, value v, bool& hit) {
  shape* s = cache_shape(word);
  const auto index = static_cast<std::uint32_t>(word & cache_index);
  const bool adds = (word & cache_add) != 0;
  const shape* before = adds ? s->parent : s;
  hit = o->shape_relaxed() == before && (!adds || index < s->inline_slots);
  if (GILT_UNLIKELY(!hit)) return true;
  if (GILT_UNLIKELY(!P::own(t, o))) return false;
  if (GILT_UNLIKELY(o->shape_relaxed() != before)) {
    hit = false;
    return true;
  }
  slot* at = attribute_slot(o, s, index);
  if (GILT_UNLIKELY(!at)) {
    hit = false;
    return true;
  }
  P::store(t, o, *at, v);
  if (adds) P::store(t, o, o->shape_word, value{reinterpret_cast<std::uint64_t>(s)});
  return true;
}

// Whether o has this shape, for hits on class attributes: logged unless it can have no other.
template <class P>
GILT_INLINE bool has_shape(thread_state& t, object* o, const shape* s, bool& out) {
  if (s->fixed || o->shape_relaxed() != s) {
    out = o->shape_relaxed() == s;
    return true;
  }
  value now;
  if (GILT_UNLIKELY(!P::read(t, o, o->shape_word, now))) return false;
  out = now.bits == reinterpret_cast<std::uint64_t>(s);
  return true;
}

// The generic operations, which also say what to remember (0: nothing).
value getattr_caching(thread_state&, value v, string_object* name, std::uint64_t& word);
bool setattr_caching(thread_state&, value v, string_object* name, value item, std::uint64_t& word);
// LOAD_METHOD: callee and self, or callee alone (self empty).
bool load_method_caching(thread_state&, value v, string_object* name, value& callee, value& self, std::uint64_t& word);

// What the content of a cell means that was cached with cache_own: a module's global as it is, a
// class's own attribute as `Class.name` shows it.
value bind_own(thread_state&, const shape*, value found);
// What a class attribute `found` means for receiver v: a bound method, a property's value, or itself.
value bind_attribute(thread_state&, value found, value v, type_object* cls);

// ---- an object's own attributes, whatever its class says ----
value own_attribute(thread_state&, object*, string_object* name, shape*& found_in, int& index);   // empty, none: missing
bool set_own_attribute(thread_state&, object*, string_object* name, value, std::uint64_t& word);
bool delete_own_attribute(thread_state&, object*, string_object* name, bool& found);
inline bool has_own_attributes(const shape* s) { return s->overflow_slot != 0 || s->inline_slots != 0; }
// The attributes as a dict that stays theirs from now on (o.__dict__).
value attribute_dict(thread_state&, object*);
bool replace_attribute_dict(thread_state&, object*, value dict);

// The default __getattribute__, __setattr__, __delattr__: no hooks of the class are called.
value plain_getattr(thread_state&, value v, string_object* name, std::uint64_t& word);   // empty, none: missing
bool plain_setattr(thread_state&, value v, string_object* name, value item, std::uint64_t& word);   // item empty: delete

}  // namespace gilt::interp
