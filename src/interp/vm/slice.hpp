// SPDX-License-Identifier: BSL-1.0
#pragma once
// slice: a stretch of bytecode that runs as one transaction, and what the loop asks at its end. The
// protocol is concurrency/slice_protocol.hpp's; here is what this VM saves, defers and carries out.
#include <memory>
#include <string>
#include <vector>

#include "interp/concurrency/slice_protocol.hpp"
#include "interp/concurrency/threads.hpp"
#include "interp/vm/abort_table.hpp"
#include "interp/vm/frame.hpp"

namespace gilt::interp {

struct output_piece {
  int descriptor;
  std::string bytes;
  bool close;
};
struct saved_frame {
  std::uint32_t depth;
  frame state;
  std::size_t first, count;                    // its registers, in slice_state::registers
};

// What an abort throws away and a commit carries out.
struct slice_state {
  std::vector<saved_frame> frames;             // in the order they were saved
  std::vector<value> registers;
  std::uint32_t recursion_limit = 0;
  value handled, exception;
  signal why = signal::none;                   // an interrupt may be pending at the start
  // Deferred to the commit; `defers` is set by whoever adds to one of them.
  bool defers = false;
  bool flush = false;
  std::vector<output_piece> output;
  std::vector<object*> wakes;
  std::vector<thread_start> starts;
  std::vector<thread_start> plain_starts;      // of an atomic block that runs without barriers
  abort_table lost;                            // for --stats
};

void begin_slice(thread_state&);
// False: it conflicted; t.why == conflict.
bool commit_slice(thread_state&);
// Runs the top frame to its end, in slices; the last one is committed. Precondition: no slice runs.
value run_top(thread_state&);
// The slice under way cannot abort any more: everybody else stands between slices, and what it has
// read still holds. The world goes on when the slice ends. False: t.why says why not.
bool become_exclusive(thread_state&);
// A collection, whatever the state of the heap. Not if another thread is stopping the world: it waits
// for the next safepoint then.
void collect_now(thread_state&);
void end_exclusive(thread_state&);
void save_frame(thread_state&);                // the top frame, which the slice has not saved yet

// A budget is spent: ends the slice, answers whoever asked for attention.
step reach_safepoint(thread_state&);
// After a conflict: undoes the slice, backs off and begins it again; t.why is what was pending at
// its start. False: a native's loop must unwind.
bool roll_back(thread_state&);
// After a block: publishes what came before, waits, and runs the instruction again.
step wait_for_it(thread_state&);

}  // namespace gilt::interp
