// SPDX-License-Identifier: BSL-1.0
// The README's first program is examples/cpp/first.cpp, which is built and run like every example.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace {

std::string read(const std::string& path) {
  std::ifstream in(std::string(GILT_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(readme, its_program_is_the_first_example) {
  const std::string readme = read("README.md"), example = read("examples/cpp/first.cpp");
  const auto begin = readme.find("```cpp\n");
  ASSERT_NE(begin, std::string::npos);
  const auto end = readme.find("```", begin + 7);
  EXPECT_EQ(example.substr(example.find('\n') + 1), readme.substr(begin + 7, end - begin - 7));
}

}  // namespace
