// SPDX-License-Identifier: BSL-1.0
#pragma once
// CPython 3.11 as the oracle: one process answers for a whole batch of texts.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace oracle {

inline constexpr const char* interpreter = "/usr/bin/python3";

// Is there a CPython 3.11 to compare with?
inline bool available() {
  static const bool found =
      std::system(
          "/usr/bin/python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' "
          ">/dev/null 2>&1") == 0;
  return found;
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> out;
  std::size_t at = 0;
  for (std::size_t end = text.find(separator); end != std::string::npos;
       end = text.find(separator, at)) {
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Runs `script` with the texts, each ended by a zero byte, on its input; it must answer likewise.
inline std::vector<std::string> ask(const std::string& script,
                                    const std::vector<std::string>& texts) {
  namespace fs = std::filesystem;
  std::string name = (fs::temp_directory_path() / "gilt_syntax_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return {};
  const fs::path folder = name;
  {
    std::ofstream in(folder / "in", std::ios::binary);
    for (const std::string& text : texts) in << text << '\0';
    std::ofstream(folder / "ask.py") << script;
  }
  const std::string command = std::string(interpreter) + " -W ignore " +
                              (folder / "ask.py").string() + " < " + (folder / "in").string() +
                              " > " + (folder / "out").string();
  std::vector<std::string> answers;
  if (std::system(command.c_str()) == 0) answers = split(read_file(folder / "out"), '\0');
  fs::remove_all(folder);
  return answers;
}

}  // namespace oracle
