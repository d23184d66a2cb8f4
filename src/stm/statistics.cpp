// SPDX-License-Identifier: BSL-1.0
// Sums the counters of all transaction objects of a domain, living and gone.
#include <gilt/detail/atomics_counting.hpp>
#include <gilt/stats.hpp>

#include <algorithm>
#include <map>
#include <tuple>

namespace gilt {

abort_cause site_statistics::main_cause() const noexcept {
  const auto most = std::max_element(by_cause.begin(), by_cause.end());
  return *most == 0 ? abort_cause::none : static_cast<abort_cause>(most - by_cause.begin());
}

namespace detail {

template <class Atomics>
statistics statistics_of(shared<Atomics>& s) {
  // The same line may be known under several pointers: one a translation unit.
  std::map<std::tuple<std::string, word, std::string>, site_statistics> lines;
  const auto add_line = [&](const site_counters<Atomics>& c) {
    site_statistics& to = lines[{c.where.file, c.where.line, c.where.function}];
    to.file = c.where.file;
    to.line = c.where.line;
    to.function = c.where.function;
    to.commits += c.commits.read();
    for (std::size_t i = 0; i < abort_cause_count; ++i) {
      to.by_cause[i] += c.aborts[i].read();
      to.aborts += c.aborts[i].read();
    }
  };

  totals sum;
  {
    const std::lock_guard guard(s.registry);
    sum = s.departed;
    for (const auto* c = s.departed_sites; c != nullptr; c = c->next) add_line(*c);
    for (auto* p = s.participants; p != nullptr; p = p->next) {
      p->count.add_to(sum);
      p->sites.for_each(add_line);
    }
    for (word slot = 1; slot <= s.slots.high(); ++slot) {
      if (s.slots.announcement(slot).load(std::memory_order_acquire) != 0) ++sum.active;
    }
  }

  statistics out;
  out.starts = sum.starts;
  out.commits = sum.commits;
  out.aborts = sum.aborts;
  out.active = sum.active;
  out.extensions = sum.extensions;
  out.waits = sum.waits;
  out.serial = sum.serial;
  std::copy(std::begin(sum.by_cause), std::end(sum.by_cause), out.by_cause.begin());
  for (auto& [key, line] : lines) out.sites.push_back(std::move(line));
  std::sort(out.sites.begin(), out.sites.end(), [](const auto& a, const auto& b) {
    return std::tie(b.aborts, a.file, a.line) < std::tie(a.aborts, b.file, b.line);
  });
  return out;
}

template statistics statistics_of(shared<real_atomics>&);
template statistics statistics_of(shared<counting_atomics>&);

}  // namespace detail
}  // namespace gilt
