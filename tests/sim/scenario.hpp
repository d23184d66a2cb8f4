// SPDX-License-Identifier: BSL-1.0
#pragma once
// scenario: a few threads' small bodies and an oracle. An object is made anew for every run, before
// the threads start; after() looks at it when all have ended.
//
//   struct lost_update : scenario {
//     var<long> x{0};
//     void names() override { call(x, "x"); }
//     void body(int) override { atomically([&](tx& t) { t[x] += 1; }); }
//     void after() override { expect(x.load_now() == 2, "an update was lost"); }
//   };
//   const bool registered = add<lost_update>("lost_update", {.threads = 2});
//
// After every run, whatever the scenario, the runner checks that no word is left locked, the serial
// flag, the announcements and the slots are free, starts == commits + aborts, and that no memory is
// left but what is reported (core_rules.cpp).

#include "machine.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace gilt_sim {

class scenario {
 public:
  virtual ~scenario() = default;
  virtual void names() {}                        // name() what stories should call by name
  virtual void body(int thread) = 0;
  virtual void after() {}
};

struct options {
  int threads = 2;
  bool warm = true;                              // threads start with their contexts and slots
  bool exits = false;                            // threads end within the schedule, not after it
  std::uint64_t force_abort = 0;                 // every nth barrier of an attempt fails
  std::uint64_t spin_limit = 1;                  // pauses on a held lock
  std::uint64_t last_tick = std::uint64_t{1} << 40;   // the clock starts again after it
  std::uint64_t deferred_last_tick = 0;          // if not 0: under the deferred clock, which moves less
  bool deferred = false;                         // which clock; add() runs every scenario under both
  bool has_heavy_barrier = true;                 // false: announcements are RMWs
  // One planted bug that the scenario must find, within so many schedules.
  flaw proof{};
  int proof_schedules = 20'000;
  double weight = 1;                             // times the usual number of schedules
  int preemptions = 2, old_reads = 1;            // bounds of the exhaustive search
  int sequential_preemptions = 3;                // of the one that reads no old values
};

struct registered_scenario {
  std::string name;
  options how;
  scenario* (*make)();
  void (*destroy)(scenario*);
};

inline void PrintTo(const registered_scenario& s, std::ostream* out) { *out << s.name; }

std::vector<registered_scenario>& all_scenarios();

inline void expect(bool condition, const char* otherwise) {
  if (!condition) machine::get().fail(otherwise);
}

template <class T>
void call(const T& what, const char* text, int number = -1) {
  machine::get().name(&what, sizeof what, text, number);
}

template <class S>
registered_scenario make(std::string name, options how) {
  return {std::move(name), how,
          []() -> scenario* {
            void* p = machine::get().allocate(sizeof(S), alignof(S), false);
            return new (p) S();
          },
          [](scenario* s) {
            S* const mine = static_cast<S*>(s);
            mine->~S();
            machine::get().release(mine);
          }};
}
// With the clock that `how` says.
template <class S>
bool add_one(std::string name, options how) {
  all_scenarios().push_back(make<S>(std::move(name), how));
  return true;
}
// Under both clocks.
template <class S>
bool add(const std::string& name, options how) {
  add_one<S>(name, how);
  how.deferred = true;
  if (how.deferred_last_tick != 0) how.last_tick = how.deferred_last_tick;
  return add_one<S>(name + "/deferred", how);
}

// Not registered: what is promised only with gilt::quiesce().
registered_scenario unsafe_privatization(bool redo);

}  // namespace gilt_sim
