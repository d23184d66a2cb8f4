// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp::test {

thread_state& runtime() {
  static interpreter* const i = new interpreter();
  static thread_state* const t = [] {
    thread_state& made = add_thread(*i);
    EXPECT_TRUE(bootstrap(*i, made));
    return &made;
  }();
  return *t;
}

thread_state& another_thread() {
  static thread_state& made = add_thread(*runtime().interp);
  return made;
}

std::string shown(value v) {
  thread_state& t = runtime();
  if (v.empty()) {
    if (t.why != signal::exception) return "no exception";
    const value raised = t.exception;
    t.why = signal::none;
    t.exception = {};
    const value message = str_of(t, raised);
    return type_name(t, raised) + ": " +
           (message.empty() ? "?" : to_utf8(message.as<string_object>()));
  }
  const value r = repr_of(t, v);
  return r.empty() ? shown(r) : to_utf8(r.as<string_object>());
}

value run(method_table table, const char* name, std::initializer_list<value> arguments) {
  for (const native_definition& d : table) {
    if (std::strcmp(d.name, name) != 0) continue;
    std::vector<value> v(arguments);
    return d.call(runtime(), call_args{v.data(), static_cast<std::uint32_t>(v.size()), 0, nullptr});
  }
  ADD_FAILURE() << "no method " << name;
  return {};
}

value text(std::string_view utf8) {
  return make_string(runtime(), utf8);
}

std::vector<std::string> oracle(const std::vector<std::string>& expressions,
                                const std::string& prelude) {
  char name[] = "/tmp/gilt-oracle-XXXXXX";
  const int file = ::mkstemp(name);
  if (file < 0) return {};
  ::close(file);
  {
    std::ofstream out(name, std::ios::binary);
    for (const std::string& e : expressions) out << e << '\n';
  }
  const std::string script = std::string(name) + ".py";
  {
    std::ofstream out(script);
    out << "import sys\nsys.stdout.reconfigure(encoding='utf-8', errors='backslashreplace')\n"
        << prelude
        << "\nfor line in open(sys.argv[1], encoding='utf-8', newline='\\n'):\n"
           "  try: r = repr(eval(line))\n"
           "  except Exception as e: r = type(e).__name__ + ': ' + str(e)\n"
           "  print(r.replace('\\n', ' '))\n";
  }
  std::vector<std::string> lines;
  const std::string command = "/usr/bin/python3 -W ignore " + script + " " + name;
  if (FILE* pipe = ::popen(command.c_str(), "r")) {
    std::string line;
    for (int c; (c = std::fgetc(pipe)) != EOF;) {
      if (c != '\n') {
        line += static_cast<char>(c);
        continue;
      }
      lines.push_back(line);
      line.clear();
    }
    ::pclose(pipe);
  }
  std::remove(name);
  std::remove(script.c_str());
  return lines;
}

void comparison::check(const std::string& prelude) const {
  const std::vector<std::string> expected = oracle(expressions_, prelude);
  ASSERT_EQ(expected.size(), expressions_.size());
  int wrong = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] == actual_[i]) continue;
    if (++wrong <= 12) {
      ADD_FAILURE() << expressions_[i] << "\n  is    " << actual_[i] << "\n  CPython "
                    << expected[i];
    }
  }
  EXPECT_EQ(wrong, 0) << "of " << expected.size();
}

std::string generator::digits(std::size_t limbs) {
  const std::size_t bits_wanted = below(limbs * 64 + 1);
  std::string out;  // as a Python expression would be long: build it in decimal
  std::vector<unsigned> decimal{0};
  const std::size_t style = below(4);  // random bits, all ones, a single one, small
  const auto shift_in = [&](unsigned bit) {
    unsigned carry = bit;
    for (unsigned& d : decimal) {
      const unsigned x = d * 2 + carry;
      d = x % 1000000000u;
      carry = x / 1000000000u;
    }
    if (carry != 0) decimal.push_back(carry);
  };
  for (std::size_t i = 0; i < bits_wanted; ++i) {
    shift_in(style == 0   ? static_cast<unsigned>(bits() & 1)
             : style == 1 ? 1u
             : style == 2 ? (i == 0 ? 1u : 0u)
                          : (i + 8 > bits_wanted ? 1u : 0u));
  }
  char part[16];
  for (std::size_t i = decimal.size(); i-- > 0;) {
    std::snprintf(part, sizeof part, i + 1 == decimal.size() ? "%u" : "%09u", decimal[i]);
    out += part;
  }
  return out != "0" && below(3) == 0 ? "-" + out : out;
}

double generator::real() {
  for (;;) {
    std::uint64_t u = bits();
    switch (below(4)) {
      case 0:
        break;
      case 1:  // moderate exponents
        u = (u & 0x800FFFFFFFFFFFFFull) | (1023ull - 40 + below(80)) << 52;
        break;
      case 2: {  // few decimals
        const double small =
            static_cast<double>(static_cast<std::int64_t>(below(2000001)) - 1000000) /
            (below(2) ? 1000 : 8);
        return small;
      }
      default:  // few mantissa bits
        u &= 0xFFFF000000000000ull;
    }
    double d;
    std::memcpy(&d, &u, 8);
    if (d == d && d - d == 0) return d;
  }
}

std::string generator::word(std::size_t most) {
  static const std::vector<std::string> characters = {"a",
                                                      "b",
                                                      "a",
                                                      "b",
                                                      "A",
                                                      "B",
                                                      "z",
                                                      "1",
                                                      "0",
                                                      " ",
                                                      " ",
                                                      "\t",
                                                      "\n",
                                                      "\r",
                                                      ".",
                                                      "-",
                                                      "+",
                                                      "_",
                                                      "'",
                                                      "\"",
                                                      "\\",
                                                      "\x01",
                                                      "\x1c",
                                                      "\xC2\x85",
                                                      "\xC3\x9F",
                                                      "\xC3\xA9",
                                                      "\xC3\x89",
                                                      "\xC7\x85",
                                                      "\xCE\xA3",
                                                      "\xCF\x83",
                                                      "\xC4\xB0",
                                                      "\xE1\xBA\x9E",
                                                      "\xEF\xAC\x81",
                                                      "\xD9\xA3",
                                                      "\xE2\x80\xA8",
                                                      "\xE4\xB8\x80",
                                                      "\xF0\x9F\x98\x80",
                                                      "\xF0\x90\x90\x80",
                                                      "\xC2\xB2",
                                                      "\xC2\xA0",
                                                      "\xCD\x85",
                                                      "\xE2\x85\xA0"};
  std::string out;
  const std::size_t kinds = below(3) == 0 ? characters.size() : below(2) == 0 ? 21 : 5;
  for (std::size_t n = below(most + 1); n > 0; --n) out += characters[below(kinds)];
  return out;
}

}  // namespace gilt::interp::test
