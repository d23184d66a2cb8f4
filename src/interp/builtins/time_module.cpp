// SPDX-License-Identifier: BSL-1.0
// time: clocks are pure reads (they end no slice); sleep ends the slice and lets others run.
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <thread>

#include "interp/builtins/modules.hpp"
#include "interp/builtins/struct_sequence.hpp"
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
std::atomic<type_object*> struct_time{nullptr};

value broken_down(thread_state& t, const tm& x) {
  return make_struct_sequence(t, struct_time, {value::small_int(x.tm_year + 1900), value::small_int(x.tm_mon + 1),
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
// time.struct_time(nine items)
value new_struct_time(thread_state& t, type_object* cls, const call_args& a) {
  if (a.npos != 1 || a.nkw > 0) return raise(t, t.interp->errors.TypeError, "time.struct_time() takes one argument, a sequence");
  const value items = tuple_of(t, a[0]);
  if (items.empty()) return {};
  auto* o = items.as<tuple_object>();
  if (o->length != 9) {
    return raise(t, t.interp->errors.TypeError, "time.struct_time() takes an at least 9-sequence (%llu-sequence given)",
                 static_cast<unsigned long long>(o->length));
  }
  return make_struct_sequence(t, cls, o->items(), 9);
}
// The moment a script names by its nine numbers.
bool from_items(thread_state& t, value v, tm& parts) {
  if (!is(v, kind::tuple) || v.as<tuple_object>()->length != 9) {
    raise(t, t.interp->errors.TypeError, "Tuple or struct_time argument required");
    return false;
  }
  std::int64_t f[9];
  for (int i = 0; i < 9; ++i) {
    if (!to_int64_clamped(t, v.as<tuple_object>()->items()[i], f[i])) return false;
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
  return true;
}
value time_mktime(thread_state& t, const call_args& a) {
  tm parts{};
  if (!from_items(t, a[0], parts)) return {};
  parts.tm_wday = -1;                                      // mktime sets it; -1 stays where it fails
  const std::time_t when = std::mktime(&parts);
  if (when == -1 && parts.tm_wday == -1) return raise(t, t.interp->errors.OverflowError, "mktime argument out of range");
  return value::real(static_cast<double>(when));
}
value as_text(thread_state& t, const tm& x) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[80];
  std::snprintf(text, sizeof text, "%s %s%3d %.2d:%.2d:%.2d %d", days[x.tm_wday % 7], months[x.tm_mon % 12], x.tm_mday, x.tm_hour,
                x.tm_min, x.tm_sec, 1900 + x.tm_year);
  return make_string(t, text);
}
value time_asctime(thread_state& t, const call_args& a) {
  tm parts{};
  const std::time_t now = std::time(nullptr);
  localtime_r(&now, &parts);
  if (a.npos > 0 && !from_items(t, a[0], parts)) return {};
  if (parts.tm_wday < 0 || parts.tm_mon < 0) return raise(t, t.interp->errors.ValueError, "day of week or month out of range");
  return as_text(t, parts);
}
value time_ctime(thread_state& t, const call_args& a) {
  std::time_t when;
  tm parts{};
  if (!moment(t, a, when)) return {};
  localtime_r(&when, &parts);
  return as_text(t, parts);
}
value time_strftime(thread_state& t, const call_args& a) {
  if (!is(a[0], kind::str))
    return raise(t, t.interp->errors.TypeError, "strftime() argument 1 must be str, not %s", type_name(t, a[0]).c_str());
  tm parts{};
  const std::time_t now = std::time(nullptr);
  localtime_r(&now, &parts);
  if (a.npos > 1 && !from_items(t, a[1], parts)) return {};
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
    {"thread_time_ns", nanos<CLOCK_THREAD_CPUTIME_ID>, 0, 0, false},
    {"mktime", time_mktime, 1, 1, false},
    {"asctime", time_asctime, 0, 1, false},
    {"ctime", time_ctime, 0, 1, false},
    {"sleep", time_sleep, 1, 1, false},
    {"localtime", time_localtime, 0, 1, false},
    {"gmtime", time_gmtime, 0, 1, false},
    {"strftime", time_strftime, 1, 2, false},
};

}  // namespace

void fill_time(thread_state& t, module_object* m) {
  struct_time = define_struct_sequence(
      t, "time", "struct_time",
      {"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"}, new_struct_time);
  define_functions(t, m, functions);
  define(t, m, "struct_time", value::of(struct_time));
  tzset();
  define(t, m, "timezone", int_from_int64(t, timezone));
  define(t, m, "altzone", int_from_int64(t, daylight ? timezone - 3600 : timezone));
  define(t, m, "daylight", value::small_int(daylight));
  define(t, m, "tzname", make_tuple(t, {make_string(t, tzname[0]), make_string(t, tzname[1])}));
}

}  // namespace gilt::interp
