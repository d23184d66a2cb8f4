// SPDX-License-Identifier: BSL-1.0
// Rare paths shaken: every nth barrier or validation fails. Results must not change.
#include "two_attempts.hpp"

#include <gilt/gilt.hpp>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using gilt::tx;

struct forcing {
  explicit forcing(gilt::detail::word n) {
    gilt::detail::force_abort_every<gilt::default_domain>(n);
  }
  ~forcing() { gilt::detail::force_abort_every<gilt::default_domain>(0); }
};

TEST(forced_abort, every_nth_barrier_changes_no_result) {
  for (gilt::detail::word n = 1; n <= 20; ++n) {
    const forcing on(n);
    gilt::var<long> x{0}, y{100};
    gilt::var<std::string> s{""};
    int hooks = 0;
    for (int i = 0; i < 20; ++i) {
      gilt::atomically([&](tx& t) {
        t[x] += 1;
        t[y] -= 1;
        t[s] = t(s) + "x";
        try {
          t.nested([&](tx& u) {
            u[x] += 50;
            throw 1;
          });
        } catch (int) {
        }
        t.or_else(
            [&](tx& u) {
              u[y] += 50;
              u.retry();
            },
            [](tx&) {});
        t.on_commit([&] { ++hooks; });
      });
    }
    EXPECT_EQ(x.load_now(), 20) << "n = " << n;
    EXPECT_EQ(y.load_now(), 80) << "n = " << n;
    EXPECT_EQ(s.load_now(), std::string(20, 'x')) << "n = " << n;
    EXPECT_EQ(hooks, 20) << "n = " << n;
  }
  EXPECT_GT(gilt::stats().by_cause[static_cast<std::size_t>(gilt::abort_cause::forced)], 20u);
}

TEST(forced_abort, blocking_and_threads_work_under_it) {
  const forcing on(3);
  gilt::var<int> turn{0}, sum{0};
  const auto play = [&](int me) {
    for (int n = 0; n < 300; ++n) {
      gilt::atomically([&](tx& t) {
        t.check(t(turn) == me);
        t[turn] = 1 - me;
        t[sum] += 1;
      });
    }
  };
  std::thread other(play, 1);
  play(0);
  other.join();
  EXPECT_EQ(sum.load_now(), 600);
}

using forced_write_through = gilt_test::two_attempts<gilt::detail::real_atomics>;

TEST_F(forced_write_through, undoes_at_every_step) {
  using gilt::detail::word;
  for (word n = 1; n <= 20; ++n) {
    gilt::detail::force_abort_every(*domain, n);
    location places[4];
    int aborts = 0;
    for (word round = 1; round <= 10; ++round) {
      for (;;) {
        bool ok = true;
        a.begin();
        for (auto& p : places) {
          word v = 0;
          ok = ok && read(a, p, v) && write(a, p, v + 1);
          ok = ok && a.read_section(p.lock, [&] { v = now(p); }) && v == round;
        }
        if (ok && a.commit()) break;
        ASSERT_EQ(a.cause(), gilt::abort_cause::forced);
        a.rollback();
        ++aborts;
        for (auto& p : places) ASSERT_EQ(now(p), round - 1);
      }
    }
    EXPECT_GT(aborts, 0);
  }
}

TEST_F(forced_write_through, irrevocable_attempts_are_exempt) {
  gilt::detail::force_abort_every(*domain, 1);
  word v = 0;
  a.begin_serial();
  EXPECT_TRUE(read(a, x, v) && write(a, x, 1) && a.commit());
}

}  // namespace
