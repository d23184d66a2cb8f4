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
#include <memory>
#include <vector>

#include "interp/heap/object.hpp"

namespace gilt::interp {

struct string_object;
struct cell_object;
struct shape;

// All shapes of an interpreter; owns them.
class shape_space {
 public:
  shape_space();
  ~shape_space();
  shape_space(const shape_space&) = delete;
  shape_space& operator=(const shape_space&) = delete;

  shape* make(const shape& model);
  // Forgets what was resolved: a class changed. Only with the world stopped.
  void forget_resolved();

 private:
  friend struct shape;
  atomics::mutex mutex_;             // guards all tables
  std::vector<std::unique_ptr<shape>> all_;
};

struct shape {
  kind what = kind::instance;
  std::uint8_t first_slot = 0;       // index, in words from the object's start, of attribute slot 0
  std::uint16_t inline_slots = 0;    // attributes that fit the object; further ones in its overflow body
  std::uint16_t overflow_slot = 0;   // word index of the pointer to the overflow storage; 0 = cannot have attributes
  bool dictionary = false;           // attributes are in a dict, which the overflow slot points to
  bool fixed = true;                 // an object of this shape never gets another one
  std::uint32_t count = 0;           // attributes an object of this shape has
  type_object* cls = nullptr;        // the Python class
  object* owner = nullptr;           // the one class or module that has this shape; else null
  shape* parent = nullptr;           // without the last attribute; null at the root
  string_object* last = nullptr;     // interned name of the last attribute
  std::vector<string_object*> names; // by attribute index
  shape_space* space = nullptr;

  shape();
  shape(const shape&);
  ~shape();
  shape& operator=(const shape&) = delete;

  // Index of an attribute or -1. `name` must be interned. O(1) expected.
  int find(const string_object* name) const noexcept;
  // The shape after adding `name`; made on first use. Thread-safe.
  shape* with(string_object* name);
  // The shape after removing attribute `index` (later ones move down). Thread-safe.
  shape* without(int index);
  // The sibling whose attributes are in a dict. Thread-safe.
  shape* as_dictionary();
  // The cell of class attribute `name` along the MRO of the class (of `owner`, where that is a
  // class); null: none. Remembered, so it takes no lock the second time; `index` gets its place.
  // A negative answer has index -1. The cells dicts of published classes change only with the world
  // stopped, so reading them needs no log.
  cell_object* resolve(const string_object* name, int& index);
  cell_object* resolve(const string_object* name) {
    int index;
    return resolve(name, index);
  }
  // Precondition: an index that resolve() gave since the last forget_resolved().
  GILT_INLINE cell_object* resolved(std::uint32_t index) const noexcept {
    return resolved_cells.load(std::memory_order_acquire)[index];
  }
  // For modules, whose cells are found otherwise: makes a place in resolved for a cell.
  int remember(const string_object* name, cell_object*);

  atomics::atomic<cell_object* const*> resolved_cells{nullptr};   // by index; grows by replacement
  struct tables;                     // lookup map, transitions, resolved: shape.cpp
  std::unique_ptr<tables> rest;
};

inline kind object::what() const { return shape_relaxed()->what; }
GILT_INLINE bool is(value v, kind k) { return v.is_object() && v.as_object()->what() == k; }

}  // namespace gilt::interp
