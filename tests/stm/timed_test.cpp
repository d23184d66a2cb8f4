// SPDX-License-Identifier: BSL-1.0
// atomically_for(), atomically_until(): waiting that gives up.
#include "scripted_atomics.hpp"

#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>

namespace {

using namespace std::chrono_literals;
using gilt::tx;
using steady = std::chrono::steady_clock;

TEST(timed, a_condition_that_holds_commits_and_returns_the_value) {
  gilt::var<int> x{1};
  EXPECT_EQ(gilt::atomically_for(1h, [&](tx& t) { return t(x) + 1; }), std::optional<int>(2));
  EXPECT_TRUE(gilt::atomically_until(steady::now() + 1h, [&](tx& t) { t[x] = 5; }));
  EXPECT_EQ(x.load_now(), 5);
  const auto p = gilt::atomically_for(1h, [](tx&) { return std::make_unique<int>(7); });
  EXPECT_EQ(**p, 7);
}

TEST(timed, gives_up_after_the_time_and_undoes_the_attempt) {
  gilt::var<int> x{0}, y{0};
  const auto until = steady::now() + 2ms;
  EXPECT_FALSE(gilt::atomically_until(until, [&](tx& t) {
    t[y] = 1;
    t.check(t(x) != 0);
  }));
  EXPECT_GE(steady::now(), until);
  EXPECT_EQ(y.load_now(), 0);
  EXPECT_TRUE(gilt::detail::domain_shared<gilt::default_domain>.waiters.empty());
  EXPECT_EQ(gilt::atomically_for(1ms, [&](tx& t) {
    t.check(t(x) != 0);
    return 1;
  }), std::nullopt);
}

TEST(timed, a_time_in_the_past_tries_once) {
  gilt::var<int> x{0};
  int runs = 0;
  const auto never = [&](tx& t) {
    ++runs;
    t.check(t(x) != 0);
  };
  EXPECT_FALSE(gilt::atomically_for(0s, never));
  EXPECT_FALSE(gilt::atomically_for(std::chrono::hours::min(), never));
  EXPECT_FALSE(gilt::atomically_until(steady::time_point::min(), never));
  EXPECT_FALSE(gilt::atomically_until(std::chrono::system_clock::now() - 1h, never));
  EXPECT_EQ(runs, 4);
  x.store_now(1);
  EXPECT_TRUE(gilt::atomically_for(0s, never));
}

TEST(timed, a_change_wakes_before_the_time_however_far_that_is) {
  gilt::var<int> x{0};
  for (int round = 0; round < 2; ++round) {
    x.store_now(0);
    std::thread other;
    const auto body = [&](tx& t) {
      const int seen = t(x);
      if (!other.joinable()) other = std::thread([&] { x.store_now(1); });
      t.check(seen == 1);
      return seen;
    };
    const auto in_an_hour = std::chrono::system_clock::now() + 1h;
    const auto got = round == 0 ? gilt::atomically_for(std::chrono::hours::max(), body)
                                : gilt::atomically_until(in_an_hour, body);
    other.join();
    EXPECT_EQ(got, 1);
  }
}

// A body that swallows the signal of retry(), and one that turns it into an exception of its own.
TEST(timed, a_swallowed_retry_gives_up_as_well) {
  gilt::var<int> x{0};
  EXPECT_FALSE(gilt::atomically_for(1ms, [&](tx& t) {
    try {
      t.check(t(x) != 0);
    } catch (...) {
    }
  }));
  EXPECT_FALSE(gilt::atomically_for(1ms, [&](tx& t) {
    try {
      t.check(t(x) != 0);
    } catch (...) {
      throw 1;
    }
  }));
  EXPECT_EQ(gilt::atomically([&](tx& t) { return t(x); }), 0);
}

TEST(timed, on_abort_hooks_of_who_gives_up_may_run_transactions) {
  gilt::var<int> x{0}, given_up{0};
  EXPECT_FALSE(gilt::atomically_for(1ms, [&](tx& t) {
    t.on_abort([&]() noexcept { gilt::atomically([&](tx& u) { u[given_up] += 1; }); });
    t.check(t(x) != 0);
  }));
  EXPECT_EQ(given_up.load_now(), 1);
}

TEST(timed, exceptions_leave_and_misuse_is_refused) {
  gilt::var<int> x{0};
  EXPECT_THROW(gilt::atomically_for(1h, [&](tx& t) {
    t[x] = 1;
    throw 1;
  }), int);
  EXPECT_EQ(x.load_now(), 0);
  EXPECT_THROW(gilt::atomically_for(0s, [](tx& t) { t.retry(); }), gilt::usage_error);
  EXPECT_THROW(gilt::atomically([&](tx&) { gilt::atomically_for(1s, [](tx&) {}); }),
               gilt::usage_error);
}

// One of two sleepers has given up when the change comes.
TEST(timed, who_gives_up_takes_nobody_elses_wake_up) {
  gilt::var<int> x{0};
  std::thread patient([&] { gilt::atomically([&](tx& t) { t.check(t(x) != 0); }); });
  EXPECT_FALSE(gilt::atomically_for(1ms, [&](tx& t) { t.check(t(x) == 2); }));
  x.store_now(1);
  patient.join();
}

}  // namespace
