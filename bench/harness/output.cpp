// SPDX-License-Identifier: BSL-1.0
#include "bench/harness/output.hpp"

#include <fmt/format.h>
#include <gilt/stats.hpp>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

namespace gilt::bench {
namespace {

// Wall nanoseconds per committed transaction over all threads.
double ns_per_transaction(const repetition& r) {
  return r.transactions == 0 ? 0 : r.seconds * 1e9 / static_cast<double>(r.transactions);
}
template <class F>
std::vector<double> each(const result& r, F f) {
  std::vector<double> out;
  for (const auto& one : r.repetitions) out.push_back(f(one));
  return out;
}
double rate(const repetition& r) {
  return r.commits + r.aborts == 0
             ? 0
             : static_cast<double>(r.aborts) / static_cast<double>(r.commits + r.aborts);
}
std::string cpu_name() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown CPU";
}
#ifdef __OPTIMIZE__
constexpr const char* build_type = "release";
#else
constexpr const char* build_type = "debug";
#endif
std::string compiler() {
#if defined(__clang__)
  return std::string("clang ") + __clang_version__;
#else
  return std::string("g++ ") + __VERSION__;
#endif
}
const result* beside(const report& all, const result& r, const char* backend) {
  for (const auto& other : all.results) {
    if (other.name == r.name && other.threads == r.threads && other.backend == backend &&
        !other.repetitions.empty())
      return &other;
  }
  return nullptr;
}

}  // namespace

std::string machine_line() {
  return fmt::format("{}, {} cores, {}, {} build", cpu_name(), std::thread::hardware_concurrency(),
                     compiler(), build_type);
}

std::string as_table(const report& all) {
  std::string out = machine_line() + "\n";
#ifndef __OPTIMIZE__
  out += "warning: this is a debug build; its times say nothing about the library\n";
#endif
  out += fmt::format("{:<20} {:<13} {:>7} {:>10} {:>10} {:>8} {:>9} {:>9} {:>9}\n", "workload",
                     "backend", "threads", "ns/tx", "M tx/s", "spread", "vs mutex", "aborts", "p99 ns");
  std::string last;
  for (const auto& r : all.results) {
    if (r.repetitions.empty()) continue;
    if (!last.empty() && last != r.name) out += "\n";
    last = r.name;
    const auto ns = each(r, ns_per_transaction);
    const double middle = median(ns);
    const double spread = middle == 0 ? 0 : (quantile(ns, 0.75) - quantile(ns, 0.25)) / middle;
    const result* lock = beside(all, r, "mutex");
    const std::string ratio =
        lock ? fmt::format("{:.2f}x", median(each(*lock, ns_per_transaction)) / middle) : "-";
    const std::string aborts =
        r.backend.starts_with("gilt") ? fmt::format("{:.1f} %", 100 * median(each(r, rate))) : "-";
    out += fmt::format("{:<20} {:<13} {:>7} {:>10.1f} {:>10.2f} {:>6.0f} % {:>9} {:>9} {:>9.0f}\n",
                       r.name, r.backend, r.threads, middle, middle == 0 ? 0 : 1e3 / middle,
                       100 * spread, ratio, aborts,
                       median(each(r, [](const repetition& x) { return x.p99_ns; })));
  }
  out += "ns/tx: wall time per transaction over all threads, median of the repetitions; spread: "
         "interquartile range;\nvs mutex: how many times the mutex's throughput\n";
  return out;
}

std::string as_json(const report& all, const run_options& o) {
  using nlohmann::ordered_json;
  ordered_json root;
  char date[64];
  const std::time_t now = std::time(nullptr);
  tm parts{};
  localtime_r(&now, &parts);
  std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S%z", &parts);
  root["context"] = {{"date", date},
                     {"executable", "gilt bench"},
                     {"num_cpus", std::thread::hardware_concurrency()},
                     {"cpu_model", cpu_name()},
                     {"compiler", compiler()},
                     {"library_build_type", build_type},
                     {"seed", o.seed},
                     {"duration_s", o.duration.count()},
                     {"interrupted", all.interrupted}};
  auto& list = root["benchmarks"] = ordered_json::array();
  std::size_t family = 0;
  for (const auto& r : all.results) {
    if (r.repetitions.empty()) continue;
    const std::string name = fmt::format("{}/backend:{}/threads:{}", r.name, r.backend, r.threads);
    const auto base = [&](const char* type) {
      ordered_json j;
      j["name"] = name;
      j["family_index"] = family;
      j["run_name"] = name;
      j["run_type"] = type;
      j["repetitions"] = r.repetitions.size();
      j["threads"] = r.threads;
      return j;
    };
    const auto fill = [](ordered_json& j, auto&& value) {
      j["real_time"] = value(ns_per_transaction);
      j["cpu_time"] = value([](const repetition& x) {
        return x.transactions == 0 ? 0 : x.cpu_seconds * 1e9 / static_cast<double>(x.transactions);
      });
      j["time_unit"] = "ns";
      j["commits"] = value([](const repetition& x) {
        return static_cast<double>(x.commits == 0 ? x.transactions : x.commits);
      });
      j["aborts"] = value([](const repetition& x) { return static_cast<double>(x.aborts); });
      j["abort_rate"] = value(rate);
      j["p50_ns"] = value([](const repetition& x) { return x.p50_ns; });
      j["p99_ns"] = value([](const repetition& x) { return x.p99_ns; });
    };
    for (std::size_t k = 0; k < r.repetitions.size(); ++k) {
      ordered_json j = base("iteration");
      const repetition& one = r.repetitions[k];
      j["repetition_index"] = k;
      j["iterations"] = one.transactions;
      fill(j, [&](auto f) { return f(one); });
      for (const auto& [cause, n] : one.causes) j["abort_" + cause] = n;
      list.push_back(std::move(j));
    }
    const auto aggregate = [&](const char* kind, auto reduce) {
      ordered_json j = base("aggregate");
      j["name"] = name + "_" + kind;
      j["aggregate_name"] = kind;
      j["aggregate_unit"] = "time";
      j["iterations"] = r.repetitions.size();
      fill(j, [&](auto f) { return reduce(each(r, f)); });
      list.push_back(std::move(j));
    };
    const auto mean = [](const std::vector<double>& v) {
      double sum = 0;
      for (const double x : v) sum += x;
      return sum / static_cast<double>(v.size());
    };
    aggregate("mean", mean);
    aggregate("median", [](std::vector<double> v) { return median(std::move(v)); });
    aggregate("stddev", [&](const std::vector<double>& v) {
      const double m = mean(v);
      double sum = 0;
      for (const double x : v) sum += (x - m) * (x - m);
      return v.size() < 2 ? 0.0 : std::sqrt(sum / static_cast<double>(v.size() - 1));
    });
    ++family;
  }
  return root.dump(2) + "\n";
}

std::string conflict_table() {
  std::string rows;
  for (const auto& s : gilt::stats().sites) {
    if (s.aborts == 0) continue;
    const auto slash = s.file.rfind('/');
    const std::string where =
        (slash == std::string::npos ? s.file : s.file.substr(slash + 1)) + ":" + std::to_string(s.line);
    rows += fmt::format("{:<28} {:>12} {:>12} {:>7.2f} %  {}\n", where, s.commits, s.aborts,
                        100.0 * static_cast<double>(s.aborts) / static_cast<double>(s.commits + s.aborts),
                        to_string(s.main_cause()));
  }
  if (rows.empty()) return {};
  return fmt::format("\n{:<28} {:>12} {:>12} {:>9}  {}\n", "conflicts by line (gilt)", "commits",
                     "aborts", "ratio", "most often") + rows;
}

std::string as_csv(const report& all) {
  std::string out = "name,backend,threads,repetition,ns_per_transaction,transactions,commits,aborts,p50_ns,p99_ns\n";
  for (const auto& r : all.results) {
    for (std::size_t k = 0; k < r.repetitions.size(); ++k) {
      const auto& one = r.repetitions[k];
      out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", r.name, r.backend, r.threads, k,
                         ns_per_transaction(one), one.transactions, one.commits, one.aborts,
                         one.p50_ns, one.p99_ns);
    }
  }
  return out;
}

}  // namespace gilt::bench
