// SPDX-License-Identifier: BSL-1.0
#pragma once
// mutator: what the protocols of this room (world_protocol.hpp, wait_queue.hpp, slice_protocol.hpp)
// know of a thread that runs a script. thread_state is one with registers and frames; the simulation
// drives the same protocols with a small one of its own (tests/sim/vm_driver.hpp), under its own
// atomics policy. Only its thread touches a mutator, except `poll`, and what the world's mutex and
// the wait queue's guard.
#include <gilt/detail/transaction.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace gilt::interp {

// Why a native or an operation returned `empty`.
enum class signal : std::uint8_t {
  none,
  exception,       // thread_state::exception holds it
  conflict,        // the attempt is doomed (thread_state::tx.cause()); the VM rolls the slice back
  block,           // must wait: the VM publishes the slice, then waits on thread_state::wait_on, then runs the instruction again
  tail_call        // run thread_state::tail_callee with tail_args in place of this native
};

enum poll_bits : std::uint32_t {
  poll_stop = 1,        // somebody wants the world stopped (collection, class change, irrevocable native)
  poll_yield = 2,       // gil engine: hand the lock over; stm solo: a second thread wants to run
  poll_interrupt = 4    // Ctrl-C
};

// The condition variable that goes with a policy's mutex, as std::condition_variable. nap() besides:
// as wait_until(), but it returns now and then, for a signal handler cannot notify; false: the time
// (null: none) is over.
template <class Atomics>
struct condition_of;

template <>
struct condition_of<gilt::detail::real_atomics> {
  class type : public std::condition_variable {
   public:
    bool nap(std::unique_lock<std::mutex>& lock, const std::chrono::steady_clock::time_point* until) {
      const auto now = std::chrono::steady_clock::now();
      if (until != nullptr && now >= *until) return false;
      const auto soon = now + std::chrono::milliseconds(50);
      wait_until(lock, until != nullptr && *until < soon ? *until : soon);
      return true;
    }
  };
};

template <class Atomics>
struct mutator;

// A blocked instruction: it runs again until it no longer blocks (concurrency/waiting.hpp).
template <class Atomics>
struct wait_state {
  bool requested = false;                    // block_on() was called by the instruction under way
  bool registered = false;                   // in the wait queue
  bool expired = false;                      // the deadline has passed
  bool has_deadline = false;
  bool in_atomic = false;                    // its slice begins before it
  const void* on = nullptr;                  // the object; null: a pure sleep
  std::int64_t deadline_ns = 0;              // steady clock
  const void* at = nullptr;                  // the instruction that waits
  std::uint32_t depth = 0;                   // and its frame
  // The wait queue's, under its mutex:
  mutator<Atomics>* next = nullptr;
  mutator<Atomics>* previous = nullptr;
  bool woken = false;
  typename condition_of<Atomics>::type wake;
};

// How the slices of a thread fare.
struct slice_progress {
  std::int64_t length = 1000;                // the budget: halved by aborts, grown by commits
  std::uint32_t failures = 0;                // aborts in a row
  std::uint32_t spent = 0;                   // budgets spent inside natives since the slice began
  std::uint32_t atomic_depth = 0;            // at the slice's start
  bool interrupted = false;                  // an interrupt was taken since: an abort arms it again
};

template <class Atomics>
struct mutator {
  // -- hot: barriers and budget --
  gilt::detail::transaction<Atomics> tx;
  bool barriers = false;                     // the stm policy is on: shared words are read and written through tx
  signal why = signal::none;
  std::uint64_t born = 0;                    // orec word given to new objects (0 while barriers are off)
  std::int64_t budget = 0;                   // instructions left in this slice
  std::uint32_t native_depth = 0;            // VM loops nested inside natives
  std::uint32_t atomic_depth = 0;            // open `with atomic` blocks
  // -- the rest --
  slice_progress progress;
  wait_state<Atomics> wait;
  std::uint64_t last_birth = 0;              // version of the last born word; each slice has its own
  std::uint64_t birth_slot = 0;              // slot it was made with
  bool running = false;                      // counted by the world as running Python code
  bool exclusive = false;                    // has stopped the others until its slice ends
  bool in_world = false;                     // with the next: under the world's mutex
  mutator* next_in_world = nullptr;
  // poll_bits: looked at whenever the budget ends. A line of its own: others write it.
  alignas(128) typename Atomics::template atomic<std::uint32_t> poll{0};
  alignas(128) char after_poll = 0;
};

}  // namespace gilt::interp
