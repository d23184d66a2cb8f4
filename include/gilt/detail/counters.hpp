// SPDX-License-Identifier: BSL-1.0
#pragma once
// counters: what each transaction object counts, always on.
//
// A counter is written by its owner with a load and a store and read by anyone; sums are taken on
// demand. Beside the totals, commits and aborts are counted by site, the source line that began the
// transaction: a small table per transaction object, found through a direct-mapped cache so that a
// warm attempt pays two compares. Reading a table and growing it exclude each other by its mutex.
//
// Equation: starts == commits + aborts + active.

#include <gilt/detail/abort_cause.hpp>
#include <gilt/detail/config.hpp>

#include <atomic>
#include <mutex>

namespace gilt::detail {

template <class Atomics>
class counter {
 public:
  GILT_ALWAYS_INLINE void add(word n = 1) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }
  word read() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  typename Atomics::template own<word> value_{0};
};

struct totals {
  word starts = 0, commits = 0, aborts = 0, active = 0;
  word extensions = 0;             // snapshots moved forward instead of aborting
  word waits = 0;                  // retries that went to sleep
  word serial = 0;                 // attempts that held the serial flag (starved or irrevocable)
  word by_cause[abort_cause_count] = {};
};

template <class Atomics>
struct counters {
  counter<Atomics> starts, commits, extensions, waits, serial;
  counter<Atomics> aborts[abort_cause_count];

  void add_to(totals& t) const noexcept {
    t.starts += starts.read();
    t.commits += commits.read();
    t.extensions += extensions.read();
    t.waits += waits.read();
    t.serial += serial.read();
    for (std::size_t i = 0; i < abort_cause_count; ++i) {
      t.by_cause[i] += aborts[i].read();
      t.aborts += aborts[i].read();
    }
  }
};

// A source line. The strings are literals: two equal lines of different translation units may
// differ in the pointer, reports merge them by content.
struct site {
  const char* file = nullptr;
  const char* function = nullptr;
  word line = 0;
};

template <class Atomics>
struct site_counters {
  site where;
  counter<Atomics> commits;
  counter<Atomics> aborts[abort_cause_count];
  site_counters* next = nullptr;   // in the table's list; written under its mutex
};

template <class Atomics>
class site_table {
 public:
  using entry = site_counters<Atomics>;

  site_table() noexcept = default;
  site_table(const site_table&) = delete;
  site_table& operator=(const site_table&) = delete;
  ~site_table() {
    while (first_ != nullptr) {
      entry* const e = first_;
      first_ = e->next;
      Atomics::destroy(e);
    }
  }

  // Owner only. nullptr: out of memory, the line is not counted.
  GILT_ALWAYS_INLINE entry* find(const char* file, word line, const char* function) noexcept {
    entry* const e = cache_[line % cached];
    if (GILT_LIKELY(e != nullptr && e->where.line == line && e->where.file == file)) return e;
    return find_slow(file, line, function);
  }

  // Any thread. f is called with each entry while the table cannot change.
  template <class F>
  void for_each(F&& f) const {
    const std::lock_guard guard(lock_);
    for (const entry* e = first_; e != nullptr; e = e->next) f(*e);
  }

 private:
  static constexpr std::size_t cached = 32;

  GILT_COLD entry* find_slow(const char* file, word line, const char* function) noexcept {
    entry* e = first_;
    while (e != nullptr && !(e->where.line == line && e->where.file == file)) e = e->next;
    if (e == nullptr) {
      try {
        e = Atomics::template create<entry>();
      } catch (...) {
        return nullptr;
      }
      e->where = {file, function, line};
      const std::lock_guard guard(lock_);
      e->next = first_;
      first_ = e;
    }
    cache_[line % cached] = e;
    return e;
  }

  mutable typename Atomics::mutex lock_;
  entry* first_ = nullptr;
  entry* cache_[cached] = {};
};

}  // namespace gilt::detail
