// SPDX-License-Identifier: BSL-1.0
#pragma once
// scripted_atomics: a policy for tests that act at one exact step of the protocol. A test arms a
// hook for one address (or for parking); the hook runs once, just before the operation, on the same
// thread: typically it lets a second transaction run to its end. Allocations can be made to fail.
//
// The core is instantiated for it in scripted_atomics.cpp.

#include <gilt/gilt.hpp>

#include <functional>

namespace gilt_test {

struct scripted_atomics : gilt::detail::real_atomics {
  enum class access { load, store, rmw };

  struct script {
    const void* address = nullptr;
    access when = access::load;
    unsigned skip = 0;                       // how many such operations pass first
    std::function<void()> action;
    std::function<void()> before_park;
    long allocations_left = -1;              // then allocate() fails; -1: never
  };
  static script& now() {
    static script s;
    return s;
  }
  static void at(const void* address, access when, std::function<void()> action, unsigned skip = 0) {
    now().address = address;
    now().when = when;
    now().skip = skip;
    now().action = std::move(action);
  }
  static bool fired() { return now().address == nullptr; }

  static void reach(const void* address, access when) {
    script& s = now();
    if (s.address != address || s.when != when) return;
    if (s.skip > 0) {
      --s.skip;
      return;
    }
    s.address = nullptr;
    const auto action = std::move(s.action);
    action();
  }

  static void* allocate(std::size_t bytes) noexcept {
    long& left = now().allocations_left;
    if (left == 0) return nullptr;
    if (left > 0) --left;
    return real_atomics::allocate(bytes);
  }

  template <class T>
  class cell {
   public:
    constexpr cell() noexcept = default;
    constexpr cell(T v) noexcept : value_(v) {}
    T load(std::memory_order o) const {
      reach(this, access::load);
      return value_.load(o);
    }
    void store(T v, std::memory_order o) {
      reach(this, access::store);
      value_.store(v, o);
    }
    T exchange(T v, std::memory_order o) {
      reach(this, access::rmw);
      return value_.exchange(v, o);
    }
    bool compare_exchange_strong(T& e, T v, std::memory_order a, std::memory_order b) {
      reach(this, access::rmw);
      return value_.compare_exchange_strong(e, v, a, b);
    }
    T fetch_add(T v, std::memory_order o) {
      reach(this, access::rmw);
      return value_.fetch_add(v, o);
    }
    T fetch_or(T v, std::memory_order o) { return value_.fetch_or(v, o); }
    T fetch_and(T v, std::memory_order o) { return value_.fetch_and(v, o); }

   private:
    real_atomics::atomic<T> value_{};
  };
  template <class T>
  using atomic = cell<T>;
  template <class T>
  using own = cell<T>;

  class parker : public real_atomics::parker {
   public:
    void park() {
      if (now().before_park) {
        const auto f = std::move(now().before_park);
        now().before_park = nullptr;
        f();
      }
      real_atomics::parker::park();
    }
  };
};

using scripted_domain = gilt::detail::basic_domain<scripted_atomics>;
using scripted_tx = gilt::basic_tx<scripted_domain>;
template <class T>
using scripted_var = gilt::var<T, scripted_domain>;

}  // namespace gilt_test

namespace gilt::detail {
extern template class limbo<gilt_test::scripted_atomics>;
extern template class transaction<gilt_test::scripted_atomics>;
extern template class context<gilt_test::scripted_atomics>;
}  // namespace gilt::detail
