// SPDX-License-Identifier: BSL-1.0
#include <gtest/gtest.h>

#include "interp/object/bytes.hpp"
#include "interp/object/tuple.hpp"
#include "support.hpp"

namespace gilt::interp::test {
namespace {

// A slice of a thread, by hand: barriers on, an attempt running.
class slice {
 public:
  explicit slice(thread_state& t) : t_(t) {
    t.barriers = true;
    t.born = gilt::detail::free_word(1, 4095);
    t.tx.begin();
  }
  ~slice() {
    t_.barriers = false;
    t_.born = 0;
    t_.why = signal::none;
  }
  bool commit() { return t_.tx.commit(); }
  void rollback() { t_.tx.rollback(); }

 private:
  thread_state& t_;
};

value call_on(thread_state& t, const char* name, value self, std::int64_t argument) {
  value v[2] = {self, value::small_int(argument)};
  for (const native_definition& d : bytearray_methods()) {
    if (std::string_view(d.name) == name) return d.call(t, call_args{v, 2, 0, nullptr});
  }
  return {};
}

std::string content_of(value array) {
  std::string out;
  EXPECT_EQ(bytes_of(runtime(), array, out), bytes_status::done);
  return out;
}

TEST(bytes_methods, as_cpython) {
  generator g(34);
  comparison c;
  thread_state& t = runtime();
  const auto word = [&](std::size_t most) {
    static const std::vector<std::string> bytes = {"a",  "b",  "A",  "B",    "1", " ",
                                                   "\t", "\n", "\r", "\xFF", "-", "_"};
    std::string s;
    const std::size_t kinds = g.below(2) ? 3 : bytes.size();
    for (std::size_t n = g.below(most + 1); n > 0; --n) s += bytes[g.below(kinds)];
    return s;
  };
  for (int round = 0; round < 900; ++round) {
    const bool array = g.below(3) == 0;
    const std::string raw = word(9);
    const value b = array ? make_bytearray(t, raw) : make_bytes(t, raw), x = make_bytes(t, word(2)),
                y = make_bytes(t, word(2));
    const std::string b_ = shown(b), x_ = shown(x), y_ = shown(y);
    const method_table table = array ? bytearray_methods() : bytes_methods();
    for (const char* name : {"capitalize", "isalnum",    "isalpha", "isascii", "isdigit", "islower",
                             "isspace",    "istitle",    "isupper", "lower",   "upper",   "title",
                             "swapcase",   "strip",      "lstrip",  "rstrip",  "split",   "rsplit",
                             "splitlines", "expandtabs", "hex",     "decode",  "__len__"}) {
      c.add(b_ + "." + name + "()", run(table, name, {b}));
    }
    for (const char* name :
         {"find",      "rfind",      "index",        "rindex",       "count",        "startswith",
          "endswith",  "strip",      "lstrip",       "rstrip",       "split",        "rsplit",
          "partition", "rpartition", "removeprefix", "removesuffix", "__contains__", "__add__",
          "__eq__",    "__lt__",     "__ge__"}) {
      c.add(b_ + "." + name + "(" + x_ + ")", run(table, name, {b, x}));
    }
    const std::int64_t n = static_cast<std::int64_t>(g.below(14)) - 4;
    const std::string n_ = std::to_string(n);
    c.add(b_ + ".replace(" + x_ + "," + y_ + "," + n_ + ")",
          run(table, "replace", {b, x, y, value::small_int(n)}));
    c.add(b_ + ".split(" + x_ + "," + n_ + ")", run(table, "split", {b, x, value::small_int(n)}));
    c.add(b_ + ".rsplit(None," + n_ + ")",
          run(table, "rsplit", {b, value::none(), value::small_int(n)}));
    c.add(b_ + ".find(" + x_ + "," + n_ + ")", run(table, "find", {b, x, value::small_int(n)}));
    c.add(b_ + ".center(" + n_ + "," + x_ + ")", run(table, "center", {b, value::small_int(n), x}));
    c.add(b_ + ".zfill(" + n_ + ")", run(table, "zfill", {b, value::small_int(n)}));
    c.add(b_ + "[" + n_ + "]", bytes_getitem(t, b, value::small_int(n)));
    c.add(b_ + "*" + n_, bytes_binary(t, opcode::MUL, b, value::small_int(n)));
    c.add(b_ + ".join((" + x_ + "," + y_ + "))", run(table, "join", {b, make_tuple(t, {x, y})}));
    c.add(b_ + ".hex(':'," + n_ + ")", run(table, "hex", {b, text(":"), value::small_int(n)}));
  }
  for (const char* s : {"ab cd", "a b", "abc", "zz", "", " 00\\tff", "0"}) {
    c.add(std::string("bytes.fromhex('") + s + "')",
          run(bytes_class_methods(), "fromhex",
              {value::of(t.interp->types.bytes),
               text(std::string(s) == " 00\\tff" ? " 00\tff" : s)}));
  }
  c.check();
}

TEST(bytearray, an_aborted_change_is_undone_and_nobody_saw_it) {
  thread_state &writer = runtime(), &reader = another_thread();
  const value array = make_bytearray(writer, "0123456789abcdef");
  {
    slice w(writer), r(reader);
    ASSERT_TRUE(bytearray_setitem(writer, array.as<bytearray_object>(), value::small_int(3),
                                  value::small_int('X')));
    for (int i = 0; i < 40; ++i) ASSERT_FALSE(call_on(writer, "append", array, 'y').empty());
    EXPECT_EQ(bytes_getitem(writer, array, value::small_int(3)), value::small_int('X'));
    EXPECT_EQ(bytes_getitem(writer, array, value::small_int(-1)), value::small_int('y'));
    EXPECT_TRUE(bytes_getitem(reader, array, value::small_int(3)).empty());
    EXPECT_EQ(reader.why, signal::conflict);
    r.rollback();
    w.rollback();
  }
  EXPECT_EQ(content_of(array), "0123456789abcdef");
}

TEST(bytearray, a_committed_change_dooms_the_slice_that_read_before_it) {
  thread_state &writer = runtime(), &reader = another_thread();
  const value array = make_bytearray(writer, "abc");
  {
    slice r(reader);
    EXPECT_EQ(bytes_getitem(reader, array, value::small_int(0)), value::small_int('a'));
    {
      slice w(writer);
      ASSERT_FALSE(call_on(writer, "append", array, 'd').empty());
      EXPECT_TRUE(w.commit());
    }
    EXPECT_TRUE(call_on(reader, "append", array, 'z').empty() || !r.commit());
    r.rollback();
  }
  EXPECT_EQ(content_of(array), "abcd");
}

TEST(bytearray, changes_follow_a_plain_string) {
  generator g(35);
  thread_state& t = runtime();
  const value b = make_bytearray(t, "");
  std::string model;
  for (int round = 0; round < 4000; ++round) {
    const std::int64_t x = static_cast<std::int64_t>(g.below(256));
    const auto n = static_cast<std::int64_t>(model.size());
    switch (g.below(6)) {
      case 0:
      case 1:
        ASSERT_FALSE(run(bytearray_methods(), "append", {b, value::small_int(x)}).empty());
        model += static_cast<char>(x);
        break;
      case 2:
        if (n == 0) break;
        EXPECT_EQ(run(bytearray_methods(), "pop", {b}),
                  value::small_int(static_cast<unsigned char>(model.back())));
        model.pop_back();
        break;
      case 3: {
        const std::int64_t i = static_cast<std::int64_t>(g.below(static_cast<std::size_t>(n) + 1));
        ASSERT_FALSE(
            run(bytearray_methods(), "insert", {b, value::small_int(i), value::small_int(x)})
                .empty());
        model.insert(static_cast<std::size_t>(i), 1, static_cast<char>(x));
        break;
      }
      case 4: {
        if (n == 0) break;
        const std::int64_t i = static_cast<std::int64_t>(g.below(static_cast<std::size_t>(n)));
        ASSERT_TRUE(bytearray_setitem(t, b.as<bytearray_object>(), value::small_int(i - n),
                                      value::small_int(x)));
        model[static_cast<std::size_t>(i)] = static_cast<char>(x);
        break;
      }
      default: {
        if (n < 40) break;
        const std::int64_t i = static_cast<std::int64_t>(g.below(static_cast<std::size_t>(n)));
        ASSERT_TRUE(bytearray_setitem(t, b.as<bytearray_object>(), value::small_int(i), {}));
        model.erase(static_cast<std::size_t>(i), 1);
      }
    }
    std::string content;
    ASSERT_EQ(bytes_of(t, b, content), bytes_status::done);
    ASSERT_EQ(content, model);
  }
}

}  // namespace
}  // namespace gilt::interp::test
