// SPDX-License-Identifier: BSL-1.0
#include <gtest/gtest.h>

#include "interp/object/bytes.hpp"
#include "interp/object/format.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "support.hpp"

namespace gilt::interp::test {
namespace {

using constructor = value (*)(thread_state&, type_object*, const call_args&);

// Calls T(*positional, **{name: keyword}) and adds it to the comparison as Python would write it.
void add_call(comparison& c, const char* type, constructor make, type_object* cls,
              std::vector<value> arguments, const char* keyword = nullptr, value named = {}) {
  thread_state& t = runtime();
  std::string expression = std::string(type) + "(";
  for (const value v : arguments) expression += shown(v) + ",";
  const auto positional = static_cast<std::uint32_t>(arguments.size());
  value names;
  if (keyword) {
    expression += std::string(keyword) + "=" + shown(named);
    names = make_tuple(t, {value::of(intern(*t.interp, keyword))});
    arguments.push_back(named);
  }
  const call_args a{arguments.data(), positional, keyword ? 1u : 0u,
                    keyword ? names.as<tuple_object>() : nullptr};
  c.add(expression + ")", make(t, cls, a));
}

value slice(value start, value stop, value step) {
  thread_state& t = runtime();
  auto* s = t.alloc.make<slice_object>(t, t.interp->types.slice->root);
  s->start = start;
  s->stop = stop;
  s->step = step;
  return value::of(s);
}

TEST(constructors, of_int_as_cpython) {
  comparison c;
  thread_state& t = runtime();
  type_object* cls = t.interp->types.int_;
  const value big = int_from_digits(t, "123456789012345678901234567890");
  const value one = value::small_int(1);
  for (const value v : {value::small_int(-3), value::true_(), value::real(3.99), value::real(-1e30),
                        big, text("12"), text(" -0_1 "), text("1__0"), text("\xD9\xA1\xD9\xA2"),
                        text("0x10"), text(""), text("a"), text("1\xC2\xA0"), text("9\xC3\xA9"),
                        make_bytes(t, "77"), make_bytes(t, "7x"), value::none()}) {
    add_call(c, "int", &new_int, cls, {v});
    for (const int base : {0, 2, 10, 16, 36, 37, 1, -1}) {
      add_call(c, "int", &new_int, cls, {v, value::small_int(base)});
    }
    add_call(c, "int", &new_int, cls, {v}, "base", value::small_int(16));
  }
  add_call(c, "int", &new_int, cls, {});
  add_call(c, "int", &new_int, cls, {}, "base", one);
  add_call(c, "int", &new_int, cls, {one}, "x", one);
  add_call(c, "int", &new_int, cls, {one, one, one});
  add_call(c, "int", &new_int, cls, {text("1"), text("2")});
  c.check();
}

TEST(constructors, of_float_complex_and_bool_as_cpython) {
  comparison c;
  thread_state& t = runtime();
  const builtin_types& types = t.interp->types;
  const value huge = number_binary(t, opcode::POW, value::small_int(10), value::small_int(400));
  for (const value v : {value::small_int(-3), value::true_(), value::real(3.5), text("1.5e3"),
                        text("abc"), text(" inf "), text("\xD9\xA1.5"), text("1j"), text("1+2j"),
                        make_bytes(t, "2.5"), make_complex(t, 1, -2), value::none()}) {
    add_call(c, "float", &new_float, types.float_, {v});
    add_call(c, "complex", &new_complex, types.complex_, {v});
    add_call(c, "complex", &new_complex, types.complex_, {v, value::small_int(2)});
    add_call(c, "complex", &new_complex, types.complex_, {value::real(1.5), v});
    add_call(c, "bool", &new_bool, types.bool_, {v});
  }
  EXPECT_EQ(shown(new_float(t, types.float_, {const_cast<value*>(&huge), 1, 0, nullptr})),
            "OverflowError: int too large to convert to float");
  add_call(c, "float", &new_float, types.float_, {});
  add_call(c, "float", &new_float, types.float_, {value::true_(), value::true_()});
  add_call(c, "complex", &new_complex, types.complex_, {}, "imag", value::small_int(4));
  add_call(c, "complex", &new_complex, types.complex_, {}, "x", value::small_int(4));
  c.check();
}

TEST(constructors, of_str_and_bytes_as_cpython) {
  comparison c;
  thread_state& t = runtime();
  const builtin_types& types = t.interp->types;
  const value ascii = text("ascii"), strict = text("ignore");
  for (const value v :
       {value::small_int(3), text("abc\xC3\xA9"), make_bytes(t, "abc"), make_bytes(t, "\xC3\xA9"),
        make_bytearray(t, "xyz"), value::none(), value::small_int(-1), value::real(1.5),
        make_tuple(t, {value::small_int(65), value::small_int(255)}),
        make_tuple(t, {value::small_int(256)}), make_tuple(t, {text("a")})}) {
    for (int form = 0; form < 3; ++form) {
      std::vector<value> arguments{v};
      if (form > 0) arguments.push_back(ascii);
      if (form > 1) arguments.push_back(strict);
      add_call(c, "str", &new_str, types.str, arguments);
      add_call(c, "bytes", &new_bytes, types.bytes, arguments);
      add_call(c, "bytearray", &new_bytearray, types.bytearray, arguments);
    }
    add_call(c, "bytes", &new_bytes, types.bytes, {v}, "encoding", text("utf-8"));
  }
  add_call(c, "str", &new_str, types.str, {});
  add_call(c, "bytes", &new_bytes, types.bytes, {});
  c.check();
}

TEST(slices, of_str_bytes_and_bytearray_as_cpython) {
  generator g(41);
  comparison c;
  thread_state& t = runtime();
  const auto bound = [&]() -> value {
    if (g.below(4) == 0) return value::none();
    if (g.below(12) == 0)
      return int_from_digits(t, g.below(2) ? "-99999999999999999999" : "99999999999999999999");
    return value::small_int(static_cast<std::int64_t>(g.below(24)) - 12);
  };
  for (int round = 0; round < 2500; ++round) {
    const value key = slice(bound(), bound(), g.below(2) == 0 ? value::none() : bound());
    auto* k = key.as<slice_object>();
    const std::string index =
        "[slice(" + shown(k->start) + "," + shown(k->stop) + "," + shown(k->step) + ")]";
    const value s = text(g.word(9)), b = make_bytes(t, "abcdefghi"),
                array = make_bytearray(t, "abcdefghi");
    c.add(shown(s) + index, string_getitem(t, s.as<string_object>(), key));
    c.add(shown(b) + index, bytes_getitem(t, b, key));
    const std::string replacement = std::string("xyz123").substr(0, g.below(7));
    const value r = make_bytes(t, replacement);
    const bool set = bytearray_setitem(t, array.as<bytearray_object>(), key, r);
    c.add("put(bytearray(b'abcdefghi'),slice" + index.substr(6, index.size() - 7) + "," + shown(r) +
              ")",
          set ? array : value{});
    const value other = make_bytearray(t, "abcdefghi");
    const bool deleted = bytearray_setitem(t, other.as<bytearray_object>(), key, {});
    c.add("cut(bytearray(b'abcdefghi'),slice" + index.substr(6, index.size() - 7) + ")",
          deleted ? other : value{});
  }
  c.check("def put(a, k, v):\n  a[k] = v\n  return a\ndef cut(a, k):\n  del a[k]\n  return a\n");
}

}  // namespace
}  // namespace gilt::interp::test
