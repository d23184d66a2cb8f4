// SPDX-License-Identifier: BSL-1.0
#pragma once
// run_main: what `gilt run` does.
#include <optional>
#include <string>
#include <vector>

namespace gilt::interp {

struct run_options {
  std::string source_kind = "file";      // file, command, stdin
  std::string text_or_path;
  std::vector<std::string> argv;         // sys.argv
  std::string engine = "stm";            // stm, gil
  bool solo = true;                      // no barriers while one thread runs
  std::optional<std::string> stdlib = "";   // pure-Python modules of a python3: a folder, "" = look for one, none
  bool stats = false;                    // slices, commits and aborts to stderr at the end
};

// The program's exit code.
int run_main(const run_options&);

}  // namespace gilt::interp
