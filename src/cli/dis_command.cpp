// SPDX-License-Identifier: BSL-1.0
// gilt dis: the bytecode of a script to stdout, every code object of it, outer before inner.
#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.hpp"
#include "cli/source_file.hpp"
#include "interp/compile/compile.hpp"
#include "interp/syntax/parser.hpp"

namespace gilt::cli {

int dis_command(const dis_arguments& a) {
  if (a.has_code != a.file.empty()) {
    fmt::print(stderr, "gilt dis: {}\nhelp: gilt dis FILE, gilt dis -c CODE, or gilt dis - < FILE\n",
               a.has_code ? "both a file and -c CODE are given" : "no script given");
    return usage;
  }
  std::string text = a.code + "\n";
  std::string file = "<string>";
  if (!a.has_code) {
    if (!read_source("dis", a.file, text)) return usage;
    file = a.file == "-" ? "<stdin>" : a.file;
  }
  const auto parsed = interp::syntax::parse(text, file, interp::syntax::parse_mode::file);
  if (parsed.error) {
    fmt::print(stderr, "{}", shown(*parsed.error, file));
    return failed;
  }
  const auto compiled = interp::compile(*parsed.tree, file);
  if (compiled.error) {
    fmt::print(stderr, "{}", shown(*compiled.error, file));
    return failed;
  }
  const std::string listing = interp::disassemble(*compiled.program);
  std::fwrite(listing.data(), 1, listing.size(), stdout);
  return std::fflush(stdout) == 0 ? good : failed;
}

}  // namespace gilt::cli
