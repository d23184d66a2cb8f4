// SPDX-License-Identifier: BSL-1.0
#pragma once
// weak_table: the weak references to each object that has any.
//
// A collection that finds an object unreachable empties the references to it, with the world stopped;
// those that have a callback and are still reachable themselves wait here until a thread calls it
// (run_weak_callbacks), outside the collection. Under mutex, for a slice may make references while
// another does; they are never undone, which nobody can tell.
#include <unordered_map>
#include <vector>

#include "interp/heap/marker.hpp"
#include "interp/object/layouts.hpp"

namespace gilt::interp {

struct weak_table {
  atomics::mutex mutex;
  std::unordered_map<const object*, std::vector<weak_reference_object*>> references;
  std::vector<value> waiting;                // references whose callbacks are to be called

  // World stopped, all that is reachable marked: marks the references that go to `waiting`.
  void forget_dead(heap::marker&);
};

}  // namespace gilt::interp
