// SPDX-License-Identifier: BSL-1.0
// The containers an attempt is made of: log, write set, slots.
#include <gilt/detail/atomics_real.hpp>
#include <gilt/detail/log.hpp>
#include <gilt/detail/shared.hpp>
#include <gilt/detail/write_set.hpp>
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace {

using gilt::detail::real_atomics;
using gilt::detail::word;

TEST(log, grows_without_limit_and_gives_memory_back) {
  gilt::detail::log<word, real_atomics> l;
  for (word i = 0; i < 100'000; ++i) ASSERT_TRUE(l.push(i));
  for (word i = 0; i < 100'000; ++i) ASSERT_EQ(l[i], i);
  const std::size_t large = l.capacity();
  l.clear();
  EXPECT_EQ(l.capacity(), large);            // it may be wanted again at once
  for (unsigned i = 0; i < l.patience; ++i) {
    ASSERT_TRUE(l.push(1));
    l.clear();
  }
  EXPECT_EQ(l.capacity(), 0u);
  EXPECT_TRUE(l.push(3));
}

// Random insertions, look-ups, truncations and clears against std::map.
TEST(write_set, agrees_with_a_map) {
  using set = gilt::detail::write_set<real_atomics>;
  gilt::detail::orec<real_atomics> lock;
  std::vector<gilt::detail::word_cell<real_atomics>> cells(600);
  std::mt19937_64 random(20261123);
  set s;
  for (int round = 0; round < 300; ++round) {
    std::map<const void*, word> model;
    std::vector<gilt::detail::word_cell<real_atomics>*> order;
    const std::size_t range = round % 3 == 0 ? 12 : round % 3 == 1 ? 40 : 600;
    for (int n = 0; n < 400; ++n) {
      auto* const c = &cells[random() % range];
      if (random() % 40 == 0) {
        const std::size_t keep = random() % (order.size() + 1);
        s.truncate(keep);
        while (order.size() > keep) {
          model.erase(order.back());
          order.pop_back();
        }
      }
      auto* const e = s.find(c);
      const auto m = model.find(c);
      ASSERT_EQ(e != nullptr, m != model.end());
      if (e != nullptr) {
        ASSERT_EQ(e->value, m->second);
      } else if (random() % 2 == 0) {
        const word v = random();
        ASSERT_TRUE(s.insert({c, &lock, v, 0}));
        model[c] = v;
        order.push_back(c);
      }
    }
    ASSERT_EQ(s.size(), model.size());
    s.clear();
    ASSERT_TRUE(s.empty());
    ASSERT_EQ(s.find(&cells[0]), nullptr);
  }
}

TEST(slots, are_distinct_and_leave_the_birth_bit_free) {
  auto table = std::make_unique<gilt::detail::slot_table<real_atomics>>();
  std::set<word> taken;
  for (word i = 1; i < gilt::detail::slot_limit; ++i) {
    const word slot = table->take();
    ASSERT_TRUE(taken.insert(slot).second);
    ASSERT_GE(slot, 1u);
    ASSERT_LT(slot, gilt::detail::slot_limit);
  }
  table->give(77);
  EXPECT_EQ(table->take(), 77u);
}

// More transaction objects than slots, all alive: the last hundreds share what circulates.
TEST(slots, any_number_of_transaction_objects_gets_a_turn) {
  using engine = gilt::detail::transaction<real_atomics>;
  auto domain = std::make_unique<gilt::detail::shared<real_atomics>>();
  std::vector<std::unique_ptr<engine>> all;
  for (int i = 0; i < 3000; ++i) {
    all.push_back(std::make_unique<engine>(*domain));
    all.back()->begin();
    ASSERT_TRUE(all.back()->commit());
    ASSERT_LE(all.back()->slot(), gilt::detail::sticky_slots);
  }
}

TEST(slots, thousands_of_short_threads) {
  gilt::var<long> n{0};
  for (int i = 0; i < 150; ++i) {
    std::vector<std::thread> some;
    for (int k = 0; k < 16; ++k) {
      some.emplace_back([&] { gilt::atomically([&](gilt::tx& t) { ++t[n]; }); });
    }
    for (auto& t : some) t.join();
  }
  EXPECT_EQ(n.load_now(), 2400);
}

}  // namespace
