// SPDX-License-Identifier: BSL-1.0
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <pthread.h>
#include <thread>

namespace {

using gilt::tx;

TEST(nesting, atomically_inside_a_body_joins_it) {
  gilt::var<int> x{0};
  EXPECT_THROW(gilt::atomically([&](tx&) {
                 gilt::atomically([&](tx& t) { t[x] = 1; });
                 // A commit of its own would be visible to others here.
                 int seen = -1;
                 std::thread([&] { seen = x.load_now(); }).join();
                 EXPECT_EQ(seen, 0);
                 EXPECT_EQ(gilt::atomically([&](tx& t) { return t(x); }), 1);
                 throw 1;
               }),
               int);
  EXPECT_EQ(x.load_now(), 0);
}

TEST(nesting, inner_values_survive_the_inner_part) {
  gilt::var<int> x{0};
  const int r = gilt::atomically([&](tx& t) {
    t[x] = 1;
    return t.nested([&](tx& u) {
      u[x] += 1;
      return u.nested([&](tx& w) {
        w[x] += 1;
        return w(x);
      });
    });
  });
  EXPECT_EQ(r, 3);
  EXPECT_EQ(x.load_now(), 3);
}

TEST(nesting, outer_rollback_covers_what_inner_parts_overwrote) {
  gilt::var<int> x{0}, y{0};
  gilt::atomically([&](tx& t) {
    t[x] = 1;
    try {
      t.nested([&](tx& u) {
        u[x] = 2;
        u[y] = 2;
        u.nested([&](tx& w) {
          w[x] = 3;
          w[y] = 3;
          w[x] = 4;
        });
        EXPECT_EQ(u(x), 4);
        u[x] = 5;
        throw 1;
      });
    } catch (int) {
    }
    EXPECT_EQ(t(x), 1);
    EXPECT_EQ(t(y), 0);
  });
  EXPECT_EQ(x.load_now(), 1);
}

// On a stack of 256 MiB, since sanitizers make frames large.
TEST(nesting, ten_thousand_deep) {
  struct job {
    gilt::var<int> x{0};
    static void* run(void* p) {
      auto& self = *static_cast<job*>(p);
      std::function<void(tx&, int)> dive = [&](tx& t, int depth) {
        t[self.x] += 1;
        if (depth > 1) t.nested([&](tx& u) { dive(u, depth - 1); });
      };
      gilt::atomically([&](tx& t) { dive(t, 10'000); });
      return nullptr;
    }
  } j;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, std::size_t{256} << 20);
  pthread_t thread;
  ASSERT_EQ(pthread_create(&thread, &attributes, &job::run, &j), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  EXPECT_EQ(j.x.load_now(), 10'000);
}

TEST(nesting, reads_of_an_undone_part_are_still_validated) {
  gilt::var<int> x{0}, y{0};
  int runs = 0;
  gilt::atomically([&](tx& t) {
    ++runs;
    try {
      t.nested([&](tx& u) {
        static_cast<void>(u(x));
        throw 1;
      });
    } catch (int) {
    }
    if (runs == 1) {
      std::thread([&] {
        gilt::atomically([&](tx& u) {
          u[x] = 1;
          u[y] = 1;
        });
      }).join();
    }
    t[y] += 1;
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(y.load_now(), 2);
}

}  // namespace
