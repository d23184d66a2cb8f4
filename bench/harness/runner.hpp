// SPDX-License-Identifier: BSL-1.0
#pragma once
// runner: runs benchmarks side by side and keeps what it saw.
//
// Repetitions are interleaved: one repetition of every backend, then the next of every backend, so
// that a slow minute of the machine falls on all. Each starts from a fresh instance; threads start
// together on a flag and stop on another. Afterwards the workload's invariant is checked: one that
// does not hold ends the run, and no figure of it is shown.
#include <chrono>
#include <functional>
#include <optional>

#include "bench/harness/workload.hpp"

namespace gilt::bench {

struct run_options {
  std::string filter;                              // ECMAScript regular expression; empty = all
  std::vector<std::string> backends;               // empty = all
  std::vector<unsigned> threads{1, 2};
  std::chrono::duration<double> duration{1.0};     // of one repetition
  std::chrono::duration<double> warmup{0.1};
  unsigned repetitions = 5;
  std::uint64_t seed = 1;
  const std::atomic<bool>* interrupted = nullptr;
  std::function<void(double fraction, const std::string& what)> progress;
};

struct repetition {
  double seconds = 0, cpu_seconds = 0;
  std::uint64_t transactions = 0;
  std::uint64_t commits = 0, aborts = 0;           // of the STM; 0 for other backends
  std::vector<std::pair<std::string, std::uint64_t>> causes;
  double p50_ns = 0, p99_ns = 0;
};
struct result {
  std::string name, backend;
  unsigned threads = 1;
  std::vector<repetition> repetitions;
};
struct report {
  std::vector<result> results;
  bool interrupted = false;
  std::string broken;                              // the invariant that did not hold, in a sentence
};

double median(std::vector<double> values);         // 0 for none
double quantile(std::vector<double> values, double q);

report run(const std::vector<benchmark>& all, const run_options& options);

}  // namespace gilt::bench
