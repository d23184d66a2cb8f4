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
// Threads look at thread_state::poll when their budget is spent, so a stop takes one budget.
#include <condition_variable>
#include <mutex>

#include "interp/concurrency/thread_state.hpp"

namespace gilt::interp {

struct world {
  std::mutex mutex;
  std::condition_variable changed;
  unsigned running = 0, alive = 0, waiting_for_solo = 0;
  std::uint64_t handovers = 0;
  thread_state* solo = nullptr;
  thread_state* stopper = nullptr;
  bool at_boundary = false;               // the stopper wants the others between slices
};

// Starts or goes on running Python code; waits its turn. Sets t.barriers for what it may do.
void enter_world(thread_state&);
void leave_world(thread_state&);          // before blocking
// Stops the others. False: another thread is stopping the world, which t must let happen first.
bool stop_world(thread_state&, bool at_boundary);
void resume_world(thread_state&);
// Stands still until the stopper is done.
void park(thread_state&);
bool others_alive(thread_state&);
void ask(thread_state&, poll_bits);       // sets a bit another thread will look at
void forget(thread_state&, poll_bits);

}  // namespace gilt::interp
