// SPDX-License-Identifier: BSL-1.0
// gilt bench: figures to stdout, progress and messages to stderr. Ctrl-C ends the run; what was
// measured until then is printed and written.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <regex>

#include "bench/harness/output.hpp"
#include "cli/commands.hpp"

namespace gilt::cli {
namespace {

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);   // a signal handler stores it
void on_interrupt(int) { stop_asked.store(true, std::memory_order_relaxed); }

void error(const std::string& what, const std::string& help) {
  fmt::print(stderr, "gilt bench: {}\nhelp: {}\n", what, help);
}

}  // namespace

int bench_command(bench_arguments a) {
  const auto all = bench::all_benchmarks();
  if (a.list) {
    for (const auto& b : all) fmt::print("{:<20} {}\n", b.name, b.backend);
    return good;
  }
  for (const auto& wanted : a.run.backends) {
    if (std::none_of(all.begin(), all.end(), [&](const auto& b) { return b.backend == wanted; })) {
      error("no backend '" + wanted + "' in this build", "`gilt bench list` names workloads and backends");
      return usage;
    }
  }
  try {
    const std::regex expression(a.run.filter);
    if (std::none_of(all.begin(), all.end(), [&](const auto& b) { return std::regex_search(b.name, expression); })) {
      error("no workload matches '" + a.run.filter + "'", "`gilt bench list` names them");
      return usage;
    }
  } catch (const std::regex_error& e) {
    error("--filter '" + a.run.filter + "' is no regular expression: " + e.what(), "escape special characters with \\");
    return usage;
  }
  std::ofstream file;
  if (!a.out.empty()) {
    file.open(a.out);
    if (!file) {
      error("cannot write '" + a.out + "'", "give a file in a folder that exists");
      return failed;
    }
  }

  stop_asked.store(false);
  struct sigaction action {}, before {};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, &before);
  a.run.interrupted = &stop_asked;
  const bool terminal = ::isatty(2) == 1;
  if (terminal) {
    a.run.progress = [](double done, const std::string& what) {
      fmt::print(stderr, "\r\033[K{:3.0f} %  {}", 100 * done, what);
      std::fflush(stderr);
    };
  }
  const bench::report report = bench::run(all, a.run);
  sigaction(SIGINT, &before, nullptr);
  if (terminal) fmt::print(stderr, "\r\033[K");

  if (!report.broken.empty()) {
    error("an invariant broke, so no figure is shown: " + report.broken,
          "this is a bug of that backend or of the workload; run it again with the same --seed");
    return invariant_broken;
  }
  const std::string json = bench::as_json(report, a.run);
  if (file.is_open()) file << json;
  if (a.format == "json") fmt::print("{}", json);
  else if (a.format == "csv") fmt::print("{}", bench::as_csv(report));
  else fmt::print("{}{}", bench::as_table(report), bench::conflict_table());
  if (report.interrupted) {
    fmt::print(stderr, "gilt bench: interrupted; the figures are of the repetitions finished before\n");
    return interrupted;
  }
  return good;
}

}  // namespace gilt::cli
