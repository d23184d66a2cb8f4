// SPDX-License-Identifier: BSL-1.0
// The operating system's part of real_atomics: membarrier, futex, thread exit. Linux.
#include <gilt/detail/atomics_counting.hpp>
#include <gilt/detail/atomics_real.hpp>

#include <gilt/detail/check.hpp>

#include <linux/futex.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <ctime>
#include <memory>
#include <utility>
#include <vector>

namespace gilt::detail {

namespace {

long membarrier(int command) noexcept { return syscall(__NR_membarrier, command, 0, 0); }

long futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value,
           const timespec* timeout) noexcept {
  return syscall(SYS_futex, reinterpret_cast<std::uint32_t*>(&word), operation, value, timeout,
                 nullptr, FUTEX_BITSET_MATCH_ANY);
}

// What a thread wants done at its end. A pthread key rather than a thread_local object: its
// destructor runs after those of all thread_local objects, so those may still run transactions.
// The main thread's list is never run: statics' destructors may run transactions too.
using exit_calls = std::vector<std::pair<void (*)(void*), void*>>;

void run_exit_calls(void* list) {
  const std::unique_ptr<exit_calls> calls(static_cast<exit_calls*>(list));
  while (!calls->empty()) {
    const auto [f, argument] = calls->back();
    calls->pop_back();
    f(argument);
  }
}

pthread_key_t exit_key() {
  static const pthread_key_t key = [] {
    pthread_key_t k{};
    GILT_CHECK(pthread_key_create(&k, run_exit_calls) == 0,
               "no pthread key is left for thread clean-up: too many libraries took one");
    return k;
  }();
  return key;
}

}  // namespace

void real_atomics::yield() noexcept { sched_yield(); }

bool real_atomics::asymmetric() noexcept {
#if defined(__SANITIZE_THREAD__)
  return false;                    // membarrier's order is invisible to ThreadSanitizer
#else
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
  return false;
#endif
#endif
  static const bool works = membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0;
  return works;
#endif
}

// Where membarrier is missing, announcements are RMWs, and the seq_cst order of those with the
// unlinking writer's lock CAS does what the barrier would.
void real_atomics::heavy_barrier() noexcept {
  if (!asymmetric()) return;
  if (membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0) return;
  membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);   // a forked child registers anew
  membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
}

void real_atomics::at_thread_exit(void (*f)(void*), void* argument) {
  const pthread_key_t key = exit_key();
  auto* calls = static_cast<exit_calls*>(pthread_getspecific(key));
  if (calls == nullptr) {
    auto fresh = std::make_unique<exit_calls>();
    fresh->emplace_back(f, argument);
    pthread_setspecific(key, fresh.release());
  } else {
    calls->emplace_back(f, argument);
  }
}

// [MO-permit]: unpark releases, park acquires; the permit is kept until park takes it.
void real_atomics::parker::park() noexcept {
  while (permit_.exchange(0, std::memory_order_acquire) == 0) {
    futex(permit_, FUTEX_WAIT_BITSET_PRIVATE, 0, nullptr);
  }
}

bool real_atomics::parker::park_until(std::chrono::steady_clock::time_point when) noexcept {
  const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(when.time_since_epoch());
  const timespec until{static_cast<time_t>(ns.count() / 1'000'000'000),
                       static_cast<long>(ns.count() % 1'000'000'000)};
  for (;;) {
    if (permit_.exchange(0, std::memory_order_acquire) != 0) return true;
    if (futex(permit_, FUTEX_WAIT_BITSET_PRIVATE, 0, &until) == -1 && errno == ETIMEDOUT) {
      return permit_.exchange(0, std::memory_order_acquire) != 0;
    }
  }
}

void real_atomics::parker::unpark() noexcept {
  if (permit_.exchange(1, std::memory_order_release) == 0) {
    futex(permit_, FUTEX_WAKE_BITSET_PRIVATE, INT_MAX, nullptr);
  }
}

operation_counts& counting_atomics::counts() noexcept {
  static thread_local operation_counts mine;
  return mine;
}

bool real_atomics::at_fork(void (*before)(), void (*in_parent)(), void (*in_child)()) noexcept {
  return pthread_atfork(before, in_parent, in_child) == 0;
}

}  // namespace gilt::detail
