// SPDX-License-Identifier: BSL-1.0
#pragma once
// shape: the hidden class of an object: its kind, its Python class, and which attribute stands in
// which slot. Objects of one class that gained the same attributes in the same order share one.
//
// Shapes are immortal, immutable but for two append-only tables under a mutex (`transitions`,
// `resolved`), so reading one never conflicts. A site's inline cache is one word,
//   shape pointer << 16 | index,   index < 0x8000: attribute slot;  else: resolved[index - 0x8000]
// filled idempotently by any thread. When the structure of a class that caches may have seen
// changes (a name added to or removed from its dict, its bases replaced), every cache is cleared
// with the world stopped (interpreter-wide list of code objects); values of class attributes are
// cells, so rebinding one clears nothing.
#include <cstdint>
#include <vector>

#include "interp/heap/object.hpp"

namespace gilt::interp {

struct string_object;
struct cell_object;

struct shape {
  kind what;
  std::uint8_t first_slot;           // index, in words from the object's start, of attribute slot 0
  std::uint16_t inline_slots;        // attributes that fit the object; further ones in its overflow body
  std::uint16_t count;               // attributes an object of this shape has
  std::uint16_t overflow_slot;       // word index of the pointer to the overflow storage; 0 = cannot have attributes
  type_object* cls;                  // the Python class
  shape* parent;                     // without the last attribute; null at the root
  string_object* last;               // interned name of the last attribute
  std::vector<string_object*> names; // by attribute index

  // Index of an attribute or -1. `name` must be interned. O(1) expected.
  int find(const string_object* name) const noexcept;
  // The shape after adding `name`; made on first use. Thread-safe.
  shape* with(string_object* name);
  // The shape after removing attribute `index` (later ones move down). Thread-safe.
  shape* without(int index);
  // Class attribute found along the MRO (null: none), remembered; `index` gets its place in resolved.
  cell_object* resolve(const string_object* name, int& index);
  cell_object* resolved(int index) const noexcept;

  struct tables;                     // lookup map, transitions, resolved: shape.cpp
  tables* rest;
};

inline kind object::what() const { return shape_relaxed()->what; }
GILT_INLINE bool is(value v, kind k) { return v.is_object() && v.as_object()->what() == k; }

}  // namespace gilt::interp
