// SPDX-License-Identifier: BSL-1.0
#pragma once
// gilt: the library under test, as a user would write it.
#include <gilt/gilt.hpp>

#include <source_location>

namespace gilt::bench {

template <class Domain>
struct stm_backend {
  static constexpr unsigned max_threads = 1024;
  using tx = gilt::basic_tx<Domain>;
  template <class T>
  using var = gilt::var<T, Domain>;
  struct domain {
    // The conflict table names the line of the workload.
    using place = std::source_location;
    template <class F>
    auto update(F&& f, const place& where = place::current()) {
      return gilt::atomically<Domain>([&](tx& t) { return f(t); }, where);
    }
    template <class F>
    auto read(F&& f, const place& where = place::current()) {
      return gilt::atomically<Domain>([&](tx& t) { return f(t); }, where);
    }
  };
  // A user writes t(v) and t[v] where these are called.
  template <class T>
  GILT_ALWAYS_INLINE static T get(tx& t, const var<T>& v) { return t(v); }
  template <class T>
  GILT_ALWAYS_INLINE static void set(tx& t, var<T>& v, T x) { t[v] = x; }
  template <class T>
  static T final_value(const var<T>& v) { return v.load_now(); }
  template <class T, class... Args>
  static T* make(tx& t, Args&&... args) { return t.template make<T>(std::forward<Args>(args)...); }
  template <class T>
  static void retire(tx& t, T* p) { t.retire(p); }
  static statistics counts() { return gilt::stats<Domain>(); }
};

struct gilt_backend : stm_backend<gilt::default_domain> {
  static constexpr const char* name = "gilt";
};
// The same core with TL2's clock.
struct tl2_backend : stm_backend<gilt::tl2_domain> {
  static constexpr const char* name = "gilt-tl2";
};

}  // namespace gilt::bench
