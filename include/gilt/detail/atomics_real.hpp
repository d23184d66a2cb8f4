// SPDX-License-Identifier: BSL-1.0
#pragma once
// real_atomics: the atomics policy that ships. The core is written once over such a policy, and
// everything that is shared state or a point where another thread may run goes through it, so that
// the same code runs counted (atomics_counting.hpp) or under a deterministic scheduler.
//
//   atomic<T>        shared between attempts
//   own<T>           written by one thread only, on that thread's own cache line
//   pause, yield     inside waiting loops
//   light_barrier    compiler barrier; with heavy_barrier() on the other side it orders a store
//                    before later loads
//   heavy_barrier    every thread of the process passes a full barrier before it returns
//                    (membarrier, private expedited)
//   asymmetric       whether heavy_barrier() works here; if not, announcements are made by RMW
//   allocate ...     logs and tables;  create/destroy: nodes and boxes
//   local<Key>       one pointer a thread and key;  at_thread_exit: clean-up of what it points to
//   mutex, parker    cold tables; a parker remembers one permit
//   step             a named place of the protocol (protocol_step.hpp); nothing here
//
// This file and atomics_real.cpp are the only ones that name std::atomic and thread_local.

#include <gilt/detail/config.hpp>
#include <gilt/detail/protocol_step.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <new>
#include <utility>

namespace gilt::detail {

template <class Key>
inline constinit thread_local void* real_local = nullptr;

struct real_atomics {
  template <class T>
  using atomic = std::atomic<T>;
  template <class T>
  using own = std::atomic<T>;
  using mutex = std::mutex;

  static GILT_ALWAYS_INLINE void pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield" ::: "memory");
#endif
  }
  static void yield() noexcept;

  static GILT_ALWAYS_INLINE constexpr void step(protocol_step) noexcept {}

  static GILT_ALWAYS_INLINE void light_barrier() noexcept { asm volatile("" ::: "memory"); }
  static void heavy_barrier() noexcept;
  static bool asymmetric() noexcept;

  // Never throws: nullptr when memory is out.
  static void* allocate(std::size_t bytes) noexcept { return ::operator new(bytes, std::nothrow); }
  static void deallocate(void* p) noexcept { ::operator delete(p); }

  template <class T, class... Args>
  static T* create(Args&&... args) {
    return new T(std::forward<Args>(args)...);
  }
  template <class T>
  static void destroy(T* p) noexcept {
    delete p;
  }

  template <class Key>
  static GILT_ALWAYS_INLINE void*& local() noexcept {
    return real_local<Key>;
  }
  // Runs f(argument) when this thread ends, after its thread_local objects are gone, last
  // registered first. The main thread's are never run. May throw bad_alloc.
  static void at_thread_exit(void (*f)(void*), void* argument);
  // Around every fork(): before it, and after it in either process. False: no memory.
  static bool at_fork(void (*before)(), void (*in_parent)(), void (*in_child)()) noexcept;

  class parker {
   public:
    void park() noexcept;                                        // returns once a permit was given
    bool park_until(std::chrono::steady_clock::time_point) noexcept;  // false: the time ran out
    void unpark() noexcept;                                      // gives the permit; it is kept
    void forget() noexcept { permit_.store(0, std::memory_order_relaxed); }

   private:
    std::atomic<std::uint32_t> permit_{0};
  };
};

}  // namespace gilt::detail
