// SPDX-License-Identifier: BSL-1.0
#include "interp/heap/space.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>

#include "interp/heap/marker.hpp"

namespace gilt::interp::heap {

namespace {
constexpr std::size_t shortest_cycle = std::size_t{8} << 20;
}

space::space(std::size_t limit_bytes) : limit_(std::max(limit_bytes, 4 * chunk_bytes)) {
  // Address space only: pages count once they are touched. Smaller where the system is strict.
  for (std::size_t wanted = (limit_ + 2 * chunk_bytes) & ~(chunk_bytes - 1); wanted >= 4 * chunk_bytes; wanted /= 2) {
    void* p = mmap(nullptr, wanted, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) continue;
    reservation_ = static_cast<char*>(p);
    reserved_ = wanted;
    const auto at = (reinterpret_cast<std::uintptr_t>(p) + chunk_bytes - 1) & ~(chunk_bytes - 1);
    base_ = reinterpret_cast<char*>(at);
    break;
  }
  if (!reservation_) throw std::bad_alloc();
  plan_next_cycle();
}

space::~space() {
  munmap(reservation_, reserved_);
  for (large_header* h : large_) std::free(h);
}

std::size_t space::committed_bytes() {
  const std::lock_guard hold(mutex_);
  return chunks_bytes_ + large_bytes_;
}

void space::set_cycle(std::size_t bytes) {
  const std::lock_guard hold(mutex_);
  fixed_cycle_ = bytes;
  plan_next_cycle();
}

// Near the limit cycles get shorter, so that garbage does not cause a MemoryError.
void space::plan_next_cycle() {
  const std::size_t used = chunks_bytes_ + large_bytes_;
  const std::size_t room = used < limit_ ? (limit_ - used) / 2 : 0;
  const std::size_t wish = fixed_cycle_ > 0 ? fixed_cycle_ : std::max<std::size_t>(shortest_cycle, numbers_.live_bytes);
  cycle_ = std::min(wish, std::max(room, chunk_bytes));
}

void space::allocated(std::size_t bytes) {
  since_ += bytes;
  if (since_ > cycle_) wants_collection.store(true, std::memory_order_relaxed);
}

bool space::add_chunk() {
  if (chunks_bytes_ + large_bytes_ + chunk_bytes > limit_) return false;
  chunk* c = nullptr;
  if (!released_.empty()) {
    c = released_.back();
    released_.pop_back();
  } else {
    char* p = base_ + committed_end_;
    if (p + chunk_bytes > reservation_ + reserved_) return false;
    if (mprotect(p, chunk_bytes, PROT_READ | PROT_WRITE) != 0) return false;
    committed_end_ += chunk_bytes;
    c = reinterpret_cast<chunk*>(p);
  }
  chunks_bytes_ += chunk_bytes;
  chunks_.push_back(c);                            // the system's pages are zero
  for (std::size_t i = blocks_per_chunk; i-- > 1;) {
    c->blocks[i].zero = true;
    free_.push_back(&c->blocks[i]);
  }
  return true;
}

char* space::format(block* b, unsigned size_class) {
  char* memory = memory_of(b);
  if (!b->zero) std::memset(memory, 0, block_bytes);
  b->zero = false;
  b->size_class = static_cast<std::uint8_t>(size_class);
  b->cell_bytes = static_cast<std::uint32_t>(size_of_class(size_class));
  b->cells = static_cast<std::uint32_t>(block_bytes / b->cell_bytes);
  b->state = block_state::in_use;
  const run_link link{b->cells * b->cell_bytes, 0};
  std::memcpy(memory, &link, sizeof link);
  return memory;
}

// Zeroes what is not marked and links it into runs. Null: the block is full.
char* space::sweep(block* b, std::size_t& free_bytes) {
  char* memory = memory_of(b);
  const std::uint32_t size = b->cell_bytes, end = b->cells * size;
  char* first = nullptr;
  char* last = nullptr;
  free_bytes = 0;
  const auto marked = [&](std::uint32_t at) {
    return (b->marks[at / cell_step / 64] >> (at / cell_step % 64) & 1) != 0;
  };
  for (std::uint32_t at = 0; at < end;) {
    if (marked(at)) {
      at += size;
      continue;
    }
    const std::uint32_t begin = at;
    while (at < end && !marked(at)) at += size;
    std::memset(memory + begin, 0, at - begin);
    free_bytes += at - begin;
    const run_link link{at, 0};
    std::memcpy(memory + begin, &link, sizeof link);
    if (last) {
      std::memcpy(last + offsetof(run_link, next), &begin, sizeof begin);
    } else {
      first = memory + begin;
    }
    last = memory + begin;
  }
  b->state = block_state::in_use;
  return first;
}

char* space::take_block(unsigned size_class) {
  std::unique_lock hold(mutex_);
  auto& waiting = unswept_[size_class];
  while (!waiting.empty()) {
    block* b = waiting.back();
    waiting.pop_back();
    hold.unlock();
    std::size_t free_bytes = 0;
    char* first = sweep(b, free_bytes);
    hold.lock();
    if (!first) continue;
    allocated(free_bytes);
    return first;
  }
  if (free_.empty() && !add_chunk()) {
    wants_collection.store(true, std::memory_order_relaxed);
    return nullptr;
  }
  block* b = free_.back();
  free_.pop_back();
  allocated(block_bytes);
  hold.unlock();
  return format(b, size_class);
}

object* space::take_large(std::size_t bytes) {
  if (bytes >= limit_) return nullptr;
  {
    const std::lock_guard hold(mutex_);
    if (chunks_bytes_ + large_bytes_ + bytes > limit_) {
      wants_collection.store(true, std::memory_order_relaxed);
      return nullptr;
    }
    large_bytes_ += bytes;
    allocated(bytes);
  }
  auto* h = static_cast<large_header*>(std::calloc(1, sizeof(large_header) + bytes));
  const std::lock_guard hold(mutex_);
  if (!h) {
    large_bytes_ -= bytes;
    return nullptr;
  }
  h->bytes = bytes;
  large_.push_back(h);
  return reinterpret_cast<object*>(h + 1);
}

large_header* space::find_large(const void* interior) const {
  const auto p = reinterpret_cast<std::uintptr_t>(interior);
  auto at = std::upper_bound(large_.begin(), large_.end(), p, [](std::uintptr_t a, const large_header* h) {
    return a < reinterpret_cast<std::uintptr_t>(h + 1);
  });
  if (at == large_.begin()) return nullptr;
  large_header* h = *--at;
  return p - reinterpret_cast<std::uintptr_t>(h + 1) < h->bytes ? h : nullptr;
}

// ---- collection ----

// Old marks are about to go: what they say must be done first.
void space::finish_sweeping() {
  std::size_t free_bytes;
  for (auto& waiting : unswept_) {
    for (block* b : waiting) sweep(b, free_bytes);
    waiting.clear();
  }
}

void space::clear_marks() {
  for (chunk* c : chunks_) {
    for (block& b : c->blocks) std::memset(b.marks, 0, sizeof b.marks);
  }
  for (large_header* h : large_) h->marked = 0;
}

void space::sort_blocks() {
  free_.clear();
  for (chunk* c : chunks_) {
    for (std::size_t i = blocks_per_chunk; i-- > 1;) {
      block& b = c->blocks[i];
      if (b.state != block_state::free) {
        const bool empty = std::all_of(std::begin(b.marks), std::end(b.marks), [](std::uint64_t w) { return w == 0; });
        if (!empty) {
          b.state = block_state::unswept;
          unswept_[b.size_class].push_back(&b);
          continue;
        }
        b.state = block_state::free;
        b.zero = false;
      }
      free_.push_back(&b);
    }
  }
}

void space::release_chunks(std::size_t wanted_free) {
  const auto empty = [](const chunk* c) {
    return std::all_of(c->blocks + 1, c->blocks + blocks_per_chunk,
                       [](const block& b) { return b.state == block_state::free; });
  };
  std::size_t have = free_.size() * block_bytes;
  std::vector<chunk*> kept, dropped;
  for (chunk* c : chunks_) {
    const bool drop = have > wanted_free + chunk_bytes && empty(c);
    (drop ? dropped : kept).push_back(c);
    if (drop) have -= (blocks_per_chunk - 1) * block_bytes;
  }
  if (dropped.empty()) return;
  std::sort(dropped.begin(), dropped.end());
  std::erase_if(free_, [&](const block* b) { return std::binary_search(dropped.begin(), dropped.end(), chunk_of(b)); });
  for (chunk* c : dropped) madvise(c, chunk_bytes, MADV_DONTNEED);        // reads as zero again
  released_.insert(released_.end(), dropped.begin(), dropped.end());
  chunks_bytes_ -= dropped.size() * chunk_bytes;
  chunks_ = std::move(kept);
}

void space::sweep_large() {
  std::erase_if(large_, [&](large_header* h) {
    if (h->marked != 0) return false;
    large_bytes_ -= h->bytes;
    std::free(h);
    return true;
  });
}

void space::collect(interpreter& i) {
  const auto start = std::chrono::steady_clock::now();
  const std::lock_guard hold(mutex_);
  finish_sweeping();
  clear_marks();
  std::sort(large_.begin(), large_.end());
  marker m(*this);
  trace_everything(i, m);
  numbers_.live_bytes = m.marked_bytes();
  numbers_.live_objects = m.marked_objects();
  sort_blocks();
  sweep_large();
  plan_next_cycle();
  release_chunks(cycle_);
  since_ = 0;
  wants_collection.store(false, std::memory_order_relaxed);
  const auto pause = std::chrono::steady_clock::now() - start;
  ++numbers_.collections;
  numbers_.total_pause += pause;
  numbers_.longest_pause = std::max<std::chrono::nanoseconds>(numbers_.longest_pause, pause);
}

}  // namespace gilt::interp::heap
