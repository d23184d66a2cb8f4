// SPDX-License-Identifier: BSL-1.0
// The operating system's part of the real policy.
#include <gilt/detail/atomics_real.hpp>
#include <gilt/detail/backoff.hpp>
#include <gilt/detail/check.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

namespace {

using gilt::detail::real_atomics;

TEST(parker, permit_given_before_parking_is_kept) {
  real_atomics::parker p;
  p.unpark();
  p.unpark();                                // one permit, not two
  p.park();
  EXPECT_FALSE(p.park_until(std::chrono::steady_clock::now()));
}

TEST(parker, thread_wakes_when_another_gives_the_permit) {
  real_atomics::parker p, back;
  int passed = 0;
  std::thread other([&] {
    for (int n = 0; n < 2000; ++n) {
      p.park();
      ++passed;
      back.unpark();
    }
  });
  for (int n = 0; n < 2000; ++n) {
    p.unpark();
    back.park();
    ASSERT_EQ(passed, n + 1);
  }
  other.join();
}

TEST(parker, gives_up_at_the_deadline) {
  real_atomics::parker p;
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(2);
  EXPECT_FALSE(p.park_until(until));
  EXPECT_GE(std::chrono::steady_clock::now(), until);
  p.unpark();
  EXPECT_TRUE(p.park_until(until));
}

// Store buffering with the fence on one side only: both may never miss each other.
TEST(heavy_barrier, orders_the_other_sides_plain_store_before_its_load) {
  if (!real_atomics::asymmetric()) GTEST_SKIP() << "announcements are made by RMW here";
  for (int round = 0; round < 1000; ++round) {
    real_atomics::atomic<int> x{0}, y{0}, go{0};
    int seen_x = 0, seen_y = 0;
    std::thread light([&] {
      go.store(1);
      x.store(1, std::memory_order_relaxed);
      real_atomics::light_barrier();
      seen_y = y.load(std::memory_order_relaxed);
    });
    while (go.load() == 0) real_atomics::yield();
    y.store(1, std::memory_order_relaxed);
    real_atomics::heavy_barrier();
    seen_x = x.load(std::memory_order_relaxed);
    light.join();
    ASSERT_TRUE(seen_x == 1 || seen_y == 1);
  }
}

TEST(thread_exit, calls_run_last_first_after_thread_local_destructors) {
  static std::vector<int> order;
  struct tail {
    ~tail() { order.push_back(0); }
  };
  std::thread([] {
    real_atomics::at_thread_exit([](void*) { order.push_back(1); }, nullptr);
    real_atomics::at_thread_exit(
        [](void*) {
          order.push_back(2);
          // Registered while the calls run: still runs.
          real_atomics::at_thread_exit([](void*) { order.push_back(3); }, nullptr);
        },
        nullptr);
    static thread_local tail t;
    static_cast<void>(&t);
  }).join();
  EXPECT_EQ(order, (std::vector<int>{0, 2, 1, 3}));
}

TEST(backoff, waits_are_short_and_random) {
  gilt::detail::backoff<real_atomics> b(42);
  const auto begin = std::chrono::steady_clock::now();
  for (unsigned n = 1; n < 100; ++n) b.wait(n);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(check, failure_prints_the_sentence) {
  EXPECT_DEATH(GILT_CHECK(1 + 1 == 3, "count again"), "gilt: count again");
}

}  // namespace
