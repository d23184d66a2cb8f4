// SPDX-License-Identifier: BSL-1.0
#pragma once
// world: who may run Python code. One mutex and one condition for three needs that are rare beside
// the instructions between them:
//
//   solo     one thread runs without barriers. Under engine `gil` it is the holder of the global
//            lock, handed over every switch interval; under `stm` it is the only thread alive
//   stop     one thread has all others stand still: for a collection wherever they are, for a change
//            of class structure or an irrevocable native at the ends of their slices
//   leave    a thread that blocks or sleeps does not count as running
//
// A thread whose natives are under way keeps the policy they began with: if that is the plain one
// and it is no longer solo, it holds the world while it runs and shares it at every safepoint.
//
// Threads look at thread_state::poll when their budget is spent, so a stop takes one budget. The
// mutex orders everything that a stopped thread wrote before everything that the stopper reads.
#include <condition_variable>
#include <mutex>

#include "interp/concurrency/thread_state.hpp"

namespace gilt::interp {

struct world {
  std::mutex mutex;
  std::condition_variable changed;
  unsigned running = 0;                   // threads that run Python code, the stopper included
  unsigned waiting = 0;                   // threads that want to run and may not yet
  unsigned parked = 0;                    // threads that stand still for a stopper
  unsigned parked_inside = 0;             // those of them in the middle of a slice, with its locks
  atomics::atomic<std::uint32_t> alive{0};   // started and not ended; changed under the mutex
  std::uint64_t handovers = 0;            // how often `solo` has changed
  thread_state* solo = nullptr;
  thread_state* stopper = nullptr;
  bool at_boundary = false;               // the stopper wants the others between slices
};

// Starts or goes on running Python code; waits its turn. Sets t.barriers for what it may do.
void enter_world(thread_state&);
void leave_world(thread_state&);          // before blocking
// Leaves and enters, after whoever waits for the global lock has had it.
void yield_world(thread_state&);
// Stops the others. False: another thread is stopping the world, which t must let happen first.
bool stop_world(thread_state&, bool at_boundary);
// As stop_world(t, true), standing still for others first; sets t.exclusive. Precondition: t is
// between slices.
void hold_world(thread_state&);
// The holder lets whoever stands still run a slice, then holds the world again.
void share_world(thread_state&);
void resume_world(thread_state&);
// Stands still until the stopper is done; `inside`: in the middle of a slice, which holds locks. False:
// the stopper wants this slice to end first.
[[nodiscard]] bool park(thread_state&, bool inside);
// After enter_world(), for a thread whose natives under way run with barriers: it goes on with them.
void keep_barriers(thread_state&);
void start_counting(interpreter&);        // a thread is about to start
// t's last step: not alive, not running, its stacks and its state gone. f frees them, while no
// collector looks.
void end_thread(interpreter&, thread_state*, void (*f)(thread_state*));
void start_failed(interpreter&);
bool others_alive(const thread_state&);
void ask(thread_state&, poll_bits);       // sets a bit another thread will look at
void forget(thread_state&, poll_bits);

}  // namespace gilt::interp
