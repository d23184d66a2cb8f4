// SPDX-License-Identifier: BSL-1.0
// Exceptions that leave a body: everything rolled back, thrown on once, never from a stale view.
#include "scripted_atomics.hpp"

#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

TEST(exception, rolls_back_and_leaves_once_with_its_payload) {
  gilt::var<int> x{1};
  gilt::var<std::string> s{"before"};
  int runs = 0;
  try {
    gilt::atomically([&](gilt::tx& t) {
      ++runs;
      t[x] = 2;
      t[s] = std::string("after");
      throw std::runtime_error("payload " + t(s));
    });
    FAIL() << "the exception did not leave";
  } catch (const std::runtime_error& e) {
    EXPECT_STREQ(e.what(), "payload after");
  }
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(x.load_now(), 1);
  EXPECT_EQ(s.load_now(), "before");
}

TEST(exception, from_a_stale_view_runs_again_instead_of_leaving) {
  gilt::var<int> x{0};
  int runs = 0;
  const int result = gilt::atomically([&](gilt::tx& t) {
    ++runs;
    const int seen = t(x);
    if (runs == 1) {
      // Another transaction object changes x: what this attempt has concluded is out of date.
      std::thread([&] { x.store_now(5); }).join();
    }
    if (seen != 5) throw std::logic_error("x is not 5");
    return seen;
  });
  EXPECT_EQ(result, 5);
  EXPECT_EQ(runs, 2);
}

TEST(exception, swallowed_abort_stays_doomed) {
  gilt::var<int> x{0}, y{0};
  int runs = 0, swallowed = 0;
  gilt::atomically([&](gilt::tx& t) {
    ++runs;
    static_cast<void>(t(x));
    if (runs == 1) {
      std::thread([&] { gilt::atomically([&](gilt::tx& u) {
        u[x] = 1;
        u[y] = 1;
      }); }).join();
    }
    try {
      t[y] = t(y) + 10;
    } catch (...) {
      ++swallowed;
    }
    if (runs == 1) {
      // Still doomed: the next access leaves again, and so it would at commit.
      EXPECT_ANY_THROW(static_cast<void>(t(x)));
    }
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(swallowed, 1);
  EXPECT_EQ(y.load_now(), 11);
}

TEST(exception, move_only_payload_and_nested_objects_survive) {
  gilt::var<int> x{0};
  struct payload {
    std::shared_ptr<int> value;
  };
  try {
    gilt::atomically([&](gilt::tx& t) {
      ++t[x];
      throw payload{std::make_shared<int>(42)};
    });
  } catch (const payload& p) {
    EXPECT_EQ(*p.value, 42);
    EXPECT_EQ(p.value.use_count(), 1);
  }
  EXPECT_EQ(x.load_now(), 0);
}

TEST(exception, nested_part_is_undone_alone) {
  gilt::var<int> x{0}, y{0};
  gilt::atomically([&](gilt::tx& t) {
    t[x] = 1;
    try {
      t.nested([&](gilt::tx& u) {
        u[x] = 2;
        u[y] = 2;
        throw 1;
      });
    } catch (int) {
    }
    EXPECT_EQ(t(x), 1);
    EXPECT_EQ(t(y), 0);
    t[y] = 3;
  });
  EXPECT_EQ(x.load_now(), 1);
  EXPECT_EQ(y.load_now(), 3);
}

TEST(exception, throwing_copy_into_a_variable_changes_nothing) {
  struct fragile {
    int value = 0;
    bool fails = false;
    fragile(int v, bool f) : value(v), fails(f) {}
    fragile(const fragile& o) : value(o.value), fails(o.fails) {
      if (fails) throw std::runtime_error("copy");
    }
    ~fragile() {}
  };
  gilt::var<fragile> x(fragile(1, false));
  const fragile bad(2, true);
  EXPECT_THROW(gilt::atomically([&](gilt::tx& t) { t[x] = bad; }), std::runtime_error);
  EXPECT_EQ(gilt::atomically([&](gilt::tx& t) { return t(x).value; }), 1);
}

// Every allocation of a transaction fails once, the nth for all n: bad_alloc leaves, nothing is
// changed, locked or lost, and the same transaction then succeeds.
TEST(exception, bad_alloc_at_every_log_growth_rolls_back) {
  using namespace gilt_test;
  std::vector<std::unique_ptr<scripted_var<long>>> vars;
  for (int i = 0; i < 400; ++i) vars.push_back(std::make_unique<scripted_var<long>>(0L));
  int failures = 0;
  for (long n = 0;; ++n) {
    bool failed = false;
    // A thread of its own: with empty logs.
    std::thread([&] {
      scripted_atomics::now().allocations_left = n;
      try {
        gilt::atomically<scripted_domain>([&](scripted_tx& t) {
          for (auto& v : vars) t[*v] += 1;
          t.nested([&](scripted_tx& u) {
            for (auto& v : vars) ++u[*v];
          });
        });
      } catch (const std::bad_alloc&) {
        failed = true;
      }
      scripted_atomics::now().allocations_left = -1;
    }).join();
    if (!failed) break;
    ++failures;
    for (auto& v : vars) ASSERT_EQ(v->load_now(), 0) << "allocation " << n;
  }
  EXPECT_GT(failures, 8);
  for (auto& v : vars) EXPECT_EQ(v->load_now(), 2);
}

}  // namespace
