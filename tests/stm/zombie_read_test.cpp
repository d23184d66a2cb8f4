// SPDX-License-Identifier: BSL-1.0
// Opacity: no attempt, not even one that will abort, sees x from before a commit and y from after.
#include "scripted_atomics.hpp"
#include "two_attempts.hpp"

#include <gilt/gilt.hpp>

#include <thread>
#include <vector>

namespace {

using gilt::abort_cause;
using gilt_test::scripted_atomics;
using access = scripted_atomics::access;
using zombie_read = gilt_test::two_attempts<gilt::detail::real_atomics>;
using zombie_read_scripted = gilt_test::two_attempts<scripted_atomics>;

TEST_F(zombie_read, second_read_of_a_changed_pair_is_refused) {
  word v = 0;
  a.begin();
  ASSERT_TRUE(read(a, x, v));
  b.begin();
  ASSERT_TRUE(write_redo(b, x, 1) && write_redo(b, y, 1) && b.commit());
  EXPECT_FALSE(read(a, y, v));
  EXPECT_EQ(a.cause(), abort_cause::read_version);
  EXPECT_EQ(a.conflict(), &x.lock);
}

TEST_F(zombie_read, snapshot_moves_forward_when_nothing_read_has_changed) {
  word v = 7;
  a.begin();
  ASSERT_TRUE(read(a, x, v));
  b.begin();
  ASSERT_TRUE(write_redo(b, y, 1) && b.commit());
  EXPECT_TRUE(read(a, y, v));
  EXPECT_EQ(v, 1u);
  EXPECT_EQ(a.read_version(), 1u);
  EXPECT_TRUE(a.commit());
}

TEST_F(zombie_read, dirty_value_under_a_foreign_lock_is_never_read) {
  word v = 0;
  b.begin();
  ASSERT_TRUE(write(b, x, 9));
  EXPECT_EQ(now(x), 9u);                     // in place already
  a.begin();
  EXPECT_FALSE(read(a, x, v));
  EXPECT_EQ(a.cause(), abort_cause::read_locked);
}

TEST_F(zombie_read, doomed_attempt_reads_nothing_more) {
  word v = 0;
  a.begin();
  a.doom(abort_cause::explicit_abort);
  EXPECT_FALSE(read(a, x, v));
  EXPECT_FALSE(write(a, x, 1));
  EXPECT_FALSE(write_redo(a, x, 1));
  EXPECT_FALSE(a.commit());
  EXPECT_EQ(a.cause(), abort_cause::explicit_abort);
}

TEST_F(zombie_read_scripted, commit_between_lock_sample_and_data_load_is_noticed) {
  word v = 0;
  b.begin();
  ASSERT_TRUE(write_redo(b, x, 5));
  a.begin();
  ASSERT_TRUE(read(a, y, v));
  scripted_atomics::at(&x.value, access::load, [&] { ASSERT_TRUE(b.commit()); });
  // The orec was sampled at version 0, the value is 5: the second look sees version 1 and extends.
  EXPECT_TRUE(read(a, x, v));
  EXPECT_TRUE(scripted_atomics::fired());
  EXPECT_EQ(v, 5u);
  EXPECT_EQ(a.read_version(), 1u);
}

TEST_F(zombie_read_scripted, dirty_store_between_lock_sample_and_data_load_is_noticed) {
  word v = 0;
  b.begin();
  a.begin();
  scripted_atomics::at(&x.value, access::load, [&] { ASSERT_TRUE(write(b, x, 5)); });
  EXPECT_FALSE(read(a, x, v));
  EXPECT_EQ(a.cause(), abort_cause::read_locked);
}

TEST_F(zombie_read_scripted, dirty_value_undone_before_the_second_look_is_noticed) {
  word v = 0;
  b.begin();
  a.begin();
  scripted_atomics::at(&x.value, access::load, [&] { ASSERT_TRUE(write(b, x, 5)); });
  // Then b undoes it before a looks at the orec again: only the new version gives it away.
  const auto undo = [&] {
    scripted_atomics::at(&x.lock, access::load, [&] { b.rollback(); }, 0);
  };
  scripted_atomics::at(&x.value, access::load, [&] {
    ASSERT_TRUE(write(b, x, 5));
    undo();
  });
  EXPECT_TRUE(read(a, x, v));
  EXPECT_EQ(v, 0u);
  EXPECT_GT(gilt::detail::version_of(x.lock.load()), 0u);
}

TEST_F(zombie_read_scripted, section_repeats_until_nothing_changed_around_it) {
  word v1 = 1, v2 = 2;
  b.begin();
  ASSERT_TRUE(write_redo(b, x, 3));
  a.begin();
  int runs = 0;
  ASSERT_TRUE(a.read_section(x.lock, [&] {
    v1 = x.value.load(std::memory_order_acquire);
    if (++runs == 1) {
      ASSERT_TRUE(b.commit());
    }
    v2 = x.value.load(std::memory_order_acquire);
  }));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(v1, 3u);
  EXPECT_EQ(v2, 3u);
  EXPECT_EQ(a.reads(), 1u);
}

TEST(opacity_on_threads, aborted_attempts_see_equal_halves_too) {
  gilt::var<long> left{0}, right{0};
  gilt::var<std::vector<long>> boxed{std::vector<long>(2, 0)};
  std::vector<std::thread> threads;
  std::vector<long> torn(3, 0);
  for (std::size_t i = 0; i < 3; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 5000; ++n) {
        gilt::atomically([&](gilt::tx& t) {
          const long l = t(left);
          const std::vector<long>& both = t(boxed);
          const long r = t(right);
          // Attempts that will abort are counted as well.
          if (l != r || both[0] != l || both[1] != r) ++torn[i];
          if (i == 0) return;
          t[left] = l + 1;
          t[right] = r + 1;
          t[boxed] = std::vector<long>{l + 1, r + 1};
        });
      }
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_EQ(torn, std::vector<long>(3, 0));
  EXPECT_EQ(left.load_now(), 10000);
}

}  // namespace
