// SPDX-License-Identifier: BSL-1.0
#pragma once
// process: runs a program to its end or to a deadline, and keeps what it printed.

#include <chrono>
#include <string>
#include <vector>

namespace scripts {

struct job {
  std::vector<std::string> words;        // program and arguments
  std::vector<std::string> environment;  // NAME=value, added to the test's own
  std::string input;                     // standard input
  std::chrono::milliseconds limit{20000};
  bool interrupt = false;  // SIGINT once the program has printed a line
  bool insist = false;     // and again every two seconds: CPython may go to sleep just as one comes
};

struct outcome {
  int code = -1;  // exit code, 128 + signal as a shell says it
  bool late = false;
  std::string output, errors;
};

// Never waits longer than the limit: a program that is late is killed with all its children.
outcome run(const job& j);

}  // namespace scripts
