// SPDX-License-Identifier: BSL-1.0
#pragma once
// commands: the sub-commands of `gilt`, one file each. main.cpp alone knows the flag library; it
// fills these structs. Every command returns an exit code (see exit_code).
#include <string>
#include <vector>

#include "bench/harness/runner.hpp"

namespace gilt::cli {

enum exit_code : int {
  good = 0,
  failed = 1,          // the script or a check failed
  usage = 2,
  missing = 3,         // something needed is not installed
  invariant_broken = 4,
  interrupted = 130
};

struct bench_arguments {
  bench::run_options run;
  std::string format = "table";    // table, json, csv
  std::string out;                 // also write JSON here
  bool list = false;
};
int bench_command(bench_arguments);

struct demo_arguments {
  std::string examples = "examples", out = "build/demo", program;
  unsigned repetitions = 3;
  double sweep_seconds = 20;
};
int demo_command(const demo_arguments&);

struct dis_arguments {
  std::string file, code;          // one of them; file - is standard input
  bool has_code = false;
};
int dis_command(const dis_arguments&);

struct check_arguments {
  std::vector<std::string> files;
  std::string format = "text";     // text, sarif
};
int check_command(const check_arguments&);

}  // namespace gilt::cli
