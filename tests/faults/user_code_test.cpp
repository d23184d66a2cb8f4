// SPDX-License-Identifier: BSL-1.0
// A user's code throws at every place where it runs: in the body, in a branch, in a value's copy
// constructor, in hooks before and after the commit. And every allocation fails, once or for good.
#include "scene.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <optional>

namespace {
using namespace gilt_faults;

std::uint64_t faults_wanted() {
  const char* const set = std::getenv("GILT_LONG");
  return set != nullptr && set[0] == '1' ? 1'000'000 : 20'000;
}

struct stage {
  stage() {
    shared().line.spin_limit.store(3, std::memory_order_relaxed);
    plan::now().reset();
  }
  ~stage() { plan::now().reset(); }

  std::string check() {
    plan::now().counting = false;
    const virtual_thread::running as(victim);
    return s.check({});
  }
  virtual_thread victim;
  scene s;
};

TEST(faults_in_user_code, an_exception_at_every_point) {
  std::uint64_t faults = 0, left = 0, after_commit = 0;
  for (std::uint64_t seed = 0; faults < faults_wanted(); ++seed) {
    stage st;
    plan& p = plan::now();
    for (std::uint64_t n = 1;; ++n) {
      p.reset();
      p.point_at = n;
      outcome how{};
      {
        const virtual_thread::running as(st.victim);
        p.counting = true;
        how = st.s.run(seed);
      }
      const bool reached = p.points >= n;
      ASSERT_EQ(st.check(), "") << "seed " << seed << ", point " << n;
      if (!reached) {
        ASSERT_EQ(how, outcome::committed);
        break;
      }
      ++faults;
      (how == outcome::rolled_back ? left : after_commit) += 1;
    }
  }
  std::cout << faults << " faults: " << left << " rolled back, " << after_commit
            << " after the commit or in an irrevocable transaction\n";
  EXPECT_GT(left, 0u);
  EXPECT_GT(after_commit, 0u);
}

// A new thread each time, so that its first transaction allocates all there is to allocate. Its end
// is part of it.
void every_allocation_fails(bool for_good) {
  {
    // What the process makes once and keeps is there before anything is counted.
    stage st;
    plan::now().reset();
    virtual_thread first;
    const virtual_thread::running as(first);
    st.s.run(0);
  }
  std::uint64_t faults = 0;
  for (std::uint64_t seed = 0; faults < faults_wanted(); ++seed) {
    stage st;
    plan& p = plan::now();
    for (std::uint64_t n = 1;; ++n) {
      p.reset();
      long before = 0;
      {
        virtual_thread warm;                       // adopts what others left, makes what stays
        const virtual_thread::running as(warm);
        ASSERT_EQ(st.s.check({}), "");
      }
      before = live_blocks();
      std::optional<virtual_thread> young(std::in_place);
      p.memory_at = n;
      p.memory_stays_out = for_good;
      {
        const virtual_thread::running as(*young);
        p.counting = true;
        st.s.run(seed);
      }
      // A thread that dies while memory is out for good leaves behind what others may still read.
      if (for_good) p.memory_at = 0;
      young.reset();
      const bool reached = p.allocations >= n;
      p.reset();
      {
        virtual_thread last;
        const virtual_thread::running as(last);
        ASSERT_EQ(st.s.check({}), "") << "seed " << seed << ", allocation " << n;
      }
      ASSERT_EQ(live_blocks(), before) << "seed " << seed << ", allocation " << n;
      if (!reached) break;
      ++faults;
    }
  }
  std::cout << faults << " faults\n";
}
TEST(faults_in_user_code, the_nth_allocation_fails) { every_allocation_fails(false); }
TEST(faults_in_user_code, memory_is_out_from_the_nth_allocation_on) {
  every_allocation_fails(true);
}

TEST(faults_in_user_code, a_leak_is_noticed) {
  const long before = live_blocks();
  int* const leaked = new int(1);
  EXPECT_EQ(live_blocks(), before + 1);
  delete leaked;
  EXPECT_EQ(live_blocks(), before);
}

}  // namespace
