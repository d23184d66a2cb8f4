// SPDX-License-Identifier: BSL-1.0
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

using gilt::tx;

TEST(hooks, on_commit_runs_in_order_outside_the_transaction) {
  gilt::var<int> x{0};
  std::string order;
  gilt::atomically([&](tx& t) {
    t[x] = 1;
    t.on_commit([&] {
      order += 'a';
      EXPECT_EQ(x.load_now(), 1);
      x.update_now([](int v) { return v + 1; });     // a transaction of its own
    });
    t.on_commit([&, token = std::make_unique<int>(1)] { order += *token == 1 ? 'b' : '?'; });
  });
  EXPECT_EQ(order, "ab");
  EXPECT_EQ(x.load_now(), 2);
}

TEST(hooks, first_exception_of_on_commit_leaves_with_the_state_committed) {
  gilt::var<int> x{0};
  int later = 0;
  try {
    gilt::atomically([&](tx& t) {
      t[x] = 1;
      t.on_commit([] { throw std::runtime_error("first"); });
      t.on_commit([&] { ++later; });
      t.on_commit([] { throw std::runtime_error("second"); });
    });
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_STREQ(e.what(), "first");
  }
  EXPECT_EQ(x.load_now(), 1);
  EXPECT_EQ(later, 1);
}

TEST(hooks, on_abort_runs_once_per_aborted_attempt) {
  gilt::var<int> x{0};
  int runs = 0, aborted = 0, committed = 0;
  gilt::atomically([&](tx& t) {
    ++runs;
    t.on_abort([&]() noexcept { ++aborted; });
    t.on_commit([&] { ++committed; });
    static_cast<void>(t(x));
    if (runs < 3) std::thread([&] { x.update_now([](int v) { return v + 1; }); }).join();
    t[x] += 10;
  });
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(aborted, 2);
  EXPECT_EQ(committed, 1);
}

TEST(hooks, before_commit_may_use_and_abort_the_transaction) {
  gilt::var<int> x{0}, y{0};
  gilt::atomically([&](tx& t) {
    t.before_commit([&](tx& u) {
      u[y] = u(x) * 2;
      u.before_commit([&](tx& w) { w[y] += 1; });
    });
    t[x] = 5;
  });
  EXPECT_EQ(y.load_now(), 11);
  EXPECT_THROW(gilt::atomically([&](tx& t) {
                 t[x] = 6;
                 t.before_commit([](tx&) { throw 1; });
               }),
               int);
  EXPECT_EQ(x.load_now(), 5);
}

TEST(hooks, of_an_undone_part_do_not_run) {
  int ran = 0;
  gilt::atomically([&](tx& t) {
    try {
      t.nested([&](tx& u) {
        u.on_commit([&] { ran += 1; });
        u.before_commit([&](tx&) { ran += 2; });
        u.on_abort([&]() noexcept { ran += 4; });
        throw 1;
      });
    } catch (int) {
    }
    t.on_commit([&] { ran += 8; });
  });
  EXPECT_EQ(ran, 8);
}

}  // namespace
