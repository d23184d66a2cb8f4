// SPDX-License-Identifier: BSL-1.0
#pragma once
// comparison: what of a run must equal CPython's, and the first place where it does not.
//
// Always: standard output and exit code (KeyboardInterrupt: 130, as a shell shows CPython's signal).
// Of standard error, if asked: all lines at the margin (headers, types, messages, notes) and, of a
// traceback, the places in the script itself with the source line below each. Places inside CPython's
// own library and the marks under a line are no part of the promise.

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "tests/interp/scripts/process.hpp"

namespace scripts {

struct aspects {
  bool sorted = false;  // lines of standard output in any order
  bool errors = false;  // standard error too
};

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

inline std::vector<std::string> essential_errors(const std::string& text,
                                                 const std::string& script) {
  std::vector<std::string> kept;
  bool own = false;
  for (const auto& line : lines_of(text)) {
    if (line.rfind("  File \"", 0) == 0) {
      own = line.find('"' + script + '"') != std::string::npos;
      if (own) kept.push_back(line);
    } else if (line.rfind("    ", 0) == 0) {
      const bool marks = line.find_first_not_of(" ^~") == std::string::npos;
      if (own && !marks) kept.push_back(line);
    } else {
      kept.push_back(line);
    }
  }
  return kept;
}

inline std::string first_difference(const std::vector<std::string>& wanted,
                                    const std::vector<std::string>& got) {
  const auto shortened = [](const std::vector<std::string>& lines, std::size_t i, std::size_t at) {
    if (i >= lines.size()) return std::string("(no such line)");
    const std::size_t from = at > 60 ? at - 60 : 0;
    const std::string& line = lines[i];
    return (from > 0 ? "..." : "") + line.substr(from, 160) + (line.size() > from + 160 ? "..." : "");
  };
  for (std::size_t i = 0; i < std::max(wanted.size(), got.size()); ++i) {
    if (i < wanted.size() && i < got.size() && wanted[i] == got[i]) continue;
    std::size_t at = 0;
    if (i < wanted.size() && i < got.size()) {
      while (at < wanted[i].size() && at < got[i].size() && wanted[i][at] == got[i][at]) ++at;
    }
    return "line " + std::to_string(i + 1) + "\n      wanted: " + shortened(wanted, i, at) +
           "\n      got:    " + shortened(got, i, at);
  }
  return {};
}

// Empty if `got` equals `wanted` in all aspects.
inline std::string difference(const outcome& wanted, const outcome& got, const aspects& what,
                              const std::string& script) {
  const auto tail = [](const std::string& text) {
    auto lines = lines_of(text);
    std::string out;
    for (std::size_t i = lines.size() > 4 ? lines.size() - 4 : 0; i < lines.size(); ++i) {
      out += "\n        " + lines[i].substr(0, 200);
    }
    return out;
  };
  if (got.late) return "was killed: it ran past its time" + tail(got.errors);
  if (got.code != wanted.code) {
    return "exit code " + std::to_string(got.code) + ", wanted " + std::to_string(wanted.code) +
           tail(got.errors);
  }
  auto a = lines_of(wanted.output), b = lines_of(got.output);
  if (what.sorted) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
  }
  if (auto d = first_difference(a, b); !d.empty()) return "stdout, " + d;
  if (wanted.output.empty() != got.output.empty() ||
      (!wanted.output.empty() && wanted.output.back() != got.output.back())) {
    return "stdout ends differently";
  }
  if (what.errors) {
    auto d = first_difference(essential_errors(wanted.errors, script),
                              essential_errors(got.errors, script));
    if (!d.empty()) return "stderr, " + d;
  }
  return {};
}

}  // namespace scripts
