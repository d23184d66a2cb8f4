// SPDX-License-Identifier: BSL-1.0
#pragma once
// context: a thread's side of gilt::atomically. Around the engine (transaction.hpp) it keeps what
// an attempt owns beyond words: boxes, nodes made and retired, hooks; it sleeps for retry() and
// decides when an attempt has lost often enough to be served alone.
//
// Life of an attempt: begin, body, before_commit hooks, engine commit, retire, end, on_commit hooks
// (outside any transaction). Or: rollback, free what was made, on_abort hooks, back off, again.
//
// How a conflict leaves the body: the engine says false, leave() throws abort_signal, atomically()
// catches it. A body that swallows it stays doomed: its next access throws again and commit
// refuses. retry() travels the same way as retry_signal, which or_else catches.

#include <gilt/detail/backoff.hpp>
#include <gilt/detail/reclaim.hpp>
#include <gilt/detail/transaction.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <source_location>
#include <vector>

namespace gilt::detail {

struct abort_signal {};            // no std::exception: a body's catch clauses for those pass it on
struct retry_signal {};

// What becomes of an exception that has left the body.
enum class departure : std::uint8_t {
  run_again,                       // thrown from a stale view: dropped
  rethrow,                         // rolled back
  rethrow_committed,               // from an irrevocable attempt: its effects stay
  time_out                         // it swallowed retry(), whose time was up
};

// When a sleep ends at the latest; null: never.
using deadline = const std::chrono::steady_clock::time_point*;

// A hook: something to call once.
struct hook {
  virtual ~hook() = default;
  virtual void run() = 0;
};
template <class F>
struct hook_of final : hook {
  F f;
  explicit hook_of(F g) : f(static_cast<F&&>(g)) {}
  void run() override { f(); }
};
using hooks = std::vector<std::unique_ptr<hook>>;

template <class Atomics>
class alignas(2 * cache_line_bytes) context {   // no line shared with another thread's
 public:
  using engine = transaction<Atomics>;

  explicit context(shared<Atomics>& s) noexcept
      : engine_(s), limbo_(s), backoff_(reinterpret_cast<std::uintptr_t>(this)) {}

  engine& tx() noexcept { return engine_; }
  bool active() const noexcept { return engine_.active(); }
  bool irrevocable() const noexcept { return irrevocable_; }

  // -- one attempt --
  GILT_ALWAYS_INLINE void begin(const std::source_location& where) noexcept {
    if (GILT_UNLIKELY(failures_ >= patience)) begin_starved(); else engine_.begin();
    engine_.set_site(where.file_name(), where.line(), where.function_name());
  }
  // Before-commit hooks included. False: abort(). May throw like the body.
  GILT_ALWAYS_INLINE bool commit() {
    if (GILT_LIKELY(!owns_something_)) {
      if (GILT_UNLIKELY(!engine_.commit())) return false;
      failures_ = 0;
      return true;
    }
    return commit_owning();
  }
  // After commit() == true, outside the transaction; rethrows the hooks' first exception.
  GILT_ALWAYS_INLINE void after_commit() {
    if (GILT_UNLIKELY(owns_something_)) run_commit_hooks();
  }
  // Rolls back, frees what was made, runs on_abort hooks.
  void abort() noexcept;
  // After abort_signal, or commit() == false: abort, wait as the cause asks. Throws bad_alloc if
  // the attempt failed because memory is out. False: as wait_for_change().
  bool recover(deadline until = nullptr);
  // After retry_signal: sleeps until something read has changed; false: the time was up before.
  bool wait_for_change(deadline until = nullptr);
  // The body returned gilt::retry: as retry() and then wait_for_change(), without unwinding.
  void retry_by_return();
  // In a catch(...) around the body.
  departure leave_by_exception(deadline until = nullptr);
  departure commit_by_exception();         // what the body did stays

  [[noreturn]] GILT_COLD void leave();     // the attempt is doomed: throws the signal that fits
  [[noreturn]] GILT_COLD void retry();
  void become_irrevocable();

  // -- partial rollback --
  struct savepoint {
    typename engine::savepoint words;
    std::size_t makes, retires, before, after, aborted;
  };
  savepoint save() noexcept {
    return {engine_.save(), makes_.size(), retires_.size(), before_.size(), after_.size(),
            aborted_.size()};
  }
  void release(const savepoint& s) noexcept { engine_.release(s.words); }
  void rollback_to(const savepoint& s) noexcept;

  // -- what an attempt owns --
  void own_box(box_base* b);               // throws bad_alloc after destroying it
  void own_made(void* p, void (*destroy)(void*) noexcept);
  void retire(void* p, void (*destroy)(void*) noexcept);
  void privatize() noexcept { owns_something_ = privatizes_ = true; }
  void ensure() noexcept { owns_something_ = ensures_ = true; }
  hooks& before_commit_hooks() noexcept { return owning(before_); }
  hooks& commit_hooks() noexcept { return owning(after_); }
  hooks& abort_hooks() noexcept { return owning(aborted_); }

  void quiesce();
  std::size_t retired_count() const noexcept { return limbo_.size(); }

  // Attempts that may fail in a row before one is served alone.
  static constexpr unsigned patience = 64;

 private:
  struct owned {
    void* what;
    void (*destroy)(void*) noexcept;
  };

  hooks& owning(hooks& h) noexcept {
    owns_something_ = true;
    return h;
  }
  void begin_starved() noexcept;
  bool commit_owning();
  void run_commit_hooks();
  bool watch_reads() noexcept;
  static void destroy_all(log<owned, Atomics>& l) noexcept;
  std::size_t choose_boxes() noexcept;
  void destroy_boxes(std::size_t from) noexcept;

  engine engine_;
  bool owns_something_ = false;            // any of the lists below may be in use
  bool irrevocable_ = false;
  bool privatizes_ = false;                // waits for earlier attempts once committed
  bool ensures_ = false;                   // what was read must still be so at the commit
  unsigned failures_ = 0;                  // attempts lost in a row
  limbo<Atomics> limbo_;
  log<box_base*, Atomics> boxes_;          // made by this attempt, superseded ones included
  log<owned, Atomics> makes_;
  log<owned, Atomics> retires_;
  log<owned, Atomics> discarded_;          // made in a branch that was rolled back
  hooks before_, after_, aborted_;
  backoff<Atomics> backoff_;
};

// The calling thread's context for a domain: made on first use, gone with the thread.
template <class Domain>
struct context_key {};

template <class Domain>
GILT_COLD context<typename Domain::atomics>& make_context() {
  using A = typename Domain::atomics;
  auto* const c = A::template create<context<A>>(domain_shared<Domain>);
  try {
    A::at_thread_exit(
        [](void* p) {
          A::template local<context_key<Domain>>() = nullptr;
          A::destroy(static_cast<context<A>*>(p));
        },
        c);
  } catch (...) {
    A::destroy(c);
    throw;
  }
  A::template local<context_key<Domain>>() = c;
  return *c;
}

template <class Domain>
GILT_ALWAYS_INLINE context<typename Domain::atomics>& this_context() {
  void* const mine = Domain::atomics::template local<context_key<Domain>>();
  if (GILT_LIKELY(mine != nullptr)) return *static_cast<context<typename Domain::atomics>*>(mine);
  return make_context<Domain>();
}

extern template class context<real_atomics>;

}  // namespace gilt::detail
