// SPDX-License-Identifier: BSL-1.0
#pragma once
// atomically: run a body as one transaction and return its value.
//
//   long sum = gilt::atomically([&](gilt::tx& t) { return t(a) + t(b); });
//
// The body sees one consistent state and its writes appear at once or not at all. It may run
// several times: it must have no effects but through t and what it returns. An exception that
// leaves it rolls everything back and leaves atomically() once; one thrown from a view that has
// become stale is dropped and the body runs again. Throws std::bad_alloc when a log cannot grow.
//
// Called inside a running transaction of the same thread it joins that one, as t.nested(f) does.

#include <gilt/tx.hpp>

#include <chrono>
#include <optional>

namespace gilt {
namespace detail {

struct access {
  template <class Domain>
  static basic_tx<Domain> token(context<typename Domain::atomics>& c) noexcept {
    return basic_tx<Domain>(c);
  }
};

// The value a body returned, kept until the commit has succeeded.
template <class R>
using kept = std::conditional_t<std::is_void_v<R>, bool, std::optional<R>>;

// What distinguishes the forms of a transaction.
struct plain_rules {
  static constexpr bool may_return_retry = false, commits_on_throw = false;
};
struct attempt_rules {
  static constexpr bool may_return_retry = true, commits_on_throw = false;
};
struct committing_rules {
  static constexpr bool may_return_retry = false, commits_on_throw = true;
};
struct timed_rules {
  static constexpr bool may_return_retry = false, commits_on_throw = false;
  std::chrono::steady_clock::time_point until;
};
template <class Rules>
inline constexpr bool is_timed = std::is_same_v<Rules, timed_rules>;

template <class R>
inline constexpr bool is_coroutine = requires { typename R::promise_type; };

template <class R, class Rules>
using answer = std::conditional_t<is_timed<Rules>, kept<R>, R>;

template <class Domain, class Rules, class F>
auto run_joined(basic_tx<Domain>& t, const F& f) {
  GILT_CHECK(!this_context<Domain>().tx().ending(),
             "a transaction begins while this thread's own commits or rolls back: a signal handler "
             "may not run transactions; let it set a flag that the program looks at");
  if constexpr (Rules::commits_on_throw) {
    return std::invoke(f, t);                    // its writes stay with the exception
  } else if constexpr (Rules::may_return_retry) {
    return t.nested([&](basic_tx<Domain>& inner) {
      auto r = std::invoke(f, inner);
      if (r.retries()) inner.retry();
      return r;
    });
  } else {
    return t.nested(f);
  }
}

template <class Domain, class Rules = plain_rules, class F>
auto run_atomically(const F& f, const std::source_location& where,
                    [[maybe_unused]] const Rules& rules = {})
    -> answer<std::invoke_result_t<const F&, basic_tx<Domain>&>, Rules> {
  using token = basic_tx<Domain>;
  using R = std::invoke_result_t<const F&, token&>;
  static_assert(!is_coroutine<R>,
                "gilt::atomically: the body is a coroutine, which would go on after the transaction "
                "has ended: use co_await and co_yield outside, on what atomically() returns");
  static_assert(!std::is_reference_v<R>,
                "gilt::atomically: the body returns a reference, which could be used outside the "
                "transaction; return a value (write the lambda's type as -> T)");
  auto& c = this_context<Domain>();
  token t = access::token<Domain>(c);
  deadline until = nullptr;
  if constexpr (is_timed<Rules>) {
    if (c.active()) {
      throw usage_error("atomically_for() and atomically_until() inside a transaction cannot end "
                        "its wait: put the time limit around the outermost one");
    }
    until = &rules.until;
  } else {
    if (GILT_UNLIKELY(c.active())) return run_joined<Domain, Rules>(t, f);
  }
  for (;;) {
    kept<R> result{};
    bool committed = false, in_time = true;
    c.begin(where);
    try {
      if constexpr (std::is_void_v<R>) std::invoke(f, t);
      else result.emplace(std::invoke(f, t));
      if constexpr (Rules::may_return_retry) {
        if (result->retries()) {
          c.retry_by_return();
          continue;
        }
      }
      committed = c.commit();
      if (GILT_UNLIKELY(!committed)) in_time = c.recover(until);
    } catch (const abort_signal&) {
      in_time = c.recover(until);
    } catch (const retry_signal&) {
      in_time = c.wait_for_change(until);
    } catch (...) {
      // What recover() itself throws comes after the end of the attempt.
      if (!c.active()) throw;
      switch (Rules::commits_on_throw ? c.commit_by_exception() : c.leave_by_exception(until)) {
        case departure::run_again:
          break;
        case departure::time_out:
          in_time = false;
          break;
        case departure::rethrow:
          throw;
        case departure::rethrow_committed:
          try {
            throw;
          } catch (const usage_error&) {
            throw;
          } catch (...) {
            std::throw_with_nested(usage_error(
                "an exception left an irrevocable transaction: its effects stay, committed"));
          }
      }
    }
    if (committed) {
      c.after_commit();
      if constexpr (is_timed<Rules> && std::is_void_v<R>) return true;
      else if constexpr (is_timed<Rules>) return result;
      else if constexpr (std::is_void_v<R>) return;
      else return R(*std::move(result));
    }
    if constexpr (is_timed<Rules>) {
      if (!in_time) return {};
    }
  }
}

template <class F, class Domain>
inline constexpr bool is_body = std::is_invocable_v<const F&, basic_tx<Domain>&>;

}  // namespace detail

template <class Domain = default_domain, class F>
auto atomically(const F& f,
                const std::source_location& where = std::source_location::current()) {
  static_assert(detail::is_body<F, Domain>,
                "gilt::atomically: the body is called as f(t) with a gilt::tx&, and must be "
                "const-callable since it may run again: [&](gilt::tx& t) { ... }, not mutable");
  if constexpr (detail::is_body<F, Domain>) return detail::run_atomically<Domain>(f, where);
}

// The other meaning of an exception: it leaves, and what the body did before it is committed.
//
//   gilt::atomically(gilt::commit_on_throw, [&](gilt::tx& t) { t[attempts] += 1; check(input); });
//
// Inside a running transaction the exception leaves the inner part without undoing it.
struct commit_on_throw_type {
  explicit constexpr commit_on_throw_type() noexcept = default;
};
inline constexpr commit_on_throw_type commit_on_throw{};

template <class Domain = default_domain, class F>
auto atomically(commit_on_throw_type, const F& f,
                const std::source_location& where = std::source_location::current()) {
  static_assert(detail::is_body<F, Domain>,
                "gilt::atomically: the body is called as f(t) with a gilt::tx&, and must be "
                "const-callable since it may run again: [&](gilt::tx& t) { ... }, not mutable");
  if constexpr (detail::is_body<F, Domain>) {
    return detail::run_atomically<Domain, detail::committing_rules>(f, where);
  }
}

// Fails GILT_CHECK when this thread is inside a transaction of the domain: for what must not be
// called there, since an attempt may run again.
template <class Domain = default_domain>
void no_tx() {
  GILT_CHECK(!detail::this_context<Domain>().active(),
             "this must not be called inside a transaction, which may run again: use t.on_commit()");
}

// Waits until every transaction that is running now has ended. Afterwards memory that committed
// transactions made unreachable is touched by none. Throws usage_error inside a transaction.
template <class Domain = default_domain>
void quiesce() {
  detail::this_context<Domain>().quiesce();
}

template <class T, class Domain>
T var<T, Domain>::load_now() const {
  if constexpr (detail::fits_word<T>) {
    GILT_CHECK2(!detail::this_context<Domain>().active(),
                "load_now() inside a transaction reads past it: use t(x)");
    for (unsigned n = 0;; ++n) {
      const detail::word seen = lock_.load();                              // [MO-orec]
      const detail::word w = value_.cell().load(std::memory_order_acquire);  // [MO-word]
      if ((seen & detail::orec_locked) == 0 && lock_.load_relaxed() == seen) {
        return detail::value_cell<T, A>::decode(w);
      }
      if (n < 64) A::pause(); else A::yield();
    }
  } else {
    GILT_CHECK(!detail::this_context<Domain>().active(),
               "load_now() inside a transaction reads past it: use t(x)");
    return atomically<Domain>([this](basic_tx<Domain>& t) -> T { return t(*this); });
  }
}

template <class T, class Domain>
template <class V>
  requires std::constructible_from<T, V&&>
void var<T, Domain>::store_now(V&& v) {
  GILT_CHECK(!detail::this_context<Domain>().active(),
             "store_now() inside a transaction writes past it: use t[x] = v");
  const T value(std::forward<V>(v));
  atomically<Domain>([&](basic_tx<Domain>& t) { t[*this] = value; });
}

template <class T, class Domain>
template <class F>
T var<T, Domain>::update_now(const F& f) {
  GILT_CHECK(!detail::this_context<Domain>().active(),
             "update_now() inside a transaction writes past it: use t[x] = f(t(x))");
  return atomically<Domain>([&](basic_tx<Domain>& t) -> T {
    T value(std::invoke(f, t(*this)));
    t[*this] = value;
    return value;
  });
}

}  // namespace gilt
