// SPDX-License-Identifier: BSL-1.0
#pragma once
// slice_protocol: a stretch of bytecode as one transaction. Beginning, committing, undoing; what is
// done at a safepoint, where a budget is spent: a stop, a collection, an interrupt, giving way; going
// exclusive; waiting.
//
// The born word of a slice carries a version no other slice of this thread has used, not above the
// read version: objects of an earlier slice must not pass for newborns, whose stores are not undone.
// The versions between the last birth and the clock are used up one by one; then the clock is moved
// by a batch. Relaxed: who takes over a slot has seen, by taking it, the clock as its last owner did;
// and the move publishes nothing, while it leaves the release sequence of the commits before it whole.
//
// A thread is in one of three states, and every safepoint answers for the one it is in:
//
//   barriers, no native under way    the slice ends here, and the next begins after what was asked
//   barriers, in `atomic`, a native  the slice goes on; it stands still in the middle for a collection,
//                                    and gives up for who wants all slices ended
//   no barriers                      solo, or alone with the world held
//
// VM names the thread's type and what only the VM can do, as static functions:
//
//   thread                      a mutator
//   world(t), queue(t)          world_protocol, wait_queue
//   save(t), restore(t)         what a slice that is undone must find again: frames, registers
//   try_commit(t)               t.tx.commit(), in order with other slices' output
//   carry_out(t)                what the slice deferred to its commit: wake-ups, starts of threads
//   forget_deferred(t)          ... its abort
//   note_abort(t)               for statistics
//   interrupt(t)                makes KeyboardInterrupt pending
//   wants_collection(t), collect(t)   the second with the world stopped
//   stand_still(t, f)           calls f; meanwhile a collector may look at the native stack
//   note_place(t)               remembers which instruction waits
//   refuse_to_wait(t)           raises: a native inside `atomic` cannot wait
//   flush(t)                    writes out what has been printed
//   longest(t)                  upper bound of a slice's length, in instructions
#include <algorithm>

#include "interp/concurrency/wait_queue.hpp"
#include "interp/concurrency/world_protocol.hpp"

namespace gilt::interp {

enum class step : std::uint8_t { go_on, failed, change_policy };

// How a call that blocks is done: begin_blocking().
enum class blocking : std::uint8_t { failed, in_place, between_slices, without_barriers };

inline constexpr std::uint32_t patience = 64;          // one slice, so many aborts in a row, is let run alone
inline constexpr std::uint32_t native_patience = 16;   // budgets a native may spend before it is let run alone
inline constexpr std::int64_t shortest_slice = 16;

template <class VM>
class slice_protocol {
 public:
  using thread = typename VM::thread;

  // -- beginning and end ------------------------------------------------------------------------

  static void begin(thread& t) {
    slice_progress& p = t.progress;
    if (p.failures >= patience && !t.exclusive) hold(t);
    t.tx.begin();
    choose_birth(t);
    if (t.exclusive) t.tx.become_serial();         // nobody is there to lose against
    p.length = std::clamp<std::int64_t>(p.length, std::min(shortest_slice, VM::longest(t)), VM::longest(t));
    // A registration ends soon after its instruction: before the same one can run again. Inside
    // `atomic` the slice has to come to it first.
    t.budget = t.wait.registered && !t.wait.in_atomic ? 0 : p.length;
    p.spent = 0;
    p.atomic_depth = t.atomic_depth;
    p.interrupted = false;
    VM::save(t);
  }

  // False: it conflicted; t.why == conflict.
  static bool commit(thread& t) {
    if (GILT_UNLIKELY(!VM::try_commit(t))) {
      t.why = signal::conflict;
      return false;
    }
    t.progress.failures = 0;
    t.progress.length += t.progress.length / 8 + 1;
    end_exclusive(t);
    VM::carry_out(t);
    return true;
  }

  static void undo(thread& t) {
    VM::note_abort(t);
    VM::forget_deferred(t);
    if (t.tx.active()) t.tx.rollback();
    end_exclusive(t);
    VM::restore(t);
    t.atomic_depth = t.progress.atomic_depth;
    if (t.progress.interrupted) VM::world(t).ask(t, poll_interrupt);
    t.progress.interrupted = false;
  }

  // After a conflict: undoes the slice, backs off and begins it again. False: a native's loop must
  // unwind, to the outermost loop.
  static bool roll_back(thread& t) {
    if (t.native_depth > 0) return false;
    ++t.progress.failures;
    t.progress.length /= 2;
    undo(t);
    park_if_asked(t);
    back_off(t);
    begin(t);
    return true;
  }

  static void end_exclusive(thread& t) {
    if (!t.exclusive) return;
    t.exclusive = false;
    VM::world(t).resume(t);
  }

  // The slice under way cannot abort any more: everybody else stands between slices, and what it has
  // read still holds. The world goes on when the slice ends. False: t.why says why not.
  static bool become_exclusive(thread& t) {
    if (!t.barriers || t.exclusive) return true;
    if (!VM::world(t).stop(t, true)) {
      t.tx.doom(gilt::detail::abort_cause::serial);
      t.why = signal::conflict;
      return false;
    }
    t.exclusive = true;
    if (t.tx.become_serial()) return true;         // validates
    t.why = signal::conflict;
    return false;
  }

  // -- safepoints -------------------------------------------------------------------------------

  static step reach_safepoint(thread& t) {
    if (!t.barriers) return plain_safepoint(t);
    if (t.native_depth == 0 && t.atomic_depth == 0) return commit(t) ? next(t) : step::failed;
    // Inside `atomic` or a native: the slice goes on.
    t.budget = t.progress.length;
    collect_if_wanted(t);
    if (VM::world(t).asked(t, poll_stop) && !park(t, true)) {
      t.tx.doom(gilt::detail::abort_cause::explicit_abort);
      t.why = signal::conflict;
      return step::failed;
    }
    if (t.atomic_depth == 0) {
      if (!t.wait.in_atomic) VM::queue(t).remove(t);
      if (t.exclusive) {
        // A long native, alone by now: the others have a slice, and it goes on.
        if (!commit(t)) return step::failed;
        share(t);
        begin(t);
      } else if (++t.progress.spent >= native_patience && !become_exclusive(t)) {
        return step::failed;
      }
    }
    return answer(t);
  }

  // Unless somebody else stops the world, which comes first.
  static void collect_if_wanted(thread& t) {
    if (!VM::wants_collection(t) || !VM::world(t).stop(t, false)) return;
    VM::stand_still(t, [&] { VM::collect(t); });
    if (!t.exclusive) VM::world(t).resume(t);
  }

  // -- waiting ----------------------------------------------------------------------------------

  // The instruction under way waits for t.wait.on: publishes what came before, or undoes it inside
  // `atomic`; registers the first time, sleeps the second; the instruction runs again.
  static step wait_for_it(thread& t) {
    t.why = signal::none;
    t.wait.requested = false;
    if (!t.barriers) return wait_without_barriers(t);

    const bool again = t.wait.registered;
    const bool native = t.native_depth > 0;
    VM::note_place(t);
    t.wait.in_atomic = t.atomic_depth > 0;
    if (native && t.atomic_depth > 0) {
      VM::refuse_to_wait(t);
      return step::failed;
    }
    if (t.atomic_depth > 0) {
      t.tx.doom(gilt::detail::abort_cause::retry);   // as retry(): undone, and run again when something changes
      undo(t);
    } else if ((native && !become_exclusive(t)) || !commit(t)) {
      return step::failed;
    }
    if (again) {
      sleep_outside(t);
    } else {
      VM::queue(t).add(t);
      park_if_asked(t);
    }
    if (native) {
      VM::world(t).keep_barriers(t);
      hold(t);
    } else if (!t.barriers) {
      t.budget = 0;
      return step::change_policy;                  // an interrupt waits for the next safepoint
    }
    const step s = answer(t);
    begin(t);
    return s;
  }

  // A call that blocks: the slice is published, and the thread leaves the world for the call. Inside
  // `atomic` it is done with the others standing still.
  static blocking begin_blocking(thread& t) {
    if (t.atomic_depth > 0) {
      if (!become_exclusive(t)) return blocking::failed;
      VM::flush(t);
      return blocking::in_place;
    }
    if (t.barriers) {
      if (t.native_depth > 0 && !become_exclusive(t)) return blocking::failed;
      if (!commit(t)) return blocking::failed;
    }
    end_exclusive(t);
    VM::flush(t);
    return t.barriers ? blocking::between_slices : blocking::without_barriers;
  }

  // The instruction must not run again, and its loop has its policy: until the next safepoint the
  // others stand still.
  static void end_blocking(thread& t, blocking began) {
    if (began == blocking::without_barriers) {
      if (!t.barriers) return;
      hold_without_barriers(t);
    } else {
      VM::world(t).keep_barriers(t);
      hold(t);
      begin(t);
    }
    t.budget = 0;
  }

 private:
  static void choose_birth(thread& t) {
    auto& clock = t.tx.domain().line.clock;
    const std::uint64_t slot = t.tx.slot();
    if (t.birth_slot != slot) {                    // a slot somebody else had before
      t.birth_slot = slot;
      t.last_birth = clock.load(std::memory_order_relaxed);
    }
    if (t.last_birth >= t.tx.read_version()) {
      t.tx.rollback();                             // nothing has happened in it yet
      clock.fetch_add(birth_batch, std::memory_order_relaxed);
      t.tx.begin();
    }
    t.born = gilt::detail::free_word(++t.last_birth, slot | gilt::detail::slot_limit);
  }
  static constexpr std::uint64_t birth_batch = 256;

  // Randomized: the opponent is usually done within a slice.
  static void back_off(thread& t) {
    using atomics = typename VM::atomics;
    const std::uint32_t most = 1u << std::min<std::uint32_t>(t.progress.failures + 4, 12);
    const std::uint32_t n = static_cast<std::uint32_t>(t.born >> 12 ^ t.progress.failures * 2654435761u) % most;
    for (std::uint32_t i = 0; i < n; ++i) atomics::pause();
    if (t.progress.failures > 6) atomics::yield();
  }

  // Takes the interrupt of the main thread.
  static step answer(thread& t) {
    if ((t.poll.load(std::memory_order_relaxed) & poll_interrupt) == 0) return step::go_on;
    VM::world(t).forget(t, poll_interrupt);
    t.progress.interrupted = true;
    VM::interrupt(t);
    return step::failed;
  }

  static bool park(thread& t, bool inside) {
    bool fine = true;
    VM::stand_still(t, [&] { fine = VM::world(t).park(t, inside); });
    return fine;
  }
  static void park_if_asked(thread& t) {
    if (VM::world(t).asked(t, poll_stop)) static_cast<void>(park(t, false));
  }
  static void hold(thread& t) { VM::stand_still(t, [&] { VM::world(t).hold(t); }); }
  static void share(thread& t) { VM::stand_still(t, [&] { VM::world(t).share(t); }); }

  // The world is left and entered again: the policy may be another afterwards.
  static void give_way(thread& t) {
    end_exclusive(t);
    VM::stand_still(t, [&] { VM::world(t).yield(t); });
  }
  static void sleep_outside(thread& t) {
    end_exclusive(t);
    VM::stand_still(t, [&] {
      VM::world(t).leave(t);
      VM::queue(t).sleep(t);
      VM::world(t).enter(t);
    });
  }

  // The natives under way began without barriers and go on so, alone.
  static void hold_without_barriers(thread& t) {
    t.barriers = false;
    t.born = 0;
    hold(t);
  }

  // Between slices: a registration whose instruction is over, a collection, a stop.
  static void attend(thread& t) {
    if (!t.wait.requested) VM::queue(t).remove(t);
    collect_if_wanted(t);
    park_if_asked(t);
  }

  // With barriers and no slice under way: begins the next, unless t has become the only thread.
  static step next(thread& t) {
    attend(t);
    if (VM::world(t).may_be_solo && !VM::world(t).others_alive()) {
      give_way(t);
      if (!t.barriers) {
        t.budget = VM::longest(t);
        return step::change_policy;        // an interrupt waits for the next safepoint
      }
    }
    const step s = answer(t);
    begin(t);
    return s;
  }

  static step plain_safepoint(thread& t) {
    t.budget = VM::longest(t);
    attend(t);
    if (t.atomic_depth > 0) return answer(t);
    if (t.exclusive) {                     // a native that began solo, or has just ended
      if (t.native_depth > 0) {
        share(t);
      } else {
        end_exclusive(t);
        t.barriers = true;
        begin(t);
        return step::change_policy;
      }
    } else if (VM::world(t).asked(t, poll_yield)) {
      VM::world(t).forget(t, poll_yield);
      give_way(t);
      if (t.barriers) {
        if (t.native_depth == 0) {
          begin(t);
          return step::change_policy;
        }
        hold_without_barriers(t);
      }
    }
    return answer(t);
  }

  // Precondition: t.barriers is off.
  static step wait_without_barriers(thread& t) {
    if (!t.wait.registered) {
      VM::note_place(t);
      t.wait.in_atomic = false;
      VM::queue(t).add(t);
      t.budget = 0;
      return step::go_on;
    }
    if (t.atomic_depth > 0 && !t.wait.on) {
      VM::stand_still(t, [&] { VM::queue(t).sleep(t); });   // the block keeps its lock
    } else {
      sleep_outside(t);
    }
    t.budget = 0;
    if (!t.barriers) return answer(t);
    if (t.native_depth > 0) {
      hold_without_barriers(t);
      return answer(t);
    }
    begin(t);
    return step::change_policy;
  }
};

}  // namespace gilt::interp
