// SPDX-License-Identifier: BSL-1.0
// The harness itself: a broken invariant gives no figure, JSON is Google Benchmark's, filters hold.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "bench/harness/output.hpp"

namespace {
using namespace gilt::bench;

run_options quick() {
  run_options o;
  o.threads = {2};
  o.duration = std::chrono::duration<double>(0.02);
  o.warmup = std::chrono::duration<double>(0);
  o.repetitions = 2;
  return o;
}

// Increments without synchronization: the count is lost on purpose, whatever the schedule.
class losing_workload final : public workload {
 public:
  void run(thread_context& c) override { c.loop([] {}); }
  std::string check(std::uint64_t transactions) override {
    return transactions == 0 ? "" : "the counter is 0 after " + std::to_string(transactions) + " increments";
  }
};

TEST(bench, a_broken_invariant_ends_the_run_without_figures) {
  const std::vector<benchmark> all = {
      {"losing", "mutex", 8, [](std::uint64_t) { return std::make_unique<losing_workload>(); }}};
  const report r = run(all, quick());
  EXPECT_NE(r.broken.find("losing under mutex, 2 threads, seed 1: the counter is 0"), std::string::npos) << r.broken;
  ASSERT_EQ(r.results.size(), 1u);
  EXPECT_TRUE(r.results[0].repetitions.empty());
}

TEST(bench, every_backend_keeps_every_invariant) {
  run_options o = quick();
  const report r = run(all_benchmarks(), o);
  EXPECT_EQ(r.broken, "");
  for (const auto& one : r.results) {
    EXPECT_EQ(one.repetitions.size(), 2u) << one.name << " " << one.backend;
    for (const auto& k : one.repetitions) EXPECT_GT(k.transactions, 0u) << one.name << " " << one.backend;
  }
}

TEST(bench, json_is_google_benchmarks) {
  run_options o = quick();
  o.filter = "^counter";
  o.backends = {"gilt", "mutex"};
  const auto j = nlohmann::json::parse(as_json(run(all_benchmarks(), o), o));
  EXPECT_TRUE(j.at("context").contains("num_cpus"));
  int iterations = 0, medians = 0;
  for (const auto& b : j.at("benchmarks")) {
    EXPECT_EQ(b.at("time_unit"), "ns");
    EXPECT_GT(b.at("real_time").get<double>(), 0);
    if (b.at("run_type") == "iteration") ++iterations;
    else if (b.at("aggregate_name") == "median") {
      ++medians;
      EXPECT_EQ(b.at("name").get<std::string>(), b.at("run_name").get<std::string>() + "_median");
    }
    EXPECT_NE(b.at("run_name").get<std::string>().find("/threads:2"), std::string::npos);
  }
  EXPECT_EQ(iterations, 4);
  EXPECT_EQ(medians, 2);
}

TEST(bench, an_interrupted_run_keeps_what_was_measured) {
  std::atomic<bool> stop{false};
  run_options o = quick();
  o.filter = "^counter";
  o.backends = {"mutex"};
  o.repetitions = 1000;
  o.interrupted = &stop;
  int steps = 0;
  o.progress = [&](double, const std::string&) {
    if (++steps == 3) stop.store(true);
  };
  const report r = run(all_benchmarks(), o);
  EXPECT_TRUE(r.interrupted);
  ASSERT_EQ(r.results.size(), 1u);
  EXPECT_EQ(r.results[0].repetitions.size(), 2u);
}

TEST(bench, quantiles_interpolate) {
  EXPECT_EQ(median({3, 1, 2}), 2);
  EXPECT_EQ(median({4, 1, 2, 3}), 2.5);
  EXPECT_EQ(quantile({0, 10}, 0.25), 2.5);
  EXPECT_EQ(median({}), 0);
}

}  // namespace
