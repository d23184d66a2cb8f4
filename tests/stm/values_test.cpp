// SPDX-License-Identifier: BSL-1.0
// Single variables: own writes are read back, values are never torn, types of every size.
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using gilt::tx;

TEST(values, own_write_is_read_back_and_a_read_may_be_followed_by_a_write) {
  gilt::var<int> x{1};
  gilt::atomically([&](tx& t) {
    t[x] = 2;
    EXPECT_EQ(t(x), 2);
    EXPECT_EQ(t(x), 2);
    t[x] += 3;
    EXPECT_EQ(++t[x], 6);
    EXPECT_EQ(t[x]++, 6);
    EXPECT_EQ(t(x), 7);
    t[x] <<= 1;
    t[x] -= 4;
  });
  EXPECT_EQ(x.load_now(), 10);
}

TEST(values, one_variable_assigned_from_another) {
  gilt::var<int> x{1}, y{2};
  gilt::var<std::string> s{"s"}, u{"u"};
  gilt::atomically([&](tx& t) {
    t[x] = t[y];
    t[s] = t(u);
    t.modify(u, [](std::string& v) { v += "!"; });
  });
  EXPECT_EQ(x.load_now(), 2);
  EXPECT_EQ(s.load_now(), "u");
  EXPECT_EQ(u.load_now(), "u!");
}

TEST(values, small_types_live_in_the_word) {
  struct pair {
    std::int16_t a;
    std::int32_t b;
  };
  static_assert(sizeof(gilt::var<bool>) == 16 && sizeof(gilt::var<pair>) == 16);
  gilt::var<bool> flag{false};
  gilt::var<double> real{0.5};
  gilt::var<float> single{0.25f};
  gilt::var<pair> both{pair{-1, 7}};
  gilt::var<const char*> text{"a"};
  gilt::atomically([&](tx& t) {
    t[flag] = !t(flag);
    t[real] *= 3;
    t[single] /= 2.0f;
    t[both] = pair{static_cast<std::int16_t>(t(both).a - 1), 8};
    t[text] = "b";
  });
  EXPECT_TRUE(flag.load_now());
  EXPECT_EQ(real.load_now(), 1.5);
  EXPECT_EQ(single.load_now(), 0.125f);
  EXPECT_EQ(both.load_now().a, -2);
  EXPECT_EQ(both.load_now().b, 8);
  EXPECT_STREQ(text.load_now(), "b");
}

TEST(values, type_without_default_constructor) {
  struct id {
    explicit id(int v) : value(v) {}
    int value;
  };
  gilt::var<id> x{id(3)};
  x.update_now([](id v) { return id(v.value + 1); });
  EXPECT_EQ(x.load_now().value, 4);
}

TEST(values, two_fields_under_one_lock) {
  struct point : gilt::record {
    gilt::field<long> x{1}, y{2};
    gilt::field<std::string> name{"p"};
  };
  point p;
  gilt::atomically([&](tx& t) {
    t.at(p, &point::x) += 10;
    t.at(p, &point::y) = t(p, &point::x);
    t.at(p, &point::name) = t(p, &point::name) + "!";
  });
  gilt::atomically([&](tx& t) {
    EXPECT_EQ(t(p, &point::x), 11);
    EXPECT_EQ(t(p, &point::y), 11);
    EXPECT_EQ(t(p, &point::name), "p!");
  });
}

TEST(values, are_never_torn) {
  struct halves {
    std::uint32_t low, high;
  };
  gilt::var<halves> small{halves{0, 0}};
  gilt::var<std::array<long, 8>> large{std::array<long, 8>{}};
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      for (std::uint32_t n = 1; n < 4000; ++n) {
        small.store_now(halves{n, ~n});
        std::array<long, 8> all;
        all.fill(n);
        large.store_now(all);
      }
    });
  }
  small.store_now(halves{0, ~0u});
  for (int n = 0; n < 4000; ++n) {
    const halves h = small.load_now();
    ASSERT_EQ(h.low, ~h.high);
    const auto all = large.load_now();
    for (const long v : all) ASSERT_EQ(v, all[0]);
  }
  for (auto& t : threads) t.join();
}

TEST(values, result_of_the_body_is_returned) {
  gilt::var<std::string> s{"abc"};
  const std::string copy = gilt::atomically([&](tx& t) { return t(s); });
  EXPECT_EQ(copy, "abc");
  auto owner = gilt::atomically([&](tx& t) { return std::make_unique<std::size_t>(t(s).size()); });
  EXPECT_EQ(*owner, 3u);
}

TEST(values, read_only_body_sees_one_snapshot) {
  std::vector<std::unique_ptr<gilt::var<long>>> vars;
  for (int i = 0; i < 32; ++i) vars.push_back(std::make_unique<gilt::var<long>>(0L));
  std::thread writer([&] {
    for (int n = 0; n < 3000; ++n) {
      gilt::atomically([&](tx& t) {
        t[*vars[static_cast<std::size_t>(n % 32)]] += 1;
        t[*vars[static_cast<std::size_t>((n * 7 + 1) % 32)]] -= 1;
      });
    }
  });
  for (int n = 0; n < 1000; ++n) {
    const long sum = gilt::atomically([&](tx& t) {
      long s = 0;
      for (auto& v : vars) s += t(*v);
      return s;
    });
    ASSERT_EQ(sum, 0);
  }
  writer.join();
}

// Two readers that each see one of two independent writes first would disagree on their order.
TEST(values, readers_agree_on_the_order_of_independent_writes) {
  for (int round = 0; round < 200; ++round) {
    gilt::var<int> x{0}, y{0};
    int r1 = 0, r2 = 0;
    std::thread w1([&] { x.store_now(1); }), w2([&] { y.store_now(1); });
    std::thread reader([&] { r1 = gilt::atomically([&](tx& t) { return t(x) * 2 + t(y); }); });
    r2 = gilt::atomically([&](tx& t) { return t(y) + t(x) * 2; });
    w1.join();
    w2.join();
    reader.join();
    ASSERT_FALSE((r1 == 1 && r2 == 2) || (r1 == 2 && r2 == 1));
  }
}

}  // namespace
