// SPDX-License-Identifier: BSL-1.0
#include <random>

#include "interp/object/list_methods.hpp"
#include "objects.hpp"

namespace gilt::interp {
namespace {

struct lists : objects {
  thread_state& u = add_thread(i);

  list_object* make(std::int64_t n) {
    const value l = make_list(t);
    for (std::int64_t k = 0; k < n; ++k) EXPECT_TRUE(list_append<any_access>(t, l.as<list_object>(), num(k)));
    return l.as<list_object>();
  }
  value slice(value a, value b, value c) {
    auto* s = t.alloc.make<slice_object>(t, i.types.slice->root);
    s->start = a;
    s->stop = b;
    s->step = c;
    return value::of(s);
  }
};

TEST_F(lists, random_commands_agree_with_a_vector) {
  std::mt19937 random(3);
  list_object* l = make(0);
  std::vector<std::int64_t> m;
  for (int step = 0; step < 20000; ++step) {
    const auto x = static_cast<std::int64_t>(random() % 1000);
    const std::int64_t at = m.empty() ? 0 : static_cast<std::int64_t>(random() % m.size());
    switch (random() % 6) {
      case 0:
      case 1:
        ASSERT_TRUE(list_append<any_access>(t, l, num(x)));
        m.push_back(x);
        break;
      case 2:
        ASSERT_TRUE(list_insert(t, l, at, num(x)));
        m.insert(m.begin() + at, x);
        break;
      case 3:
        if (m.empty()) break;
        ASSERT_EQ(list_pop(t, l, at), num(m[static_cast<std::size_t>(at)]));
        m.erase(m.begin() + at);
        break;
      case 4: {
        bool found = false;
        ASSERT_TRUE(list_set<any_access>(t, l, at, num(x), found));
        ASSERT_EQ(found, !m.empty());
        if (found) m[static_cast<std::size_t>(at)] = x;
        break;
      }
      default: {
        const value s = slice(num(at), num(at + 3), num(1));
        if (m.size() > 60) {
          ASSERT_TRUE(list_delitem(t, l, s));
          const auto end = std::min<std::size_t>(static_cast<std::size_t>(at) + 3, m.size());
          m.erase(m.begin() + at, m.begin() + static_cast<std::ptrdiff_t>(end));
        }
      }
    }
  }
  for (std::size_t k = 0; k < m.size(); ++k) ASSERT_EQ(list_getitem(t, l, num(static_cast<std::int64_t>(k))), num(m[k]));
  EXPECT_EQ(repr(list_getitem(t, l, num(static_cast<std::int64_t>(m.size())))), "raised IndexError: list index out of range");
}

TEST_F(lists, slices_read_assign_and_delete) {
  list_object* l = make(10);
  EXPECT_EQ(repr(list_getitem(t, l, slice(value::none(), value::none(), num(-3)))), "[9, 6, 3, 0]");
  ASSERT_TRUE(list_setitem(t, l, slice(num(2), num(5), value::none()), make_tuple(t, {str("x")})));
  EXPECT_EQ(repr(value::of(l)), "[0, 1, 'x', 5, 6, 7, 8, 9]");
  ASSERT_TRUE(list_delitem(t, l, slice(value::none(), value::none(), num(2))));
  EXPECT_EQ(repr(value::of(l)), "[1, 5, 7, 9]");
  EXPECT_FALSE(list_setitem(t, l, slice(value::none(), value::none(), num(2)), make_tuple(t, {num(1)})));
  EXPECT_EQ(error(), "ValueError: attempt to assign sequence of size 1 to extended slice of size 2");
}

TEST_F(lists, sorting_is_stable_and_orders_mixed_numbers) {
  std::mt19937 random(4);
  const value l = make_list(t);
  std::vector<std::pair<std::int64_t, std::int64_t>> m;
  for (std::int64_t k = 0; k < 3000; ++k) {
    const auto x = static_cast<std::int64_t>(random() % 100);
    m.emplace_back(x, k);
    ASSERT_TRUE(list_append<any_access>(t, l.as<list_object>(), make_tuple(t, {x % 2 ? value::real(static_cast<double>(x)) : num(x), num(k)})));
  }
  std::stable_sort(m.begin(), m.end());
  value args[] = {l};
  ASSERT_FALSE(list_sort(t, {args, 1, 0, nullptr}).empty());
  for (std::size_t k = 0; k < m.size(); ++k) {
    const value pair = list_getitem(t, l.as<list_object>(), num(static_cast<std::int64_t>(k)));
    ASSERT_EQ(pair.as<tuple_object>()->items()[1], num(m[k].second));
  }
}

TEST_F(lists, sorting_what_has_no_order_keeps_every_item) {
  const value l = make_list(t);
  for (const value v : {num(3), str("a"), num(1)}) ASSERT_TRUE(list_append<any_access>(t, l.as<list_object>(), v));
  value args[] = {l};
  EXPECT_TRUE(list_sort(t, {args, 1, 0, nullptr}).empty());
  EXPECT_EQ(error(), "TypeError: '<' not supported between instances of 'str' and 'int'");
  EXPECT_EQ(repr(l), "[3, 'a', 1]");
}

TEST_F(lists, a_list_that_holds_itself_has_a_repr) {
  list_object* l = make(1);
  ASSERT_TRUE(list_append<any_access>(t, l, value::of(l)));
  EXPECT_EQ(repr(value::of(l)), "[0, [...]]");
}

TEST_F(lists, too_deep_a_list_is_a_recursion_error) {
  value l = make_list(t);
  for (int k = 0; k < 5000; ++k) l = make_list(t, &l, 1);
  EXPECT_EQ(repr(l), "raised RecursionError: maximum recursion depth exceeded while getting the repr of an object");
  EXPECT_EQ(t.nesting, 0u);
}

TEST_F(lists, two_appending_slices_conflict_and_one_item_each_arrives) {
  list_object* l = make(3);
  begin(t);
  begin(u);
  ASSERT_TRUE(list_append<any_access>(t, l, num(100)));
  EXPECT_FALSE(list_append<any_access>(u, l, num(200)));
  abort(u);
  ASSERT_TRUE(commit(t));
  begin(u);
  ASSERT_TRUE(list_append<any_access>(u, l, num(200)));
  ASSERT_TRUE(commit(u));
  EXPECT_EQ(repr(value::of(l)), "[0, 1, 2, 100, 200]");
}

TEST_F(lists, an_aborted_sort_and_clear_leave_the_list_as_it_was) {
  list_object* l = make(0);
  for (const std::int64_t k : {5, 2, 9}) ASSERT_TRUE(list_append<any_access>(t, l, num(k)));
  begin(t);
  value args[] = {value::of(l)};
  ASSERT_FALSE(list_sort(t, {args, 1, 0, nullptr}).empty());
  EXPECT_EQ(repr(value::of(l)), "[2, 5, 9]");
  ASSERT_TRUE(list_replace(t, l, nullptr, 0));
  abort(t);
  EXPECT_EQ(repr(value::of(l)), "[5, 2, 9]");
}

TEST_F(lists, an_iterator_steps_back_with_its_slice) {
  list_object* l = make(5);
  const value it = get_iter(t, value::of(l));
  value v;
  ASSERT_TRUE(iter_next(t, it, v));
  begin(t);
  ASSERT_TRUE(iter_next(t, it, v));
  ASSERT_TRUE(iter_next(t, it, v));
  EXPECT_EQ(v, num(2));
  abort(t);
  ASSERT_TRUE(iter_next(t, it, v));
  EXPECT_EQ(v, num(1));
}

}  // namespace
}  // namespace gilt::interp
