// SPDX-License-Identifier: BSL-1.0
#pragma once
// gilt: the library under test, as a user would write it.
#include <gilt/gilt.hpp>

#include <source_location>

namespace gilt::bench {

struct gilt_backend {
  static constexpr const char* name = "gilt";
  static constexpr unsigned max_threads = 1024;
  template <class T>
  using var = gilt::var<T>;
  struct domain {
    // The conflict table names the line of the workload.
    using place = std::source_location;
    template <class F>
    auto update(F&& f, const place& where = place::current()) {
      return gilt::atomically([&](gilt::tx& t) { return f(t); }, where);
    }
    template <class F>
    auto read(F&& f, const place& where = place::current()) {
      return gilt::atomically([&](gilt::tx& t) { return f(t); }, where);
    }
  };
  template <class T>
  static T get(gilt::tx& t, const var<T>& v) { return t(v); }
  template <class T>
  static void set(gilt::tx& t, var<T>& v, T x) { t[v] = x; }
  template <class T>
  static T final_value(const var<T>& v) { return v.load_now(); }
  template <class T, class... Args>
  static T* make(gilt::tx& t, Args&&... args) { return t.template make<T>(std::forward<Args>(args)...); }
  template <class T>
  static void retire(gilt::tx& t, T* p) { t.retire(p); }
};

}  // namespace gilt::bench
