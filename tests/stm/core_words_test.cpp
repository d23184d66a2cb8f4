// SPDX-License-Identifier: BSL-1.0
// The core names atomics and thread-local storage only in the files of the real policy, and uses no
// stand-alone fences: otherwise the simulated policy would not see everything.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

const std::set<std::string> owners{"atomics_real.hpp", "atomics_real.cpp", "atomics_counting.cpp"};
const char* const forbidden[] = {
    "std::atomic<", "std::atomic_", "atomic_ref", "thread_local", "_fence(", "std::mutex",
    "std::condition_variable", "std::this_thread", "__atomic_", "__sync_", "pthread_"};

bool names_forbidden(const std::string& line) {
  for (const char* word : forbidden) {
    if (line.find(word) != std::string::npos) return true;
  }
  return false;
}

std::string without_comment(const std::string& line) { return line.substr(0, line.find("//")); }

TEST(core_words, only_the_policy_names_atomics_and_thread_locals) {
  int files = 0;
  for (const char* folder : {"include/gilt", "src/base", "src/stm"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(GILT_SOURCE_DIR) / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      if (owners.count(entry.path().filename().string()) != 0) continue;
      ++files;
      std::ifstream in(entry.path());
      std::string line;
      for (int n = 1; std::getline(in, line); ++n) {
        EXPECT_FALSE(names_forbidden(without_comment(line)))
            << entry.path() << ":" << n << ": " << line;
      }
    }
  }
  EXPECT_GT(files, 20);
}

TEST(core_words, the_search_finds_what_it_looks_for) {
  for (const char* bad : {"std::atomic<int> x;", "thread_local int y;",
                          "std::atomic_thread_fence(o);", "std::mutex m;"}) {
    EXPECT_TRUE(names_forbidden(bad)) << bad;
  }
  EXPECT_FALSE(names_forbidden(without_comment("x; // std::atomic<int>")));
}

// Every memory-order tag is listed in the README, and every listed one is used.
TEST(core_words, memory_order_tags_match_the_table) {
  const auto tags_in = [](const fs::path& file, std::set<std::string>& to) {
    std::ifstream in(file);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    for (std::size_t i = text.find("[MO-"); i != std::string::npos; i = text.find("[MO-", i + 1)) {
      to.insert(text.substr(i, text.find(']', i) - i));
    }
  };
  std::set<std::string> used, listed;
  for (const char* folder : {"include/gilt", "src/base", "src/stm"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(GILT_SOURCE_DIR) / folder)) {
      if (entry.path().extension() == ".hpp" || entry.path().extension() == ".cpp") {
        tags_in(entry.path(), used);
      }
    }
  }
  tags_in(fs::path(GILT_SOURCE_DIR) / "src/stm/README.md", listed);
  EXPECT_EQ(used, listed);
  EXPECT_GE(used.size(), 5u);
}

}  // namespace
