// SPDX-License-Identifier: BSL-1.0
// tests/coverage.md names tests; all of them exist.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace {
namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// sim/x, model/x, script/x and suite.test, as coverage.md writes them.
std::set<std::string> existing(const fs::path& tests) {
  static const std::regex unit(R"(TEST(?:_F|_P)?\((\w+),\s*(\w+)\))"), scenario(R"re(\badd(?:_modes|_one|_write_through)?<[^;]*?>\(\s*"(\w+)(?:/\w+)?")re");
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(tests)) {
    const fs::path& path = entry.path();
    const std::string above = path.parent_path().filename();
    if (above == "model" && path.extension() == ".pml") names.insert("model/" + path.stem().string());
    if (above == "scripts" && entry.is_directory()) names.insert("script/" + path.filename().string());
    if (path.extension() != ".cpp") continue;
    const std::string text = read(path);
    for (std::sregex_iterator m(text.begin(), text.end(), unit), end; m != end; ++m) {
      names.insert((*m)[1].str() + "." + (*m)[2].str());
    }
    for (std::sregex_iterator m(text.begin(), text.end(), scenario), end; m != end; ++m) {
      names.insert("sim/" + (*m)[1].str());
    }
  }
  return names;
}

TEST(layers, coverage_names_tests_that_exist) {
  const fs::path tests = fs::path(GILT_SOURCE_DIR) / "tests";
  const std::set<std::string> names = existing(tests);
  const std::string text = read(tests / "coverage.md");
  static const std::regex named(R"(`((?:sim|model|script)/\w\w+|\w+\.\w+)`)");
  int found = 0;
  for (std::sregex_iterator m(text.begin(), text.end(), named), end; m != end; ++m, ++found) {
    EXPECT_TRUE(names.contains((*m)[1])) << (*m)[1] << ": coverage.md names it, and it does not exist";
  }
  EXPECT_GT(found, 100);
  EXPECT_FALSE(names.contains("sim/no_such_scenario"));
}

}  // namespace
