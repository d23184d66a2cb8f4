// SPDX-License-Identifier: BSL-1.0
#pragma once
// tbb_hash: oneTBB's own concurrent hash map under the hash workload's mix.
#include <tbb/concurrent_hash_map.h>

#include "bench/harness/workload.hpp"

namespace gilt::bench {

class tbb_hash_workload final : public workload {
 public:
  explicit tbb_hash_workload(std::uint64_t) : map_(4096) {
    for (long key = 0; key < keys; key += 2) map_.insert({key, true});
  }
  void run(thread_context& c) override {
    long net = 0;
    c.loop([&] {
      const long key = static_cast<long>(c.random.below(keys));
      const std::uint64_t choice = c.random.below(10);
      if (choice == 0) net += map_.insert({key, true});
      else if (choice == 1) net -= map_.erase(key);
      else {
        map::const_accessor found;
        [[maybe_unused]] const bool there = map_.find(found, key);
      }
    });
    net_.fetch_add(net);
  }
  std::string check(std::uint64_t) override {
    const long size = static_cast<long>(map_.size()), expected = keys / 2 + net_.load();
    if (size == expected) return {};
    return "the map has " + std::to_string(size) + " keys, not " + std::to_string(expected);
  }

 private:
  using map = tbb::concurrent_hash_map<long, bool>;
  static constexpr long keys = 16384;
  map map_;
  std::atomic<long> net_{0};
};

}  // namespace gilt::bench
