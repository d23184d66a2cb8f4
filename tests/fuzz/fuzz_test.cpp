// SPDX-License-Identifier: BSL-1.0
// A bounded sample of the fuzz targets, the same in every run: the scripts of tests/scripts, cut, spliced
// and with bytes overwritten.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "tests/fuzz/targets.hpp"

namespace {

std::vector<std::string> seeds() {
  std::vector<std::string> out;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(GILT_SOURCE_DIR) + "/tests/scripts")) {
    if (entry.path().extension() == ".py") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return out;
}

class mutator {
 public:
  explicit mutator(std::uint32_t seed) : random_(seed), seeds_(seeds()) {}

  // A piece of a script, at most a few hundred bytes of it changed.
  std::string next() {
    std::string text = piece();
    for (std::size_t k = below(4); k > 0; --k) {
      const std::size_t at = below(text.size() + 1);
      switch (below(6)) {
        case 0: text.insert(at, piece().substr(0, below(80))); break;
        case 1: text.erase(at, below(20)); break;
        case 2: text.insert(at, tokens[below(std::size(tokens))]); break;
        case 3: if (at < text.size()) text[at] = static_cast<char>(below(256)); break;
        case 4: text.insert(at, std::string(below(120), "([{ \t\n"[below(6)])); break;
        default: text.resize(at); break;
      }
    }
    return text;
  }
  std::string bytes() {
    std::string out(below(200), '\0');
    for (char& c : out) c = static_cast<char>(below(256));
    return out;
  }

 private:
  static constexpr const char* tokens[] = {"lambda ", "async ", "await ", "yield ", "\n  ", "else:\n", "f'{", "}'", "\"\"\"", "*", "**", ":=", "match x:\n case ",
                                           "\\\n", "\t", "0x", "1e999", "1_", "0b2", "global x\n", "del ", "@", "->", "...", "\xff", "\xc3", "\xed\xa0\x80", "\r", "\f", "\0"};

  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
  std::string piece() {
    const std::string& s = seeds_[below(seeds_.size())];
    const std::size_t at = below(s.size() + 1);
    const std::size_t line = below(2) == 0 ? 0 : s.rfind('\n', at) == std::string::npos ? 0 : s.rfind('\n', at) + 1;
    return s.substr(line, 20 + below(1500));
  }

  std::mt19937 random_;
  std::vector<std::string> seeds_;
};

int rounds(int n) { return std::getenv("GILT_LONG") != nullptr ? n * 100 : n; }

std::string shown(const std::string& text) {
  std::string out;
  for (const char c : text) {
    static constexpr char digits[] = "0123456789abcdef";
    if (c == '\n' || (c >= ' ' && c < 127)) out += c;
    else out += std::string("\\x") + digits[static_cast<unsigned char>(c) >> 4] + digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

TEST(fuzz, parser) {
  mutator m(1);
  for (int k = 0; k < rounds(3000); ++k) {
    const std::string text = m.next();
    ASSERT_EQ(fuzz::parse(text), "") << shown(text);
  }
}
// Rules that try twice what stands in brackets took 2^depth steps: `for ((((x` with 80 of them never ended.
TEST(fuzz, deep_brackets_take_no_time) {
  for (const char* around : {"for P x in", "for P x Q in y: pass", "for P x Q y", "with P x as y Q: z", "with P x Q y", "match x:\n case P x", "match x:\n case P y Q: pass",
                             "match x:\n case P y Q z", "del P x", "del P x Q y", "P x Q = y", "P x Q = y z", "P x Q: y z", "P x Q += y z", "[y for P x Q in z z]", "lambda x=P y Q z", "f(P x Q z)",
                             "f'{P x Q z}'", "x[P y Q z]", "import P", "P x Q for", "print P x Q", "P yield x Q z", "P await x Q z", "P x := y Q z", "P *x, Q z"}) {
    for (const char* brackets : {"()", "[]", "{}"}) {
      for (const int depth : {10, 90}) {
        std::string text = around;
        for (const auto& [letter, bracket] : {std::pair{'P', brackets[0]}, std::pair{'Q', brackets[1]}}) {
          if (const auto at = text.find(letter); at != std::string::npos) text.replace(at, 1, std::string(static_cast<std::size_t>(depth), bracket));
        }
        EXPECT_EQ(fuzz::parse(text + "\n"), "") << text;
      }
    }
  }
}
TEST(fuzz, compiler_and_verifier_agree) {
  mutator m(2);
  for (int k = 0; k < rounds(1500); ++k) {
    const std::string text = m.next();
    ASSERT_EQ(fuzz::compile(text), "") << shown(text);
  }
}
TEST(fuzz, malformed_bytecode_is_refused) {
  mutator m(3);
  for (int k = 0; k < rounds(3000); ++k) {
    const std::string bytes = m.bytes();
    ASSERT_EQ(fuzz::malformed(bytes), "") << shown(bytes);
  }
}

}  // namespace
