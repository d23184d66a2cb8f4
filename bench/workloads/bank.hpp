// SPDX-License-Identifier: BSL-1.0
#pragma once
// bank: transfers between 1024 accounts; one transaction of a hundred audits all of them.
#include <deque>

#include "bench/harness/workload.hpp"

namespace gilt::bench {

template <class B>
class bank_workload final : public workload {
 public:
  explicit bank_workload(std::uint64_t) {
    for (std::size_t i = 0; i < accounts; ++i) accounts_.emplace_back(opening);
  }
  void run(thread_context& c) override {
    c.loop([&] {
      if (c.random.below(100) == 0) {
        const long total = domain_.read([&](auto& t) {
          long sum = 0;
          for (auto& a : accounts_) sum += B::get(t, a);
          return sum;
        });
        if (total != expected) wrong_audits_.fetch_add(1);
        return;
      }
      auto& from = accounts_[c.random.below(accounts)];
      auto& to = accounts_[c.random.below(accounts)];
      const long amount = static_cast<long>(c.random.below(100));
      domain_.update([&](auto& t) {
        B::set(t, from, B::get(t, from) - amount);
        B::set(t, to, B::get(t, to) + amount);
      });
    });
  }
  std::string check(std::uint64_t) override {
    if (wrong_audits_.load() != 0)
      return std::to_string(wrong_audits_.load()) + " audits saw money appear or vanish";
    long sum = 0;
    for (auto& a : accounts_) sum += B::final_value(a);
    return sum == expected ? std::string() : "the accounts sum to " + std::to_string(sum);
  }

 private:
  static constexpr std::size_t accounts = 1024;
  static constexpr long opening = 1000;
  static constexpr long expected = static_cast<long>(accounts) * opening;

  typename B::domain domain_;
  std::deque<typename B::template var<long>> accounts_;
  std::atomic<long> wrong_audits_{0};
};

}  // namespace gilt::bench
