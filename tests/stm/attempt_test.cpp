// SPDX-License-Identifier: BSL-1.0
// attempt(): waiting by returning gilt::retry.
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

namespace {

using gilt::outcome;
using gilt::tx;

TEST(attempt, returns_the_value_of_its_outcome) {
  gilt::var<int> x{1};
  EXPECT_EQ(gilt::attempt([&](tx& t) -> outcome<int> { return t(x) + 1; }), 2);
  gilt::attempt([&](tx& t) -> outcome<void> {
    t[x] = 5;
    return {};
  });
  EXPECT_EQ(x.load_now(), 5);
  const auto p = gilt::attempt([](tx&) -> outcome<std::unique_ptr<int>> { return std::make_unique<int>(7); });
  EXPECT_EQ(*p, 7);
}

TEST(attempt, retry_undoes_and_sleeps_until_something_read_has_changed) {
  gilt::var<int> ready{0}, x{0};
  int runs = 0;
  std::thread other;
  const int got = gilt::attempt([&](tx& t) -> outcome<int> {
    ++runs;
    t[x] += 1;
    if (t(ready) == 0) {
      if (runs == 1) other = std::thread([&] { ready.store_now(1); });
      return gilt::retry;
    }
    return t(x);
  });
  other.join();
  EXPECT_EQ(got, 1);
  EXPECT_EQ(x.load_now(), 1);
  EXPECT_GE(runs, 2);
}

TEST(attempt, inside_a_transaction_it_joins_and_its_retry_is_the_branchs) {
  gilt::var<int> x{0};
  const int got = gilt::atomically([&](tx& t) {
    return t.or_else(
        [&](tx& u) {
          u[x] = 1;
          return gilt::attempt([&](tx& v) -> outcome<int> {
            static_cast<void>(v(x));
            return gilt::retry;
          });
        },
        [&](tx& u) { return u(x) + 10; });
  });
  EXPECT_EQ(got, 10);
}

TEST(attempt, retry_having_read_nothing_is_an_error) {
  EXPECT_THROW(gilt::attempt([](tx&) -> outcome<int> { return gilt::retry; }), gilt::usage_error);
}

TEST(attempt, retry_after_irrevocable_is_an_error_and_effects_stay) {
  gilt::var<int> x{0};
  EXPECT_THROW(gilt::attempt([&](tx& t) -> outcome<void> {
                 static_cast<void>(t(x));
                 t.irrevocable();
                 t[x] = 3;
                 return gilt::retry;
               }),
               gilt::usage_error);
  EXPECT_EQ(x.load_now(), 3);
}

TEST(attempt, exceptions_roll_back) {
  gilt::var<std::string> s{"old"};
  EXPECT_THROW(gilt::attempt([&](tx& t) -> outcome<int> {
                 t[s] = std::string("new");
                 throw std::runtime_error("no");
               }),
               std::runtime_error);
  EXPECT_EQ(s.load_now(), "old");
}

}  // namespace
