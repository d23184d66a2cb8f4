// SPDX-License-Identifier: BSL-1.0
#pragma once
// locks: backends that guard everything by one lock, and the one that guards by nothing. A backend
// gives a variable type, `update` and `read` blocks, and how a block reads and writes variables.
#include <tbb/spin_rw_mutex.h>

#include <mutex>
#include <shared_mutex>

namespace gilt::bench {

template <class Derived>
struct plain_backend {
  template <class T>
  class var {
   public:
    var(T v = T()) : value_(v) {}
    T value_;
  };
  struct token {};
  template <class T>
  static T get(token&, const var<T>& v) { return v.value_; }
  template <class T>
  static void set(token&, var<T>& v, T x) { v.value_ = x; }
  template <class T>
  static T final_value(const var<T>& v) { return v.value_; }
  template <class T, class... Args>
  static T* make(token&, Args&&... args) { return new T(std::forward<Args>(args)...); }
  template <class T>
  static void retire(token&, T* p) { delete p; }
};

struct seq_backend : plain_backend<seq_backend> {
  static constexpr const char* name = "seq";
  static constexpr unsigned max_threads = 1;
  struct domain {
    template <class F>
    auto update(F&& f) { token t; return f(t); }
    template <class F>
    auto read(F&& f) { token t; return f(t); }
  };
};

struct mutex_backend : plain_backend<mutex_backend> {
  static constexpr const char* name = "mutex";
  static constexpr unsigned max_threads = 1024;
  struct domain {
    alignas(128) std::mutex mutex;
    template <class F>
    auto update(F&& f) { const std::lock_guard guard(mutex); token t; return f(t); }
    template <class F>
    auto read(F&& f) { return update(f); }
  };
};

struct shared_mutex_backend : plain_backend<shared_mutex_backend> {
  static constexpr const char* name = "shared_mutex";
  static constexpr unsigned max_threads = 1024;
  struct domain {
    alignas(128) std::shared_mutex mutex;
    template <class F>
    auto update(F&& f) { const std::lock_guard guard(mutex); token t; return f(t); }
    template <class F>
    auto read(F&& f) { const std::shared_lock guard(mutex); token t; return f(t); }
  };
};

struct tbb_backend : plain_backend<tbb_backend> {
  static constexpr const char* name = "tbb";
  static constexpr unsigned max_threads = 1024;
  struct domain {
    alignas(128) tbb::spin_rw_mutex mutex;
    template <class F>
    auto update(F&& f) { const tbb::spin_rw_mutex::scoped_lock guard(mutex, true); token t; return f(t); }
    template <class F>
    auto read(F&& f) { const tbb::spin_rw_mutex::scoped_lock guard(mutex, false); token t; return f(t); }
  };
};

}  // namespace gilt::bench
