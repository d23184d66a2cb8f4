// SPDX-License-Identifier: BSL-1.0
#include "interp/object/attribute_cache.hpp"
#include "interp/object/class_cells.hpp"
#include "objects.hpp"

namespace gilt::interp {
namespace {

struct classes : objects {
  thread_state& u = add_thread(i);

  string_object* name(const char* s) { return intern(i, s); }
  std::string mro(type_object* c) {
    std::string s;
    for (const value v : items_of(c->mro)) s += (s.empty() ? "" : " ") + to_utf8(v.as<type_object>()->name);
    return s;
  }
  value get(value v, const char* s) { return getattr(t, v, name(s)); }
  value instance(type_object* c) { return construct(t, c, {nullptr, 0, 0, nullptr}); }
};

TEST_F(classes, the_order_of_a_diamond_is_c3) {
  type_object* a = make("A", {});
  type_object* b = make("B", {value::of(a)});
  type_object* c = make("C", {value::of(a)});
  type_object* d = make("D", {value::of(b), value::of(c)});
  EXPECT_EQ(mro(d), "D B C A object");
}

TEST_F(classes, orders_that_contradict_are_refused) {
  type_object* a = make("A", {});
  type_object* b = make("B", {value::of(a)});
  EXPECT_EQ(make("C", {value::of(a), value::of(b)}), nullptr);
  EXPECT_EQ(error(), "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases A, B");
}

TEST_F(classes, two_builtin_layouts_do_not_mix) {
  EXPECT_EQ(make("X", {value::of(i.types.list), value::of(i.types.dict)}), nullptr);
  EXPECT_EQ(error(), "TypeError: multiple bases have instance lay-out conflict");
  EXPECT_EQ(make("Y", {value::of(i.types.bool_)}), nullptr);
  EXPECT_EQ(error(), "TypeError: type 'bool' is not an acceptable base type");
}

TEST_F(classes, every_exception_has_its_base) {
  EXPECT_EQ(mro(i.errors.FileNotFoundError), "FileNotFoundError OSError Exception BaseException object");
  EXPECT_EQ(mro(i.types.unsupported_operation), "UnsupportedOperation OSError ValueError Exception BaseException object");
}

TEST_F(classes, instances_that_gain_attributes_alike_share_a_shape) {
  type_object* c = make("C", {});
  const value x = instance(c), y = instance(c);
  for (const char* s : {"a", "b", "c"}) {
    ASSERT_TRUE(setattr(t, x, name(s), num(1)));
    ASSERT_TRUE(setattr(t, y, name(s), num(2)));
    EXPECT_EQ(x.as_object()->shape_relaxed(), y.as_object()->shape_relaxed());
  }
  ASSERT_TRUE(delattr(t, x, name("b")));
  EXPECT_EQ(get(x, "c"), num(1));
  EXPECT_EQ(repr(get(x, "b")), "raised AttributeError: 'C' object has no attribute 'b'");
}

TEST_F(classes, many_attributes_move_out_of_the_object) {
  type_object* c = make("C", {});
  const value x = instance(c);
  for (int k = 0; k < 100; ++k) ASSERT_TRUE(setattr(t, x, name(("a" + std::to_string(k)).c_str()), num(k)));
  for (int k = 0; k < 100; ++k) EXPECT_EQ(get(x, ("a" + std::to_string(k)).c_str()), num(k));
  ASSERT_TRUE(delattr(t, x, name("a3")));
  for (int k = 4; k < 100; ++k) EXPECT_EQ(get(x, ("a" + std::to_string(k)).c_str()), num(k));
}

TEST_F(classes, a_dict_taken_from_an_object_stays_its_attributes) {
  const value x = instance(make("C", {}));
  ASSERT_TRUE(setattr(t, x, name("a"), num(1)));
  const value d = get(x, "__dict__");
  EXPECT_EQ(repr(d), "{'a': 1}");
  ASSERT_TRUE(setitem(t, d, str("b"), num(2)));
  EXPECT_EQ(get(x, "b"), num(2));
  ASSERT_TRUE(setattr(t, x, name("c"), num(3)));
  EXPECT_EQ(repr(d), "{'a': 1, 'b': 2, 'c': 3}");
}

TEST_F(classes, a_cached_slot_hits_until_the_shape_changes) {
  const value x = instance(make("C", {}));
  ASSERT_TRUE(setattr(t, x, name("a"), num(1)));
  std::uint64_t word = 0;
  EXPECT_EQ(getattr_caching(t, x, name("a"), word), num(1));
  ASSERT_NE(word, 0u);
  value v;
  bool hit = false;
  ASSERT_TRUE(load_cached_slot<plain_access>(t, x.as_object(), word, v, hit));
  EXPECT_TRUE(hit);
  EXPECT_EQ(v, num(1));
  ASSERT_TRUE(setattr(t, x, name("b"), num(2)));
  ASSERT_TRUE(load_cached_slot<plain_access>(t, x.as_object(), word, v, hit));
  EXPECT_FALSE(hit);
}

TEST_F(classes, a_cached_addition_gives_the_next_instance_the_same_shape) {
  type_object* c = make("C", {});
  const value x = instance(c), y = instance(c);
  std::uint64_t word = 0;
  ASSERT_TRUE(setattr_caching(t, x, name("a"), num(1), word));
  ASSERT_EQ(word & cache_add, cache_add);
  bool hit = false;
  ASSERT_TRUE(store_cached_slot<plain_access>(t, y.as_object(), word, num(5), hit));
  EXPECT_TRUE(hit);
  EXPECT_EQ(get(y, "a"), num(5));
  EXPECT_EQ(x.as_object()->shape_relaxed(), y.as_object()->shape_relaxed());
}

TEST_F(classes, a_class_attribute_that_appears_later_is_found_and_one_that_goes_is_missed) {
  type_object* a = make("A", {});
  type_object* b = make("B", {value::of(a)});
  const value x = instance(b);
  EXPECT_EQ(repr(get(x, "late")), "raised AttributeError: 'B' object has no attribute 'late'");
  ASSERT_TRUE(setattr(t, value::of(a), name("late"), num(1)));
  EXPECT_EQ(get(x, "late"), num(1));
  ASSERT_TRUE(setattr(t, value::of(b), name("late"), num(2)));
  EXPECT_EQ(get(x, "late"), num(2));
  ASSERT_TRUE(delattr(t, value::of(b), name("late")));
  EXPECT_EQ(get(x, "late"), num(1));
}

TEST_F(classes, an_attribute_added_in_an_aborted_slice_is_gone) {
  const value x = instance(make("C", {}));
  ASSERT_TRUE(setattr(t, x, name("a"), num(1)));
  begin(t);
  ASSERT_TRUE(setattr(t, x, name("a"), num(9)));
  for (int k = 0; k < 20; ++k) ASSERT_TRUE(setattr(t, x, name(("b" + std::to_string(k)).c_str()), num(k)));
  abort(t);
  EXPECT_EQ(get(x, "a"), num(1));
  EXPECT_EQ(repr(get(x, "b0")), "raised AttributeError: 'C' object has no attribute 'b0'");
  EXPECT_EQ(repr(get(x, "__dict__")), "{'a': 1}");
}

TEST_F(classes, a_reader_meets_a_half_made_attribute_as_a_conflict) {
  const value x = instance(make("C", {}));
  ASSERT_TRUE(setattr(t, x, name("a"), num(1)));
  begin(t);
  begin(u);
  ASSERT_TRUE(setattr(t, x, name("b"), num(2)));
  EXPECT_TRUE(getattr(u, x, name("a")).empty());
  EXPECT_EQ(u.why, signal::conflict);
  abort(u);
  EXPECT_TRUE(commit(t));
}

TEST_F(classes, slots_refuse_other_attributes) {
  const value names = make_dict(t);
  ASSERT_TRUE(dict_set(t, names.as<dict_object>(), value::of(i.names.__slots__), make_tuple(t, {str("a")})));
  const value x = instance(make("S", {}, names));
  ASSERT_TRUE(setattr(t, x, name("a"), num(1)));
  EXPECT_FALSE(setattr(t, x, name("b"), num(1)));
  EXPECT_EQ(error(), "AttributeError: 'S' object has no attribute 'b'");
}

TEST_F(classes, a_failed_lookup_is_remembered_per_class_not_per_name) {
  type_object* a = make("A", {});
  type_object* b = make("B", {});
  int index = 0;
  EXPECT_EQ(a->root->resolve(name("f"), index), nullptr);
  EXPECT_EQ(index, -1);
  ASSERT_TRUE(set_class_attribute(t, b, name("f"), num(1)));
  EXPECT_EQ(a->root->resolve(name("f"), index), nullptr);
  EXPECT_NE(b->root->resolve(name("f"), index), nullptr);
  EXPECT_EQ(b->root->resolved(static_cast<std::uint32_t>(index)), b->root->resolve(name("f")));
}

TEST_F(classes, exceptions_show_themselves_as_cpython_shows_them) {
  const value key = str("k");
  const value e = make_exception(t, i.errors.KeyError, &key, 1);
  std::string s;
  ASSERT_TRUE(append_str(t, e, s));
  EXPECT_EQ(s, "'k'");
  EXPECT_EQ(repr(e), "KeyError('k')");
  raise_os_error(t, 2, str("x.txt"));
  EXPECT_EQ(error(), "FileNotFoundError: [Errno 2] No such file or directory: 'x.txt'");
}

}  // namespace
}  // namespace gilt::interp
