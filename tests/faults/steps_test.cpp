// SPDX-License-Identifier: BSL-1.0
// At every step of random transactions another thread does something: it commits, takes the serial
// flag and keeps it, or is born, commits and dies; every barrier aborts; the opponent of a waiter
// commits at every step of its going to sleep. After each fault the whole scene is checked.
#include "scene.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace {
using namespace gilt_faults;

std::uint64_t faults_wanted() {
  const char* const set = std::getenv("GILT_LONG");
  return set != nullptr && set[0] == '1' ? 3'000'000 : 100'000;
}

enum class fault : std::uint8_t { commit, serial, birth_and_death, none };

// One victim, one other thread, one scene.
struct cast {
  cast() {
    shared().line.spin_limit.store(3, std::memory_order_relaxed);
    plan::now().reset();
    plan::now().lost_wakeup = false;
  }
  // Frees everything; then what threads left behind, by a last one.
  ~cast() {
    plan::now().reset();
    gilt::detail::force_abort_every(shared(), 0);
  }

  bool serial_taken() const { return shared().line.serial.load(std::memory_order_seq_cst) != 0; }

  void do_fault(fault f, std::uint64_t seed) {
    if (f == fault::serial && !serial_taken()) {
      const virtual_thread::running as(other);
      engine& e = gilt::detail::this_context<domain>().tx();
      e.begin_serial();
      holding = true;
      return;
    }
    if (f == fault::commit && !serial_taken()) {
      const virtual_thread::running as(other);
      s.attempt(seed);
      return;
    }
    // Also where the flag is taken: a new thread does not yet know that it should wait.
    virtual_thread young;
    const virtual_thread::running as(young);
    s.attempt(seed);
  }
  void let_go() {
    if (!std::exchange(holding, false)) return;
    const virtual_thread::running as(other);
    engine& e = gilt::detail::this_context<domain>().tx();
    if (!e.commit()) e.rollback();
  }

  // Runs the victim's transaction with the fault at step n; the number of steps it took.
  std::uint64_t run(std::uint64_t seed, fault f, std::uint64_t n) {
    plan& p = plan::now();
    p.reset();
    p.step_at = n;
    p.act = [this, f, seed, n] { do_fault(f, seed * 31 + n); };
    p.stuck = [this] { let_go(); };
    {
      const virtual_thread::running as(victim);
      p.counting = true;
      s.run(seed);
      p.counting = false;
    }
    let_go();
    p.stuck = nullptr;
    gilt::detail::force_abort_every(shared(), 0);
    const virtual_thread::running as(victim);
    wrong = s.check({&other});
    return p.steps;
  }

  virtual_thread victim, other;
  scene s;
  bool holding = false;
  std::string wrong;
};

TEST(faults_at_steps, another_thread_acts_at_every_step_of_a_transaction) {
  std::uint64_t faults = 0;
  for (std::uint64_t seed = 0; faults < faults_wanted() / 2; ++seed) {
    cast c;
    std::uint64_t steps = c.run(seed, fault::none, 0);
    ASSERT_EQ(c.wrong, "") << "seed " << seed << ", undisturbed";
    for (const fault f : {fault::commit, fault::serial, fault::birth_and_death}) {
      // The fault itself may add steps: those after the first abort.
      for (std::uint64_t n = 1; n <= steps + 20; ++n) {
        c.run(seed, f, n);
        ASSERT_EQ(c.wrong, "") << "seed " << seed << ", fault " << static_cast<int>(f)
                               << " at step " << n;
        ++faults;
      }
    }
  }
  std::cout << faults << " faults; steps reached:";
  for (const auto n : plan::now().reached) std::cout << ' ' << n;
  std::cout << '\n';
}

TEST(faults_at_steps, every_barrier_aborts) {
  std::uint64_t faults = 0;
  for (std::uint64_t seed = 0; faults < faults_wanted() / 10; ++seed) {
    cast c;
    for (word every = 1; every < 24; ++every) {
      gilt::detail::force_abort_every(shared(), every);
      c.run(seed, fault::none, 0);
      ASSERT_EQ(c.wrong, "") << "seed " << seed << ", every " << every;
      ++faults;
    }
  }
}

// The last n is a step after it fell asleep, or one never reached: it must then be found asleep for
// ever, or the loop shows nothing.
TEST(faults_at_steps, an_opponent_commits_at_every_step_of_going_to_sleep) {
  for (const bool young : {false, true}) {
    cast c;
    bool asleep = false;
    std::uint64_t n = 1;
    for (; !asleep && n < 10'000; ++n) {
      plan& p = plan::now();
      p.reset();
      p.step_at = n;
      bool changed = false;
      const auto change = [&] {
        changed = true;
        if (young) {
          virtual_thread born;
          const virtual_thread::running as(born);
          ASSERT_TRUE(c.s.attempt(n));
        } else {
          const virtual_thread::running as(c.other);
          ASSERT_TRUE(c.s.attempt(n));
        }
      };
      p.act = change;
      p.stuck = [&] {
        EXPECT_FALSE(changed) << "a wake-up was lost; the opponent committed at step " << n;
        asleep = true;
        p.act = [] {};
        change();
      };
      const virtual_thread::running as(c.victim);
      p.counting = true;
      c.s.wait_for_another();
      p.counting = false;
      p.stuck = nullptr;
      ASSERT_EQ(std::exchange(p.lost_wakeup, false), asleep);
      ASSERT_EQ(c.s.check({&c.other}), "") << "at step " << n;
    }
    EXPECT_TRUE(asleep);
    EXPECT_GT(n, 20u);
  }
}

// -- the checks notice ---------------------------------------------------------------------------

TEST(faults_at_steps, a_commit_that_says_it_did_not_happen_is_noticed) {
  cast c;
  c.run(3, fault::none, 0);
  const virtual_thread::running as(c.victim);
  c.s.expect_one_more();
  EXPECT_NE(c.s.check({&c.other}).find("took effect"), std::string::npos);
}

TEST(faults_at_steps, an_attempt_left_open_is_noticed) {
  cast c;
  {
    const virtual_thread::running as(c.other);
    gilt::detail::this_context<domain>().begin(std::source_location::current());
  }
  {
    const virtual_thread::running as(c.victim);
    EXPECT_EQ(c.s.check({}), "an attempt is still announced");
  }
  const virtual_thread::running as(c.other);
  gilt::detail::this_context<domain>().abort();
}

TEST(faults_at_steps, a_flag_left_set_is_noticed) {
  cast c;
  c.do_fault(fault::serial, 1);
  {
    const virtual_thread::running as(c.victim);
    EXPECT_EQ(c.s.check({}), "the serial flag is set");
  }
  c.let_go();
}

TEST(faults_at_steps, an_object_left_alive_is_noticed) {
  cast c;
  const virtual_thread::running as(c.victim);
  const counted extra(1);
  EXPECT_EQ(c.s.check({}), "2 boxes are alive");
}

}  // namespace
