// SPDX-License-Identifier: BSL-1.0
// Irrevocable attempts and the serial valve behind bounded starvation.
#include "two_attempts.hpp"

#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

using gilt::abort_cause;
using gilt::tx;
using serial_flag = gilt_test::two_attempts<gilt::detail::real_atomics>;

TEST_F(serial_flag, writer_gives_way_after_locking_and_leaves_no_trace) {
  word v = 0;
  a.begin();
  ASSERT_TRUE(a.become_serial());
  b.begin();
  ASSERT_TRUE(write_redo(b, x, 1));
  EXPECT_FALSE(b.commit());
  EXPECT_EQ(b.cause(), abort_cause::serial);
  b.rollback();
  EXPECT_EQ(x.lock.load(), 0u);              // its old word: nothing dirty was there
  ASSERT_TRUE(read(a, x, v) && write_redo(a, x, 2) && a.commit());
  EXPECT_EQ(now(x), 2u);
}

TEST_F(serial_flag, encounter_lock_gives_way_before_the_dirty_store) {
  a.begin();
  ASSERT_TRUE(a.become_serial());
  b.begin();
  EXPECT_FALSE(write(b, x, 1));
  EXPECT_EQ(b.cause(), abort_cause::serial);
  EXPECT_EQ(now(x), 0u);
  EXPECT_EQ(x.lock.load(), 0u);
}

TEST_F(serial_flag, readers_go_on_beside_the_holder) {
  word v = 0;
  a.begin();
  ASSERT_TRUE(a.become_serial() && write_redo(a, x, 1));
  b.begin();
  EXPECT_TRUE(read(b, x, v) && b.commit());
}

TEST_F(serial_flag, stale_snapshot_is_refused_at_entry) {
  word v = 0;
  a.begin();
  ASSERT_TRUE(read(a, x, v));
  b.begin();
  ASSERT_TRUE(write_redo(b, x, 1) && b.commit());
  EXPECT_FALSE(a.become_serial());
  EXPECT_EQ(a.cause(), abort_cause::validation);
  a.rollback();
  EXPECT_EQ(domain->line.serial.load(std::memory_order_seq_cst), 0u);
}

TEST_F(serial_flag, there_is_one_holder_at_most) {
  a.begin();
  ASSERT_TRUE(a.become_serial());
  b.begin();
  EXPECT_FALSE(b.become_serial());
  EXPECT_EQ(b.cause(), abort_cause::serial);
}

TEST_F(serial_flag, holder_extends_over_any_later_version) {
  word v = 0;
  b.begin();
  ASSERT_TRUE(write(b, y, 4));               // locked before the flag: may still commit
  a.begin();
  ASSERT_TRUE(a.become_serial() && read(a, x, v));
  ASSERT_TRUE(b.commit());
  EXPECT_TRUE(read(a, y, v));
  EXPECT_EQ(v, 4u);
  EXPECT_TRUE(a.commit());
}

TEST(irrevocable, effect_happens_exactly_once_beside_writers) {
  gilt::var<long> x{0};
  long effects = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 2000; ++n) gilt::atomically([&](tx& t) { t[x] += 1; });
    });
  }
  for (int n = 0; n < 300; ++n) {
    gilt::atomically([&](tx& t) {
      const long seen = t(x);
      t.irrevocable();
      ++effects;
      t[x] = seen + 1;
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_EQ(effects, 300);
  EXPECT_EQ(x.load_now(), 4300);
}

TEST(irrevocable, two_of_them_are_serialized) {
  gilt::var<long> x{0};
  long effects = 0;                          // unguarded: ThreadSanitizer is an oracle too
  const auto work = [&] {
    for (int n = 0; n < 300; ++n) {
      gilt::atomically([&](tx& t) {
        t.irrevocable();
        ++effects;
        t[x] += 1;
      });
    }
  };
  std::thread other(work);
  work();
  other.join();
  EXPECT_EQ(effects, 600);
  EXPECT_EQ(x.load_now(), 600);
}

TEST(irrevocable, exception_afterwards_is_an_error_and_effects_stay) {
  gilt::var<int> x{0};
  int hooks = 0;
  try {
    gilt::atomically([&](tx& t) {
      t.irrevocable();
      t[x] = 1;
      t.on_commit([&] { ++hooks; });
      throw std::runtime_error("inner");
    });
    FAIL();
  } catch (const gilt::usage_error& e) {
    EXPECT_THROW(std::rethrow_if_nested(e), std::runtime_error);
  }
  EXPECT_EQ(x.load_now(), 1);
  EXPECT_EQ(hooks, 1);
}

TEST(irrevocable, retry_afterwards_is_an_error) {
  gilt::var<int> x{0};
  EXPECT_THROW(gilt::atomically([&](tx& t) {
                 static_cast<void>(t(x));
                 t.irrevocable();
                 t.retry();
               }),
               gilt::usage_error);
  gilt::atomically([&](tx& t) { t[x] = 1; });      // the flag is free again
}

// A long reader-writer against writers that never pause commits within the bound: its attempts in a
// row stay below patience + 1 since the valve serves it alone.
TEST(starvation, long_transaction_commits_within_the_bound) {
  std::vector<std::unique_ptr<gilt::var<long>>> vars;
  for (int i = 0; i < 200; ++i) vars.push_back(std::make_unique<gilt::var<long>>(0L));
  gilt::detail::real_atomics::atomic<bool> stop{false};
  std::thread fast([&] {
    for (std::size_t n = 0; !stop.load(); ++n) {
      gilt::atomically([&](tx& t) {
        t[*vars[n % 200]] += 1;
        t[*vars[(n * 31 + 7) % 200]] -= 1;
      });
    }
  });
  unsigned worst = 0;
  for (int round = 0; round < 20; ++round) {
    unsigned runs = 0;
    const long sum = gilt::atomically([&](tx& t) {
      ++runs;
      long s = 0;
      for (auto& v : vars) {
        s += t(*v);
        gilt::detail::real_atomics::yield();
      }
      t[*vars[0]] += 1;
      t[*vars[1]] -= 1;
      return s;
    });
    ASSERT_EQ(sum, 0);
    worst = std::max(worst, runs);
  }
  stop.store(true);
  fast.join();
  EXPECT_LE(worst, gilt::detail::context<gilt::detail::real_atomics>::patience + 1);
}

}  // namespace
