// SPDX-License-Identifier: BSL-1.0
// The interpreter's mode: encounter-time locks, values in place, undo.
#include "scripted_atomics.hpp"
#include "two_attempts.hpp"

#include <algorithm>
#include <vector>

namespace {

using gilt::abort_cause;
using namespace gilt::detail;
using write_through = gilt_test::two_attempts<real_atomics>;
using write_through_scripted = gilt_test::two_attempts<gilt_test::scripted_atomics>;

TEST_F(write_through, rollback_restores_values_under_a_new_version) {
  a.begin();
  ASSERT_TRUE(write(a, x, 1) && write(a, x, 2) && write(a, y, 3));
  a.rollback();
  EXPECT_EQ(now(x), 0u);
  EXPECT_EQ(now(y), 0u);
  EXPECT_EQ(version_of(x.lock.load()), 1u);
  EXPECT_EQ(x.lock.load() & orec_locked, 0u);
}

TEST_F(write_through, clean_lock_goes_back_with_its_old_word) {
  a.begin();
  ASSERT_TRUE(a.lock(x.lock));
  EXPECT_TRUE(a.owns(x.lock));
  EXPECT_FALSE(b.owns(x.lock));
  a.rollback();
  EXPECT_EQ(x.lock.load(), 0u);
  EXPECT_EQ(domain->line.clock.load(std::memory_order_seq_cst), 0u);
}

TEST_F(write_through, own_locks_are_read_and_written_again_without_more_entries) {
  word v = 0;
  a.begin();
  ASSERT_TRUE(write(a, x, 5) && read(a, x, v));
  EXPECT_EQ(v, 5u);
  ASSERT_TRUE(a.read_section(x.lock, [&] { v = now(x); }));
  EXPECT_EQ(a.locks(), 1u);
  EXPECT_EQ(a.reads(), 0u);
  a.store_locked(x.value, 6);
  ASSERT_TRUE(a.commit());
  EXPECT_EQ(now(x), 6u);
  EXPECT_EQ(x.lock.load(), free_word(1, a.slot()));
}

TEST_F(write_through, read_then_lock_of_an_unchanged_word_commits) {
  word v = 0;
  a.begin();
  ASSERT_TRUE(read(a, x, v) && read(a, y, v) && write(a, x, 1));
  domain->line.clock.fetch_add(1, std::memory_order_seq_cst);       // forces validation
  EXPECT_TRUE(a.commit());
}

TEST_F(write_through, bounded_wait_for_a_held_lock_names_the_cause_and_the_place) {
  a.begin();
  b.begin();
  ASSERT_TRUE(a.lock(x.lock));
  EXPECT_FALSE(b.lock(x.lock));
  EXPECT_EQ(b.cause(), abort_cause::write_locked);
  EXPECT_EQ(b.conflict(), &x.lock);
  b.rollback();
  b.begin();
  ASSERT_TRUE(write_redo(b, x, 1));
  EXPECT_FALSE(b.commit());
  EXPECT_EQ(b.cause(), abort_cause::commit_locked);
}

TEST_F(write_through, lock_of_a_newer_word_extends_the_snapshot) {
  word v = 0;
  a.begin();
  ASSERT_TRUE(read(a, y, v));
  b.begin();
  ASSERT_TRUE(write(b, x, 4) && b.commit());
  EXPECT_TRUE(a.lock(x.lock));
  EXPECT_EQ(a.read_version(), 1u);
  EXPECT_TRUE(read(a, x, v));
  EXPECT_EQ(v, 4u);
}

TEST_F(write_through, ticked_commit_of_a_reader_moves_the_clock_and_validates) {
  word v = 0;
  a.begin();
  ASSERT_TRUE(read(a, x, v) && a.commit(commit_mode::ticked));
  EXPECT_EQ(a.write_version(), 1u);
  a.begin();
  ASSERT_TRUE(read(a, x, v));
  b.begin();
  ASSERT_TRUE(write(b, x, 1) && b.commit());
  EXPECT_FALSE(a.commit(commit_mode::ticked));
  EXPECT_EQ(a.cause(), abort_cause::validation);
}

TEST_F(write_through, newborn_words_are_readable_and_not_owned) {
  a.begin();
  EXPECT_LT(a.slot(), slot_limit);
  location fresh;
  fresh.lock.store_relaxed(free_word(a.read_version(), a.slot() | slot_limit));
  word v = 1;
  EXPECT_TRUE(read(a, fresh, v));
  EXPECT_FALSE(a.owns(fresh.lock));
  EXPECT_TRUE(a.commit());
}

TEST_F(write_through, long_logs_keep_the_oldest_value_and_one_entry_an_orec) {
  word v = 0;
  std::vector<location> places(100);
  a.begin();
  for (word n = 1; n <= 20'000; ++n) {
    location& p = places[n % 100];
    ASSERT_TRUE(write(a, p, n));
    ASSERT_TRUE(read(a, y, v));
  }
  EXPECT_LE(a.reads(), 2048u);
  EXPECT_LE(a.writes(), 4096u);
  std::size_t visited = 0;
  a.for_each_logged_word([&](word& old) { visited += old == 0; });
  EXPECT_GE(visited, 100u);
  a.rollback();
  for (auto& p : places) ASSERT_EQ(now(p), 0u);
}

TEST_F(write_through, collector_may_rewrite_logged_words) {
  x.value.store(10);
  a.begin();
  ASSERT_TRUE(write(a, x, 11));
  a.for_each_logged_word([](word& old) { old += 5; });
  std::size_t orecs = 0;
  a.for_each_logged_orec([&](auto& o) { orecs += &o == &x.lock; });
  EXPECT_EQ(orecs, 1u);
  a.rollback();
  EXPECT_EQ(now(x), 15u);
}

TEST_F(write_through_scripted, out_of_memory_dooms_and_leaves_nothing_behind) {
  using gilt_test::scripted_atomics;
  std::vector<location> places(300);
  for (long n = 0; n < 12; ++n) {
    engine t(*domain);
    scripted_atomics::now().allocations_left = n;
    t.begin();
    bool ok = true;
    word v = 0;
    for (auto& p : places) ok = ok && read(t, p, v) && write(t, p, 1);
    ok = ok && t.commit();
    scripted_atomics::now().allocations_left = -1;
    if (!ok) {
      EXPECT_EQ(t.cause(), abort_cause::capacity);
      t.rollback();
      for (auto& p : places) {
        ASSERT_EQ(now(p), 0u);
        ASSERT_EQ(p.lock.load() & orec_locked, 0u);
      }
    }
  }
}

}  // namespace
