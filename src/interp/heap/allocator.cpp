// SPDX-License-Identifier: BSL-1.0
#include "interp/heap/allocator.hpp"

#include <cstring>

namespace gilt::interp::heap {

void allocator::open(run& r, char* first) {
  run_link link;
  std::memcpy(&link, first, sizeof link);
  std::memset(first, 0, sizeof link);
  char* start = reinterpret_cast<char*>(reinterpret_cast<std::uintptr_t>(first) & ~(block_bytes - 1));
  r = {first, start + link.end, link.next != 0 ? start + link.next : nullptr};
}

object* allocator::take_slow(std::size_t bytes) {
  if (bytes > cell_limit) return space_->take_large(bytes);
  const unsigned c = class_of_size(bytes);
  const std::size_t cell = size_of_class(c);
  run& r = runs_[c];
  if (static_cast<std::size_t>(r.end - r.next) < cell) {
    char* first = r.after ? r.after : space_->take_block(c);
    if (!first) return nullptr;
    open(r, first);
  }
  char* p = r.next;
  r.next += cell;
  return reinterpret_cast<object*>(p);
}

}  // namespace gilt::interp::heap
