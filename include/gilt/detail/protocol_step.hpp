// SPDX-License-Identifier: BSL-1.0
#pragma once
// protocol_step: the places of the protocol at which another thread's step makes a difference.
//
// The core calls Atomics::step(protocol_step::clock) just *before* it does what the step names. In
// the policies that ship the call is empty and leaves no instruction. A test's policy delays there,
// lets another transaction run to its end, or counts how often each step was reached.
//
// A step may neither throw nor touch the attempt that it interrupts; it may run other attempts, of
// other transaction objects, on the same thread.

#include <cstddef>
#include <cstdint>

namespace gilt::detail {

enum class protocol_step : std::uint8_t {
  slot,          // take a slot
  begin,         // load the clock
  announce,      // announce the read version
  read,          // load an orec
  value,         // load the value under it
  recheck,       // look at the orec again
  extend,        // load the clock for a later snapshot
  validate,      // look at one orec of the read log
  lock,          // load an orec and lock it
  locked,        // look at the version of a lock taken
  store,         // store through a lock
  serial,        // look at, take or put down the serial flag
  clock,         // advance the clock, all locks held
  write_back,    // store one value of the redo log
  unlock,        // release one lock, after commit or rollback
  wake,          // wake those who sleep on one orec
  rollback,      // put old values back
  end,           // drop the announcement
  watch,         // set one watched bit
  park,          // go to sleep
  unregister,    // leave the wait table
  retire,        // hand over what the commit unlinked
  reclaim,       // look for what may be destroyed
  quiesce,       // look whether an earlier attempt still runs
  rollover,      // start the clock again
  thread_exit    // a transaction object dies with its thread
};
inline constexpr std::size_t protocol_step_count =
    static_cast<std::size_t>(protocol_step::thread_exit) + 1;

}  // namespace gilt::detail
