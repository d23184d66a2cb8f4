// SPDX-License-Identifier: BSL-1.0
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "interp/object/big_int.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/string.hpp"
#include "support.hpp"

namespace gilt::interp::test {
namespace {

value integer(const std::string& digits) {
  return int_from_digits(runtime(), digits);
}

struct op_text {
  opcode op;
  const char* text;
};

std::string expression(const std::string& a, const char* op, const std::string& b) {
  return "(" + a + ")" + op + "(" + b + ")";
}

TEST(int_arithmetic, agrees_with_cpython_on_random_operands) {
  generator g(1);
  comparison c;
  thread_state& t = runtime();
  const op_text ops[] = {{opcode::ADD, "+"},       {opcode::SUB, "-"},   {opcode::MUL, "*"},
                         {opcode::FLOORDIV, "//"}, {opcode::MOD, "%"},   {opcode::TRUEDIV, "/"},
                         {opcode::BITAND, "&"},    {opcode::BITOR, "|"}, {opcode::BITXOR, "^"}};
  for (int round = 0; round < 700; ++round) {
    const std::string a = g.digits(1 + g.below(7)), b = g.digits(1 + g.below(5));
    const value x = integer(a), y = integer(b);
    for (const op_text& o : ops) c.add(expression(a, o.text, b), number_binary(t, o.op, x, y));
    c.add("divmod(" + a + "," + b + ")", number_divmod(t, x, y));
  }
  c.check();
}

TEST(int_arithmetic, results_at_the_tag_boundary_are_normalised) {
  thread_state& t = runtime();
  const value top = value::small_int(value::int_max), one = value::small_int(1);
  const value past = number_binary(t, opcode::ADD, top, one);
  EXPECT_FALSE(past.is_int());
  EXPECT_EQ(number_binary(t, opcode::SUB, past, one), top);
  const value bottom = value::small_int(value::int_min);
  const value below = number_binary(t, opcode::SUB, bottom, one);
  EXPECT_FALSE(below.is_int());
  EXPECT_EQ(number_binary(t, opcode::ADD, below, one), bottom);
}

TEST(int_arithmetic, multiplies_and_divides_thousands_of_digits) {
  generator g(2);
  comparison c;
  thread_state& t = runtime();
  for (int round = 0; round < 12; ++round) {
    const std::string a = g.digits(180), b = g.digits(90);
    c.add("(" + a + ")*(" + b + ") % (10**40+7)",
          number_binary(t, opcode::MOD, number_binary(t, opcode::MUL, integer(a), integer(b)),
                        integer("10000000000000000000000000000000000000007")));
    if (b != "0")
      c.add(expression(a, "//", b), number_binary(t, opcode::FLOORDIV, integer(a), integer(b)));
  }
  c.check();
}

TEST(int_arithmetic, shifts_powers_and_unary_operators) {
  generator g(3);
  comparison c;
  thread_state& t = runtime();
  for (int round = 0; round < 400; ++round) {
    const std::string a = g.digits(1 + g.below(4));
    const value x = integer(a);
    const std::string n = std::to_string(static_cast<int>(g.below(210)) - 5);
    c.add(expression(a, "<<", n), number_binary(t, opcode::LSHIFT, x, integer(n)));
    c.add(expression(a, ">>", n), number_binary(t, opcode::RSHIFT, x, integer(n)));
    c.add("-(" + a + ")", number_unary(t, opcode::NEG, x));
    c.add("~(" + a + ")", number_unary(t, opcode::INVERT, x));
    c.add("abs(" + a + ")", number_abs(t, x));
    c.add("(" + a + ").bit_length()", run(int_methods(), "bit_length", {x}));
    c.add("(" + a + ").bit_count()", run(int_methods(), "bit_count", {x}));
    const std::string e = std::to_string(static_cast<int>(g.below(24)) - 3);
    if (a != "0" || e[0] != '-')
      c.add(expression(a, "**", e), number_binary(t, opcode::POW, x, integer(e)));
    const std::string m = g.digits(3), k = g.digits(2);
    c.add("pow(" + a + "," + k + "," + m + ")", number_pow_mod(t, x, integer(k), integer(m)));
    c.add("round(" + a + "," + e + ")", number_round(t, x, integer(e)));
    if (a[0] != '-') c.add("math.isqrt(" + a + ")", big_isqrt(t, x));
  }
  c.check("import math");
}

TEST(int_arithmetic, a_power_too_large_is_refused_at_once) {
  thread_state& t = runtime();
  EXPECT_EQ(shown(number_binary(t, opcode::POW, integer("10"), integer("100000000"))).substr(0, 11),
            "MemoryError");
  EXPECT_EQ(shown(number_binary(t, opcode::POW, integer("3"), integer("100000000000000000000000")))
                .substr(0, 11),
            "MemoryError");
  EXPECT_EQ(
      shown(number_binary(t, opcode::LSHIFT, integer("1"), integer("1000000000000"))).substr(0, 11),
      "MemoryError");
  EXPECT_EQ(
      shown(number_binary(t, opcode::POW, integer("-1"), integer("100000000000000000000001"))),
      "-1");
}

TEST(int_comparison, is_exact_against_ints_and_floats) {
  generator g(4);
  comparison c;
  thread_state& t = runtime();
  const op_text ops[] = {{opcode::LT, "<"},  {opcode::LE, "<="}, {opcode::GT, ">"},
                         {opcode::GE, ">="}, {opcode::EQ, "=="}, {opcode::NE, "!="}};
  for (int round = 0; round < 400; ++round) {
    const std::string a = g.digits(3), b = g.below(4) == 0 ? a : g.digits(3);
    // A float near the int, so that the last bits decide.
    double d = std::strtod(a.c_str(), nullptr);
    if (g.below(2) == 0) d = std::nextafter(d, g.below(2) ? 1e300 : -1e300);
    if (g.below(3) == 0) d = g.real();
    for (const op_text& o : ops) {
      c.add(expression(a, o.text, b), number_compare(t, o.op, integer(a), integer(b)));
      c.add(expression(a, o.text, float_repr(d)),
            number_compare(t, o.op, integer(a), value::real(d)));
      c.add(expression(float_repr(d), o.text, a),
            number_compare(t, o.op, value::real(d), integer(a)));
    }
  }
  c.check();
}

TEST(number_hash, equals_cpythons_for_ints_and_floats) {
  generator g(5);
  comparison c;
  for (int round = 0; round < 600; ++round) {
    const std::string a = g.digits(4);
    const double d = g.real();
    c.add("hash(" + a + ")", std::to_string(static_cast<std::int64_t>(hash_number(integer(a)))));
    c.add("hash(" + float_repr(d) + ")",
          std::to_string(static_cast<std::int64_t>(hash_number(value::real(d)))));
  }
  for (const char* x :
       {"-1", "-2", "2305843009213693951", "-2305843009213693951", "2305843009213693952"}) {
    c.add(std::string("hash(") + x + ")",
          std::to_string(static_cast<std::int64_t>(hash_number(integer(x)))));
  }
  c.check();
}

TEST(int_text, reads_and_writes_every_base) {
  generator g(6);
  comparison c;
  thread_state& t = runtime();
  constexpr char symbols[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  for (int round = 0; round < 500; ++round) {
    const std::string a = g.digits(6);
    const int base = 2 + static_cast<int>(g.below(35));
    std::string digits;
    ASSERT_TRUE(int_to_string(t, integer(a), base, digits));
    EXPECT_EQ(shown(parse_int(t, digits, base)), a) << digits << " base " << base;
    std::string random;
    for (std::size_t n = g.below(40); n > 0; --n)
      random += symbols[g.below(static_cast<std::size_t>(base))];
    if (g.below(4) == 0) random.insert(g.below(random.size() + 1), g.below(2) ? "_" : " ");
    if (g.below(5) == 0) random = "0x" + random;
    c.add("int('" + random + "'," + std::to_string(base) + ")", parse_int(t, random, base));
    c.add("int('" + random + "',0)", parse_int(t, random, 0));
    c.add("hex(" + a + ")[2:]", int_to_string(t, number_abs(t, integer(a)), 16, digits)
                                    ? "'" + (a[0] == '-' ? "x" + digits : digits) + "'"
                                    : "");
  }
  c.check();
}

TEST(int_text, more_digits_than_the_limit_are_refused) {
  thread_state& t = runtime();
  std::string out;
  const value big = number_binary(t, opcode::POW, integer("10"), integer("5000"));
  EXPECT_FALSE(int_to_string(t, big, 10, out));
  EXPECT_EQ(shown({}),
            "ValueError: Exceeds the limit (4300 digits) for integer string conversion; use "
            "sys.set_int_max_str_digits() to increase the limit");
  EXPECT_EQ(shown(parse_int(t, std::string(5000, '1'), 10)),
            "ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has "
            "5000 digits; use "
            "sys.set_int_max_str_digits() to increase the limit");
  const value edge = number_binary(t, opcode::POW, integer("10"), integer("4299"));
  EXPECT_TRUE(int_to_string(t, edge, 10, out));
  EXPECT_EQ(out.size(), 4300u);
}

TEST(int_bytes, go_there_and_back) {
  generator g(7);
  comparison c;
  for (int round = 0; round < 300; ++round) {
    const std::string a = g.digits(3);
    const std::size_t n = g.below(26);
    for (const char* order : {"little", "big"}) {
      c.add("(" + a + ").to_bytes(" + std::to_string(n) + ",'" + order + "')",
            run(int_methods(), "to_bytes",
                {integer(a), value::small_int(static_cast<std::int64_t>(n)), text(order)}));
    }
    std::string raw(n, '\0');
    for (char& b : raw) b = static_cast<char>(g.below(3) == 0 ? 0xFF : g.below(256));
    for (const bool little : {false, true}) {
      for (const bool is_signed : {false, true}) {
        const value v = int_from_bytes(runtime(), reinterpret_cast<const std::uint8_t*>(raw.data()),
                                       n, little, is_signed);
        std::string list;
        for (const char b : raw) list += std::to_string(static_cast<unsigned char>(b)) + ",";
        c.add("int.from_bytes([" + list + "],'" + (little ? "little" : "big") +
                  "',signed=" + (is_signed ? "True" : "False") + ")",
              v);
        std::string back(n + 1, '\0');
        big::integer x;
        ASSERT_TRUE(big::from_bytes(reinterpret_cast<const std::uint8_t*>(raw.data()), n, little,
                                    is_signed, x));
        ASSERT_TRUE(
            big::to_bytes(x, n, little, is_signed, reinterpret_cast<std::uint8_t*>(back.data())));
        EXPECT_EQ(back.substr(0, n), raw);
      }
    }
  }
  c.check();
}

TEST(float_text, shortest_repr_reads_back_and_equals_cpythons) {
  generator g(8);
  comparison c;
  for (int round = 0; round < 4000; ++round) {
    const double d = g.real();
    std::uint64_t bits = 0;
    std::memcpy(&bits, &d, 8);
    char hex[40];
    std::snprintf(hex, sizeof hex, "%llu", static_cast<unsigned long long>(bits));
    c.add(std::string("struct.unpack('d',struct.pack('Q',") + hex + "))[0]", value::real(d));
    double back = 0;
    ASSERT_TRUE(parse_float(runtime(), float_repr(d), back));
    EXPECT_EQ(back, d);
  }
  c.check("import struct");
}

TEST(float_text, parses_as_cpython) {
  generator g(9);
  comparison c;
  thread_state& t = runtime();
  const std::vector<std::string> pieces = {"1",   "0",   "9",        "12345678901234567890",
                                           ".",   "e",   "E-",       "e+",
                                           "_",   "-",   "+",        " ",
                                           "inf", "nan", "5e-324",   "1e308",
                                           "00",  "400", "infinity", "2.4703282292062327e-324",
                                           "x"};
  for (int round = 0; round < 3000; ++round) {
    std::string s;
    for (std::size_t n = 1 + g.below(5); n > 0; --n) s += g.pick(pieces);
    double d = 0;
    c.add("float('" + s + "')", parse_float(t, s, d) ? value::real(d) : value{});
  }
  for (const char* s :
       {"2.47032822920623272e-324", "2.4703282292062328e-324", "1.7976931348623159e308",
        "1.7976931348623158e308", "1e400", "-1e400", "1e-400", "0e99999999999999999999",
        "9007199254740993", "0.1e-99999999999999999999", "Infinity", "-NAN", ".5", "5.", "."}) {
    double d = 0;
    c.add(std::string("float('") + s + "')", parse_float(t, s, d) ? value::real(d) : value{});
  }
  c.check();
}

TEST(float_arithmetic, agrees_with_cpython) {
  generator g(10);
  comparison c;
  thread_state& t = runtime();
  const op_text ops[] = {{opcode::ADD, "+"},     {opcode::SUB, "-"},       {opcode::MUL, "*"},
                         {opcode::TRUEDIV, "/"}, {opcode::FLOORDIV, "//"}, {opcode::MOD, "%"},
                         {opcode::POW, "**"}};
  for (int round = 0; round < 800; ++round) {
    const double a = g.real();
    double b = g.real();
    if (g.below(4) == 0)
      b = static_cast<double>(static_cast<int>(g.below(21)) - 10) / (g.below(2) ? 1 : 2);
    const std::string x = float_repr(a), y = float_repr(b);
    for (const op_text& o : ops)
      c.add(expression(x, o.text, y), number_binary(t, o.op, value::real(a), value::real(b)));
    c.add("divmod(" + x + "," + y + ")", number_divmod(t, value::real(a), value::real(b)));
    const std::string n = std::to_string(static_cast<int>(g.below(40)) - 20);
    c.add("round(" + x + "," + n + ")", number_round(t, value::real(a), integer(n)));
    c.add("round(" + x + ")", number_round(t, value::real(a), {}));
    c.add("(" + x + ").hex()", run(float_methods(), "hex", {value::real(a)}));
    c.add("float.fromhex('" + float_hex(a) + "')",
          run(float_class_methods(), "fromhex",
              {value::of(t.interp->types.float_), text(float_hex(a))}));
    c.add("(" + x + ").as_integer_ratio()",
          run(float_methods(), "as_integer_ratio", {value::real(a)}));
    c.add("(" + x + ").is_integer()", run(float_methods(), "is_integer", {value::real(a)}));
    c.add("int(" + x + ")", int_from_double(t, a));
  }
  for (const double edge : {0.0, -0.0, HUGE_VAL, -HUGE_VAL, 0.5, 1.5, 2.5, 1e16, 1e22, 5e-324}) {
    for (const double other : {0.0, -0.0, HUGE_VAL, -1.0, 2.0, -0.5}) {
      const auto text_of = [](double d) { return "float('" + float_repr(d) + "')"; };
      for (const op_text& o : ops) {
        c.add(expression(text_of(edge), o.text, text_of(other)),
              number_binary(t, o.op, value::real(edge), value::real(other)));
      }
    }
  }
  c.check();
}

TEST(float_text, fromhex_accepts_and_rounds_as_cpython) {
  generator g(11);
  comparison c;
  thread_state& t = runtime();
  const std::vector<std::string> pieces = {"0x", "1",  "f",   "8",    ".",      "p",
                                           "p-", "p+", "3",   "1074", "1023",   "fffffffffffff8",
                                           "-",  " ",  "inf", "nan",  "p-1075", "p1024"};
  for (int round = 0; round < 1500; ++round) {
    std::string s;
    for (std::size_t n = 1 + g.below(5); n > 0; --n) s += g.pick(pieces);
    c.add("float.fromhex('" + s + "')",
          run(float_class_methods(), "fromhex", {value::of(t.interp->types.float_), text(s)}));
  }
  c.check();
}

TEST(complex_arithmetic, agrees_with_cpython) {
  generator g(12);
  comparison c;
  thread_state& t = runtime();
  const op_text ops[] = {
      {opcode::ADD, "+"}, {opcode::SUB, "-"}, {opcode::MUL, "*"}, {opcode::TRUEDIV, "/"}};
  const auto small = [&] {
    return static_cast<double>(static_cast<int>(g.below(41)) - 20) / (g.below(2) ? 1 : 4);
  };
  for (int round = 0; round < 300; ++round) {
    const double r = small(), i = small(), s = small(), j = small();
    const value a = make_complex(t, r, i), b = make_complex(t, s, j);
    const std::string x = "complex(" + float_repr(r) + "," + float_repr(i) + ")",
                      y = "complex(" + float_repr(s) + "," + float_repr(j) + ")";
    for (const op_text& o : ops) c.add(x + o.text + y, number_binary(t, o.op, a, b));
    c.add(x + "==" + float_repr(r), number_compare(t, opcode::EQ, a, value::real(r)));
    c.add("abs(" + x + ")", number_abs(t, a));
    c.add("hash(" + x + ")", std::to_string(static_cast<std::int64_t>(hash_number(a))));
    c.add(x + "**3", number_binary(t, opcode::POW, a, value::small_int(3)));
  }
  const std::vector<std::string> pieces = {"1", "2.5", "j",   "J",   "+",   "-", "(",
                                           ")", " ",   "inf", "nan", "1e3", "_"};
  for (int round = 0; round < 1500; ++round) {
    std::string s;
    for (std::size_t n = 1 + g.below(5); n > 0; --n) s += g.pick(pieces);
    if (s.find('_') == std::string::npos) c.add("complex('" + s + "')", parse_complex(t, s));
  }
  c.check();
}

}  // namespace
}  // namespace gilt::interp::test
