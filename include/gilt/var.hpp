// SPDX-License-Identifier: BSL-1.0
#pragma once
// var<T>: one transactional value with its version lock beside it.
//
//   gilt::var<long> balance{100};
//   gilt::atomically([&](gilt::tx& t) { t[balance] += 1; });
//   long now = balance.load_now();
//
// T is copied, never changed in place: a trivially copyable T of up to 8 bytes lives in the word,
// any other in an immutable box. Inside a body use t(x) and t[x]; the _now operations are
// transactions of their own. A var is neither copied nor moved. Destroying one that another thread
// may still reach needs t.retire() of what contains it, or gilt::quiesce() first.

#include <gilt/detail/value_cell.hpp>

#include <concepts>

namespace gilt {

// Where variables live that name no domain of their own: a deferred clock, so that disjoint writers
// share no line (detail/shared.hpp tells the clocks apart).
using default_domain = detail::basic_domain<detail::real_atomics, detail::clock_policy::deferred>;
// TL2 by the book: every update moves the clock. A reference to measure against.
using tl2_domain = detail::basic_domain<detail::real_atomics, detail::clock_policy::gv1>;

template <class Domain>
class basic_tx;

template <class T, class Domain = default_domain>
class var {
  static_assert(std::is_same_v<T, std::remove_cvref_t<T>>,
                "gilt::var<T>: T must be a plain type, without const, volatile or reference");
  static_assert(std::copy_constructible<T>, "gilt::var<T>: T must be copyable");
  static_assert(std::is_nothrow_destructible_v<T>,
                "gilt::var<T>: T's destructor must not throw: old values are destroyed where no "
                "exception could leave");
  using A = typename Domain::atomics;

 public:
  using value_type = T;

  var() requires std::default_initializable<T> : value_(std::in_place) {}
  template <class V>
    requires(std::constructible_from<T, V &&> && !std::is_same_v<std::remove_cvref_t<V>, var>)
  explicit(!std::convertible_to<V&&, T>) var(V&& v) : value_(std::in_place, std::forward<V>(v)) {}
  var(const var&) = delete;
  var& operator=(const var&) = delete;

  // The committed value, read in a transaction of its own.
  T load_now() const;
  template <class V>
    requires std::constructible_from<T, V&&>
  void store_now(V&& v);
  // Replaces the value by f(value) and returns the new one; f may run more than once.
  template <class F>
  T update_now(const F& f);

 private:
  friend class basic_tx<Domain>;

  mutable detail::orec<A> lock_;
  detail::value_cell<T, A> value_;
};

}  // namespace gilt
