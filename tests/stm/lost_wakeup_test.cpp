// SPDX-License-Identifier: BSL-1.0
// retry() sleeps until something read has changed; no change is missed.
#include "scripted_atomics.hpp"

#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <thread>
#include <vector>

namespace {

using gilt_test::scripted_atomics;
using gilt_test::scripted_domain;
using gilt_test::scripted_tx;
using gilt_test::scripted_var;

// Runs f on another thread to its end.
template <class F>
void elsewhere(F f) {
  std::thread(f).join();
}

TEST(lost_wakeup, change_before_the_watch_bit_is_set_runs_again_at_once) {
  scripted_var<int> x{0};
  int runs = 0;
  gilt::atomically<scripted_domain>([&](scripted_tx& t) {
    ++runs;
    const int seen = t(x);
    if (runs == 1) {
      // The orec is a var's first member; its next RMW by this thread sets the watched bit.
      scripted_atomics::at(&x, scripted_atomics::access::rmw,
                           [&] { elsewhere([&] { x.store_now(1); }); });
    }
    t.check(seen == 1);
  });
  EXPECT_TRUE(scripted_atomics::fired());
  EXPECT_EQ(runs, 2);
}

TEST(lost_wakeup, change_between_watching_and_parking_leaves_a_permit) {
  scripted_var<int> x{0};
  int runs = 0;
  gilt::atomically<scripted_domain>([&](scripted_tx& t) {
    ++runs;
    const int seen = t(x);
    if (runs == 1) {
      scripted_atomics::now().before_park = [&] { elsewhere([&] { x.store_now(1); }); };
    }
    t.check(seen == 1);
  });
  EXPECT_EQ(runs, 2);
}

// An abort of a writer carries the watched bit on; the commit after it still wakes.
TEST(lost_wakeup, aborted_writer_does_not_swallow_the_watch) {
  scripted_var<int> x{0};
  gilt::atomically<scripted_domain>([&](scripted_tx& t) {
    const int seen = t(x);
    if (seen == 0) {
      scripted_atomics::now().before_park = [&] {
        elsewhere([&] {
          EXPECT_THROW(gilt::atomically<scripted_domain>([&](scripted_tx& u) {
                         u[x] = 2;
                         throw 1;
                       }),
                       int);
          x.store_now(1);
        });
      };
    }
    t.check(seen == 1);
  });
  EXPECT_EQ(x.load_now(), 1);
}

TEST(lost_wakeup, write_through_abort_carries_the_watched_bit_on) {
  using namespace gilt::detail;
  auto domain = std::make_unique<shared<real_atomics>>();
  orec<real_atomics> lock;
  word_cell<real_atomics> value{0};
  word seen = lock.load();
  ASSERT_TRUE(lock.try_watch(seen));
  transaction<real_atomics> t(*domain);
  t.begin();
  ASSERT_TRUE(t.write(lock, value, 1));
  t.rollback();
  EXPECT_NE(lock.load() & orec_watched, 0u);
  t.begin();
  ASSERT_TRUE(t.lock(lock));
  t.rollback();                                        // clean: the old word
  EXPECT_NE(lock.load() & orec_watched, 0u);
  t.begin();
  ASSERT_TRUE(t.write(lock, value, 1) && t.commit());  // a change takes it off
  EXPECT_EQ(lock.load() & orec_watched, 0u);
}

TEST(lost_wakeup, hand_over_between_two_threads) {
  gilt::var<int> turn{0};
  const auto play = [&](int me) {
    for (int n = 0; n < 3000; ++n) {
      gilt::atomically([&](gilt::tx& t) {
        t.check(t(turn) == me);
        t[turn] = 1 - me;
      });
    }
  };
  std::thread one(play, 0), two(play, 1);
  one.join();
  two.join();
  EXPECT_EQ(turn.load_now(), 0);
}

TEST(lost_wakeup, all_waiters_of_one_variable_wake) {
  gilt::var<int> gate{0}, waiting{0}, passed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      gilt::atomically([&](gilt::tx& t) { ++t[waiting]; });
      gilt::atomically([&](gilt::tx& t) { t.check(t(gate) != 0); });
      gilt::atomically([&](gilt::tx& t) { ++t[passed]; });
    });
  }
  gilt::atomically([&](gilt::tx& t) { t.check(t(waiting) == 8); });
  gate.store_now(1);
  gilt::atomically([&](gilt::tx& t) { t.check(t(passed) == 8); });
  for (auto& t : threads) t.join();
  EXPECT_EQ(passed.load_now(), 8);
}

TEST(lost_wakeup, bounded_buffer_passes_everything_on_in_order) {
  gilt::var<int> slot{0};                              // 0: empty
  std::vector<int> got;
  std::thread consumer([&] {
    for (int n = 0; n < 3000; ++n) {
      got.push_back(gilt::atomically([&](gilt::tx& t) {
        const int v = t(slot);
        t.check(v != 0);
        t[slot] = 0;
        return v;
      }));
    }
  });
  for (int n = 1; n <= 3000; ++n) {
    gilt::atomically([&](gilt::tx& t) {
      t.check(t(slot) == 0);
      t[slot] = n;
    });
  }
  consumer.join();
  ASSERT_EQ(got.size(), 3000u);
  for (int n = 0; n < 3000; ++n) ASSERT_EQ(got[static_cast<std::size_t>(n)], n + 1);
}

TEST(lost_wakeup, retry_having_read_nothing_is_an_error) {
  gilt::var<int> x{0};
  EXPECT_THROW(gilt::atomically([&](gilt::tx& t) {
                 t[x] = 1;
                 t.retry();
               }),
               gilt::usage_error);
  EXPECT_EQ(x.load_now(), 0);
}

}  // namespace
