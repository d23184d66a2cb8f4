// SPDX-License-Identifier: BSL-1.0
// Every scenario under every search, and the proof that each oracle sees a planted bug.
//
//   GILT_LONG=1           12 times the schedules: more than 300 million
//   GILT_SIM_SCHEDULES=n  n schedules for each scenario and search
//   GILT_SIM_REPLAY=scenario:random|pct:seed    that run alone, with its story if it fails
#include "explore.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace gilt_sim;

std::uint64_t schedules(std::uint64_t usual) {
  if (const char* n = std::getenv("GILT_SIM_SCHEDULES")) return std::strtoull(n, nullptr, 10);
  const char* const longer = std::getenv("GILT_LONG");
  return longer != nullptr && *longer == '1' ? usual * 12 : usual;
}

std::uint64_t total_schedules = 0, total_steps = 0;
double total_seconds = 0;

void print(const char* what, const std::string& how, const report& r) {
  total_schedules += r.schedules;
  total_steps += r.steps;
  total_seconds += r.seconds;
  const std::string reached = r.reached < 0 ? "" : ", all with " + std::to_string(r.reached) + " preemptions";
  std::printf("%-42s %-10s %8llu schedules %7.0f /s %5.0f steps%s\n", what, how.c_str(),
              static_cast<unsigned long long>(r.schedules),
              static_cast<double>(r.schedules) / std::max(r.seconds, 1e-9),
              static_cast<double>(r.steps) / static_cast<double>(r.schedules), reached.c_str());
}

class simulation : public testing::TestWithParam<registered_scenario> {};

void search_for_faults(const registered_scenario& s, search how, std::uint64_t n) {
  plan p;
  p.how = how;
  p.schedules = schedules(static_cast<std::uint64_t>(static_cast<double>(n) * s.how.weight));
  const report r = explore(s, p);
  print(s.name.c_str(), to_string(how), r);
  EXPECT_FALSE(r.found.has_value()) << r.found->story;
}

TEST_P(simulation, random) { search_for_faults(GetParam(), search::random, 40'000); }
TEST_P(simulation, pct) { search_for_faults(GetParam(), search::pct, 40'000); }
TEST_P(simulation, exhaustive) { search_for_faults(GetParam(), search::exhaustive, 40'000); }
TEST_P(simulation, sequential) { search_for_faults(GetParam(), search::sequential, 40'000); }

// The oracle sees the bug planted for it, and the run that showed it happens again from its seed
// and from its shrunk choices.
TEST_P(simulation, oracle_sees_a_planted_bug) {
  const registered_scenario& s = GetParam();
  if (s.how.proof.what == flaw::effect::none) GTEST_SKIP() << "proved in its own test";
  plan p;
  p.planted = s.how.proof;
  p.schedules = static_cast<std::uint64_t>(s.how.proof_schedules);
  for (const search how : {search::random, search::pct}) {
    p.how = how;
    const report r = explore(s, p);
    print(s.name.c_str(), std::string(to_string(how)) + "*", r);
    if (!r.found) continue;
    const auto again = run_seed(s, p, r.found->seed);
    EXPECT_TRUE(again.failed);
    EXPECT_NE(r.found->reason.find(s.how.proof.shows), std::string::npos) << r.found->reason;
    EXPECT_FALSE(r.found->reason.starts_with("no progress"));
    EXPECT_EQ(again.reason, r.found->reason);
    const auto shrunk = run_choices(s, p, r.found->choices, r.found->eager);
    EXPECT_TRUE(shrunk.failed);
    EXPECT_EQ(shrunk.reason, r.found->reason);
    if (std::getenv("GILT_SIM_STORIES") != nullptr) std::puts(r.found->story.c_str());
    return;
  }
  FAIL() << "no schedule showed the planted bug";
}

std::string test_name(const testing::TestParamInfo<registered_scenario>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(stm, simulation, testing::ValuesIn(all_scenarios()), test_name);

}  // namespace
