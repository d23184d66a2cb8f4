// SPDX-License-Identifier: BSL-1.0
#include <gtest/gtest.h>

#include "interp/object/format.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "support.hpp"

namespace gilt::interp::test {
namespace {

value integer(const std::string& digits) {
  return int_from_digits(runtime(), digits);
}

std::string literal(const std::string& s) {
  return string_repr(text(s).as<string_object>());
}

value formatted(value v, const std::string& spec) {
  return format_builtin(runtime(), v, text(spec).as<string_object>());
}

// A spec of plausible parts, now and then one too many or in the wrong place.
std::string random_spec(generator& g, const std::vector<std::string>& types) {
  const auto maybe = [&](std::size_t one_in, const std::vector<std::string>& from) {
    return g.below(one_in) == 0 ? g.pick(from) : std::string();
  };
  std::string s = maybe(3, {"<", ">", "=", "^", "*<", "x>", "0^", "\xC3\xA9=", "0=", ">0"});
  s += maybe(3, {"+", "-", " "}) + maybe(8, {"z"}) + maybe(5, {"#"}) + maybe(4, {"0"}) +
       maybe(2, {"1", "3", "8", "12", "25"});
  s += maybe(4, {",", "_", ",,", "_,"}) + maybe(3, {".0", ".1", ".3", ".10", ".", ".30"}) +
       maybe(2, types);
  return s;
}

TEST(format_spec, of_ints_as_cpython) {
  generator g(21);
  comparison c;
  for (int round = 0; round < 4000; ++round) {
    const std::string a = g.digits(2),
                      spec = random_spec(g, {"b", "c", "d", "n", "o", "x", "X", "s", "%", "dd"});
    const value v = g.below(10) == 0 ? value::true_() : integer(a);
    c.add("format(" + (v.is_bool() ? "True" : a) + "," + literal(spec) + ")", formatted(v, spec));
  }
  c.check();
}

TEST(format_spec, of_floats_as_cpython) {
  generator g(22);
  comparison c;
  for (int round = 0; round < 6000; ++round) {
    double d = g.real();
    if (g.below(20) == 0) d = g.below(2) ? 1.0 / 0.0 : -0.0;
    const std::string spec = random_spec(g, {"e", "E", "f", "F", "g", "G", "n", "%", "d"});
    c.add("format(float('" + float_repr(d) + "')," + literal(spec) + ")",
          formatted(value::real(d), spec));
  }
  for (int round = 0; round < 500; ++round) {
    const std::string a = g.digits(3), spec = random_spec(g, {"e", "f", "g", "%"});
    c.add("format(" + a + "," + literal(spec) + ")", formatted(integer(a), spec));
  }
  c.check();
}

TEST(format_spec, of_complex_as_cpython) {
  generator g(23);
  comparison c;
  for (int round = 0; round < 1000; ++round) {
    const double re = static_cast<double>(g.below(9)) / 4 - 1,
                 im = static_cast<double>(g.below(9)) / 4 - 1;
    const std::string spec = random_spec(g, {"e", "f", "g", "n"});
    c.add("format(complex(" + float_repr(re) + "," + float_repr(im) + ")," + literal(spec) + ")",
          formatted(make_complex(runtime(), re, im), spec));
  }
  c.check();
}

TEST(format_spec, of_str_as_cpython) {
  generator g(24);
  comparison c;
  for (int round = 0; round < 2000; ++round) {
    const std::string s = g.word(9), spec = random_spec(g, {"s", "d", "ss", "\xE4\xB8\x80"});
    c.add("format(" + literal(s) + "," + literal(spec) + ")", formatted(text(s), spec));
  }
  c.check();
}

TEST(string_repr, as_cpython) {
  generator g(25);
  comparison c;
  for (int round = 0; round < 2000; ++round) {
    const std::string s = g.word(12);
    std::string points;
    const string_object* o = text(s).as<string_object>();
    for (std::size_t i = 0; i < o->length; ++i) points += std::to_string(code_point(o, i)) + ",";
    c.add("''.join(map(chr,[" + points + "]))", value::of(o));
    c.add("ascii(''.join(map(chr,[" + points + "])))",
          str_ascii(runtime(), const_cast<string_object*>(o)));
  }
  c.add("'\\ud800x\\udfff'", text("\xED\xA0\x80x\xED\xBF\xBF"));
  c.check();
}

TEST(percent_format, as_cpython) {
  generator g(26);
  comparison c;
  thread_state& t = runtime();
  const std::vector<std::string> flags = {"", "-", "+", " ", "#", "0", "-0", "+#0"};
  const std::vector<std::string> sizes = {"", "1", "5", "12", "5.2", ".0", ".7", "*", "12.5", ".*"};
  const std::vector<std::string> types = {"d", "i", "u", "o", "x", "X", "e", "E", "f", "F",
                                          "g", "G", "c", "r", "s", "a", "%", "y", "ld"};
  const auto one = [&] { return "%" + g.pick(flags) + g.pick(sizes) + g.pick(types); };
  for (int round = 0; round < 5000; ++round) {
    std::string format = "a" + one();
    if (g.below(3) == 0) format += one() + "b";
    std::vector<value> arguments;
    std::string shown_arguments;
    for (std::size_t n = g.below(4); n > 0; --n) {
      switch (g.below(4)) {
        case 0:
          arguments.push_back(format.find('*') == std::string::npos ? integer(g.digits(2))
                                                                    : value::small_int(9));
          break;
        case 1:
          arguments.push_back(
              value::real(static_cast<double>(static_cast<int>(g.below(20001)) - 10000) / 16));
          break;
        case 2:
          arguments.push_back(text(g.word(3)));
          break;
        default:
          arguments.push_back(value::small_int(static_cast<std::int64_t>(g.below(70)) - 3));
      }
      shown_arguments += shown(arguments.back()) + ",";
    }
    const value tuple = make_tuple(t, arguments.data(), arguments.size());
    c.add(literal(format) + "%(" + shown_arguments + ")",
          percent_format(t, text(format).as<string_object>(), tuple));
  }
  for (const char* f : {"%(a)s", "%(a)", "%(", "%", "%5", "%s %s", "%%", "x", "%.*f", "%q"}) {
    c.add(std::string("'") + f + "'%5",
          percent_format(t, text(f).as<string_object>(), value::small_int(5)));
  }
  c.check();
}

TEST(str_format, fields_conversions_nesting_and_errors_as_cpython) {
  generator g(27);
  comparison c;
  thread_state& t = runtime();
  const std::vector<std::string> pieces = {
      "{}",       "{0}",   "{1}",      "{2}",  "{",      "}",       "{{",       "}}",
      "text",     "{!r}",  "{0!s:>8}", "{:5}", "{:{}}",  "{0:{1}}", "{1[0]}",   "{1[x]}",
      "{0.}",     "{0[}",  "{!z}",     "{:",   "{0!",    "{1[0]x}", "{:{:{}}}", "\xC3\xA9",
      "{!r:^12}", "{[0]}", "{a}",      "{ }",  "{1[-1]}"};
  for (int round = 0; round < 5000; ++round) {
    std::string format;
    for (std::size_t n = 1 + g.below(4); n > 0; --n) format += g.pick(pieces);
    const value first = value::small_int(static_cast<std::int64_t>(g.below(100))),
                second = text("7");
    value v[3] = {text(format), first, second};
    c.add(literal(format) + ".format(" + shown(first) + "," + shown(second) + ")",
          str_format(t, call_args{v, 3, 0, nullptr}));
  }
  c.check();
}

}  // namespace
}  // namespace gilt::interp::test
