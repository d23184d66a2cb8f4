// SPDX-License-Identifier: BSL-1.0
#pragma once
// thread_state: everything one interpreter thread owns. Only its thread touches it, except `poll`,
// which others set to ask for attention, and the roots the collector reads with the world stopped.
#include <cstdint>
#include <memory>
#include <vector>

#include "interp/heap/allocator.hpp"
#include "interp/heap/object.hpp"

namespace gilt::interp {

struct interpreter;
struct frame;
struct slice_state;                          // vm/slice.hpp: frame snapshots, held output, deferred actions

// Why a native or an operation returned `empty`.
enum class signal : std::uint8_t {
  none,
  exception,       // thread_state::exception holds it
  conflict,        // the attempt is doomed (thread_state::tx.cause()); the VM rolls the slice back
  block,           // must wait: the VM publishes the slice, then waits on thread_state::wait_on, then runs the instruction again
  tail_call        // run thread_state::tail_callee with tail_args in place of this native
};

// A blocked instruction: it runs again until it no longer blocks (concurrency/waiting.hpp).
struct wait_state {
  bool requested = false;                    // block_on() was called by the instruction under way
  bool registered = false;                   // in the table of waiters
  bool expired = false;                      // the deadline has passed
  bool has_deadline = false;
  bool in_atomic = false;                    // its slice begins before it
  object* on = nullptr;                      // null: a pure sleep
  std::int64_t deadline_ns = 0;              // steady clock
  const void* at = nullptr;                  // the instruction that waits
  std::uint32_t depth = 0;                   // and its frame
};

struct thread_state {
  // -- hot: barriers and budget --
  transaction tx;
  bool barriers = false;                     // the stm policy is on: shared words are read and written through tx
  signal why = signal::none;
  std::uint64_t born = 0;                    // orec word given to new objects (0 while barriers are off)
  std::int64_t budget = 0;                   // instructions left in this slice
  // -- frames --
  value* registers = nullptr;                // the thread's register stack (reserved once, never moves)
  value* registers_end = nullptr;
  frame* frames = nullptr;                   // frame stack
  std::uint32_t depth = 0;                   // index of the running frame
  std::uint32_t recursion_limit = 1000;
  std::uint32_t native_depth = 0;            // VM loops nested inside natives
  std::uint32_t atomic_depth = 0;            // open `with atomic` blocks
  std::uint32_t saved_depth = 0;             // lowest frame the slice has saved; lower ones are saved when returned into
  bool yielded = false;                      // a loop left with `leave` ended by a yield, not a return
  bool silent = false;                       // the pending exception is raised again as it was: no traceback line
  // -- exceptions --
  value exception;                           // being raised, with signal::exception
  value handled;                             // what sys.exc_info() shows
  // -- tail call --
  value tail_callee;
  std::vector<value> tail_args;
  // -- the rest --
  heap::allocator alloc;
  interpreter* interp = nullptr;
  value thread_object;                       // the threading.Thread, or empty
  value local_dict;                          // _thread's dict of this thread, or empty
  std::int64_t ident = 0;
  const void* stack_high = nullptr;          // native stack: where scanning ends; set when the thread starts
  const void* stack_low = nullptr;           // where it begins while the thread is stopped (heap/native_stack.hpp)
  std::uint32_t nesting = 0;                 // natives inside natives: repr of a list in a list ... (object/nesting.hpp)
  void* shown = nullptr;                     // containers whose repr is being made (object/sequence.hpp)
  std::unique_ptr<slice_state, void (*)(slice_state*)> slice{nullptr, nullptr};
  wait_state wait;
  std::uint64_t last_birth = 0;              // version of the last born word; each slice has its own
  std::uint64_t birth_slot = 0;              // slot it was made with
  bool running = false;                      // counted by the world as running Python code
  bool exclusive = false;                    // has stopped the others until its slice ends
  bool between_slices = false;               // run_blocking() ended the slice; the next begins after this instruction
  std::uint32_t spent = 0;                   // budgets spent inside natives since the slice began
  std::uint32_t index = 0;                   // position in interpreter::threads
  alignas(128) atomics::atomic<std::uint32_t> poll{0};   // poll_bits: looked at whenever the budget ends
};

enum poll_bits : std::uint32_t {
  poll_stop = 1,        // somebody wants the world stopped (collection, class change, irrevocable native)
  poll_yield = 2,       // gil engine: hand the lock over; stm solo: a second thread wants to run
  poll_interrupt = 4    // Ctrl-C
};

}  // namespace gilt::interp
