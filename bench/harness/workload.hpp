// SPDX-License-Identifier: BSL-1.0
#pragma once
// workload: one measurable thing under one backend.
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gilt {
struct statistics;
}

namespace gilt::bench {

// xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016.
class random_source {
 public:
  explicit random_source(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull | 1) {}
  std::uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1Dull;
  }
  std::uint64_t below(std::uint64_t n) { return (next() >> 32) * n >> 32; }   // n < 2^32

 private:
  std::uint64_t state_;
};

// What one thread does: calls `step` until `stop`, counting in a line of its own. Every 32nd
// transaction is timed for the latency percentiles.
struct alignas(128) thread_result {
  std::uint64_t transactions = 0;
  std::vector<std::uint32_t> latency_ns;
};
// Who may run the next transaction, where that is not left to the machine.
struct turn_order {
  virtual ~turn_order() = default;
  virtual void wait(unsigned thread) = 0;
};
struct thread_context {
  unsigned index, threads;
  random_source random;
  const std::atomic<bool>& stop;
  thread_result& result;
  turn_order* turns = nullptr;

  template <class F>
  void loop(F&& transaction);
};

class workload {
 public:
  virtual ~workload() = default;
  virtual void run(thread_context&) = 0;
  // Empty if what must hold after the run holds; else a sentence. `transactions` over all threads.
  virtual std::string check(std::uint64_t transactions) = 0;
};

struct benchmark {
  std::string name;          // workload/key:value
  std::string backend;
  unsigned max_threads;      // 1 for the unsynchronized baseline
  std::function<std::unique_ptr<workload>(std::uint64_t seed)> make;
  statistics (*counts)() = nullptr;   // commits and aborts so far, where the backend counts them
};

std::vector<benchmark> all_benchmarks();

}  // namespace gilt::bench

#include "bench/harness/loop.hpp"
