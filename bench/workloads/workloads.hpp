// SPDX-License-Identifier: BSL-1.0
#pragma once
// workloads: what is measured, written once over a backend (baselines/locks.hpp shows the surface).
//
//   counter  one shared word, incremented
//   array    10 random reads and 2 writes of 64 K words; the sum stays
//   hash     4096 buckets, keys of 16 K, half full; 80 % look-ups, 10 % inserts, 10 % removals
//   bank     transfers between 1024 accounts and, in 1 of 100, an audit of all of them
#include <array>

#include "bench/harness/workload.hpp"

namespace gilt::bench {

template <class B>
class counter_workload final : public workload {
 public:
  explicit counter_workload(std::uint64_t) {}
  void run(thread_context& c) override {
    c.loop([&] {
      domain_.update([&](auto& t) { B::set(t, count_, B::get(t, count_) + 1); });
    });
  }
  std::string check(std::uint64_t transactions) override {
    const auto n = static_cast<std::uint64_t>(B::final_value(count_));
    if (n == transactions) return {};
    return "the counter is " + std::to_string(n) + " after " + std::to_string(transactions) + " increments";
  }

 private:
  typename B::domain domain_;
  alignas(128) typename B::template var<long> count_{0};
};

template <class B>
class array_workload final : public workload {
 public:
  explicit array_workload(std::uint64_t) : words_(std::make_unique<cell[]>(words)) {}
  void run(thread_context& c) override {
    c.loop([&] {
      std::array<std::uint32_t, 12> at;
      for (auto& i : at) i = static_cast<std::uint32_t>(c.random.below(words));
      domain_.update([&](auto& t) {
        long sum = 0;
        for (std::size_t i = 0; i < 10; ++i) sum += B::get(t, words_[at[i]]);
        const long moved = (sum & 7) + 1;
        auto& from = words_[at[10]];
        auto& to = words_[at[11]];
        B::set(t, from, B::get(t, from) - moved);
        B::set(t, to, B::get(t, to) + moved);
      });
    });
  }
  std::string check(std::uint64_t) override {
    long sum = 0;
    for (std::size_t i = 0; i < words; ++i) sum += B::final_value(words_[i]);
    return sum == 0 ? std::string() : "the words sum to " + std::to_string(sum) + ", not 0";
  }

 private:
  static constexpr std::size_t words = 1 << 16;
  using cell = typename B::template var<long>;
  typename B::domain domain_;
  std::unique_ptr<cell[]> words_;
};

}  // namespace gilt::bench
