// SPDX-License-Identifier: BSL-1.0
// Every #include of the project against the arrows of src/README.md.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {
namespace fs = std::filesystem;

// Lower rooms first; a room may include itself and what its list names.
const std::map<std::string, std::set<std::string>>& arrows() {
  static const std::map<std::string, std::set<std::string>> table = [] {
    std::map<std::string, std::set<std::string>> t;
    t["base"] = {};
    t["stm"] = {"base"};
    t["profile"] = {"stm", "base"};
    t["syntax"] = {};
    t["compile"] = {"syntax"};
    const std::vector<std::string> chain = {"heap", "concurrency", "object", "vm", "builtins",
                                            "interpreter", "cli"};
    std::set<std::string> below = {"stm", "base"};
    for (const auto& room : chain) {
      if (room == "object") {
        below.insert("compile");      // opcodes name the generic operations
        below.insert("syntax");       // classes of characters
      }
      t[room] = below;
      below.insert(room);
    }
    t["bench"] = {"stm", "base"};
    t["cli"].insert("bench");
    t["cli"].insert("profile");
    return t;
  }();
  return table;
}

// The room of a path below the project's root, or of an #include; empty: not ours.
std::string room_of(const std::string& path) {
  static const std::regex interp("^(?:src/)?interp/([a-z]+)/"), src("^(?:src/)?(base|stm|profile|cli|bench)/"),
      base("^(?:include/)?gilt/detail/(?:config|check|protocol_step|atomics_[a-z]+|backoff)\\.hpp$"),
      header("^(?:include/)?gilt(?:/|\\.hpp)");
  std::smatch m;
  if (std::regex_search(path, m, base)) return "base";
  if (std::regex_search(path, m, interp)) return m[1];
  if (std::regex_search(path, m, src)) return m[1];
  if (std::regex_search(path, m, header)) return "stm";
  return {};
}

std::string first_wrong_include(const std::string& from, const std::string& text, const std::string& file) {
  static const std::regex include("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]");
  std::istringstream in(text);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::smatch m;
    if (!std::regex_search(line, m, include)) continue;
    const std::string to = room_of(m[1]);
    if (to.empty() || to == from || arrows().at(from).contains(to)) continue;
    return file + ":" + std::to_string(number) + ": " + from + " may not include " + to + " (" + m[1].str() + ")";
  }
  return {};
}

std::string read(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(layers, every_include_follows_an_arrow) {
  const fs::path root = GILT_SOURCE_DIR;
  int files = 0;
  for (const char* top : {"include", "src", "bench"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp" && extension != ".def") continue;
      const std::string path = fs::relative(entry.path(), root).string(), from = room_of(path);
      ASSERT_TRUE(arrows().contains(from)) << path << " stands in no room of src/README.md";
      EXPECT_EQ(first_wrong_include(from, read(entry.path()), path), "");
      ++files;
    }
  }
  EXPECT_GT(files, 100);
}

TEST(layers, a_wrong_arrow_is_found) {
  EXPECT_EQ(first_wrong_include("stm", "#include \"interp/vm/frame.hpp\"\n", "x.cpp"),
            "x.cpp:1: stm may not include vm (interp/vm/frame.hpp)");
  EXPECT_EQ(first_wrong_include("compile", "\n#include <gilt/tx.hpp>\n", "x.cpp"),
            "x.cpp:2: compile may not include stm (gilt/tx.hpp)");
}

TEST(layers, public_headers_need_only_the_standard_library) {
  const std::regex include("^\\s*#\\s*include\\s*<([^>]+)>");
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(GILT_SOURCE_DIR) / "include")) {
    if (entry.path().extension() != ".hpp") continue;
    std::istringstream in(read(entry.path()));
    for (std::string line; std::getline(in, line);) {
      std::smatch m;
      if (!std::regex_search(line, m, include)) continue;
      const std::string name = m[1];
      const bool ours = name.rfind("gilt/", 0) == 0;
      const bool standard = name.find('.') == std::string::npos && name.find('/') == std::string::npos;
      EXPECT_TRUE(ours || standard || name == "immintrin.h") << entry.path() << ": " << name;
    }
  }
}

}  // namespace
