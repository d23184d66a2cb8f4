// SPDX-License-Identifier: BSL-1.0
#pragma once
// support: natives of numbers and text against the installed CPython. A comparison collects pairs
// of a Python expression and what gilt computed for it, then asks one Python process for all.
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include "interp/object/interpreter.hpp"
#include "interp/object/methods.hpp"

namespace gilt::interp::test {

thread_state& runtime();         // one interpreter a process
thread_state& another_thread();  // of the same interpreter
// repr(v); for an empty value the exception that is set, "Type: message", which is cleared.
std::string shown(value v);
// The native of that name, called with these arguments.
value run(method_table, const char* name, std::initializer_list<value> arguments);
value text(std::string_view utf8);
// What /usr/bin/python3 shows for each expression; `prelude` runs first.
std::vector<std::string> oracle(const std::vector<std::string>& expressions,
                                const std::string& prelude = "");

class comparison {
 public:
  void add(std::string expression, value actual) { add(std::move(expression), shown(actual)); }
  void add(std::string expression, std::string actual) {
    expressions_.push_back(std::move(expression));
    actual_.push_back(std::move(actual));
  }
  // Expects every pair to agree; shows the first few that do not.
  void check(const std::string& prelude = "") const;

 private:
  std::vector<std::string> expressions_, actual_;
};

// Random material, the same in every run.
class generator {
 public:
  explicit generator(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t bits() { return engine_(); }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  std::string digits(
      std::size_t limbs);              // a signed integer of up to so many limbs, often at an edge
  double real();                       // any bit pattern
  std::string word(std::size_t most);  // UTF-8 of few different characters

 private:
  std::mt19937_64 engine_;
};

}  // namespace gilt::interp::test
