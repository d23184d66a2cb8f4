// SPDX-License-Identifier: BSL-1.0
// time: clocks are pure reads (they end no slice); sleep ends the slice and lets others run.
#include <chrono>
#include <cmath>
#include <ctime>
#include <thread>

#include "interp/builtins/modules.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {
namespace {

template <clockid_t Clock>
std::int64_t nanoseconds() {
  timespec ts{};
  clock_gettime(Clock, &ts);
  return std::int64_t{ts.tv_sec} * 1'000'000'000 + ts.tv_nsec;
}
template <clockid_t Clock>
value seconds(thread_state&, const call_args&) {
  return value::real(static_cast<double>(nanoseconds<Clock>()) * 1e-9);
}
template <clockid_t Clock>
value nanos(thread_state& t, const call_args&) {
  return int_from_int64(t, nanoseconds<Clock>());
}
value time_sleep(thread_state& t, const call_args& a) {
  double duration;
  // Whatever is no float must be an int: what has __float__ alone does not do.
  const value given = unboxed(a[0]).is_double() ? a[0] : index_of(t, a[0]);
  if (given.empty() || !to_double(t, given, duration)) return {};
  if (std::isnan(duration))
    return raise(t, t.interp->errors.ValueError, "Invalid value NaN (not a number)");
  if (duration < 0) return raise(t, t.interp->errors.ValueError, "sleep length must be non-negative");
  if (timed_out(t)) return value::none();
  return block_on(t, nullptr, deadline_in(t, duration));
}
value broken_down(thread_state& t, const tm& x) {
  return make_tuple(t, {value::small_int(x.tm_year + 1900), value::small_int(x.tm_mon + 1),
                        value::small_int(x.tm_mday), value::small_int(x.tm_hour),
                        value::small_int(x.tm_min), value::small_int(x.tm_sec),
                        value::small_int((x.tm_wday + 6) % 7), value::small_int(x.tm_yday + 1),
                        value::small_int(x.tm_isdst)});
}
bool moment(thread_state& t, const call_args& a, std::time_t& out) {
  out = std::time(nullptr);
  if (a.npos == 0 || a[0].is_none()) return true;
  double s;
  if (!to_double(t, a[0], s)) return false;
  out = static_cast<std::time_t>(std::floor(s));
  return true;
}
value time_localtime(thread_state& t, const call_args& a) {
  std::time_t when;
  tm parts{};
  if (!moment(t, a, when)) return {};
  localtime_r(&when, &parts);
  return broken_down(t, parts);
}
value time_gmtime(thread_state& t, const call_args& a) {
  std::time_t when;
  tm parts{};
  if (!moment(t, a, when)) return {};
  gmtime_r(&when, &parts);
  return broken_down(t, parts);
}
value time_strftime(thread_state& t, const call_args& a) {
  if (!is(a[0], kind::str))
    return raise(t, t.interp->errors.TypeError, "strftime() argument 1 must be str");
  tm parts{};
  const std::time_t now = std::time(nullptr);
  localtime_r(&now, &parts);
  if (a.npos > 1) {
    if (!is(a[1], kind::tuple) || a[1].as<tuple_object>()->length != 9)
      return raise(t, t.interp->errors.TypeError, "Tuple or struct_time argument required");
    std::int64_t f[9];
    for (int i = 0; i < 9; ++i) {
      if (!to_int64_clamped(t, a[1].as<tuple_object>()->items()[i], f[i])) return {};
    }
    parts.tm_year = static_cast<int>(f[0]) - 1900;
    parts.tm_mon = static_cast<int>(f[1]) - 1;
    parts.tm_mday = static_cast<int>(f[2]);
    parts.tm_hour = static_cast<int>(f[3]);
    parts.tm_min = static_cast<int>(f[4]);
    parts.tm_sec = static_cast<int>(f[5]);
    parts.tm_wday = static_cast<int>((f[6] + 1) % 7);
    parts.tm_yday = static_cast<int>(f[7]) - 1;
    parts.tm_isdst = static_cast<int>(f[8]);
  }
  const std::string format = to_utf8(a[0].as<string_object>());
  if (format.empty()) return a[0];
  std::string out(format.size() * 4 + 256, '\0');
  for (;;) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    const std::size_t n = std::strftime(out.data(), out.size(), format.c_str(), &parts);
#pragma GCC diagnostic pop
    if (n > 0 || out.size() > 1'000'000) {
      out.resize(n);
      return make_string(t, out);
    }
    out.resize(out.size() * 2);
  }
}

constexpr native_definition functions[] = {
    {"time", seconds<CLOCK_REALTIME>, 0, 0, false},
    {"time_ns", nanos<CLOCK_REALTIME>, 0, 0, false},
    {"monotonic", seconds<CLOCK_MONOTONIC>, 0, 0, false},
    {"monotonic_ns", nanos<CLOCK_MONOTONIC>, 0, 0, false},
    {"perf_counter", seconds<CLOCK_MONOTONIC>, 0, 0, false},
    {"perf_counter_ns", nanos<CLOCK_MONOTONIC>, 0, 0, false},
    {"process_time", seconds<CLOCK_PROCESS_CPUTIME_ID>, 0, 0, false},
    {"process_time_ns", nanos<CLOCK_PROCESS_CPUTIME_ID>, 0, 0, false},
    {"thread_time", seconds<CLOCK_THREAD_CPUTIME_ID>, 0, 0, false},
    {"sleep", time_sleep, 1, 1, false},
    {"localtime", time_localtime, 0, 1, false},
    {"gmtime", time_gmtime, 0, 1, false},
    {"strftime", time_strftime, 1, 2, false},
};

}  // namespace

void fill_time(thread_state& t, module_object* m) { define_functions(t, m, functions); }

}  // namespace gilt::interp
