// SPDX-License-Identifier: BSL-1.0
#pragma once
// marker: the marking half of a collection. It knows cells and mark bits, not what objects hold:
// trace_everything() (object/trace.cpp) feeds it roots, then takes marked objects off the stack and
// marks what each refers to, until none is left.
//
// Exact references point to an object's start. Those found in native stacks may be anything: a word
// counts if it points at, or into, a cell whose shape word is set.
#include <vector>

#include "interp/heap/space.hpp"

namespace gilt::interp::heap {

class marker {
 public:
  explicit marker(space& s) : space_(s) { stack_.reserve(4096); }

  GILT_INLINE void mark(value v) {
    if (v.is_object()) mark(v.as_object());
  }
  // An object of this interpreter, an interned string, or null.
  GILT_INLINE void mark(const object* o) {
    if (GILT_LIKELY(space_.in_region(o))) {
      mark_cell(block_of(o), o);
    } else if (o) {
      mark_outside(o);
    }
  }
  void mark_word(std::uint64_t word);              // may be anything at all
  // Every aligned word in [low, high).
  void mark_range(const void* low, const void* high);

  // Every word of o's cell after the header, as mark_word.
  void mark_cell_words(const object* o);

  // False: nothing is left.
  bool next(object*& o) {
    if (stack_.empty()) return false;
    o = stack_.back();
    stack_.pop_back();
    return true;
  }
  std::uint64_t marked_bytes() const { return bytes_; }
  std::uint64_t marked_objects() const { return objects_; }
  // Whether it was reached; for what must forget the dead.
  bool is_marked(const object* o) const;

 private:
  GILT_INLINE void mark_cell(block* b, const object* o) {
    const std::size_t unit = (reinterpret_cast<std::uintptr_t>(o) & (block_bytes - 1)) / cell_step;
    std::uint64_t& word = b->marks[unit / 64];
    const std::uint64_t bit = std::uint64_t{1} << unit % 64;
    if ((word & bit) != 0) return;
    word |= bit;
    push(o, b->cell_bytes);
  }
  void push(const object* o, std::uint64_t bytes) {
    bytes_ += bytes;
    ++objects_;
    stack_.push_back(const_cast<object*>(o));
  }
  void mark_large(large_header*);
  void mark_outside(const object* o) {
    if (large_header* h = space_.find_large(o)) mark_large(h);
  }

  space& space_;
  std::vector<object*> stack_;
  std::uint64_t bytes_ = 0, objects_ = 0;
};

// Implemented above this layer (object/trace.cpp).
void trace_everything(interpreter&, marker&);

}  // namespace gilt::interp::heap
