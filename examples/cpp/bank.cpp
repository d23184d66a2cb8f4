// SPDX-License-Identifier: BSL-1.0
// Transfers between accounts while another thread audits the whole bank: no lock, no order of
// locks to remember, and every audit sees exactly the money that is there.
#include <gilt/gilt.hpp>

#include <cstdio>
#include <deque>
#include <random>
#include <thread>
#include <vector>

using gilt::tx;

namespace {

void transfer(tx& t, gilt::var<long>& from, gilt::var<long>& to, long amount) {
  if (t(from) < amount) return;
  t[from] -= amount;
  t[to] += amount;
}

}  // namespace

int main() {
  constexpr int count = 64;
  constexpr long opening = 1000;
  std::deque<gilt::var<long>> accounts;
  for (int i = 0; i < count; ++i) accounts.emplace_back(opening);

  std::vector<std::thread> clerks;
  for (unsigned id = 0; id < 2; ++id) {
    clerks.emplace_back([&accounts, id] {
      std::minstd_rand random(id + 1);
      for (int i = 0; i < 100'000; ++i) {
        auto& from = accounts[random() % count];
        auto& to = accounts[random() % count];
        const long amount = static_cast<long>(random() % 50);
        gilt::atomically([&](tx& t) { transfer(t, from, to, amount); });
      }
    });
  }
  int wrong = 0;
  for (int audit = 0; audit < 200; ++audit) {
    const long total = gilt::atomically([&](tx& t) {
      long sum = 0;
      for (auto& account : accounts) sum += t(account);
      return sum;
    });
    wrong += total != count * opening;
  }
  for (auto& clerk : clerks) clerk.join();
  std::printf("200 audits, %d of them wrong\n", wrong);
  return wrong == 0 ? 0 : 1;
}
