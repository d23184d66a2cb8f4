// SPDX-License-Identifier: BSL-1.0
#pragma once
// slice: a stretch of bytecode that runs as one transaction, and what the loop asks at its end.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "interp/concurrency/thread_state.hpp"
#include "interp/vm/frame.hpp"

namespace gilt::interp {

enum class step : std::uint8_t { go_on, failed, change_policy };

struct output_piece {
  int descriptor;
  std::string bytes;
  bool close;
};
struct saved_frame {
  std::uint32_t depth;
  frame state;
  std::vector<value> registers;
};

// What an abort throws away and a commit carries out.
struct slice_state {
  std::vector<saved_frame> frames;             // in the order they were saved
  std::uint32_t atomic_depth = 0;              // at the slice's start
  value handled, exception;
  std::vector<output_piece> output;
  bool flush = false;
  std::vector<std::function<void()>> on_commit;
  std::vector<object*> wakes;
  std::int64_t length = 1000;                  // the budget: halved by aborts, grown by commits
  std::uint64_t commits = 0, aborts = 0;
  std::uint32_t failures = 0;                  // aborts in a row
};

void begin_slice(thread_state&);
// False: it conflicted; t.why == conflict.
bool commit_slice(thread_state&);
// Runs the top frame to its end, in slices; the last one is committed. Precondition: no slice runs.
value run_top(thread_state&);
bool become_exclusive(thread_state&);
void save_frame(thread_state&);                // the top frame, which the slice has not saved yet

// A budget is spent: ends the slice, answers whoever asked for attention.
step reach_safepoint(thread_state&);
// After a conflict: undoes the slice and stands at its start. False: a native's loop must unwind.
bool roll_back(thread_state&, std::uint32_t base);
// After a block: publishes what came before, waits, and runs the instruction again.
step wait_for_it(thread_state&);

}  // namespace gilt::interp
