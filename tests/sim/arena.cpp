// SPDX-License-Identifier: BSL-1.0
#include "arena.hpp"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace gilt_sim {

namespace {

struct header {
  std::uint64_t size;
  std::uint64_t state;
};
constexpr std::uint64_t is_live = 0x4C49564542484B21, is_freed = 0x4652454542484B21;

header* header_of(const void* p) noexcept {
  return reinterpret_cast<header*>(reinterpret_cast<std::uintptr_t>(p) - sizeof(header));
}

}  // namespace

arena::arena() {
  void* const p = mmap(reinterpret_cast<void*>(wanted_base), capacity, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) {
    std::fputs("simulation: no address space for the arena\n", stderr);
    std::abort();
  }
  if (reinterpret_cast<std::uintptr_t>(p) != wanted_base) {
    std::fputs("simulation: the arena lies elsewhere than usual; seeds of other processes may "
               "give other runs\n", stderr);
  }
  base_ = reinterpret_cast<std::uintptr_t>(p);
}

void arena::reset() noexcept {
  used_ = 0;
  live_ = 0;
}

void* arena::allocate(std::size_t bytes, std::size_t alignment) noexcept {
  if (alignment < 16) alignment = 16;
  const std::uintptr_t at =
      (base_ + used_ + sizeof(header) + alignment - 1) & ~(std::uintptr_t{alignment} - 1);
  if (at + bytes > base_ + capacity) {
    std::fputs("simulation: a run used up its arena\n", stderr);
    std::abort();
  }
  used_ = at + bytes - base_;
  void* const p = reinterpret_cast<void*>(at);
  *header_of(p) = {bytes, is_live};
  std::memset(p, 0xCD, bytes);
  ++live_;
  return p;
}

bool arena::release(void* p) noexcept {
  header* const h = header_of(p);
  if (h->state != is_live) return false;
  h->state = is_freed;
  std::memset(p, poison_byte, h->size);
  --live_;
  return true;
}

std::size_t arena::size_of(const void* p) const noexcept { return header_of(p)->size; }

}  // namespace gilt_sim
