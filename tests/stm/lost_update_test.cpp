// SPDX-License-Identifier: BSL-1.0
#include "two_attempts.hpp"

#include <gilt/gilt.hpp>

#include <thread>
#include <vector>

namespace {

using gilt::abort_cause;
using lost_update = gilt_test::two_attempts<gilt::detail::real_atomics>;

TEST_F(lost_update, redo_second_increment_of_one_value_is_refused) {
  word v = 0, w = 0;
  a.begin();
  b.begin();
  ASSERT_TRUE(read_redo(a, x, v) && read_redo(b, x, w));
  ASSERT_TRUE(write_redo(a, x, v + 1) && write_redo(b, x, w + 1));
  EXPECT_TRUE(a.commit());
  EXPECT_FALSE(b.commit());
  b.rollback();
  EXPECT_EQ(now(x), 1u);
}

TEST_F(lost_update, write_through_lock_of_a_changed_word_is_refused) {
  word v = 0;
  a.begin();
  b.begin();
  ASSERT_TRUE(read(a, x, v));
  ASSERT_TRUE(write(b, x, 1) && b.commit());
  EXPECT_FALSE(write(a, x, v + 1));
  EXPECT_EQ(a.cause(), abort_cause::write_version);
  a.rollback();
  EXPECT_EQ(now(x), 1u);
  EXPECT_EQ(x.lock.load() & gilt::detail::orec_locked, 0u);
}

TEST_F(lost_update, same_value_under_another_version_still_conflicts) {
  word v = 0;
  a.begin();
  ASSERT_TRUE(read_redo(a, x, v) && write_redo(a, y, v));
  b.begin();
  ASSERT_TRUE(write_redo(b, x, 1) && b.commit());
  b.begin();
  ASSERT_TRUE(write_redo(b, x, 0) && b.commit());
  EXPECT_FALSE(a.commit());
}

TEST(lost_update_on_threads, sum_is_exact) {
  gilt::var<long> n{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 5000; ++k) gilt::atomically([&](gilt::tx& t) { ++t[n]; });
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_EQ(n.load_now(), 20000);
}

// Opposite lock orders and two words: nobody waits for ever, the sum is exact.
TEST(lost_update_on_threads, symmetric_order_makes_progress) {
  gilt::var<long> p{0}, q{0};
  const auto move = [](gilt::var<long>& from, gilt::var<long>& to) {
    for (int k = 0; k < 5000; ++k) {
      gilt::atomically([&](gilt::tx& t) {
        t[from] -= 1;
        t[to] += 1;
      });
    }
  };
  std::thread one([&] { move(p, q); }), two([&] { move(q, p); });
  one.join();
  two.join();
  EXPECT_EQ(p.load_now(), 0);
  EXPECT_EQ(q.load_now(), 0);
}

TEST(lost_update_on_threads, write_through_sum_is_exact) {
  using gilt::detail::real_atomics;
  gilt_test::place<real_atomics> x, y;
  const auto work = [&](bool swap) {
    gilt::detail::transaction<real_atomics> t;
    auto& first = swap ? y : x;
    auto& second = swap ? x : y;
    for (int k = 0; k < 3000; ++k) {
      for (;;) {
        gilt::detail::word v = 0, w = 0;
        t.begin();
        if (t.read(first.lock, first.value, v) && t.write(first.lock, first.value, v + 1) &&
            t.read(second.lock, second.value, w) && t.write(second.lock, second.value, w + 1) &&
            t.commit()) {
          break;
        }
        t.rollback();
        real_atomics::yield();
      }
    }
  };
  std::thread one(work, false), two(work, true), three(work, false);
  one.join();
  two.join();
  three.join();
  EXPECT_EQ(x.value.load(), 9000u);
  EXPECT_EQ(y.value.load(), 9000u);
}

}  // namespace
