// SPDX-License-Identifier: BSL-1.0
#include "cli/source_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "interp/syntax/ast.hpp"

namespace gilt::cli {

bool read_source(const std::string& command, const std::string& path, std::string& text) {
  const auto complain = [&](const std::string& why) {
    fmt::print(stderr, "gilt {}: cannot read '{}': {}\n", command, path, why);
    return false;
  };
  struct stat st {};
  if (path != "-" && ::stat(path.c_str(), &st) != 0) return complain(std::strerror(errno));
  if (path != "-" && S_ISDIR(st.st_mode)) return complain("it is a directory, not a script");
  std::FILE* in = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (in == nullptr) return complain(std::strerror(errno));
  text.clear();
  char chunk[65536];
  for (std::size_t n; (n = std::fread(chunk, 1, sizeof chunk, in)) > 0;) text.append(chunk, n);
  const bool failed = std::ferror(in) != 0;
  if (in != stdin) std::fclose(in);
  return failed ? complain("reading it failed") : true;
}

std::string with_caret(std::string_view line, int column, int end_column) {
  const auto first = line.find_first_not_of(" \t\f");
  if (first == std::string_view::npos) return {};
  const std::string_view shown = line.substr(first);
  std::string out = "    " + std::string(shown) + "\n";
  const int at = column - static_cast<int>(first);
  if (column <= 0 || at < 1) return out;
  const int most = interp::syntax::characters(shown, static_cast<int>(shown.size())) + 1;
  const int width = std::max(1, std::min(end_column - column, most - at));
  return out + "    " + std::string(static_cast<std::size_t>(at - 1), ' ') + std::string(static_cast<std::size_t>(width), '^') + "\n";
}

std::string shown(const interp::syntax::syntax_error& e, const std::string& file) {
  const int end = e.end_line == e.line ? e.end_column : 0;
  return fmt::format("  File \"{}\", line {}\n{}{}: {}\n", file, e.line, with_caret(e.line_text, e.column, end), name_of(e.type), e.message);
}

}  // namespace gilt::cli
