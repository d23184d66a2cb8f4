// SPDX-License-Identifier: BSL-1.0
#pragma once
// stats: what the transactions of a domain have done so far, by cause and by source line. Counting
// is always on; the sums are made at the call. While transactions run the figures are of slightly
// different moments; at rest, starts == commits + aborts + active, and the lines' sums are the
// totals of all transactions begun by gilt::atomically.
//
//   for (const gilt::site_statistics& s : gilt::stats().sites) ...

#include <gilt/detail/shared.hpp>
#include <gilt/var.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace gilt {

struct site_statistics {
  std::string file;
  std::uint64_t line = 0;
  std::string function;
  std::uint64_t commits = 0;
  std::uint64_t aborts = 0;
  std::array<std::uint64_t, abort_cause_count> by_cause{};   // index: abort_cause

  // The most frequent cause; none if there was no abort.
  abort_cause main_cause() const noexcept;
};

struct statistics {
  std::uint64_t starts = 0;
  std::uint64_t commits = 0;
  std::uint64_t aborts = 0;        // retries and exceptions included, see by_cause
  std::uint64_t active = 0;        // attempts running at the moment of the call
  std::uint64_t extensions = 0;    // snapshots moved forward instead of aborting
  std::uint64_t waits = 0;         // retries that went to sleep
  std::uint64_t serial = 0;        // attempts served alone: starved or irrevocable
  std::array<std::uint64_t, abort_cause_count> by_cause{};   // index: abort_cause
  std::vector<site_statistics> sites;                        // most aborts first
};

namespace detail {
template <class Atomics>
statistics statistics_of(shared<Atomics>& s);
}

template <class Domain = default_domain>
statistics stats() {
  return detail::statistics_of(detail::domain_shared<Domain>);
}

}  // namespace gilt
