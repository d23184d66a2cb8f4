// SPDX-License-Identifier: BSL-1.0
#pragma once
// attempt: a transaction that waits by returning instead of by unwinding.
//
//   int taken = gilt::attempt([&](gilt::tx& t) -> gilt::outcome<int> {
//     if (t(stock) == 0) return gilt::retry;          // sleeps until something read has changed
//     t[stock] -= 1;
//     return t(stock);
//   });
//
// As atomically(), but the body says "not yet" by its result. t.retry() costs an exception, a
// microsecond or two; returning gilt::retry costs what an abort costs. Inside a running transaction
// attempt() joins it, and gilt::retry is t.retry().

#include <gilt/atomically.hpp>

namespace gilt {

struct retry_type {
  explicit constexpr retry_type() noexcept = default;
};
inline constexpr retry_type retry{};

// What a body of attempt() returns: a value, or gilt::retry.
template <class T>
class [[nodiscard]] outcome {
  static_assert(!std::is_reference_v<T>,
                "gilt::outcome<T>: T is a reference, which could be used outside the transaction");

 public:
  using value_type = T;
  outcome(retry_type) noexcept {}
  template <class V = T>
    requires(std::constructible_from<T, V &&> && !std::is_same_v<std::remove_cvref_t<V>, outcome> &&
             !std::is_same_v<std::remove_cvref_t<V>, retry_type>)
  outcome(V&& v) : value_(std::in_place, std::forward<V>(v)) {}

  bool retries() const noexcept { return !value_.has_value(); }
  T value() && { return *std::move(value_); }

 private:
  std::optional<T> value_;
};

// return {};  is the value.
template <>
class [[nodiscard]] outcome<void> {
 public:
  using value_type = void;
  constexpr outcome() noexcept = default;
  constexpr outcome(retry_type) noexcept : retries_(true) {}
  bool retries() const noexcept { return retries_; }

 private:
  bool retries_ = false;
};

namespace detail {

template <class T>
inline constexpr bool is_outcome = false;
template <class T>
inline constexpr bool is_outcome<outcome<T>> = true;

}  // namespace detail

template <class Domain = default_domain, class F>
auto attempt(const F& f, const std::source_location& where = std::source_location::current()) {
  static_assert(detail::is_body<F, Domain>,
                "gilt::attempt: the body is called as f(t) with a gilt::tx&, and must be "
                "const-callable since it may run again: [&](gilt::tx& t) { ... }, not mutable");
  if constexpr (detail::is_body<F, Domain>) {
    using R = std::invoke_result_t<const F&, basic_tx<Domain>&>;
    static_assert(detail::is_outcome<R>,
                  "gilt::attempt: the body returns gilt::outcome<T>: [&](gilt::tx& t) -> "
                  "gilt::outcome<int> { ... }");
    if constexpr (detail::is_outcome<R>) {
      R result = detail::run_atomically<Domain, detail::attempt_rules>(f, where);
      if constexpr (!std::is_void_v<typename R::value_type>) return std::move(result).value();
    }
  }
}

}  // namespace gilt
