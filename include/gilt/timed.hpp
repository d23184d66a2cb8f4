// SPDX-License-Identifier: BSL-1.0
#pragma once
// timed: transactions that give up waiting.
//
//   std::optional<int> job = gilt::atomically_for(50ms, [&](gilt::tx& t) {
//     t.check(t(waiting) != 0);                 // sleeps until something read has changed
//     t[waiting] -= 1;
//     return t(next);
//   });                                         // no value: 50 ms went by
//
// As atomically(), but a body that still retries when the time is up is left undone: a body with a
// value returns std::optional of it, one without returns bool. A body whose condition holds
// commits, however late it is: a time in the past means "try once". The time bounds the sleep, not
// the work: an attempt that lost a conflict runs again, as often as atomically() would have it.
//
// Who gives up takes nothing along: a change wakes all watchers of a variable, so a wake-up that
// comes too late for one is not lost for the others.
//
// Inside a running transaction both throw usage_error: only the outermost one sleeps. Time is
// steady_clock's; a time point of another clock is converted once, at the call.

#include <gilt/atomically.hpp>

#include <chrono>

namespace gilt {
namespace detail {

using steady = std::chrono::steady_clock;

// Rounded up; what lies beyond the clock's range is its end.
template <class Rep, class Period>
steady::time_point after(std::chrono::duration<Rep, Period> d) {
  const steady::time_point now = steady::now();
  const auto room = std::chrono::duration<double>(steady::time_point::max() - now);
  if (std::chrono::duration<double>(d) <= std::chrono::duration<double>::zero()) return now;
  if (!(std::chrono::duration<double>(d) < room)) return steady::time_point::max();
  return now + std::chrono::ceil<steady::duration>(d);
}

}  // namespace detail

template <class Domain = default_domain, class Clock, class Duration, class F>
auto atomically_until(const std::chrono::time_point<Clock, Duration>& when, const F& f,
                      const std::source_location& where = std::source_location::current()) {
  static_assert(detail::is_body<F, Domain>,
                "gilt::atomically_until: the body is called as f(t) with a gilt::tx&, and must be "
                "const-callable since it may run again: [&](gilt::tx& t) { ... }, not mutable");
  if constexpr (detail::is_body<F, Domain>) {
    detail::steady::time_point until;
    if constexpr (std::is_same_v<Clock, detail::steady>) {
      until = std::chrono::ceil<detail::steady::duration>(when);
    } else {
      until = detail::after(when - Clock::now());
    }
    return detail::run_atomically<Domain, detail::timed_rules>(f, where, {until});
  }
}

template <class Domain = default_domain, class Rep, class Period, class F>
auto atomically_for(std::chrono::duration<Rep, Period> time, const F& f,
                    const std::source_location& where = std::source_location::current()) {
  static_assert(detail::is_body<F, Domain>,
                "gilt::atomically_for: the body is called as f(t) with a gilt::tx&, and must be "
                "const-callable since it may run again: [&](gilt::tx& t) { ... }, not mutable");
  if constexpr (detail::is_body<F, Domain>) {
    return detail::run_atomically<Domain, detail::timed_rules>(f, where, {detail::after(time)});
  }
}

}  // namespace gilt
