// SPDX-License-Identifier: BSL-1.0
// Write skew: two doctors each see the other on call and both go home. One must be refused.
#include "two_attempts.hpp"

#include <gilt/gilt.hpp>

#include <thread>

namespace {

using gilt::abort_cause;
using write_skew = gilt_test::two_attempts<gilt::detail::real_atomics>;

TEST_F(write_skew, redo_second_committer_fails_validation) {
  word v = 0;
  a.begin();
  b.begin();
  ASSERT_TRUE(read_redo(a, x, v) && read_redo(a, y, v));
  ASSERT_TRUE(read_redo(b, x, v) && read_redo(b, y, v));
  ASSERT_TRUE(write_redo(a, x, 1) && write_redo(b, y, 1));
  EXPECT_TRUE(a.commit());
  EXPECT_FALSE(b.commit());
  EXPECT_EQ(b.cause(), abort_cause::validation);
  EXPECT_EQ(b.conflict(), &x.lock);
  b.rollback();
  EXPECT_EQ(now(x), 1u);
  EXPECT_EQ(now(y), 0u);
}

TEST_F(write_skew, write_through_first_committer_meets_the_others_lock) {
  word v = 0;
  a.begin();
  b.begin();
  ASSERT_TRUE(read(a, y, v) && read(b, x, v));
  ASSERT_TRUE(write(a, x, 1) && write(b, y, 1));
  // Nobody has moved the clock, so a may skip validation: its wv is rv + 1, and b comes later.
  EXPECT_TRUE(a.commit());
  EXPECT_FALSE(b.commit());
  EXPECT_EQ(b.cause(), abort_cause::validation);
  b.rollback();
  EXPECT_EQ(now(y), 0u);
}

TEST_F(write_skew, write_through_validation_refuses_a_foreign_lock) {
  word v = 0;
  a.begin();
  b.begin();
  ASSERT_TRUE(read(a, y, v));
  ASSERT_TRUE(write(a, x, 1) && write(b, y, 1));
  domain->line.clock.fetch_add(1, std::memory_order_seq_cst);   // a third commit elsewhere
  EXPECT_FALSE(a.commit());
  EXPECT_EQ(a.conflict(), &y.lock);
}

TEST(write_skew_on_threads, one_doctor_stays_on_call) {
  for (int round = 0; round < 200; ++round) {
    gilt::var<bool> alice{true}, bob{true};
    const auto leave = [&](gilt::var<bool>& me) {
      gilt::atomically([&](gilt::tx& t) {
        if (t(alice) && t(bob)) t[me] = false;
      });
    };
    std::thread other([&] { leave(alice); });
    leave(bob);
    other.join();
    ASSERT_TRUE(alice.load_now() || bob.load_now());
    ASSERT_FALSE(alice.load_now() && bob.load_now());
  }
}

}  // namespace
