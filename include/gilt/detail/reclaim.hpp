// SPDX-License-Identifier: BSL-1.0
#pragma once
// reclaim: memory that a committed attempt unlinked is destroyed once no running attempt can hold a
// pointer into it.
//
// Epochs are clock values. An attempt announces its first read version lo before it reads anything
// and drops the announcement after it has touched everything for the last time. A node is retired
// with stamp = the clock after the unlinking commit. It is destroyed when stamp < lo for every
// announced attempt: an attempt that began at lo > stamp reads versions that already lack the node
// (a deferred clock has moved since that commit looked at it, after its locks). A scan that leaves
// something moves a deferred clock, which might stand for ever otherwise.
//
// The announcement is a plain store. The reclaimer's heavy_barrier() comes after the unlinking
// writer's lock and before the scan: an announcement that the scan misses was made after the
// barrier, so the reads that follow it see the lock or the new value and never reach the node.
// One barrier serves a batch. Where membarrier does not exist the announcement is an RMW and the
// barrier is nothing.
//
// A stalled attempt holds back what is retired after it began; the interval scheme (IBR), which
// would bound that to what existed when it stalled, fits behind this file.
//
// Sources: Fraser, "Practical lock-freedom", 2004, section 5.2.3 (epochs); Wen et al.,
// "Interval-based memory reclamation", PPoPP 2018.

#include <gilt/detail/log.hpp>
#include <gilt/detail/shared.hpp>

namespace gilt::detail {

struct retired {
  void* what;
  void (*destroy)(void*) noexcept;
  word stamp;
};

// What one thread has retired and not yet destroyed.
template <class Atomics>
class limbo {
 public:
  explicit limbo(shared<Atomics>& s) noexcept : shared_(&s) {}
  limbo(const limbo&) = delete;
  limbo& operator=(const limbo&) = delete;
  // Destroys what may be destroyed; the rest is left to other threads.
  ~limbo();

  [[nodiscard]] bool reserve(std::size_t n) noexcept { return waiting_.reserve(n); }
  void add_reserved(retired r) noexcept { waiting_.push_reserved(r); }
  std::size_t size() const noexcept { return waiting_.size(); }

  // Outside attempts: scans when enough has gathered.
  void tidy() noexcept {
    if (GILT_UNLIKELY(waiting_.size() >= next_scan_)) scan();
  }
  // Destroys all that no running attempt can reach. Not inside an attempt of this thread.
  void scan() noexcept;

  static constexpr std::size_t batch = 64;

 private:
  void adopt_orphans() noexcept;

  shared<Atomics>* shared_;
  log<retired, Atomics> waiting_;
  log<retired, Atomics> dying_;
  std::size_t next_scan_ = batch;
  bool scanning_ = false;          // a destructor may run transactions that retire more
};

// Returns when every attempt that was running at the call has ended, write-back included. Not
// inside an attempt of this thread. Moves the clock, so that later attempts can be told apart.
template <class Atomics>
void wait_for_attempts(shared<Atomics>& s) noexcept;

}  // namespace gilt::detail
