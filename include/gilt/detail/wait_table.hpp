// SPDX-License-Identifier: BSL-1.0
#pragma once
// wait_table: who sleeps until which orec changes.
//
// A waiter registers here first and then sets the watched bit of each orec by a CAS whose expected
// word still carries an acceptable version; then it gives up its slot and announcement and parks.
// A committer learns of waiters from the bit in its own lock CAS, so it pays nothing when there are
// none; after unlocking (which takes the bit off) it wakes everyone registered on that orec, first
// come first. No wake-up is lost: either the version moved before the CAS, then the waiter runs
// again at once, or the committer's lock CAS came after it, then it saw the bit, and the waiter was
// in the table before. Every release that is no commit carries the bit on; no leaver clears it.
//
// Orecs are keys here and are never dereferenced.

#include <gilt/detail/config.hpp>
#include <gilt/detail/orec.hpp>

#include <mutex>

namespace gilt::detail {

template <class Atomics>
struct wait_node {
  const orec<Atomics>* key = nullptr;
  typename Atomics::parker* who = nullptr;
  wait_node* next = nullptr;
  wait_node* previous = nullptr;
};

template <class Atomics>
class wait_table {
 public:
  using node = wait_node<Atomics>;

  void add(node& n) noexcept {
    bucket& b = bucket_of(n.key);
    const std::lock_guard guard(b.lock);
    n.next = nullptr;
    n.previous = b.last;
    (b.last != nullptr ? b.last->next : b.first) = &n;
    b.last = &n;
  }

  void remove(node& n) noexcept {
    bucket& b = bucket_of(n.key);
    const std::lock_guard guard(b.lock);
    (n.previous != nullptr ? n.previous->next : b.first) = n.next;
    (n.next != nullptr ? n.next->previous : b.last) = n.previous;
  }

  // For checks: nobody is registered now.
  bool empty() noexcept {
    for (bucket& b : buckets_) {
      const std::lock_guard guard(b.lock);
      if (b.first != nullptr) return false;
    }
    return true;
  }

  // Gives a permit to all registered on the orec, in order of arrival. They leave by themselves.
  void wake(const orec<Atomics>* key) noexcept {
    bucket& b = bucket_of(key);
    const std::lock_guard guard(b.lock);
    for (node* n = b.first; n != nullptr; n = n->next) {
      if (n->key == key) n->who->unpark();
    }
  }

 private:
  struct bucket {
    typename Atomics::mutex lock;
    node* first = nullptr;
    node* last = nullptr;
  };
  static constexpr unsigned bucket_bits = 8;

  bucket& bucket_of(const void* key) noexcept {
    const word h = (reinterpret_cast<std::uintptr_t>(key) >> 3) * 0x9E3779B97F4A7C15ull;
    return buckets_[h >> (64 - bucket_bits)];
  }

  bucket buckets_[1u << bucket_bits]{};
};

}  // namespace gilt::detail
