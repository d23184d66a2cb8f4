// SPDX-License-Identifier: BSL-1.0
#pragma once
// allocator: a thread's own supply of cells, one free run a size class. Taking a cell is a bump
// inside the run; an exhausted run leads to the next one of its block, then to another block.
//
// A fresh object is zero but for its header: the orec is the slice's born word and the shape is
// set. It is garbage until something reachable points to it; no collection happens before the
// thread's next safepoint.
#include "interp/heap/space.hpp"

namespace gilt::interp {
struct thread_state;
void raise_memory_error(thread_state&);            // object/raise.cpp
}

namespace gilt::interp::heap {

class allocator {
 public:
  void attach(space& s) { space_ = &s; }

  // Null: MemoryError is set. State is thread_state, which contains this.
  template <class T, class State>
  GILT_INLINE T* make(State& t, shape* s, std::size_t extra_bytes = 0) {
    const std::size_t bytes = (sizeof(T) + extra_bytes + (cell_step - 1)) & ~(cell_step - 1);
    object* o = take(bytes);
    if (GILT_UNLIKELY(!o)) {
      raise_memory_error(t);
      return nullptr;
    }
    o->lock.store_relaxed(t.born);
    o->shape_word.store(reinterpret_cast<std::uint64_t>(s), std::memory_order_relaxed);
    return reinterpret_cast<T*>(o);
  }

  // Forgets the runs: their cells stay free until the next sweep.
  void retire() {
    for (run& r : runs_) r = {};
  }

 private:
  struct run {
    char* next = nullptr;
    char* end = nullptr;
    char* after = nullptr;                         // the block's next run, or null
  };

  GILT_INLINE object* take(std::size_t bytes) {
    if (GILT_LIKELY(bytes <= small_limit)) {
      run& r = runs_[bytes / cell_step];
      char* p = r.next;
      if (GILT_LIKELY(static_cast<std::size_t>(r.end - p) >= bytes)) {
        r.next = p + bytes;
        return reinterpret_cast<object*>(p);
      }
    }
    return take_slow(bytes);
  }
  object* take_slow(std::size_t bytes);
  static void open(run&, char* first);

  run runs_[classes];
  space* space_ = nullptr;
};

}  // namespace gilt::interp::heap
