// SPDX-License-Identifier: BSL-1.0
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using gilt::tx;

TEST(or_else, what_the_left_branch_did_is_invisible_to_the_right) {
  gilt::var<int> x{1}, y{1};
  gilt::var<std::string> s{"old"};
  int hooks = 0;
  const int result = gilt::atomically([&](tx& t) {
    t[x] = 2;
    return t.or_else(
        [&](tx& u) -> int {
          u[x] = 3;
          u[x] = 4;
          u[y] = 3;
          u[s] = std::string("left");
          u.on_commit([&] { ++hooks; });
          u.retry();
        },
        [&](tx& u) {
          EXPECT_EQ(u(x), 2);
          EXPECT_EQ(u(y), 1);
          EXPECT_EQ(u(s), "old");
          return u(x) * 10;
        });
  });
  EXPECT_EQ(result, 20);
  EXPECT_EQ(x.load_now(), 2);
  EXPECT_EQ(y.load_now(), 1);
  EXPECT_EQ(s.load_now(), "old");
  EXPECT_EQ(hooks, 0);
}

TEST(or_else, first_branch_that_does_not_retry_wins) {
  gilt::var<int> x{0};
  const auto again = [&](tx& t) -> int {
    static_cast<void>(t(x));
    t.retry();
  };
  const int r = gilt::atomically([&](tx& t) {
    return t.or_else(again, again, [&](tx&) { return 3; }, [&](tx&) { return 4; });
  });
  EXPECT_EQ(r, 3);
}

TEST(or_else, both_retrying_wakes_on_what_either_has_read) {
  for (const bool left : {true, false}) {
    gilt::var<int> x{0}, y{0}, ready{0};
    std::thread waker([&] {
      gilt::atomically([&](tx& t) { t.check(t(ready) == 1); });
      (left ? x : y).store_now(1);
    });
    const int r = gilt::atomically([&](tx& t) {
      return t.or_else(
          [&](tx& u) {
            u.check(u(x) == 1);
            return 1;
          },
          [&](tx& u) {
            u.check(u(y) == 1);
            return 2;
          },
          [&](tx& u) -> int {
            // Waits only once the waker has been let go.
            if (u(ready) == 0) return 0;
            u.retry();
          });
    });
    if (r == 0) {
      ready.store_now(1);
      const int again = gilt::atomically([&](tx& t) {
        return t.or_else(
            [&](tx& u) {
              u.check(u(x) == 1);
              return 1;
            },
            [&](tx& u) {
              u.check(u(y) == 1);
              return 2;
            });
      });
      EXPECT_EQ(again, left ? 1 : 2);
    }
    waker.join();
  }
}

TEST(or_else, exception_leaves_it_and_undoes_the_branch) {
  gilt::var<int> x{0};
  int second = 0;
  gilt::atomically([&](tx& t) {
    EXPECT_THROW(t.or_else(
                     [&](tx& u) {
                       u[x] = 1;
                       throw std::runtime_error("left");
                     },
                     [&](tx&) { ++second; }),
                 std::runtime_error);
    EXPECT_EQ(t(x), 0);
  });
  EXPECT_EQ(second, 0);
}

TEST(or_else, chain_of_a_thousand) {
  gilt::var<int> x{0};
  std::function<int(tx&, int)> chain = [&](tx& t, int depth) -> int {
    if (depth == 0) return t(x) + 7;
    return t.or_else(
        [&](tx& u) -> int {
          u[x] = depth;
          u.retry();
        },
        [&](tx& u) { return chain(u, depth - 1); });
  };
  const int r = gilt::atomically([&](tx& t) { return chain(t, 1000); });
  EXPECT_EQ(r, 7);
  EXPECT_EQ(x.load_now(), 0);
}

TEST(or_else, many_writes_roll_back_beyond_the_scanned_part_of_the_write_set) {
  std::vector<std::unique_ptr<gilt::var<int>>> vars;
  for (int i = 0; i < 100; ++i) vars.push_back(std::make_unique<gilt::var<int>>(0));
  gilt::atomically([&](tx& t) {
    for (std::size_t i = 0; i < 10; ++i) t[*vars[i]] = 1;
    for (int round = 0; round < 3; ++round) {
      t.or_else(
          [&](tx& u) {
            for (auto& v : vars) u[*v] += 5;
            u.retry();
          },
          [&](tx& u) {
            for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(u(*vars[i]), i < 10 ? 1 + round : 0);
            for (std::size_t i = 0; i < 10; ++i) ++u[*vars[i]];
          });
    }
    for (std::size_t i = 10; i < 100; ++i) t[*vars[i]] = 9;
  });
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(vars[i]->load_now(), i < 10 ? 4 : 9);
}

TEST(or_else, after_irrevocable_is_an_error) {
  EXPECT_THROW(gilt::atomically([&](tx& t) {
                 t.irrevocable();
                 t.or_else([](tx&) {}, [](tx&) {});
               }),
               gilt::usage_error);
}

}  // namespace
