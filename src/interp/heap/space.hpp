// SPDX-License-Identifier: BSL-1.0
#pragma once
// space: the memory all threads of an interpreter allocate from, and its sweeping.
//
//   region   address space reserved once, as large as the memory limit
//     chunk  1 MB, aligned: block 0 holds the descriptors and mark bits of the 31 others
//       block  32 KB of cells of one size class: 16-byte steps to 512 B, then four classes an
//              octave to 8 KB. A thread that allocates owns whole blocks
//   large    objects past 8 KB, each from the C library, found through a sorted table
//
// Free cells are zero. In a swept block they form runs of neighbours: the first word of a run holds
// where it ends and where the next one begins, so that allocation is a bump inside a run. The shape
// word of a free cell is 0; that is how the conservative scan tells cells from objects.
//
// A collection marks (marker.hpp) and only sorts blocks: empty ones become free, empty chunks go
// back to the system beyond what the next cycle will want, all others wait as `unswept` until a
// thread needs cells of their class. Sweeping thus happens block by block, just before the block's
// memory is used.
//
// Locking: mutex_ guards lists and counts; a block taken from a list belongs to the taker. collect()
// runs with the world stopped.
//
// Sources: Jones, Hosking, Moss, "The Garbage Collection Handbook", 2nd ed., 7.1 and 7.4
// (segregated fits; bump in free runs as in Immix, Blackburn and McKinley, PLDI 2008), 2.5 (lazy sweep).
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "interp/heap/object.hpp"

namespace gilt::interp {
struct interpreter;
}

namespace gilt::interp::heap {

constexpr std::size_t cell_step = 16;
constexpr std::size_t block_bytes = std::size_t{1} << 15;
constexpr std::size_t chunk_bytes = std::size_t{1} << 20;
constexpr std::size_t blocks_per_chunk = chunk_bytes / block_bytes;      // the first is the header
constexpr std::size_t small_limit = 512;
constexpr std::size_t cell_limit = 8192;
constexpr unsigned classes = 49;                                         // class 0 is unused

// Size class of `bytes`, 1 <= bytes <= cell_limit.
GILT_INLINE unsigned class_of_size(std::size_t bytes) {
  if (GILT_LIKELY(bytes <= small_limit)) return static_cast<unsigned>((bytes + 15) >> 4);
  const unsigned shift = 61u - static_cast<unsigned>(__builtin_clzll(bytes - 1));
  return 33 + (shift - 7) * 4 + static_cast<unsigned>((bytes - 1) >> shift) - 4;
}
constexpr std::size_t size_of_class(unsigned c) {
  if (c <= 32) return c * cell_step;
  return std::size_t{5 + (c - 33) % 4} << (7 + (c - 33) / 4);
}

enum class block_state : std::uint8_t { free, in_use, unswept };

struct block {
  std::uint32_t cell_bytes;
  std::uint32_t cells;
  block_state state;
  std::uint8_t size_class;
  bool zero;                                       // a free block whose memory is all zero
  std::uint64_t marks[block_bytes / cell_step / 64];   // a bit for each 16 bytes
};
struct chunk {
  block blocks[blocks_per_chunk];
};
static_assert(sizeof(chunk) <= block_bytes);

GILT_INLINE chunk* chunk_of(const void* p) {
  return reinterpret_cast<chunk*>(reinterpret_cast<std::uintptr_t>(p) & ~(chunk_bytes - 1));
}
GILT_INLINE block* block_of(const void* p) {
  return &chunk_of(p)->blocks[(reinterpret_cast<std::uintptr_t>(p) & (chunk_bytes - 1)) / block_bytes];
}
inline char* memory_of(const block* b) {
  chunk* c = chunk_of(b);
  return reinterpret_cast<char*>(c) + static_cast<std::size_t>(b - c->blocks) * block_bytes;
}

// What stands in the first 8 bytes of a free run: offsets in the block, next == 0: the last run.
struct run_link {
  std::uint32_t end, next;
};

// The object follows at once.
struct large_header {
  std::uint64_t bytes;                             // of the object
  std::uint64_t marked;
};

struct statistics {
  std::uint64_t collections = 0;
  std::uint64_t live_bytes = 0;                    // after the last one
  std::uint64_t live_objects = 0;
  std::chrono::nanoseconds total_pause{0}, longest_pause{0};
};

class space {
 public:
  explicit space(std::size_t limit_bytes = std::size_t{4} << 30);
  space(const space&) = delete;
  space& operator=(const space&) = delete;
  ~space();

  // A safepoint that finds this set stops the world and calls collect().
  atomics::atomic<bool> wants_collection{false};

  // With the world stopped, every thread's stack bounds and allocator at rest.
  void collect(interpreter&);

  std::size_t limit_bytes() const { return limit_; }
  std::size_t committed_bytes();
  statistics numbers() const { return numbers_; }
  // Bytes allocated between collections, whatever lives; for tests (GILT_GC_CYCLE).
  void set_cycle(std::size_t bytes);

  // -- for allocator --
  // The first run of a block of this class; null: limit reached. Its end is in its link.
  char* take_block(unsigned size_class);
  object* take_large(std::size_t bytes);           // zero; null: limit reached

  // -- for marker --
  bool in_region(const void* p) const {
    return reinterpret_cast<std::uintptr_t>(p) - reinterpret_cast<std::uintptr_t>(base_) < committed_end_;
  }
  large_header* find_large(const void* interior) const;   // null: none; table must be sorted

 private:
  friend class marker;
  bool add_chunk();
  char* format(block*, unsigned size_class);
  static char* sweep(block*, std::size_t& free_bytes);
  void finish_sweeping();
  void clear_marks();
  void sort_blocks();
  void release_chunks(std::size_t wanted_free);
  void sweep_large();
  void allocated(std::size_t bytes);
  void plan_next_cycle();

  atomics::mutex mutex_;
  char* base_ = nullptr;                           // of the region, chunk-aligned
  char* reservation_ = nullptr;
  std::size_t reserved_ = 0;
  std::size_t committed_end_ = 0;                  // bytes of the region that ever were a chunk
  std::size_t limit_;
  std::size_t chunks_bytes_ = 0, large_bytes_ = 0; // what counts against the limit
  std::size_t since_ = 0;                          // bytes allocated since the last collection
  std::size_t cycle_ = 0, fixed_cycle_ = 0;
  std::vector<chunk*> chunks_;
  std::vector<chunk*> released_;                   // part of the region, their memory given back
  std::vector<block*> free_;
  std::vector<block*> unswept_[classes];
  std::vector<large_header*> large_;               // sorted by address during a collection
  statistics numbers_;
};

}  // namespace gilt::interp::heap
