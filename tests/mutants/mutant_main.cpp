// SPDX-License-Identifier: BSL-1.0
// Runs every scenario, round after round with more schedules, until one fails or the time is up.
//   mutant_main SECONDS [SCENARIO]
// prints `killed by ...` and ends with 1, or `survived ...` and ends with 0.
#include "tests/sim/explore.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>

int main(int count, char** argv) {
  using namespace gilt_sim;
  const auto start = std::chrono::steady_clock::now();
  const std::chrono::duration<double> limit(argv[1] != nullptr ? std::atof(argv[1]) : 60);
  std::uint64_t total = 0, first = 1;
  for (std::uint64_t n = 300;; first += n, n = n < (count > 2 ? 200'000 : 20'000) ? n * 3 : n) {
    for (const search how : {search::random, search::pct, search::exhaustive, search::sequential}) {
      for (const auto& s : all_scenarios()) {
        if (count > 2 && s.name.find(argv[2]) == std::string::npos) continue;
        plan p;
        p.how = how;
        p.first_seed = first;
        p.schedules = static_cast<std::uint64_t>(static_cast<double>(n) * s.how.weight) + 1;
        p.explain = false;
        const report r = explore(s, p);
        total += r.schedules;
        if (r.found) {
          std::printf("killed by %s, %s seed %llu after %llu schedules: %s\n", s.name.c_str(),
                      to_string(how), static_cast<unsigned long long>(r.found->seed),
                      static_cast<unsigned long long>(total), r.found->reason.c_str());
          return 1;
        }
        if (std::chrono::steady_clock::now() - start > limit) {
          std::printf("survived %llu schedules\n", static_cast<unsigned long long>(total));
          return 0;
        }
      }
    }
  }
}
