// SPDX-License-Identifier: BSL-1.0
#pragma once
// loop: the measured loop of a workload's thread.
#include <chrono>

#include "bench/harness/workload.hpp"

namespace gilt::bench {

template <class F>
void thread_context::loop(F&& transaction) {
  constexpr std::size_t sample_every = 32, samples = 1 << 16;
  std::uint64_t done = 0;
  while (!stop.load(std::memory_order_relaxed)) {
    if (turns != nullptr) {
      turns->wait(index);
      if (stop.load(std::memory_order_relaxed)) break;
    }
    if (done % sample_every == 0 && result.latency_ns.size() < samples) {
      const auto before = std::chrono::steady_clock::now();
      transaction();
      const auto spent = std::chrono::steady_clock::now() - before;
      result.latency_ns.push_back(static_cast<std::uint32_t>(
          std::chrono::duration_cast<std::chrono::nanoseconds>(spent).count()));
    } else {
      transaction();
    }
    ++done;
  }
  result.transactions = done;
}

}  // namespace gilt::bench
