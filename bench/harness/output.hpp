// SPDX-License-Identifier: BSL-1.0
#pragma once
// output: a report as a table for people, Google Benchmark's JSON, or CSV.
#include <string>

#include "bench/harness/runner.hpp"

namespace gilt::bench {

std::string as_table(const report&);
std::string as_json(const report&, const run_options&);
std::string as_csv(const report&);
std::string conflict_table();                      // gilt::stats() by source line; empty if no aborts

std::string machine_line();                        // CPU, cores, compiler, build type

}  // namespace gilt::bench
