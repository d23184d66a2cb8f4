// SPDX-License-Identifier: BSL-1.0
// Counting by cause and by source line.
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using gilt::abort_cause;
using gilt::statistics;
using gilt::tx;

// A domain of this file's own: its totals are known exactly.
struct own_domain : gilt::detail::basic_domain<gilt::detail::real_atomics> {};
using token = gilt::basic_tx<own_domain>;

const gilt::site_statistics* line_of(const statistics& s, unsigned line) {
  for (const auto& site : s.sites) {
    if (site.line == line && site.file.find("stats_test.cpp") != std::string::npos) return &site;
  }
  return nullptr;
}

void expect_equations(const statistics& s) {
  EXPECT_EQ(s.starts, s.commits + s.aborts + s.active);
  std::uint64_t by_cause = 0, site_commits = 0, site_aborts = 0;
  for (const auto n : s.by_cause) by_cause += n;
  for (const auto& site : s.sites) {
    site_commits += site.commits;
    site_aborts += site.aborts;
  }
  EXPECT_EQ(by_cause, s.aborts);
  EXPECT_EQ(site_commits, s.commits);
  EXPECT_EQ(site_aborts, s.aborts);
}

TEST(stats, commits_and_aborts_are_counted_by_line_and_cause) {
  gilt::var<int, own_domain> x{0};
  const statistics before = gilt::stats<own_domain>();
  unsigned line = 0;
  for (int i = 0; i < 3; ++i) {
    line = __LINE__ + 1;
    gilt::atomically<own_domain>([&](token& t) { t[x] += 1; });
  }
  unsigned throwing = __LINE__ + 1;
  EXPECT_THROW(gilt::atomically<own_domain>([&](token& t) { t[x] = 0; throw 1; }), int);
  const statistics s = gilt::stats<own_domain>();
  expect_equations(s);
  EXPECT_EQ(s.commits - before.commits, 3u);
  EXPECT_EQ(s.aborts - before.aborts, 1u);
  ASSERT_NE(line_of(s, line), nullptr);
  EXPECT_EQ(line_of(s, line)->commits, 3u);
  EXPECT_EQ(line_of(s, line)->aborts, 0u);
  EXPECT_EQ(line_of(s, line)->main_cause(), abort_cause::none);
  ASSERT_NE(line_of(s, throwing), nullptr);
  EXPECT_EQ(line_of(s, throwing)->main_cause(), abort_cause::user_exception);
}

TEST(stats, conflicts_are_charged_to_the_line_that_lost) {
  gilt::var<int, own_domain> x{0};
  int runs = 0;
  const unsigned line = __LINE__ + 1;
  gilt::atomically<own_domain>([&](token& t) {
    const int seen = t(x);
    if (++runs == 1) std::thread([&] { x.store_now(5); }).join();
    t[x] = seen + 1;
  });
  const statistics s = gilt::stats<own_domain>();
  expect_equations(s);
  ASSERT_NE(line_of(s, line), nullptr);
  EXPECT_EQ(line_of(s, line)->aborts, 1u);
  EXPECT_EQ(line_of(s, line)->main_cause(), abort_cause::validation);
}

TEST(stats, a_running_attempt_is_active) {
  const statistics inside = gilt::atomically<own_domain>([](token&) {
    return gilt::stats<own_domain>();
  });
  EXPECT_EQ(inside.active, 1u);
  expect_equations(inside);
  EXPECT_EQ(gilt::stats<own_domain>().active, 0u);
}

TEST(stats, threads_that_are_gone_still_count) {
  gilt::var<long, own_domain> x{0};
  const auto before = gilt::stats<own_domain>().commits;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) gilt::atomically<own_domain>([&](token& t) { ++t[x]; });
    });
  }
  for (auto& t : threads) t.join();
  const statistics s = gilt::stats<own_domain>();
  EXPECT_EQ(s.commits - before, 2000u);
  expect_equations(s);
}

TEST(stats, every_cause_has_a_name) {
  for (std::size_t i = 0; i < gilt::abort_cause_count; ++i) {
    EXPECT_STRNE(gilt::to_string(static_cast<abort_cause>(i)), "unknown");
  }
  EXPECT_STREQ(gilt::to_string(static_cast<abort_cause>(gilt::abort_cause_count)), "unknown");
}

}  // namespace
