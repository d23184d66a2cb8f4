// SPDX-License-Identifier: BSL-1.0
#pragma once
// object: the header every heap object starts with, and `shape`, its hidden class.
//
// Everything mutable in an object is a `slot`: one atomic 64-bit word guarded by the object's orec
// and touched only through an access policy (concurrency/access.hpp). Immutable parts (a str's
// characters, a tuple's items) are plain members written before the object is published.
//
// A newborn's orec is the slice's born word: version = the slice's first read version, slot = the
// thread's birth slot. For its own slice it is recognised by one compare and needs neither lock
// nor undo; for everybody else it is an unlocked orec of an old version. (Only committed slices
// publish, and a slice that published has moved the clock past that version.)
#include <gilt/detail/transaction.hpp>

#include <cstdint>
#include <string_view>

#include "interp/heap/value.hpp"

namespace gilt::interp {

using atomics = gilt::detail::real_atomics;
using orec = gilt::detail::orec<atomics>;
using slot = gilt::detail::word_cell<atomics>;      // an atomic 64-bit word
using transaction = gilt::detail::transaction<atomics>;

// A load inside a section: acquire, so that what a fresh body holds is seen [MO-word].
GILT_INLINE value load(const slot& s) { return {s.load(std::memory_order_acquire)}; }
// Into an object nobody else has seen, or a word nobody else looks at.
GILT_INLINE void raw_store(slot& s, value v) { s.store(v.bits, std::memory_order_release); }

// native: a class of a native module; native_open: one whose instances begin with `slot overflow`, so that
// those of a script's subclass may have attributes.
enum class kind : std::uint8_t {
  free_cell,                       // not an object: swept memory
  storage,                         // body of a list, dict, ...: no Python-visible type
  str, bytes, bytearray, big_int, complex_, float_box, tuple, list, dict, set, frozenset, range, slice,
  cell, function, native_function, bound_method, type, module, code, generator, instance,
  exception, traceback, iterator, property, static_method, class_method, super_, file,
  lock, event, queue, thread, atomic_block, weak_reference, native, native_open,
  memory_view, array
};

struct shape;
struct type_object;

struct object {
  orec lock;                       // 8 bytes
  slot shape_word;                 // shape*, changes when an instance gains an attribute

  // Without a barrier. Builtin kinds: constant. Instances: any shape it has had or is about to have,
  // of the same kind and class layout; acquire, for it may be one that another thread has just made.
  GILT_INLINE shape* shape_relaxed() const {
    return reinterpret_cast<shape*>(shape_word.load(std::memory_order_acquire));
  }
  inline kind what() const;        // never changes during an object's life
};
static_assert(sizeof(object) == 16);

}  // namespace gilt::interp
