// SPDX-License-Identifier: BSL-1.0
#pragma once
// explore: runs a scenario under many schedules; a failing one is shrunk and told.

#include "scenario.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace gilt_sim {

// exhaustive: weak memory. sequential: exhaustive too, each load reads the newest value, and more
// preemptions. Both search all schedules without a preemption first, then with one, and so on.
enum class search : std::uint8_t { random, pct, exhaustive, sequential };
constexpr bool is_exhaustive(search how) noexcept { return how >= search::exhaustive; }
const char* to_string(search) noexcept;

struct plan {
  search how = search::random;
  std::uint64_t first_seed = 1;
  std::uint64_t schedules = 1000;
  bool weak = true;
  flaw planted{};
  bool explain = true;                           // shrink a failure and tell its story
};

struct failure {
  std::string reason;
  std::uint64_t seed = 0;                        // of exhaustive: the number of the schedule
  std::uint64_t hash = 0;
  choice_list choices;                           // shrunk
  bool eager = true;
  std::string story;
};

struct report {
  std::uint64_t schedules = 0;
  std::uint64_t steps = 0;
  double seconds = 0;
  bool complete = false;                         // exhaustive: nothing within the bounds is left
  int reached = -1;                              // exhaustive: preemptions all of whose schedules ran
  std::optional<failure> found;
};

report explore(const registered_scenario& s, const plan& p);

// One run by its seed (not exhaustive) or by its choices.
machine::outcome run_seed(const registered_scenario& s, const plan& p, std::uint64_t seed);
machine::outcome run_choices(const registered_scenario& s, const plan& p, const choice_list& list,
                             bool eager, bool trace = false);

}  // namespace gilt_sim
