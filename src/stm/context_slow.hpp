// SPDX-License-Identifier: BSL-1.0
#pragma once
// The slow paths of detail::context and detail::limbo: waiting for a change, giving way, hooks,
// memory. Templates over the atomics policy, instantiated in context.cpp.

#include <gilt/detail/context.hpp>

#include <algorithm>
#include <new>

#include <cxxabi.h>

namespace gilt::detail {

// -- reclamation --------------------------------------------------------------------------------

template <class A>
void limbo<A>::adopt_orphans() noexcept {
  const std::lock_guard guard(shared_->orphans_lock);
  auto* const all = static_cast<log<retired, A>*>(shared_->orphans);
  if (all == nullptr || all->empty() || !waiting_.reserve(all->size())) return;
  for (const retired& r : *all) waiting_.push_reserved(r);
  shared_->orphans = nullptr;
  A::destroy(all);
}

template <class A>
void limbo<A>::scan() noexcept {
  if (scanning_) return;
  adopt_orphans();
  if (waiting_.empty() || !dying_.reserve(waiting_.size())) return;
  scanning_ = true;
  // [equivalent acquire, relaxed: a stamp is an earlier value of the clock, as this thread or the one
  // that left it behind has seen it]
  const word clock = shared_->line.clock.load(std::memory_order_seq_cst);
  A::step(protocol_step::reclaim);
  A::heavy_barrier();                                            // [MO-announce]
  word lowest = ~word{0};
  const word high = shared_->slots.high();
  for (word slot = 1; slot <= high; ++slot) {
    const word a = shared_->slots.announcement(slot).load(std::memory_order_seq_cst);
    if (a != 0 && a - 1 < lowest) lowest = a - 1;
  }
  std::size_t kept = 0;
  for (const retired& r : waiting_) {
    if (r.stamp < lowest || r.stamp > clock) dying_.push_reserved(r); else waiting_[kept++] = r;
  }
  waiting_.truncate(kept);
  // The attempts that begin from now on do not hold back what is left.
  if (kept != 0 && shared_->deferred) shared_->move_clock(clock + 1);
  // By index: a destructor may run transactions, which add to waiting_ but not to dying_.
  for (std::size_t i = 0; i < dying_.size(); ++i) dying_[i].destroy(dying_[i].what);
  dying_.clear();
  next_scan_ = waiting_.size() * 2 < batch ? batch : waiting_.size() * 2;
  scanning_ = false;
}

template <class A>
limbo<A>::~limbo() {
  A::step(protocol_step::thread_exit);
  scan();
  if (waiting_.empty()) return;
  const std::lock_guard guard(shared_->orphans_lock);
  auto* all = static_cast<log<retired, A>*>(shared_->orphans);
  if (all == nullptr) {
    try {
      all = A::template create<log<retired, A>>();
    } catch (...) {
      return;                      // out of memory in a dying thread: what it retired stays
    }
    shared_->orphans = all;
  }
  if (!all->reserve(waiting_.size())) return;
  for (const retired& r : waiting_) all->push_reserved(r);
}

template <class A>
void wait_for_attempts(shared<A>& s) noexcept {
  // Whoever announces more than this began after us.
  // [equivalent acq_rel, acquire, release, relaxed: only the number counts; an attempt that begins
  // at it finds the caller's commits by its seq_cst orec loads]
  const word now = s.line.clock.fetch_add(1, std::memory_order_seq_cst) + 1;   // [MO-clock]
  A::heavy_barrier();                                            // [MO-announce]
  const word high = s.slots.high();
  for (word slot = 1; slot <= high; ++slot) {
    word first = 0;
    for (unsigned n = 0;; ++n) {
      A::step(protocol_step::quiesce);
      const word a = s.slots.announcement(slot).load(std::memory_order_seq_cst);
      if (a == 0 || a > now) break;
      if (n == 0) first = a; else if (a != first) break;         // a rollover lies between
      if (n < 64) A::pause(); else A::yield();
    }
  }
}

template <class A>
void context<A>::quiesce() {
  if (active()) {
    throw usage_error("gilt::quiesce() inside a transaction would wait for itself: call it after "
                      "atomically() has returned");
  }
  wait_for_attempts(engine_.domain());
  limbo_.scan();
}

// -- what an attempt owns -----------------------------------------------------------------------

template <class A>
void context<A>::own_box(box_base* b) {
  owns_something_ = true;
  if (boxes_.push(b)) return;
  b->destroy(b);
  throw std::bad_alloc();
}

template <class A>
void context<A>::own_made(void* p, void (*destroy)(void*) noexcept) {
  owns_something_ = true;
  if (makes_.push({p, destroy})) return;
  destroy(p);
  throw std::bad_alloc();
}

template <class A>
void context<A>::retire(void* p, void (*destroy)(void*) noexcept) {
  owns_something_ = true;
  if (!retires_.push({p, destroy})) throw std::bad_alloc();
}

// Newest first. The list is taken first: a destructor may run a transaction on this very context.
template <class A>
void context<A>::destroy_all(log<owned, A>& l) noexcept {
  if (l.empty()) return;
  log<owned, A> mine;
  mine.swap(l);
  while (!mine.empty()) {
    const owned o = mine.back();
    mine.pop();
    o.destroy(o.what);
  }
}

// Puts the boxes that the commit is going to publish first; returns how many they are.
template <class A>
std::size_t context<A>::choose_boxes() noexcept {
  if (boxes_.empty()) return 0;
  engine_.for_each_final_box([](box_base& b) { b.chosen = true; });
  const auto* end = std::partition(boxes_.begin(), boxes_.end(),
                                   [](const box_base* b) { return b->chosen; });
  return static_cast<std::size_t>(end - boxes_.begin());
}

template <class A>
void context<A>::destroy_boxes(std::size_t from) noexcept {
  if (boxes_.empty()) return;
  log<box_base*, A> mine;
  mine.swap(boxes_);
  for (std::size_t i = from; i < mine.size(); ++i) mine[i]->destroy(mine[i]);
  if (boxes_.capacity() == 0) {
    mine.clear();
    mine.swap(boxes_);             // keep the array for the next attempt
  }
}

template <class A>
void context<A>::rollback_to(const savepoint& s) noexcept {
  engine_.rollback_to(s.words);
  while (makes_.size() > s.makes) {
    // Destroyed when the attempt ends; if even that list cannot grow, now.
    const owned o = makes_.back();
    makes_.pop();
    if (!discarded_.push(o)) o.destroy(o.what);
  }
  retires_.truncate(s.retires);
  before_.resize(s.before);
  after_.resize(s.after);
  aborted_.resize(s.aborted);
}

// -- commit and abort ---------------------------------------------------------------------------

template <class A>
void context<A>::begin_starved() noexcept {
  engine_.begin_serial();
}

template <class A>
bool context<A>::commit_owning() {
  for (std::size_t i = 0; i < before_.size(); ++i) {
    // A before-commit hook may use the transaction and may add hooks: the vector may move.
    const std::unique_ptr<hook> h = std::move(before_[i]);
    h->run();
  }
  // Nothing may fail after the engine has committed.
  const bool room = limbo_.reserve(retires_.size() + engine_.writes());
  if (!room && !irrevocable_) throw std::bad_alloc();
  if (ensures_ && !engine_.validate_now()) return false;
  const std::size_t chosen = choose_boxes();
  if (!engine_.commit()) return false;
  failures_ = 0;
  ensures_ = false;
  irrevocable_ = false;
  // [equivalent acquire, relaxed: no older than what this commit found on the clock, by coherence]
  const word stamp = engine_.domain().line.clock.load(std::memory_order_seq_cst);
  A::step(protocol_step::retire);
  // An irrevocable attempt commits without memory, too: what it unlinked goes below then, as soon as
  // nobody can hold it. (The lists are emptied first: a destructor may run transactions.)
  log<owned, A> homeless_nodes;
  log<word, A> homeless_boxes;
  if (!room) {
    homeless_nodes.swap(retires_);
    homeless_boxes.swap(engine_.replaced());
  }
  for (const owned& o : retires_) limbo_.add_reserved({o.what, o.destroy, stamp});
  for (const word old : engine_.replaced()) {
    limbo_.add_reserved({reinterpret_cast<box_base*>(old),
                         [](void* p) noexcept {
                           auto* const b = static_cast<box_base*>(p);
                           b->destroy(b);
                         },
                         stamp});
  }
  engine_.replaced().clear();
  retires_.clear();
  makes_.clear();
  before_.clear();
  aborted_.clear();
  destroy_boxes(chosen);
  destroy_all(discarded_);
  if (GILT_UNLIKELY(!room)) {
    wait_for_attempts(engine_.domain());
    destroy_all(homeless_nodes);
    for (const word old : homeless_boxes) {
      auto* const b = reinterpret_cast<box_base*>(old);
      b->destroy(b);
    }
  }
  return true;
}

template <class A>
void context<A>::run_commit_hooks() {
  owns_something_ = false;
  hooks mine = std::move(after_);
  after_.clear();
  if (privatizes_) {
    privatizes_ = false;
    wait_for_attempts(engine_.domain());
  }
  limbo_.tidy();
  std::exception_ptr first;
  for (auto& h : mine) {
    try {
      h->run();
    } catch (...) {
      // The thread's forced end cannot be kept for later: the hooks that are left do not run.
      if (abi::__cxa_current_exception_type() == nullptr) throw;
      if (first == nullptr) first = std::current_exception();
    }
  }
  if (first != nullptr) std::rethrow_exception(first);
}

template <class A>
void context<A>::abort() noexcept {
  engine_.rollback();
  irrevocable_ = false;
  if (!owns_something_) return;
  owns_something_ = privatizes_ = ensures_ = false;
  retires_.clear();
  before_.clear();
  after_.clear();
  const hooks mine = std::move(aborted_);
  aborted_.clear();
  destroy_boxes(0);
  destroy_all(makes_);
  destroy_all(discarded_);
  for (const auto& h : mine) h->run();
}

template <class A>
bool context<A>::recover(deadline until) {
  const abort_cause cause = engine_.cause();
  if (cause == abort_cause::retry) return wait_for_change(until);   // a body swallowed retry_signal
  abort();
  if (cause == abort_cause::capacity) {
    failures_ = 0;
    throw std::bad_alloc();
  }
  ++failures_;
  if (cause != abort_cause::forced) backoff_.wait(failures_);
  return true;
}

template <class A>
departure context<A>::leave_by_exception(deadline until) {
  // A foreign exception is the thread's forced end (pthread_exit, cancellation): it goes on in any
  // case.
  const bool foreign = abi::__cxa_current_exception_type() == nullptr;
  if (irrevocable_) {
    // What it did outside cannot be undone, so neither is what it wrote.
    before_.clear();
    GILT_CHECK(commit_owning(), "an irrevocable transaction was aborted");
    run_commit_hooks();
    return foreign ? departure::rethrow : departure::rethrow_committed;
  }
  if (foreign || engine_.validate_now()) {
    engine_.doom(abort_cause::user_exception);
    abort();
    failures_ = 0;
    return departure::rethrow;
  }
  return recover(until) ? departure::run_again : departure::time_out;
}

template <class A>
departure context<A>::commit_by_exception() {
  if (irrevocable_ || abi::__cxa_current_exception_type() == nullptr) return leave_by_exception();
  try {
    if (!engine_.validate_now() || !commit()) {
      recover();
      return departure::run_again;
    }
  } catch (const abort_signal&) {          // by a before-commit hook, as the two below
    recover();
    return departure::run_again;
  } catch (const retry_signal&) {
    wait_for_change();
    return departure::run_again;
  } catch (...) {
    if (active()) {
      engine_.doom(abort_cause::user_exception);
      abort();
      failures_ = 0;
    }
    throw;
  }
  after_commit();
  return departure::rethrow;
}

template <class A>
void context<A>::leave() {
  if (irrevocable_ && engine_.cause() == abort_cause::capacity) {
    // An exception like any other: what was done stays, what did not fit was not begun.
    engine_.resume();
    throw std::bad_alloc();
  }
  if (engine_.cause() == abort_cause::retry) throw retry_signal{};
  throw abort_signal{};
}

template <class A>
void context<A>::become_irrevocable() {
  if (!engine_.become_serial()) {
    // The next attempt takes the flag before it reads anything, so it cannot fail here.
    failures_ = patience;
    leave();
  }
  irrevocable_ = true;
  owns_something_ = true;          // commit takes the path that resets irrevocable_
}

// -- waiting ------------------------------------------------------------------------------------

template <class A>
void context<A>::retry() {
  if (irrevocable_) {
    throw usage_error("retry() after irrevocable(): the effects cannot be undone; check the "
                      "condition before t.irrevocable()");
  }
  if (engine_.doomed()) leave();
  engine_.doom(abort_cause::retry);
  throw retry_signal{};
}

template <class A>
void context<A>::retry_by_return() {
  if (irrevocable_) {
    throw usage_error("retry after irrevocable(): the effects cannot be undone; check the "
                      "condition before t.irrevocable()");
  }
  if (engine_.doomed()) {
    recover();
    return;
  }
  engine_.doom(abort_cause::retry);
  wait_for_change();
}

// Sets the watched bit of everything read; false: something has changed or is about to.
template <class A>
bool context<A>::watch_reads() noexcept {
  for (orec<A>* o : engine_.read_log()) {
    A::step(protocol_step::watch);
    word seen = o->load();
    for (;;) {
      if (!engine_.acceptable(seen)) return false;               // locked, or newer
      if ((seen & orec_watched) != 0 || o->try_watch(seen)) break;   // [MO-watch]
    }
  }
  return true;
}

template <class A>
bool context<A>::wait_for_change(deadline until) {
  engine_.drop_repeated_reads();
  const std::size_t n = engine_.reads();
  if (n == 0) {
    abort();
    throw usage_error("retry() before anything was read would sleep for ever: read the variables "
                      "the condition depends on first");
  }
  if (until != nullptr && std::chrono::steady_clock::now() >= *until) {
    failures_ = 0;
    abort();
    return false;
  }
  auto* const nodes =
      static_cast<wait_node<A>*>(A::allocate(n * sizeof(wait_node<A>)));
  if (nodes == nullptr) {
    abort();
    throw std::bad_alloc();
  }
  // A parker of its own: what abort() calls may itself wait.
  typename A::parker parker;
  auto& table = engine_.domain().waiters;
  for (std::size_t i = 0; i < n; ++i) {
    auto* const node = new (&nodes[i]) wait_node<A>;
    node->key = engine_.read_log()[i];
    node->who = &parker;
    table.add(*node);
  }
  const bool sleep = watch_reads();
  failures_ = 0;
  if (sleep) engine_.count().waits.add();
  abort();                         // slot and announcement are free while we sleep
  A::step(protocol_step::park);
  bool woken = true;
  if (!sleep) A::yield();
  else if (until == nullptr) parker.park();
  else woken = parker.park_until(*until);
  A::step(protocol_step::unregister);
  for (std::size_t i = 0; i < n; ++i) table.remove(nodes[i]);
  A::deallocate(nodes);
  return woken;
}

}  // namespace gilt::detail
