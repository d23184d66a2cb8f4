// SPDX-License-Identifier: BSL-1.0
#include "interp/heap/marker.hpp"

namespace gilt::interp::heap {

void marker::mark_large(large_header* h) {
  if (h->marked != 0) return;
  h->marked = 1;
  push(reinterpret_cast<object*>(h + 1), h->bytes);
}

bool marker::is_marked(const object* o) const {
  if (space_.in_region(o)) {
    const std::size_t unit = (reinterpret_cast<std::uintptr_t>(o) & (block_bytes - 1)) / cell_step;
    return (block_of(o)->marks[unit / 64] >> unit % 64 & 1) != 0;
  }
  const large_header* h = space_.find_large(o);
  return !h || h->marked != 0;
}

void marker::mark_word(std::uint64_t word) {
  if (word < 4096 || word >> 48 != 0) return;
  auto* p = reinterpret_cast<char*>(word);
  if (!space_.in_region(p)) {
    if (large_header* h = space_.find_large(p)) mark_large(h);
    return;
  }
  const std::size_t offset = word & (chunk_bytes - 1);
  if (offset < block_bytes) return;                // a chunk's header
  block* b = block_of(p);
  if (b->state == block_state::free || b->cell_bytes == 0) return;
  const std::size_t cell = (offset & (block_bytes - 1)) / b->cell_bytes;
  if (cell >= b->cells) return;
  auto* o = reinterpret_cast<object*>(memory_of(b) + cell * b->cell_bytes);
  if (o->shape_word.load(std::memory_order_relaxed) != 0) mark_cell(b, o);
}

void marker::mark_cell_words(const object* o) {
  const large_header* h = space_.in_region(o) ? nullptr : space_.find_large(o);
  const std::size_t bytes = space_.in_region(o) ? block_of(o)->cell_bytes : h ? h->bytes : sizeof(object);
  const auto* words = reinterpret_cast<const slot*>(o);
  for (std::size_t i = sizeof(object) / 8; i < bytes / 8; ++i) mark_word(words[i].load(std::memory_order_relaxed));
}

// Stacks hold words that belong to no live variable, which the sanitizers guard.
__attribute__((no_sanitize("address", "thread"))) GILT_NOINLINE void marker::mark_range(const void* low, const void* high) {
  auto at = reinterpret_cast<std::uintptr_t>(low);
  at = (at + 7) & ~std::uintptr_t{7};
  for (; at + 8 <= reinterpret_cast<std::uintptr_t>(high); at += 8) {
    mark_word(*reinterpret_cast<const volatile std::uint64_t*>(at));
  }
}

}  // namespace gilt::interp::heap
