// SPDX-License-Identifier: BSL-1.0
#pragma once
// tx: the token a transaction's body receives; holding one proves that one is inside.
//
//   t(x)            the value of x: a copy if it is small, else const T& until the attempt ends
//   t[x]            x as an lvalue: =, +=, ++ ... ; use it in the same expression
//   t(*n, &node::next), t.at(*n, &node::next)     the same for a record's field (record.hpp)
//   t.retry()       sleep until something read so far has changed, then run the body again
//   t.check(cond)   retry() unless cond
//   t.or_else(f, g ...)  the first that does not retry; what a retrying branch wrote is undone
//   t.wait_until(x, pred)  the value of x once pred(x) holds
//   t.peek(x)       the committed value of now, which another transaction may change unnoticed
//   t.ensure(x)     t(x), and the commit fails unless all that was read is still so
//   t.nested(f)     a part that is undone alone if an exception leaves it
//   t.before_commit(f), t.on_commit(f), t.on_abort(f)
//   t.make<T>(...)  a new T that is freed again if the attempt aborts
//   t.retire(p)     delete p after commit, once no running attempt can reach it
//   t.privatize()   after commit, wait until what was made unreachable is touched by none
//   t.irrevocable() from here on this attempt cannot abort: for effects outside memory
//
// Any access may leave the body by a private exception, when the attempt has lost a conflict; it
// runs again. A tx is not copied and not used by another thread.

#include <gilt/record.hpp>
#include <gilt/var.hpp>

#include <concepts>
#include <functional>
#include <source_location>

namespace gilt {

template <class Domain>
class basic_tx;

namespace detail {

// What t[x] gives: usable only in the expression it was written in.
template <class T, class Domain>
class [[nodiscard]] lvalue {
  using A = typename Domain::atomics;
  using cell_type = value_cell<T, A>;

 public:
  lvalue(const lvalue&) = delete;
  lvalue& operator=(const lvalue&) = delete;

  operator read_result<T>() && { return read(); }

  template <class V = T>
    requires std::constructible_from<T, V&&>
  void operator=(V&& v) && {
    write(std::forward<V>(v));
  }

#define GILT_COMPOUND(op)                                               \
  template <class V>                                                    \
    requires requires(const T& a, V&& b) { a op std::forward<V>(b); }   \
  void operator op##=(V&& v) && {                                       \
    write(static_cast<T>(read() op std::forward<V>(v)));                \
  }
  GILT_COMPOUND(+)
  GILT_COMPOUND(-)
  GILT_COMPOUND(*)
  GILT_COMPOUND(/)
  GILT_COMPOUND(%)
  GILT_COMPOUND(&)
  GILT_COMPOUND(|)
  GILT_COMPOUND(^)
  GILT_COMPOUND(<<)
  GILT_COMPOUND(>>)
#undef GILT_COMPOUND

  T operator++() && requires requires(T a) { ++a; } {
    T v(read());
    ++v;
    write(v);
    return v;
  }
  T operator--() && requires requires(T a) { --a; } {
    T v(read());
    --v;
    write(v);
    return v;
  }
  T operator++(int) && requires requires(T a) { ++a; } {
    T old(read()), v(old);
    ++v;
    write(v);
    return old;
  }
  T operator--(int) && requires requires(T a) { --a; } {
    T old(read()), v(old);
    --v;
    write(v);
    return old;
  }

 private:
  friend class basic_tx<Domain>;
  lvalue(context<A>& c, orec<A>& o, word_cell<A>& w) noexcept : context_(c), lock_(o), cell_(w) {}

  read_result<T> read() const {
    word w = 0;
    if (GILT_UNLIKELY(!context_.tx().read_redo(lock_, cell_, w))) context_.leave();
    return cell_type::decode(w);
  }
  template <class V>
  void write(V&& v) {
    const word w = cell_type::encode(context_, std::forward<V>(v));
    if (GILT_UNLIKELY(!context_.tx().write_redo(lock_, cell_, w, cell_type::boxed))) {
      context_.leave();
    }
  }

  context<A>& context_;
  orec<A>& lock_;
  word_cell<A>& cell_;
};

struct access;                     // atomically.hpp: makes tokens

}  // namespace detail

template <class Domain>
class basic_tx {
  using A = typename Domain::atomics;
  using context = detail::context<A>;

 public:
  using domain = Domain;
  template <class T>
  using variable = var<T, Domain>;

  basic_tx(const basic_tx&) = delete;
  basic_tx& operator=(const basic_tx&) = delete;

  template <class T>
  GILT_ALWAYS_INLINE detail::read_result<T> operator()(const var<T, Domain>& x) const {
    return read<T>(x.lock_, x.value_.cell());
  }
  template <class R, class T, class B>
    requires std::derived_from<R, basic_record<Domain>> && std::derived_from<R, B>
  GILT_ALWAYS_INLINE detail::read_result<T> operator()(const R& r,
                                                       field<T, Domain> B::*member) const {
    return read<T>(static_cast<const basic_record<Domain>&>(r).lock_, (r.*member).value_.cell());
  }

  template <class T>
  detail::lvalue<T, Domain> operator[](var<T, Domain>& x) const {
    return {*context_, x.lock_, x.value_.cell()};
  }
  template <class R, class T, class B>
    requires std::derived_from<R, basic_record<Domain>> && std::derived_from<R, B>
  detail::lvalue<T, Domain> at(R& r, field<T, Domain> B::*member) const {
    return {*context_, static_cast<basic_record<Domain>&>(r).lock_, (r.*member).value_.cell()};
  }

  // The value of x once pred(value) holds; until then as retry().
  template <class T, class P>
  detail::read_result<T> wait_until(const var<T, Domain>& x, P&& pred) const {
    detail::read_result<T> v = (*this)(x);
    check(std::invoke(std::forward<P>(pred), v));
    return v;
  }

  // The latest committed value, or what this attempt has written. It belongs to no snapshot and is
  // not tracked: a change of it afterwards is no conflict. Waits while another thread commits to x.
  template <class T>
  detail::read_result<T> peek(const var<T, Domain>& x) const {
    detail::word w = 0;
    if (GILT_UNLIKELY(!context_->tx().peek(x.lock_, x.value_.cell(), w))) context_->leave();
    return detail::value_cell<T, A>::decode(w);
  }

  // As t(x); and even a transaction that writes nothing commits only if everything it has read is
  // unchanged at that moment (otherwise it may take its place at the moment of its snapshot).
  template <class T>
  detail::read_result<T> ensure(const var<T, Domain>& x) const {
    context_->ensure();
    return (*this)(x);
  }

  // Changes a copy of the value by f(T&) and writes it back: one private copy a call.
  template <class T, class F>
  void modify(var<T, Domain>& x, F&& f) const {
    T copy((*this)(x));
    std::invoke(std::forward<F>(f), copy);
    (*this)[x] = std::move(copy);
  }

  // Throws usage_error after irrevocable(). If no branch is left and nothing was read, so that
  // nothing could end the wait, atomically() throws usage_error.
  [[noreturn]] void retry() const { context_->retry(); }
  void check(bool condition) const {
    if (!condition) retry();
  }

  // Runs f(t). If an exception leaves f, what f wrote, made, retired and hooked is undone and the
  // exception goes on; what it read stays read.
  template <class F>
  auto nested(const F& f) const;

  // Runs the branches in order until one does not retry. If all do, waits for what any has read.
  // An exception leaves or_else as it leaves nested(); it does not choose the next branch.
  template <class F, class... More>
  auto or_else(const F& f, const More&... more) const;

  // f(t) runs when the body is over, inside the transaction; it may still abort or retry.
  template <class F>
  void before_commit(F f) const {
    static_assert(std::is_invocable_v<F&, basic_tx&>,
                  "before_commit(f): f is called as f(t) with the transaction's token");
    add(context_->before_commit_hooks(), [c = context_, f = std::move(f)]() mutable {
      basic_tx t(*c);
      f(t);
    });
  }
  // f() runs after the commit, in order, outside any transaction. The first exception leaves
  // atomically(), with the state committed.
  template <class F>
  void on_commit(F f) const {
    static_assert(std::is_invocable_v<F&>,
                  "on_commit(f): f is called as f(), after the transaction; capture what it needs");
    add(context_->commit_hooks(), std::move(f));
  }
  // f() runs once when this attempt aborts; it must not throw.
  template <class F>
  void on_abort(F f) const {
    static_assert(std::is_nothrow_invocable_v<F&>,
                  "on_abort(f): f is called as f() and must be noexcept: [=]() noexcept { ... }");
    add(context_->abort_hooks(), std::move(f));
  }

  // Throws what T's constructor throws.
  template <class T, class... Args>
  T* make(Args&&... args) const {
    T* const p = A::template create<T>(std::forward<Args>(args)...);
    context_->own_made(p, [](void* q) noexcept { A::destroy(static_cast<T*>(q)); });
    return p;
  }
  // p comes from make() or from new; another attempt may still be reading it.
  template <class T>
  void retire(T* p) const {
    if (p == nullptr) return;
    using object = std::remove_const_t<T>;
    context_->retire(const_cast<object*>(p),
                     [](void* q) noexcept { A::destroy(static_cast<object*>(q)); });
  }

  // After the commit, before on_commit hooks, waits until every attempt that began earlier has ended:
  // memory that this transaction has made unreachable may then be read, written and freed without
  // t. Without it an attempt that is lost, or has not written back yet, may still touch it (the
  // privatization problem: Spear et al., PODC 2007). Costs a look at every running thread.
  void privatize() const { context_->privatize(); }

  // At most one attempt of the domain is irrevocable; others that write wait, readers go on. After
  // it, retry, or_else and an exception leaving the body are errors: the effects stay.
  void irrevocable() const { context_->become_irrevocable(); }

 private:
  friend struct detail::access;
  explicit basic_tx(context& c) noexcept : context_(&c) {}

  template <class T>
  GILT_ALWAYS_INLINE detail::read_result<T> read(detail::orec<A>& o,
                                                 detail::word_cell<A>& cell) const {
    detail::word w = 0;
    if (GILT_UNLIKELY(!context_->tx().read_redo(o, cell, w))) context_->leave();
    return detail::value_cell<T, A>::decode(w);
  }
  template <class F>
  static void add(detail::hooks& to, F f) {
    to.push_back(std::make_unique<detail::hook_of<F>>(std::move(f)));
  }
  template <class F, class... More>
  auto branches(const F& f, const More&... more) const;

  context* context_;
};

using tx = basic_tx<default_domain>;

// A token of any domain, or of another backend, for code that is to run on each:
//   template <gilt::transaction Tx> long total(Tx& t, const account<Tx>& a) { return t(a.left) + t(a.right); }
// where account<Tx> has members of type Tx::template variable<long>.
template <class Tx>
concept transaction =
    requires(Tx& t, typename Tx::template variable<int>& x, const typename Tx::template variable<int>& c) {
      { t(c) } -> std::convertible_to<int>;
      t[x] = 1;
      t[x] += 1;
      t.check(true);
    };

template <class Domain>
template <class F>
auto basic_tx<Domain>::nested(const F& f) const {
  static_assert(std::is_invocable_v<const F&, basic_tx&>,
                "t.nested(f): f is called as f(t) and must be const-callable, since it may run "
                "again; a lambda must not be mutable");
  basic_tx inner(*context_);
  const auto place = context_->save();
  try {
    using result = std::invoke_result_t<const F&, basic_tx&>;
    static_assert(!std::is_reference_v<result>,
                  "t.nested(f): f returns a reference; return a value");
    if constexpr (std::is_void_v<result>) {
      std::invoke(f, inner);
      context_->release(place);
    } else {
      result r = std::invoke(f, inner);
      context_->release(place);
      return r;
    }
  } catch (const detail::abort_signal&) {
    throw;
  } catch (const detail::retry_signal&) {
    throw;
  } catch (...) {
    if (!context_->irrevocable()) context_->rollback_to(place);
    context_->release(place);
    throw;
  }
}

template <class Domain>
template <class F, class... More>
auto basic_tx<Domain>::branches(const F& f, const More&... more) const {
  if constexpr (sizeof...(More) == 0) {
    return nested(f);
  } else {
    const auto place = context_->save();
    try {
      using result = std::invoke_result_t<const F&, basic_tx&>;
      if constexpr (std::is_void_v<result>) {
        nested(f);
        context_->release(place);
        return;
      } else {
        result r = nested(f);
        context_->release(place);
        return r;
      }
    } catch (const detail::retry_signal&) {
      context_->tx().resume();
      context_->rollback_to(place);
      context_->release(place);
    }
    return branches(more...);
  }
}

template <class Domain>
template <class F, class... More>
auto basic_tx<Domain>::or_else(const F& f, const More&... more) const {
  static_assert(sizeof...(More) >= 1, "t.or_else(f, g ...): give at least two branches");
  if (context_->irrevocable()) {
    throw usage_error("or_else() after irrevocable(): a branch could not be undone; choose before "
                      "t.irrevocable()");
  }
  return branches(f, more...);
}

}  // namespace gilt
