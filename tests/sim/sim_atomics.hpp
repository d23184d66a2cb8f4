// SPDX-License-Identifier: BSL-1.0
#pragma once
// sim_atomics: the atomics policy whose threads, memory and failures are the machine's. The core is
// instantiated for it in core.cpp; nothing of the core is changed or copied for the simulation.

#include "machine.hpp"

#include <gilt/detail/atomics_real.hpp>

#include <chrono>
#include <cstring>
#include <new>
#include <type_traits>

namespace gilt_sim {

template <class T>
std::uint64_t to_bits(T v) noexcept {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= 8);
  std::uint64_t b = 0;
  std::memcpy(&b, &v, sizeof v);
  return b;
}
template <class T>
T from_bits(std::uint64_t b) noexcept {
  T v;
  std::memcpy(&v, &b, sizeof v);
  return v;
}

struct sim_atomics {
  // Own: written by one thread only. Those of a domain (announcements) are simulated like all
  // others; those inside a thread's own object (counters) are plain.
  template <class T, bool Own>
  class basic_atomic {
   public:
    constexpr basic_atomic() noexcept : cell_(0) {}
    constexpr basic_atomic(T v) noexcept : cell_(static_cast<std::uint64_t>(v)) {}

    T load(std::memory_order o) const noexcept {
      if (is_plain()) return from_bits<T>(cell_.initial);
      return from_bits<T>(machine::get().load(cell_, o));
    }
    void store(T v, std::memory_order o) noexcept {
      if (is_plain()) cell_.initial = to_bits(v);
      else machine::get().store(cell_, to_bits(v), o);
    }
    T exchange(T v, std::memory_order o) noexcept {
      return from_bits<T>(machine::get().rmw(cell_, machine::update::exchange, to_bits(v), o));
    }
    T fetch_add(T v, std::memory_order o) noexcept {
      return from_bits<T>(machine::get().rmw(cell_, machine::update::add, to_bits(v), o));
    }
    T fetch_sub(T v, std::memory_order o) noexcept {
      return from_bits<T>(machine::get().rmw(cell_, machine::update::add, 0 - to_bits(v), o));
    }
    T fetch_or(T v, std::memory_order o) noexcept {
      return from_bits<T>(machine::get().rmw(cell_, machine::update::bit_or, to_bits(v), o));
    }
    T fetch_and(T v, std::memory_order o) noexcept {
      return from_bits<T>(machine::get().rmw(cell_, machine::update::bit_and, to_bits(v), o));
    }
    bool compare_exchange_strong(T& expected, T v, std::memory_order success,
                                 std::memory_order failure) noexcept {
      std::uint64_t e = to_bits(expected);
      const bool done = machine::get().compare_exchange(cell_, e, to_bits(v), success, failure);
      expected = from_bits<T>(e);
      return done;
    }
    const cell& raw() const noexcept { return cell_; }

   private:
    bool is_plain() const noexcept {
      if constexpr (Own) return machine::own_is_plain(cell_); else return false;
    }
    cell cell_;
  };
  template <class T>
  using atomic = basic_atomic<T, false>;
  template <class T>
  using own = basic_atomic<T, true>;

  class mutex {
   public:
    constexpr mutex() noexcept = default;
    void lock() noexcept { machine::get().lock(cell_); }
    void unlock() noexcept { machine::get().unlock(cell_); }

   private:
    cell cell_{0};
  };

  class parker {
   public:
    void park() noexcept { machine::get().park(cell_); }
    bool park_until(std::chrono::steady_clock::time_point) noexcept {
      return machine::get().park_or_time_out(cell_);
    }
    void unpark() noexcept { machine::get().unpark(cell_); }
    void forget() noexcept { machine::get().store(cell_, 0, std::memory_order_relaxed); }
    ~parker() { cell_.run = poison_word32; }     // who wakes a parker that is gone is found out

   private:
    cell cell_{0};
  };

  static void pause() noexcept { machine::get().pause(); }
  static void yield() noexcept { machine::get().pause(); }
  // No point of its own: the operation that a step names is one. Stories carry its name.
  static void step(gilt::detail::protocol_step s) noexcept {
    machine::get().reach(static_cast<int>(s));
  }
  static void light_barrier() noexcept {}
  static void heavy_barrier() noexcept {
    if (has_heavy_barrier) machine::get().heavy_barrier();
  }
  static bool asymmetric() noexcept { return has_heavy_barrier; }
  static inline bool has_heavy_barrier = true;

  static void* allocate(std::size_t bytes) noexcept {
    return machine::get().allocate(bytes, 16, true);
  }
  static void deallocate(void* p) noexcept { machine::get().release(p); }
  template <class T, class... Args>
  static T* create(Args&&... args) {
    void* const p = machine::get().allocate(sizeof(T), alignof(T), true);
    if (p == nullptr) throw std::bad_alloc();
    return new (p) T(std::forward<Args>(args)...);
  }
  template <class T>
  static void destroy(T* p) noexcept {
    p->~T();
    machine::get().release(p);
  }

  template <class Key>
  static void*& local() noexcept {
    static const std::size_t key = next_key++;
    machine& m = machine::get();
    return m.locals[static_cast<std::size_t>(m.current())][key];
  }
  static inline std::size_t next_key = 0;
  static void at_thread_exit(void (*f)(void*), void* argument) {
    machine& m = machine::get();
    m.exit_calls[static_cast<std::size_t>(m.current())].push_back({f, argument});
  }
};

}  // namespace gilt_sim
