// SPDX-License-Identifier: BSL-1.0
// The simulation itself: litmus tests that must and must not show their outcome, replay, search.
#include "core.hpp"
#include "core_rules.hpp"
#include "explore.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>

namespace {

using namespace gilt_sim;
using order = std::memory_order;
using atomic = sim_atomics::atomic<word>;

// A litmus test: bodies over x, y, z and what each saw; the outcomes that occurred.
struct litmus : scenario {
  atomic x{0}, y{0}, z{0};
  word saw[4] = {};
  static inline std::function<void(litmus&, int)> act;
  static inline std::set<std::string> outcomes;
  void body(int i) override { act(*this, i); }
  void after() override {
    std::string o;
    for (const word w : saw) o += std::to_string(w);
    outcomes.insert(o);
  }
};

const std::set<std::string>& outcomes_of(int threads, std::function<void(litmus&, int)> act,
                                         int old_reads = 3) {
  litmus::act = std::move(act);
  litmus::outcomes.clear();
  registered_scenario s{"litmus", {.threads = threads, .preemptions = 3, .old_reads = old_reads},
                        []() -> scenario* { return sim_atomics::create<litmus>(); },
                        [](scenario* l) { sim_atomics::destroy(static_cast<litmus*>(l)); }};
  plan p;
  p.how = search::exhaustive;
  p.schedules = 500'000;
  const report r = explore(s, p);
  EXPECT_TRUE(r.complete);
  EXPECT_FALSE(r.found.has_value()) << r.found->story;
  return litmus::outcomes;
}

bool has(const std::set<std::string>& s, const char* o) { return s.contains(o); }

void store_buffering(litmus& l, int i, order store, order load) {
  atomic& mine = i == 0 ? l.x : l.y;
  atomic& other = i == 0 ? l.y : l.x;
  mine.store(1, store);
  l.saw[i] = other.load(load);
}

TEST(litmus_test, store_buffering_needs_seq_cst) {
  EXPECT_TRUE(has(outcomes_of(2, [](litmus& l, int i) {
    store_buffering(l, i, order::release, order::acquire);
  }), "0000"));
  EXPECT_FALSE(has(outcomes_of(2, [](litmus& l, int i) {
    store_buffering(l, i, order::seq_cst, order::seq_cst);
  }), "0000"));
  EXPECT_TRUE(has(outcomes_of(2, [](litmus& l, int i) {
    store_buffering(l, i, order::seq_cst, i == 0 ? order::acquire : order::seq_cst);
  }), "0000"));
}

// A seq_cst store does not hold back the relaxed one behind it.
TEST(litmus_test, seq_cst_orders_its_like_only) {
  const auto behind = [](order store, order load) {
    return outcomes_of(2, [=](litmus& l, int i) {
      if (i == 0) {
        l.x.store(1, order::seq_cst);
        l.y.store(1, store);
      } else {
        l.saw[0] = l.y.load(load);
        l.saw[1] = l.x.load(order::seq_cst);
      }
    });
  };
  EXPECT_TRUE(has(behind(order::relaxed, order::relaxed), "1000"));
  EXPECT_FALSE(has(behind(order::release, order::acquire), "1000"));
  EXPECT_FALSE(has(behind(order::seq_cst, order::seq_cst), "1000"));
}

TEST(litmus_test, a_heavy_barrier_orders_the_other_side_too) {
  const auto body = [](bool heavy) {
    return [heavy](litmus& l, int i) {
      if (i == 0) {
        l.x.store(1, order::release);
        sim_atomics::light_barrier();
        l.saw[0] = l.y.load(order::acquire);
      } else {
        l.y.store(1, order::release);
        if (heavy) sim_atomics::heavy_barrier();
        l.saw[1] = l.x.load(order::acquire);
      }
    };
  };
  EXPECT_TRUE(has(outcomes_of(2, body(false)), "0000"));
  EXPECT_FALSE(has(outcomes_of(2, body(true)), "0000"));
}

TEST(litmus_test, message_passing_needs_both_halves) {
  const auto passing = [](order store, order load) {
    return outcomes_of(2, [=](litmus& l, int i) {
      if (i == 0) {
        l.x.store(1, order::relaxed);
        l.y.store(1, store);
      } else {
        l.saw[0] = l.y.load(load);
        l.saw[1] = l.x.load(order::relaxed);
      }
    });
  };
  EXPECT_FALSE(has(passing(order::release, order::acquire), "1000"));
  EXPECT_TRUE(has(passing(order::release, order::acquire), "1100"));
  EXPECT_TRUE(has(passing(order::relaxed, order::acquire), "1000"));
  EXPECT_TRUE(has(passing(order::release, order::relaxed), "1000"));
}

TEST(litmus_test, a_relaxed_rmw_carries_a_release_on_and_a_store_does_not) {
  const auto chain = [](bool by_rmw) {
    return outcomes_of(3, [=](litmus& l, int i) {
      if (i == 0) {
        l.x.store(1, order::relaxed);
        l.y.store(1, order::release);
      } else if (i == 1) {
        word one = 1;
        if (by_rmw) {
          static_cast<void>(
              l.y.compare_exchange_strong(one, 2, order::relaxed, order::relaxed));
        } else if (l.y.load(order::relaxed) == 1) {
          l.y.store(2, order::relaxed);
        }
      } else {
        l.saw[0] = l.y.load(order::acquire);
        l.saw[1] = l.x.load(order::relaxed);
      }
    });
  };
  EXPECT_FALSE(has(chain(true), "2000"));
  EXPECT_TRUE(has(chain(true), "2100"));
  EXPECT_TRUE(has(chain(false), "2000"));
}

TEST(litmus_test, independent_readers_agree_under_seq_cst_only) {
  const auto readers = [](order store, order load) {
    return outcomes_of(4, [=](litmus& l, int i) {
      if (i == 0) l.x.store(1, store);
      if (i == 1) l.y.store(1, store);
      if (i == 2) {
        l.saw[0] = l.x.load(load);
        l.saw[1] = l.y.load(load);
      }
      if (i == 3) {
        l.saw[2] = l.y.load(load);
        l.saw[3] = l.x.load(load);
      }
    });
  };
  EXPECT_TRUE(has(readers(order::release, order::acquire), "1010"));
  EXPECT_FALSE(has(readers(order::seq_cst, order::seq_cst), "1010"));
}

TEST(litmus_test, a_thread_never_reads_older_than_it_has_read) {
  const auto twice = outcomes_of(2, [](litmus& l, int i) {
    if (i == 0) {
      l.x.store(1, order::relaxed);
      l.x.store(2, order::relaxed);
    } else {
      l.saw[0] = l.x.load(order::relaxed);
      l.saw[1] = l.x.load(order::relaxed);
    }
  });
  EXPECT_EQ(twice, (std::set<std::string>{"0000", "0100", "0200", "1100", "1200", "2200"}));
}

// Memory misuse is a failure of the run.
struct misuse : scenario {
  struct node {
    atomic value{7};
  };
  static inline int kind = 0;
  atomic head{0}, ready{0};
  void body(int i) override {
    auto* const n = reinterpret_cast<node*>(head.load(order::acquire));
    if (kind == 0) {                             // freed while others may reach it
      if (i == 0) {
        auto* const fresh = sim_atomics::create<node>();
        head.store(to_bits(fresh), order::release);
        head.store(0, order::release);
        sim_atomics::destroy(fresh);
      } else if (n != nullptr) {
        static_cast<void>(n->value.load(order::relaxed));
      }
    } else if (kind == 1) {                      // published without a release
      if (i == 0) head.store(to_bits(sim_atomics::create<node>()), order::relaxed);
      else if (n != nullptr) static_cast<void>(n->value.load(order::relaxed));
    } else if (i == 0) {                         // a lock that nobody releases
      sim_atomics::parker p;
      p.park();
    }
  }
  void after() override {
    if (kind == 1) sim_atomics::destroy(from_bits<node*>(head.load(order::relaxed)));
  }
};

std::string misuse_found(int kind) {
  misuse::kind = kind;
  registered_scenario s{"misuse", {},
                        []() -> scenario* { return sim_atomics::create<misuse>(); },
                        [](scenario* l) { sim_atomics::destroy(static_cast<misuse*>(l)); }};
  const report r = explore(s, {.schedules = 1000, .explain = false});
  return r.found ? r.found->reason : "";
}

TEST(memory_test, misuse_is_found) {
  const std::string freed = misuse_found(0);
  EXPECT_TRUE(freed.starts_with("freed memory") || freed.starts_with("race: memory is freed"));
  EXPECT_EQ(misuse_found(1).substr(0, 22), "race: a variable is us");
  EXPECT_EQ(misuse_found(2), "deadlock: T0 sleeps;");
}

// -- replay and search --------------------------------------------------------------------------

const registered_scenario& by_name(const std::string& name) {
  for (const auto& s : all_scenarios()) if (s.name == name) return s;
  std::fprintf(stderr, "no scenario %s\n", name.c_str());
  std::abort();
}

TEST(replay, a_thousand_of_a_thousand_are_the_same_run) {
  const auto& s = by_name("zombie/redo");
  int same = 0;
  std::set<std::uint64_t> hashes;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    for (const search how : {search::random, search::pct}) {
      plan p;
      p.how = how;
      const auto first = run_seed(s, p, seed);
      const auto again = run_seed(s, p, seed);
      const auto listed = run_choices(s, p, first.choices, true);
      hashes.insert(first.hash);
      if (first.hash == again.hash && first.hash == listed.hash && first.steps == again.steps) {
        ++same;
      }
    }
  }
  EXPECT_EQ(same, 1000);
  EXPECT_GT(hashes.size(), 800u);      // they were not all one
}

TEST(replay, a_failing_run_from_another_process_is_told) {
  const char* const wanted = std::getenv("GILT_SIM_REPLAY");
  if (wanted == nullptr) GTEST_SKIP() << "set GILT_SIM_REPLAY=scenario:random|pct:seed";
  const std::string text = wanted;
  const auto second = text.rfind(':'), first = text.rfind(':', second - 1);
  ASSERT_TRUE(first != std::string::npos && second != first) << text;
  plan p;
  p.how = text.substr(first + 1, second - first - 1) == "pct" ? search::pct : search::random;
  p.first_seed = std::strtoull(text.c_str() + second + 1, nullptr, 10);
  p.schedules = 1;
  const report r = explore(by_name(text.substr(0, first)), p);
  EXPECT_FALSE(r.found.has_value()) << r.found->story;
}

// The scenarios go everywhere: no named step of the protocol is left out.
TEST(search, every_protocol_step_is_reached) {
  const auto before = machine::get().reached();
  for (const auto& s : all_scenarios()) {
    if (s.how.weight < 0.1) continue;
    plan p;
    p.schedules = 200;
    p.explain = false;
    EXPECT_FALSE(explore(s, p).found.has_value()) << s.name;
  }
  for (std::size_t i = 0; i < gilt::detail::protocol_step_count; ++i) {
    EXPECT_GT(machine::get().reached()[i], before[i]) << protocol_step_names()[i];
  }
}

// What the documentation does not promise is indeed not so: the scenario can tell.
TEST(search, privatization_needs_quiesce) {
  for (const bool redo : {true, false}) {
    const report r = explore(unsafe_privatization(redo), {.schedules = 20'000});
    ASSERT_TRUE(r.found.has_value());
    EXPECT_NE(r.found->reason.find("private variable"), std::string::npos) << r.found->reason;
  }
}

// Without weak memory a bug of memory orders cannot be found: the instrument is what it claims.
TEST(search, sequential_consistency_alone_misses_weak_bugs) {
  const auto& s = by_name("zombie_write_back/redo");
  plan p;
  p.planted = s.how.proof;
  p.explain = false;
  p.schedules = 5000;
  p.weak = false;
  EXPECT_FALSE(explore(s, p).found.has_value());
  p.weak = true;
  EXPECT_TRUE(explore(s, p).found.has_value());
}

TEST(search, a_story_is_short) {
  const auto& s = by_name("write_skew/redo");
  plan p;
  p.planted = s.how.proof;
  p.schedules = 1000;
  const report r = explore(s, p);
  ASSERT_TRUE(r.found.has_value());
  EXPECT_LE(r.found->choices.size(), 60u);
  EXPECT_NE(r.found->story.find("orec x"), std::string::npos) << r.found->story;
  EXPECT_NE(r.found->story.find("seed"), std::string::npos);
}

}  // namespace
