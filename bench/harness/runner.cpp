// SPDX-License-Identifier: BSL-1.0
#include "bench/harness/runner.hpp"

#include <ctime>
#include <gilt/stats.hpp>

#include <algorithm>
#include <cmath>
#include <regex>
#include <thread>

namespace gilt::bench {
namespace {

double process_cpu_seconds() {
  timespec ts{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
  return static_cast<double>(ts.tv_sec) + static_cast<double>(ts.tv_nsec) * 1e-9;
}

bool interrupted(const run_options& o) {
  return o.interrupted != nullptr && o.interrupted->load(std::memory_order_relaxed);
}

void sleep_unless_interrupted(const run_options& o, std::chrono::duration<double> d) {
  const auto end = std::chrono::steady_clock::now() + d;
  while (!interrupted(o)) {
    const std::chrono::duration<double> left = end - std::chrono::steady_clock::now();
    if (left.count() <= 0) return;
    std::this_thread::sleep_for(std::min(left, std::chrono::duration<double>(0.05)));
  }
}

// One repetition; `broken` gets the sentence of an invariant that does not hold.
std::optional<repetition> measure(const benchmark& b, unsigned threads, std::uint64_t seed,
                                  std::chrono::duration<double> duration, const run_options& o,
                                  std::string& broken) {
  const auto instance = b.make(seed);
  std::atomic<bool> go{false}, stop{false};
  std::vector<thread_result> results(threads);
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.emplace_back([&, i] {
      thread_context context{i, threads, random_source(seed * 1009 + i + 1), stop, results[i]};
      go.wait(false);
      instance->run(context);
    });
  }
  const auto before = b.counts != nullptr ? b.counts() : statistics{};
  const double cpu = process_cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  go.store(true);
  go.notify_all();
  sleep_unless_interrupted(o, duration);
  stop.store(true);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  for (auto& w : workers) w.join();
  const auto after = b.counts != nullptr ? b.counts() : statistics{};

  repetition r;
  r.seconds = spent.count();
  r.cpu_seconds = process_cpu_seconds() - cpu;
  std::vector<double> latency;
  for (auto& t : results) {
    r.transactions += t.transactions;
    latency.insert(latency.end(), t.latency_ns.begin(), t.latency_ns.end());
  }
  r.p50_ns = quantile(latency, 0.50);
  r.p99_ns = quantile(latency, 0.99);
  r.commits = after.commits - before.commits;
  r.aborts = after.aborts - before.aborts;
  for (std::size_t i = 0; i < abort_cause_count; ++i) {
    const auto n = after.by_cause[i] - before.by_cause[i];
    if (n > 0) r.causes.emplace_back(to_string(static_cast<abort_cause>(i)), n);
  }
  const std::string sentence = instance->check(r.transactions);
  if (!sentence.empty()) {
    broken = b.name + " under " + b.backend + ", " + std::to_string(threads) + " threads, seed " +
             std::to_string(seed) + ": " + sentence;
    return std::nullopt;
  }
  if (interrupted(o)) return std::nullopt;
  return r;
}

}  // namespace

double quantile(std::vector<double> values, double q) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double at = q * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, values.size() - 1);
  return values[low] + (values[high] - values[low]) * (at - static_cast<double>(low));
}
double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

report run(const std::vector<benchmark>& all, const run_options& o) {
  const std::regex wanted(o.filter.empty() ? ".*" : o.filter);
  report out;
  std::vector<const benchmark*> chosen;
  for (const auto& b : all) {
    if (!std::regex_search(b.name, wanted)) continue;
    if (!o.backends.empty() && std::find(o.backends.begin(), o.backends.end(), b.backend) == o.backends.end())
      continue;
    for (const unsigned threads : o.threads) {
      if (threads > b.max_threads) continue;
      out.results.push_back({b.name, b.backend, threads, {}});
      chosen.push_back(&b);
    }
  }
  const double total = static_cast<double>(chosen.size() * o.repetitions);
  double done = 0;
  for (unsigned k = 0; k < o.repetitions; ++k) {
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      auto& r = out.results[i];
      if (o.progress) o.progress(done / total, r.name + " " + r.backend);
      std::string broken;
      if (k == 0 && o.warmup.count() > 0)
        measure(*chosen[i], r.threads, o.seed, o.warmup, o, broken);
      auto one = broken.empty() && !interrupted(o)
                     ? measure(*chosen[i], r.threads, o.seed + k, o.duration, o, broken)
                     : std::nullopt;
      if (!broken.empty()) {
        out.broken = broken;
        r.repetitions.clear();
        return out;
      }
      if (!one) {
        out.interrupted = true;
        return out;
      }
      r.repetitions.push_back(std::move(*one));
      done += 1;
    }
  }
  return out;
}

}  // namespace gilt::bench
