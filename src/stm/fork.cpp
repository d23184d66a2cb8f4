// SPDX-License-Identifier: BSL-1.0
// fork: what a child process may do.
//
// The child has one thread; what the others were doing stays as it was at that moment. If none of
// them was inside a transaction, no orec is locked and nothing is half written: the child goes on as
// if they had ended. Otherwise locks would never be released, so transactions are refused there; a
// child that calls exec is fine in any case. The domains' mutexes are held across the fork, so that
// nobody is in the middle of a list; the wait table begins anew, for who slept in it is gone.
//
// Slots of the threads that are gone stay taken.
#include <gilt/atomically.hpp>

#include <new>

namespace gilt::detail {
namespace {

// The library's own domains; the interpreter's threads live in the second.
template <class F>
void each_domain(const F& f) {
  f(default_domain{});
  f(tl2_domain{});
}

void prepare() {
  each_domain([]<class D>(D) {
    domain_shared<D>.orphans_lock.lock();
    domain_shared<D>.registry.lock();
  });
}

void release() {
  each_domain([]<class D>(D) {
    domain_shared<D>.registry.unlock();
    domain_shared<D>.orphans_lock.unlock();
  });
}

template <class D>
void look_at(D) {
  auto& s = domain_shared<D>;
  using waiters = wait_table<real_atomics>;
  new (&s.waiters) waiters;
  // The forking thread's own attempt, if it is inside one, goes on.
  auto* const mine = static_cast<context<real_atomics>*>(real_atomics::local<context_key<D>>());
  const word own = mine == nullptr ? 0 : mine->tx().slot();
  bool broken = (s.line.era.load(std::memory_order_seq_cst) & 1) != 0;   // who rolls the clock over is gone
  for (word slot = 1; slot <= s.slots.high(); ++slot) {
    broken = broken || (slot != own && s.slots.announcement(slot).load(std::memory_order_seq_cst) != 0);
  }
  if (broken) s.line.era.store(era_of_broken_child, std::memory_order_seq_cst);
}

void in_child() {
  release();
  each_domain([]<class D>(D d) { look_at(d); });
}

const bool watched = real_atomics::at_fork(prepare, release, in_child);

}  // namespace

// Called from a file that every program links, so that this one is linked as well.
bool forks_are_watched() noexcept { return watched; }

}  // namespace gilt::detail
