// SPDX-License-Identifier: BSL-1.0
// The clock starts again: a domain of its own whose last version is near. tests/sim has the races.
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace {

struct short_lived : gilt::detail::basic_domain<gilt::detail::real_atomics> {};
using token = gilt::basic_tx<short_lived>;
template <class T>
using variable = gilt::var<T, short_lived>;

gilt::detail::shared<gilt::detail::real_atomics>& shared() {
  return gilt::detail::domain_shared<short_lived>;
}
std::uint64_t rollovers() { return shared().line.era.load(std::memory_order_seq_cst) / 2; }

class rollover : public ::testing::Test {
 protected:
  rollover() { shared().last_tick = 50; }
};

TEST_F(rollover, transactions_go_on_and_old_words_are_read) {
  const auto before = rollovers();
  variable<long> old{0}, x{0};
  variable<std::string> text{"one"};
  gilt::atomically<short_lived>([&](token& t) {
    t[old] = 7;
    t[text] = std::string("two");
  });
  for (int i = 0; i < 1000; ++i) gilt::atomically<short_lived>([&](token& t) { t[x] += 1; });
  EXPECT_GE(rollovers(), before + 10);
  EXPECT_LE(shared().line.clock.load(std::memory_order_seq_cst), 60u);
  gilt::atomically<short_lived>([&](token& t) {
    EXPECT_EQ(t(old), 7);
    EXPECT_EQ(t(text), "two");
    EXPECT_EQ(t(x), 1000);
  });
}

TEST_F(rollover, threads_sleepers_and_boxes_survive_it) {
  variable<std::string> text{std::string(100, 'a')};
  variable<long> sum{0}, stop{0};
  std::thread sleeper([&] {
    gilt::atomically<short_lived>([&](token& t) { t.check(t(stop) == 1); });
  });
  std::thread reader([&] {
    for (bool more = true; more;) {
      more = gilt::atomically<short_lived>([&](token& t) {
        const std::string& s = t(text);
        EXPECT_EQ(s.find_first_not_of(s[0]), std::string::npos);
        return t(stop) == 0;
      });
    }
  });
  std::vector<std::thread> adders;
  for (int n = 0; n < 3; ++n) {
    adders.emplace_back([&, n] {
      for (int i = 0; i < 2000; ++i) {
        gilt::atomically<short_lived>([&](token& t) {
          t[sum] += 1;
          t[text] = std::string(100, static_cast<char>('a' + n));
        });
      }
    });
  }
  for (auto& a : adders) a.join();
  stop.store_now(1);
  sleeper.join();
  reader.join();
  EXPECT_EQ(sum.load_now(), 6000);
  gilt::quiesce<short_lived>();
}

TEST_F(rollover, irrevocable_transactions_run_once) {
  variable<long> x{0};
  long effects = 0;
  for (int i = 0; i < 200; ++i) {
    gilt::atomically<short_lived>([&](token& t) {
      t[x] += 1;
      t.irrevocable();
      ++effects;
    });
  }
  EXPECT_EQ(effects, 200);
  EXPECT_EQ(x.load_now(), 200);
}

}  // namespace
