// SPDX-License-Identifier: BSL-1.0
#include <map>
#include <random>

#include "objects.hpp"

namespace gilt::interp {
namespace {

struct dicts : objects {
  dict_object* make(std::int64_t n = 0) {
    const value d = make_dict(t);
    for (std::int64_t k = 0; k < n; ++k) EXPECT_TRUE(dict_set(t, d.as<dict_object>(), num(k), num(k * 10)));
    return d.as<dict_object>();
  }
  value at(thread_state& by, dict_object* d, value key) {
    value v;
    EXPECT_TRUE(dict_get(by, d, key, v));
    return v;
  }
};

// Random commands against std::map plus a vector for the order.
struct model {
  std::map<std::string, std::int64_t> items;
  std::vector<std::string> order;
};

template <class P>
void run_commands(objects& o, thread_state& t, dict_object* d, model& m, std::mt19937& random, int steps) {
  for (int step = 0; step < steps; ++step) {
    const std::string key = "key" + std::to_string(random() % 200);
    const value k = random() % 2 == 0 ? value::of(intern(o.i, key)) : make_string(t, key);
    switch (random() % 4) {
      case 0:
      case 1: {
        const auto v = static_cast<std::int64_t>(random() % 1000);
        ASSERT_TRUE(dict_set<P>(t, d, k, value::small_int(v)));
        if (!m.items.contains(key)) m.order.push_back(key);
        m.items[key] = v;
        break;
      }
      case 2: {
        bool found = false;
        ASSERT_TRUE(dict_delete<P>(t, d, k, found));
        ASSERT_EQ(found, m.items.erase(key) == 1);
        if (found) std::erase(m.order, key);
        break;
      }
      default: {
        value v;
        ASSERT_TRUE(dict_get<P>(t, d, k, v));
        const auto there = m.items.find(key);
        ASSERT_EQ(v, there == m.items.end() ? value{} : value::small_int(there->second));
      }
    }
  }
  std::vector<std::string> order;
  std::int64_t at = 0, n = 0;
  for (value key, item;;) {
    ASSERT_TRUE(dict_next<P>(t, d, at, key, item));
    if (key.empty()) break;
    order.push_back(to_utf8(key.as<string_object>()));
    ASSERT_EQ(item.as_int(), m.items[order.back()]);
  }
  ASSERT_EQ(order, m.order);
  ASSERT_TRUE(dict_length<P>(t, d, n));
  ASSERT_EQ(n, static_cast<std::int64_t>(m.order.size()));
}

TEST_F(dicts, random_commands_agree_with_a_map) {
  std::mt19937 random(1);
  model m;
  dict_object* d = make();
  run_commands<plain_access>(*this, t, d, m, random, 20000);
}

TEST_F(dicts, random_commands_agree_with_a_map_in_slices_and_aborted_ones_leave_no_trace) {
  std::mt19937 random(2);
  model m;
  dict_object* d = make();
  for (int slice = 0; slice < 300; ++slice) {
    const model before = m;
    begin(t);
    run_commands<stm_access>(*this, t, d, m, random, 50);
    if (HasFatalFailure()) return;
    if (random() % 3 == 0) {
      abort(t);
      m = before;
    } else {
      ASSERT_TRUE(commit(t));
    }
  }
  run_commands<plain_access>(*this, t, d, m, random, 1);
}

TEST_F(dicts, numbers_of_equal_value_are_one_key) {
  dict_object* d = make();
  ASSERT_TRUE(dict_set(t, d, num(1), str("int")));
  ASSERT_TRUE(dict_set(t, d, value::true_(), str("bool")));
  ASSERT_TRUE(dict_set(t, d, value::real(1.0), str("float")));
  EXPECT_EQ(repr(value::of(d)), "{1: 'float'}");
}

TEST_F(dicts, keys_that_collide_are_kept_apart) {
  dict_object* d = make();
  for (std::int64_t k = 0; k < 64; ++k) ASSERT_TRUE(dict_set(t, d, num(k << 20), num(k)));
  for (std::int64_t k = 0; k < 64; ++k) EXPECT_EQ(at(t, d, num(k << 20)), num(k));
  EXPECT_TRUE(at(t, d, num(1)).empty());
}

TEST_F(dicts, tuples_are_keys_by_value) {
  dict_object* d = make();
  ASSERT_TRUE(dict_set(t, d, make_tuple(t, {num(1), str("x")}), num(7)));
  EXPECT_EQ(at(t, d, make_tuple(t, {num(1), str("x")})), num(7));
  value v;
  EXPECT_FALSE(dict_get(t, d, make_list(t), v));
  EXPECT_EQ(error(), "TypeError: unhashable type: 'list'");
}

TEST_F(dicts, a_key_that_comes_back_stands_last) {
  dict_object* d = make(3);
  value gone;
  ASSERT_TRUE(dict_pop(t, d, num(0), gone));
  ASSERT_TRUE(dict_set(t, d, num(0), num(1)));
  EXPECT_EQ(repr(value::of(d)), "{1: 10, 2: 20, 0: 1}");
}

TEST_F(dicts, a_copy_is_of_one_moment_and_apart) {
  dict_object* d = make(100);
  const value copy = dict_copy(t, d);
  ASSERT_TRUE(dict_set(t, d, num(5), num(0)));
  EXPECT_EQ(at(t, copy.as<dict_object>(), num(5)), num(50));
  std::int64_t n = 0;
  ASSERT_TRUE(dict_length<any_access>(t, copy.as<dict_object>(), n));
  EXPECT_EQ(n, 100);
}

struct two_slices : dicts {
  thread_state& u = add_thread(i);
};

TEST_F(two_slices, a_reader_of_a_dict_that_is_being_changed_conflicts) {
  dict_object* d = make(10);
  begin(t);
  begin(u);
  ASSERT_TRUE(dict_set(t, d, num(3), num(1)));
  value v;
  EXPECT_FALSE(dict_get(u, d, num(4), v));
  EXPECT_EQ(u.why, signal::conflict);
  abort(u);
  EXPECT_TRUE(commit(t));
  EXPECT_EQ(at(u, d, num(3)), num(1));
}

TEST_F(two_slices, a_reader_whose_dict_changed_afterwards_cannot_write_elsewhere) {
  dict_object* d = make(10);
  dict_object* other = make(1);
  begin(t);
  begin(u);
  EXPECT_EQ(at(u, d, num(3)), num(30));
  ASSERT_TRUE(dict_set(t, d, num(3), num(1)));
  ASSERT_TRUE(commit(t));
  ASSERT_TRUE(dict_set(u, other, num(0), num(31)));
  EXPECT_FALSE(commit(u));
  EXPECT_EQ(at(t, other, num(0)), num(0));
}

TEST_F(two_slices, growth_that_aborts_gives_the_old_table_back) {
  dict_object* d = make(5);
  begin(t);
  for (std::int64_t k = 5; k < 500; ++k) ASSERT_TRUE(dict_set(t, d, num(k), num(k)));
  abort(t);
  EXPECT_EQ(repr(value::of(d)), "{0: 0, 1: 10, 2: 20, 3: 30, 4: 40}");
  ASSERT_TRUE(dict_set(t, d, num(7), num(70)));
  EXPECT_EQ(at(t, d, num(7)), num(70));
  EXPECT_TRUE(at(t, d, num(8)).empty());
}

TEST_F(two_slices, a_newborn_dict_needs_no_log) {
  begin(t);
  const value d = make_dict(t);
  for (std::int64_t k = 0; k < 100; ++k) ASSERT_TRUE(dict_set(t, d.as<dict_object>(), num(k), num(k)));
  EXPECT_EQ(t.tx.locks(), 0u);
  EXPECT_EQ(t.tx.writes(), 0u);
  ASSERT_TRUE(commit(t));
  EXPECT_EQ(at(u, d.as<dict_object>(), num(99)), num(99));
}

// ---- sets ----

TEST_F(dicts, a_set_of_ints_has_the_order_scripts_see_under_cpython) {
  const value s = make_set(t);
  for (const std::int64_t k : {100, 3, 1, 2, 33, 9, -1, 64, 8}) ASSERT_TRUE(set_add(t, s.as<dict_object>(), num(k)));
  EXPECT_EQ(repr(s), "{64, 1, 2, 3, 100, 33, 8, 9, -1}");          // CPython 3.11
}

TEST_F(two_slices, a_set_forgets_what_an_aborted_slice_did) {
  const value s = make_set(t);
  for (std::int64_t k = 0; k < 10; ++k) ASSERT_TRUE(set_add(t, s.as<dict_object>(), num(k)));
  const std::string before = repr(s);
  begin(t);
  bool found = false;
  for (std::int64_t k = 0; k < 1000; ++k) ASSERT_TRUE(set_add(t, s.as<dict_object>(), num(k)));
  ASSERT_TRUE(set_discard(t, s.as<dict_object>(), num(3), found));
  EXPECT_TRUE(found);
  abort(t);
  EXPECT_EQ(repr(s), before);
  ASSERT_TRUE(set_contains(t, s.as<dict_object>(), num(3), found));
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace gilt::interp
