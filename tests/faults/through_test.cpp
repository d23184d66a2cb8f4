// SPDX-License-Identifier: BSL-1.0
// The engine's write-through side, where values are dirty before the commit: at every step another
// thread commits on the same words, or holds a lock and lets go of it later, by commit or rollback;
// every log's allocation fails. And the ends: a thread that dies, reclaims or waits for others is
// disturbed at each step of that. At last, no step of the protocol may be missed by all this.
#include "scene.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <optional>

namespace {
using namespace gilt_faults;

class dirty_scene {
 public:
  static constexpr std::size_t words = 4;

  dirty_scene() {
    shared().line.spin_limit.store(3, std::memory_order_relaxed);
    change_clock();
  }
  ~dirty_scene() { plan::now().reset(); }

  // Moves amounts between words; then commits or gives up. False: aborted.
  bool attempt(engine& tx, std::uint64_t seed) {
    chance r(seed);
    tx.begin();
    if (move(tx, r) && tx.commit()) return true;
    tx.rollback();
    return false;
  }
  void hold(std::uint64_t seed) {
    if (holding_) return;
    chance r(seed);
    holder_.begin();
    const std::size_t i = r.below(words);
    word v = 0;
    if (holder_.read(lock_[i], cell_[i], v) && holder_.write(lock_[i], cell_[i], v + 1000)) {
      held_ = i;
      holding_ = true;
    } else {
      holder_.rollback();
    }
  }
  void let_go(bool commit) {
    if (!std::exchange(holding_, false)) return;
    word v = 0;
    if (commit && holder_.read(lock_[held_], cell_[held_], v) &&
        holder_.write(lock_[held_], cell_[held_], v - 1000) && holder_.commit()) {
      return;
    }
    holder_.rollback();
  }

  std::string check() {
    if (broken_) return "an attempt saw an inconsistent state";
    word sum = 0;
    for (std::size_t i = 0; i < words; ++i) {
      if ((lock_[i].load() & gilt::detail::orec_locked) != 0) return "a lock is still held";
      sum += cell_[i].load(std::memory_order_acquire);
    }
    if (sum != 0) return "the words' sum is not 0";
    for (word i = 1; i <= shared().slots.high(); ++i) {
      if (shared().slots.announcement(i).load(std::memory_order_seq_cst) != 0) {
        return "an attempt is still announced";
      }
    }
    return {};
  }
  // A planted bug: a word that was written past the lock.
  void spoil() { cell_[0].store(5, std::memory_order_release); }
  void leave_locked() {
    word seen = lock_[0].load();
    static_cast<void>(lock_[0].try_lock(seen, gilt::detail::orec_locked | 9));
  }

  engine victim, other;

 private:
  bool move(engine& tx, chance& r) {
    if (!look(tx)) return false;
    const std::size_t moves = 1 + r.below(4);
    for (std::size_t k = 0; k < moves; ++k) {
      const std::size_t from = r.below(words), to = r.below(words);
      word v = 0;
      if (!tx.read(lock_[from], cell_[from], v) || !tx.write(lock_[from], cell_[from], v - 1)) {
        return false;
      }
      if (!tx.lock(lock_[to]) || !tx.read(lock_[to], cell_[to], v) ||
          !tx.write(lock_[to], cell_[to], v + 1)) {
        return false;
      }
    }
    if (r.below(4) == 0 && !tx.validate_now()) return false;
    return look(tx) && r.below(5) != 0;            // now and then it gives up
  }
  bool look(engine& tx) {
    word sum = 0;
    for (std::size_t i = 0; i < words; ++i) {
      word v = 0;
      if (!tx.read(lock_[i], cell_[i], v)) return false;
      sum += v;
    }
    if (sum != 0) broken_ = true;
    return true;
  }

  gilt::detail::orec<fault_atomics> lock_[words];
  gilt::detail::word_cell<fault_atomics> cell_[words] = {};
  engine holder_;
  std::size_t held_ = 0;
  bool holding_ = false, broken_ = false;
};

TEST(faults_through_locks, another_thread_acts_at_every_step) {
  std::uint64_t faults = 0, aborts = 0;
  for (std::uint64_t seed = 0; faults < 30'000; ++seed) {
    dirty_scene s;
    plan& p = plan::now();
    for (const int kind : {0, 1, 2}) {       // commits; holds and commits; holds and rolls back
      bool reached = true;
      for (std::uint64_t n = 1; reached; ++n) {
        p.reset();
        reached = false;
        p.step_at = n;
        p.act = [&] {
          reached = true;
          if (kind == 0) s.attempt(s.other, seed * 31 + n); else s.hold(seed * 31 + n);
        };
        p.counting = true;
        aborts += !s.attempt(s.victim, seed);
        p.counting = false;
        s.let_go(kind == 1);
        ASSERT_EQ(s.check(), "") << "seed " << seed << ", kind " << kind << ", step " << n;
        ++faults;
      }
    }
  }
  std::cout << faults << " faults, " << aborts << " aborts\n";
  EXPECT_GT(aborts, faults / 10);
}

TEST(faults_through_locks, every_allocation_fails) {
  std::uint64_t faults = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    bool reached = true;
    for (std::uint64_t n = 1; reached; ++n) {
      dirty_scene s;
      plan& p = plan::now();
      p.reset();
      p.memory_at = n;
      p.counting = true;
      s.attempt(s.victim, seed);
      reached = p.allocations >= n;
      p.counting = false;
      ASSERT_EQ(s.check(), "") << "seed " << seed << ", allocation " << n;
      faults += reached;
    }
  }
  EXPECT_GT(faults, 500u);
}

TEST(faults_through_locks, every_barrier_aborts) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    for (word every = 1; every < 40; ++every) {
      dirty_scene s;
      gilt::detail::force_abort_every(shared(), every);
      s.attempt(s.victim, seed);
      gilt::detail::force_abort_every(shared(), 0);
      ASSERT_EQ(s.check(), "") << "seed " << seed << ", every " << every;
    }
  }
}

TEST(faults_through_locks, a_spoilt_word_and_a_lock_left_are_noticed) {
  dirty_scene s;
  s.spoil();
  EXPECT_EQ(s.check(), "the words' sum is not 0");
  dirty_scene t;
  t.leave_locked();
  EXPECT_EQ(t.check(), "a lock is still held");
}

// A thread's whole life, its end included, with another thread at work at one step of it.
TEST(faults_at_the_end, a_thread_is_disturbed_while_it_reclaims_waits_and_dies) {
  std::uint64_t faults = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    scene s;
    virtual_thread other;
    plan& p = plan::now();
    bool reached = true;
    for (std::uint64_t n = 1; reached; ++n) {
      p.reset();
      reached = false;
      std::optional<virtual_thread> victim(std::in_place);
      {
        const virtual_thread::running as(*victim);
        s.run(seed);
        p.step_at = n;
        p.act = [&] {
          reached = true;
          const virtual_thread::running now(other);
          s.attempt(seed + n);
        };
        p.counting = true;
        s.run(seed + 1);
        gilt::quiesce<domain>();
        s.run(seed + 2);
      }
      victim.reset();
      p.counting = false;
      const virtual_thread::running as(other);
      ASSERT_EQ(s.check({}), "") << "seed " << seed << ", step " << n;
      ++faults;
    }
  }
  std::cout << faults << " faults\n";
}

TEST(faults_at_the_end, no_step_of_the_protocol_is_missed) {
  plan& p = plan::now();
  p.reset();
  for (auto& n : p.reached) n = 0;
  {
    scene s;
    virtual_thread victim, other;
    {
      const virtual_thread::running as(victim);
      p.counting = true;
      for (std::uint64_t seed = 0; seed < 50; ++seed) s.run(seed);
      p.stuck = [&] {
        const virtual_thread::running now(other);
        p.acting = false;                          // the waker's steps count, too
        s.attempt(1);
        p.acting = true;
      };
      s.wait_for_another();
      p.lost_wakeup = false;
      gilt::quiesce<domain>();
    }
    dirty_scene d;
    p.counting = true;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      p.step_at = p.steps + 12;
      p.act = [&] { d.attempt(d.other, seed); };
      d.attempt(d.victim, seed);
    }
    {
      virtual_thread young;
      const virtual_thread::running as(young);
      s.run(1);
      // The clock is at its end.
      const auto usual = std::exchange(shared().last_tick, shared().line.clock.load(std::memory_order_seq_cst));
      s.run(2);
      shared().last_tick = usual;
    }
    p.counting = false;
  }
  for (std::size_t i = 0; i < gilt::detail::protocol_step_count; ++i) {
    EXPECT_GT(p.reached[i], 0u) << "step " << i << " of protocol_step was never reached";
  }
}

}  // namespace
