// SPDX-License-Identifier: BSL-1.0
#pragma once
// repl: what `gilt repl` does: statement after statement, as `python3 -i` does.
#include <string>

#include "interp/interpreter/run_main.hpp"

namespace gilt::interp {

struct repl_options {
  run_options run;                       // engine, solo, stdlib, stats; the rest is ignored
  bool quiet = false;                    // no banner
  std::string version;                   // of gilt, for the banner
  std::string history_file;              // empty: none is kept
};

// The exit code: 0, or what SystemExit carries.
int run_repl(const repl_options&);

// Does this beginning of a statement (whole lines) want another line? A compound statement ends with an
// empty line; brackets, triple quotes and a backslash at the end want more whatever follows.
bool wants_more(const std::string& text);

}  // namespace gilt::interp
