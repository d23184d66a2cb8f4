// SPDX-License-Identifier: BSL-1.0
#include <random>

#include "../object/objects.hpp"

namespace gilt::interp {
namespace {

struct heaps : objects {
  std::int64_t sum(value list) {
    std::int64_t total = 0;
    for (std::int64_t k = 0;; ++k) {
      value v;
      EXPECT_TRUE(list_get<any_access>(t, list.as<list_object>(), k, v));
      if (v.empty()) return total;
      total += v.as<tuple_object>()->items()[0].as_int();
    }
  }
  // Kept from a root the collector knows, so that tests do not depend on their own stack.
  value root(value v) {
    EXPECT_TRUE(dict_set(t, i.modules, str("root"), v));
    return v;
  }
};

TEST(size_classes, each_holds_its_sizes_and_wastes_little) {
  for (std::size_t n = 1; n <= heap::cell_limit; ++n) {
    const unsigned c = heap::class_of_size(n);
    ASSERT_GE(heap::size_of_class(c), n);
    ASSERT_LT(c, heap::classes);
    ASSERT_EQ(heap::size_of_class(c) % heap::cell_step, 0u);
    if (n > heap::small_limit) {
      ASSERT_LE(heap::size_of_class(c), n + n / 3);
    }
    if (n > 1 && c > 1) {
      ASSERT_LT(heap::size_of_class(c - 1), n);
    }
  }
}

TEST_F(heaps, fresh_objects_are_zero_and_apart) {
  std::mt19937 random(5);
  std::vector<std::pair<storage_object*, std::uint64_t>> all;
  for (int round = 0; round < 3; ++round) {
    all.clear();
    for (int k = 0; k < 5000; ++k) {
      const std::size_t n = random() % 40 == 0 ? random() % 3000 : random() % 30;
      storage_object* s = make_storage(t, n);
      for (std::size_t j = 0; j < n; ++j) ASSERT_EQ(s->items()[j].load(std::memory_order_relaxed), 0u);
      for (std::size_t j = 0; j < n; ++j) s->items()[j].store(value::small_int(k).bits, std::memory_order_relaxed);
      all.emplace_back(s, k);
    }
    for (const auto& [s, k] : all) {
      for (std::size_t j = 0; j < s->capacity; ++j) ASSERT_EQ(value{s->items()[j].load(std::memory_order_relaxed)}.as_int(), static_cast<std::int64_t>(k));
    }
    collect();
  }
}

TEST_F(heaps, what_is_reachable_survives_and_the_rest_is_used_again) {
  const value keep = root(make_list(t));
  for (std::int64_t k = 0; k < 20000; ++k) {
    const value pair = make_tuple(t, {num(k), str("text " + std::to_string(k))});
    if (k % 100 == 0) {
      ASSERT_TRUE(list_append<any_access>(t, keep.as<list_object>(), pair));
    }
  }
  const std::int64_t before = sum(keep);
  collect();
  const auto live = i.heap.numbers().live_bytes;
  EXPECT_EQ(sum(keep), before);
  std::size_t committed = 0;
  for (int round = 0; round < 20; ++round) {
    for (std::int64_t k = 0; k < 20000; ++k) make_tuple(t, {num(k), num(k + 1)});
    collect();
    if (round == 3) committed = i.heap.committed_bytes();
    EXPECT_EQ(sum(keep), before);
  }
  EXPECT_LE(i.heap.committed_bytes(), committed + heap::chunk_bytes);
  EXPECT_LE(i.heap.numbers().live_bytes, live + 100000);
}

TEST_F(heaps, a_random_graph_survives_a_hundred_collections) {
  std::mt19937 random(6);
  i.heap.set_cycle(1 << 16);
  constexpr int nodes = 300;
  const value table = root(make_list(t));
  const auto node = [&](std::int64_t id) {
    const value d = make_dict(t);
    EXPECT_TRUE(dict_set(t, d.as<dict_object>(), str("id"), num(id)));
    return d;
  };
  for (int k = 0; k < nodes; ++k) ASSERT_TRUE(list_append<any_access>(t, table.as<list_object>(), node(k)));
  const auto at = [&](std::size_t k) { return list_getitem(t, table.as<list_object>(), num(static_cast<std::int64_t>(k))); };
  for (int round = 0; round < 100; ++round) {
    for (int step = 0; step < 400; ++step) {
      const std::size_t a = random() % nodes, b = random() % nodes;
      switch (random() % 4) {
        case 0: ASSERT_TRUE(setitem(t, at(a), str("link" + std::to_string(random() % 8)), at(b))); break;
        case 1: {
          bool found = false;
          ASSERT_TRUE(set_add(t, root(make_set(t)).as<dict_object>(), num(1)));
          ASSERT_TRUE(dict_set(t, i.modules, str("root"), table));
          ASSERT_TRUE(dict_delete(t, at(a).as<dict_object>(), str("link1"), found));
          break;
        }
        case 2: {
          bool found = false;
          ASSERT_TRUE(list_set<any_access>(t, table.as<list_object>(), static_cast<std::int64_t>(a), node(static_cast<std::int64_t>(a)), found));
          break;
        }
        default: ASSERT_TRUE(setitem(t, at(a), num(static_cast<std::int64_t>(b)), make_tuple(t, {at(b), str("x")})));
      }
    }
    collect();
    for (std::size_t k = 0; k < nodes; ++k) {
      const value d = at(k);
      ASSERT_EQ(getitem(t, d, str("id")), num(static_cast<std::int64_t>(k)));
      std::int64_t position = 0;
      for (value key, item;;) {
        ASSERT_TRUE(dict_next(t, d.as<dict_object>(), position, key, item));
        if (key.empty()) break;
        if (is(item, kind::dict)) {
          ASSERT_TRUE(getitem(t, item, str("id")).is_int());
        }
        if (is(item, kind::tuple)) {
          ASSERT_TRUE(is(item.as<tuple_object>()->items()[0], kind::dict));
        }
      }
    }
  }
  EXPECT_EQ(i.heap.numbers().collections, 100u);
}

GILT_NOINLINE value hidden_on_stack(heaps& h, bool& alive) {
  volatile std::uint64_t kept = make_list(h.t).bits;       // nothing but this word refers to it
  list_append<any_access>(h.t, value{kept}.as<list_object>(), value::small_int(77));
  h.collect();
  for (int k = 0; k < 2000; ++k) make_list(h.t);           // would take the cell
  value v;
  alive = list_get<any_access>(h.t, value{kept}.as<list_object>(), 0, v) && v == value::small_int(77);
  return v;
}

TEST_F(heaps, an_object_only_a_native_frame_knows_survives) {
  bool alive = false;
  hidden_on_stack(*this, alive);
  EXPECT_TRUE(alive);
}

TEST_F(heaps, large_objects_come_and_go) {
  const value keep = root(make_list(t, std::size_t{200000}));
  ASSERT_TRUE(list_append<any_access>(t, keep.as<list_object>(), make_tuple(t, {num(5)})));
  collect();
  const std::size_t before = i.heap.committed_bytes();
  for (int k = 0; k < 50; ++k) {
    make_list(t, std::size_t{100000});
    if (k % 10 == 9) collect();
  }
  collect();
  EXPECT_LE(i.heap.committed_bytes(), before + (std::size_t{1} << 20) + 800000);
  EXPECT_EQ(sum(keep), 5);
}

TEST_F(heaps, memory_goes_back_to_the_system) {
  const value keep = root(make_list(t));
  for (std::int64_t k = 0; k < 400000; ++k) ASSERT_TRUE(list_append<any_access>(t, keep.as<list_object>(), make_tuple(t, {num(k)})));
  const std::size_t full = i.heap.committed_bytes();
  ASSERT_TRUE(list_replace(t, keep.as<list_object>(), nullptr, 0));
  collect();
  collect();
  EXPECT_LT(i.heap.committed_bytes(), full / 2 + (std::size_t{9} << 20));
}

// In a frame of its own, which a later collection does not look at.
GILT_NOINLINE bool fill_up(heaps& h, value keep) {
  for (int k = 0; k < 10000; ++k) {
    const value chunk = make_list(h.t, std::size_t{1} << 16);
    if (chunk.empty() || !list_append<any_access>(h.t, keep.as<list_object>(), chunk)) return true;
  }
  return false;
}

TEST_F(heaps, past_the_limit_is_a_memory_error_and_after_a_collection_there_is_room) {
  const value keep = root(make_list(t));
  ASSERT_TRUE(fill_up(*this, keep));
  EXPECT_EQ(error(), "MemoryError: ");
  EXPECT_TRUE(i.heap.wants_collection.load());
  ASSERT_TRUE(list_replace(t, keep.as<list_object>(), nullptr, 0));
  collect();
  EXPECT_FALSE(make_list(t, std::size_t{1} << 16).empty());
}

TEST_F(heaps, what_only_an_undo_log_knows_survives_until_the_rollback) {
  const value keep = root(make_list(t));
  ASSERT_TRUE(list_append<any_access>(t, keep.as<list_object>(), make_tuple(t, {num(41)})));
  begin(t);
  ASSERT_TRUE(list_replace(t, keep.as<list_object>(), nullptr, 0));    // the body is now only in the log
  for (int k = 0; k < 3; ++k) collect();
  t.born = gilt::detail::free_word(t.tx.read_version(), t.tx.slot() | 2048);
  for (int k = 0; k < 5000; ++k) make_tuple(t, {num(k)});
  abort(t);
  EXPECT_EQ(sum(keep), 41);
}

TEST_F(heaps, a_collection_is_asked_for_once_enough_was_allocated) {
  EXPECT_FALSE(i.heap.wants_collection.load());
  for (int k = 0; k < 200000; ++k) make_tuple(t, {num(k), num(k), num(k)});
  EXPECT_TRUE(i.heap.wants_collection.load());
  collect();
  EXPECT_FALSE(i.heap.wants_collection.load());
}

}  // namespace
}  // namespace gilt::interp
