// SPDX-License-Identifier: BSL-1.0
// gilt demo: real scripts under both engines beside CPython, outputs compared byte for byte, then a
// contention sweep. Runs are interleaved and the median is shown.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "bench/harness/output.hpp"
#include "cli/commands.hpp"

namespace gilt::cli {
namespace {

constexpr const char* oracle = "/usr/bin/python3";

struct outcome {
  int status = -1;
  double seconds = 0;
  std::string output;
};

outcome run_program(const std::vector<std::string>& words) {
  outcome r;
  int ends[2];
  if (::pipe(ends) != 0) return r;
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], 1);
    ::close(ends[0]);
    ::close(ends[1]);
    std::vector<char*> argv;
    for (const auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  char chunk[65536];
  for (ssize_t n; (n = ::read(ends[0], chunk, sizeof chunk)) > 0;) r.output.append(chunk, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  r.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  r.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return r;
}

struct way {
  std::string name;
  std::vector<std::string> words;          // before the script
  int threads;
};

}  // namespace

int demo_command(const demo_arguments& a) {
  namespace fs = std::filesystem;
  const std::string self = fs::read_symlink("/proc/self/exe").string();
  if (::access(oracle, X_OK) != 0) {
    fmt::print(stderr, "gilt demo: {} is missing\nhelp: apt-get install python3\n", oracle);
    return missing;
  }
  struct script {
    std::string file;
    std::vector<std::string> extra;
    std::string label;
  };
  const std::vector<script> scripts = {{"wordcount.py", {"lock"}, "wordcount, Lock"},
                                       {"wordcount.py", {"atomic"}, "wordcount, atomic"},
                                       {"mandelbrot.py", {}, "mandelbrot"},
                                       {"queens.py", {}, "queens"}};
  for (const auto& s : scripts) {
    if (!fs::exists(fs::path(a.examples) / s.file)) {
      fmt::print(stderr, "gilt demo: no {} in '{}'\nhelp: run it from the project's folder, or give --examples\n", s.file, a.examples);
      return failed;
    }
  }
  std::error_code ignored;
  fs::create_directories(a.out, ignored);

  std::string version = run_program({oracle, "--version"}).output;
  while (!version.empty() && version.back() == '\n') version.pop_back();
  fmt::print("{}\n{} at {}\n\n", bench::machine_line(), version, oracle);
  fmt::print("{:<18} {:>12} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "seconds, median", "python3 1T", "2T", "gil 1T",
             "2T", "stm 1T", "2T", "speed-up");

  nlohmann::ordered_json record;
  record["machine"] = bench::machine_line();
  record["python"] = version;
  int code = good;
  for (const auto& s : scripts) {
    const std::string path = (fs::path(a.examples) / s.file).string();
    std::vector<way> ways;
    for (const int threads : {1, 2}) ways.push_back({"python3", {oracle}, threads});
    for (const int threads : {1, 2}) ways.push_back({"gil", {self, "run", "--engine", "gil"}, threads});
    for (const int threads : {1, 2}) ways.push_back({"stm", {self, "run", "--engine", "stm"}, threads});
    std::map<std::string, std::vector<double>> times;
    std::string expected;
    for (unsigned k = 0; k < a.repetitions; ++k) {
      for (const auto& w : ways) {
        auto words = w.words;
        words.push_back(path);
        words.push_back(std::to_string(w.threads));
        words.insert(words.end(), s.extra.begin(), s.extra.end());
        const outcome r = run_program(words);
        if (r.status != 0) {
          fmt::print(stderr, "gilt demo: {} failed under {} with {} threads: exit code {}\n", s.file, w.name, w.threads, r.status);
          return failed;
        }
        if (expected.empty()) expected = r.output;
        if (r.output != expected) {
          fmt::print(stderr, "gilt demo: {} under {} with {} threads prints something else than under {}\n", s.file, w.name, w.threads, oracle);
          code = failed;
        }
        times[w.name + std::to_string(w.threads)].push_back(r.seconds);
      }
    }
    const auto m = [&](const char* key) { return bench::median(times[key]); };
    fmt::print("{:<18} {:>12.2f} {:>9.2f} {:>9.2f} {:>9.2f} {:>9.2f} {:>9.2f} {:>8.2f}x\n", s.label, m("python31"),
               m("python32"), m("gil1"), m("gil2"), m("stm1"), m("stm2"), m("stm1") / m("stm2"));
    std::fflush(stdout);
    record["scripts"][s.label] = times;
  }
  fmt::print("speed-up: stm with one thread / stm with two. Outputs were {}.\n\n",
             code == good ? "equal, byte for byte" : "NOT equal");
  const std::string scripts_file = (fs::path(a.out) / "scripts.json").string();
  std::ofstream(scripts_file) << record.dump(2) << "\n";

  if (a.sweep_seconds > 0) {
    bench_arguments sweep;
    std::size_t runs = 0;
    for (const auto& b : bench::all_benchmarks()) {
      for (const unsigned threads : sweep.run.threads) runs += threads <= b.max_threads;
    }
    sweep.run.repetitions = 3;
    sweep.run.warmup = std::chrono::duration<double>(0.02);
    sweep.run.duration = std::chrono::duration<double>(a.sweep_seconds / static_cast<double>(runs * 3));
    sweep.out = (fs::path(a.out) / "bench.json").string();
    const int swept = bench_command(sweep);
    if (swept != good) return swept;
    fmt::print("\nresults: {} and {}\n", scripts_file, sweep.out);
  }
  return code;
}

}  // namespace gilt::cli
