// SPDX-License-Identifier: BSL-1.0
// The other ways to read: peek, ensure, wait_until; commit_on_throw, no_tx and the concept beside.
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>

namespace {

using gilt::tx;

void elsewhere(const auto& f) { std::thread(f).join(); }

TEST(peek, sees_what_was_committed_after_the_snapshot_and_is_no_conflict) {
  gilt::var<int> x{1}, y{1};
  gilt::var<std::string> s{"one"};
  int runs = 0;
  gilt::atomically([&](tx& t) {
    ++runs;
    EXPECT_EQ(t(y), 1);
    elsewhere([&] {
      x.store_now(2);
      s.store_now("two");
    });
    EXPECT_EQ(t.peek(x), 2);
    EXPECT_EQ(t.peek(s), "two");
    elsewhere([&] { x.store_now(3); });
    EXPECT_EQ(t.peek(x), 3);
    t[y] = t.peek(x);
    elsewhere([&] { x.store_now(4); });
  });
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(y.load_now(), 3);
}

TEST(peek, sees_the_attempts_own_write_first) {
  gilt::var<int> x{1};
  gilt::atomically([&](tx& t) {
    t[x] = 7;
    EXPECT_EQ(t.peek(x), 7);
  });
}

TEST(peek, a_box_stays_alive_until_the_attempt_ends) {
  gilt::var<std::string> s{std::string(100, 'a')};
  gilt::atomically([&](tx& t) {
    const std::string& first = t.peek(s);
    elsewhere([&] {
      for (int i = 0; i < 1000; ++i) s.store_now(std::string(100, 'b'));
    });
    EXPECT_EQ(first, std::string(100, 'a'));
  });
}

TEST(ensure, a_read_only_transaction_runs_again_if_what_it_ensured_has_changed) {
  gilt::var<int> x{1};
  for (const bool ensured : {false, true}) {
    x.store_now(1);
    int runs = 0;
    const int got = gilt::atomically([&](tx& t) {
      const int seen = ensured ? t.ensure(x) : t(x);
      if (++runs == 1) elsewhere([&] { x.store_now(2); });
      return seen;
    });
    EXPECT_EQ(runs, ensured ? 2 : 1);
    EXPECT_EQ(got, ensured ? 2 : 1);
  }
}

TEST(wait_until, returns_the_value_that_was_waited_for) {
  gilt::var<int> x{0};
  std::thread other([&] {
    for (int i = 1; i <= 5; ++i) x.store_now(i);
  });
  EXPECT_EQ(gilt::atomically([&](tx& t) { return t.wait_until(x, [](int v) { return v == 5; }); }), 5);
  other.join();
}

TEST(commit_on_throw, keeps_what_was_done_and_lets_the_exception_out) {
  gilt::var<int> x{0};
  int hooks = 0;
  EXPECT_THROW(gilt::atomically(gilt::commit_on_throw,
                                [&](tx& t) {
                                  t[x] = 1;
                                  t.on_commit([&] { ++hooks; });
                                  throw std::runtime_error("late");
                                }),
               std::runtime_error);
  EXPECT_EQ(x.load_now(), 1);
  EXPECT_EQ(hooks, 1);
  EXPECT_EQ(gilt::atomically(gilt::commit_on_throw, [&](tx& t) { return t(x); }), 1);
}

TEST(commit_on_throw, an_exception_from_a_stale_view_does_not_leave) {
  gilt::var<int> x{0}, y{0};
  int runs = 0;
  gilt::atomically(gilt::commit_on_throw, [&](tx& t) {
    const int seen = t(x);
    if (++runs == 1) elsewhere([&] { x.store_now(1); });
    t[y] = seen;
    if (seen == 0) throw std::runtime_error("stale");
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(y.load_now(), 1);
}

TEST(commit_on_throw, an_exception_of_a_before_commit_hook_rolls_back) {
  gilt::var<int> x{0};
  EXPECT_THROW(gilt::atomically(gilt::commit_on_throw,
                                [&](tx& t) {
                                  t[x] = 1;
                                  t.before_commit([](tx&) { throw std::logic_error("hook"); });
                                  throw std::runtime_error("body");
                                }),
               std::logic_error);
  EXPECT_EQ(x.load_now(), 0);
}

TEST(commit_on_throw, inside_a_transaction_the_inner_part_is_not_undone) {
  gilt::var<int> x{0};
  gilt::atomically([&](tx& t) {
    try {
      gilt::atomically(gilt::commit_on_throw, [&](tx& u) {
        u[x] = 1;
        throw std::runtime_error("inner");
      });
    } catch (const std::runtime_error&) {
    }
    EXPECT_EQ(t(x), 1);
  });
  EXPECT_EQ(x.load_now(), 1);
}

TEST(no_tx, fails_inside_a_transaction_and_says_what_to_use) {
  gilt::no_tx();
  EXPECT_DEATH(gilt::atomically([](tx&) { gilt::no_tx(); }), "t.on_commit");
}

// Written for any backend: gilt's token, and one that is no transaction at all.
template <class Tx>
struct pair_of {
  typename Tx::template variable<int> left{1}, right{2};
};
template <gilt::transaction Tx>
int swap_and_sum(Tx& t, pair_of<Tx>& p) {
  const int l = t(p.left);
  t[p.left] = t(p.right);
  t[p.right] = l;
  return t(p.left) * 10 + t(p.right);
}
struct bare {
  template <class T>
  struct variable {
    T value;
  };
  template <class T>
  T operator()(const variable<T>& x) const { return x.value; }
  template <class T>
  T& operator[](variable<T>& x) const { return x.value; }
  void check(bool) const {}
};

TEST(transaction_concept, code_runs_on_another_backend) {
  static_assert(gilt::transaction<tx>);
  static_assert(gilt::transaction<bare>);
  static_assert(!gilt::transaction<int>);
  pair_of<tx> p;
  EXPECT_EQ(gilt::atomically([&](tx& t) { return swap_and_sum(t, p); }), 21);
  pair_of<bare> q;
  bare none;
  EXPECT_EQ(swap_and_sum(none, q), 21);
}

}  // namespace
