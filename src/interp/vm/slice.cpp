// SPDX-License-Identifier: BSL-1.0
// slice: beginning, committing, rolling back; safepoints; blocking.
//
// The snapshot: the running frame is saved when the slice begins, a caller's when it is first
// returned into. Restoring goes from the last saved to the first, since a callee's registers lie
// inside its caller's window.
//
// The born word of a slice carries a version no other slice of this thread has used, not above the
// read version: objects of an earlier slice must not pass for newborns, whose stores are not undone.
// The versions between the last birth and the clock are used up one by one; then the clock is moved
// by a batch.
#include "interp/vm/slice.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "interp/concurrency/access.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/concurrency/world.hpp"
#include "interp/heap/native_stack.hpp"
#include "interp/object/operations.hpp"
#include "interp/vm/slow.hpp"

namespace gilt::interp {
namespace {

namespace core = gilt::detail;
constexpr std::uint64_t birth_batch = 256;
constexpr std::int64_t shortest = 16;
constexpr std::uint32_t native_patience = 16;    // budgets a native may spend before it is let run alone

std::int64_t configured_length() {
  static const std::int64_t length = [] {
    const char* text = std::getenv("GILT_SLICE");
    const long n = text ? std::atol(text) : 0;
    return n > 0 ? n : 1000;
  }();
  return length;
}

void choose_birth(thread_state& t) {
  auto& clock = t.tx.domain().line.clock;
  const std::uint64_t slot = t.tx.slot();
  if (t.birth_slot != slot) {                    // a slot somebody else had before
    t.birth_slot = slot;
    t.last_birth = clock.load(std::memory_order_seq_cst);
  }
  if (t.last_birth >= t.tx.read_version()) {
    t.tx.rollback();                             // nothing has happened in it yet
    clock.fetch_add(birth_batch, std::memory_order_seq_cst);
    t.tx.begin();
  }
  t.born = core::free_word(++t.last_birth, slot | core::slot_limit);
}

void drop_deferred(slice_state& s) {
  if (!s.defers) return;
  s.defers = false;
  s.output.clear();
  s.wakes.clear();
  s.starts.clear();
  s.flush = false;
}

// Unless somebody else stops the world, which comes first.
void collect(thread_state& t) {
  if (!t.interp->heap.wants_collection.load(std::memory_order_relaxed) || !stop_world(t, false)) return;
  heap::with_scannable_stack(t.stack_low, [&] { t.interp->heap.collect(*t.interp); });
  if (!t.exclusive) resume_world(t);
}

// Takes the interrupt of the main thread. True: KeyboardInterrupt is pending.
bool interrupted(thread_state& t) {
  if ((t.poll.load(std::memory_order_relaxed) & poll_interrupt) == 0) return false;
  forget(t, poll_interrupt);
  t.slice->interrupted = true;
  const value e = make_exception(t, t.interp->errors.KeyboardInterrupt, nullptr, 0);
  if (!e.empty()) raise_object(t, e);
  return true;
}
step answer(thread_state& t) { return interrupted(t) ? step::failed : step::go_on; }

// The world is left and entered again: the policy may be another afterwards.
void give_way(thread_state& t) {
  end_exclusive(t);
  yield_world(t);
}

// The natives under way began without barriers and go on so, alone.
void hold_without_barriers(thread_state& t) {
  t.barriers = false;
  t.born = 0;
  hold_world(t);
}

// Between slices: a registration whose instruction is over, a collection, a stop.
void attend(thread_state& t) {
  if (t.wait.registered && !t.wait.requested) deregister_waiter(t);
  collect(t);
  if (t.poll.load(std::memory_order_seq_cst) & poll_stop) static_cast<void>(park(t, false));
}

// With barriers and no slice under way: begins the next, unless t has become the only thread.
step next_slice(thread_state& t) {
  attend(t);
  if (t.interp->solo && !others_alive(t)) {
    give_way(t);
    if (!t.barriers) {
      t.budget = configured_length();
      return step::change_policy;        // an interrupt waits for the next safepoint
    }
  }
  const step s = answer(t);
  begin_slice(t);
  return s;
}

step plain_safepoint(thread_state& t) {
  t.budget = configured_length();
  attend(t);
  if (t.atomic_depth > 0) return answer(t);
  if (t.exclusive) {                     // a native that began solo, or has just ended
    if (t.native_depth > 0) {
      share_world(t);
    } else {
      end_exclusive(t);
      t.barriers = true;
      begin_slice(t);
      return step::change_policy;
    }
  } else if (t.poll.load(std::memory_order_seq_cst) & poll_yield) {
    forget(t, poll_yield);
    give_way(t);
    if (t.barriers) {
      if (t.native_depth == 0) {
        begin_slice(t);
        return step::change_policy;
      }
      hold_without_barriers(t);
    }
  }
  return answer(t);
}

}  // namespace

void end_exclusive(thread_state& t) {
  if (!t.exclusive) return;
  t.exclusive = false;
  resume_world(t);
}

void save_frame(thread_state& t) {
  const frame& f = top(t);
  slice_state& s = *t.slice;
  const std::size_t count = f.code->registers + 2;
  s.frames.push_back({t.depth, f, s.registers.size(), count});
  s.registers.insert(s.registers.end(), f.registers, f.registers + count);
  t.saved_depth = t.depth;
}

void begin_slice(thread_state& t) {
  slice_state& s = *t.slice;
  if (s.failures >= patience && !t.exclusive) hold_world(t);
  t.tx.begin();
  choose_birth(t);
  if (t.exclusive) t.tx.become_serial();         // nobody is there to lose against
  s.length = std::clamp<std::int64_t>(s.length, std::min(shortest, configured_length()), configured_length());
  // A registration ends soon after its instruction: before the same one can run again. Inside
  // `atomic` the slice has to come to it first.
  t.budget = t.wait.registered && !t.wait.in_atomic ? 0 : s.length;
  t.spent = 0;
  s.frames.clear();
  s.registers.clear();
  s.atomic_depth = t.atomic_depth;
  s.recursion_limit = t.recursion_limit;
  s.handled = t.handled;
  s.exception = t.exception;
  s.why = t.why;
  s.interrupted = false;
  if (t.depth > 0) save_frame(t);
}

// What the slice deferred happens now, in the order a reader of the script expects.
static void carry_out(thread_state& t) {
  slice_state& s = *t.slice;
  auto starts = std::move(s.starts);
  if (t.atomic_depth == 0) {
    starts.insert(starts.end(), s.plain_starts.begin(), s.plain_starts.end());
    s.plain_starts.clear();
  }
  const auto wakes = std::move(s.wakes);
  const bool flush = s.flush;
  drop_deferred(s);
  s.defers = !s.plain_starts.empty();
  for (object* o : wakes) wake(*t.interp, o);
  for (const thread_start& start : starts) spawn(*t.interp, start);
  if (flush) flush_all_output();
}

bool commit_slice(thread_state& t) {
  slice_state& s = *t.slice;
  const bool done = s.output.empty() ? t.tx.commit()
                                     : commit_in_order(t, [&] { return t.tx.commit(core::commit_mode::ticked); });
  if (GILT_UNLIKELY(!done)) {
    t.why = signal::conflict;
    return false;
  }
  ++s.lost.committed;
  s.failures = 0;
  s.length += s.length / 8 + 1;
  end_exclusive(t);
  if (s.defers) carry_out(t);
  return true;
}

void undo_slice(thread_state& t) {
  slice_state& s = *t.slice;
  note_abort(t);
  drop_deferred(s);
  s.defers = !s.plain_starts.empty();
  if (t.tx.active()) t.tx.rollback();
  end_exclusive(t);
  for (auto it = s.frames.rbegin(); it != s.frames.rend(); ++it) {
    t.frames[it->depth] = it->state;
    const value* const from = s.registers.data() + it->first;
    std::copy(from, from + it->count, it->state.registers);
  }
  t.depth = s.frames.empty() ? 0 : s.frames.front().depth;
  t.atomic_depth = s.atomic_depth;
  t.recursion_limit = s.recursion_limit;
  t.handled = s.handled;
  t.exception = s.exception;
  t.why = s.why;
  if (s.interrupted) ask(t, poll_interrupt);
  s.interrupted = false;
  t.silent = t.yielded = false;
  t.tail_args.clear();
  t.nesting = 0;
}

bool roll_back(thread_state& t) {
  if (t.native_depth > 0) return false;          // through the natives, to the outermost loop
  slice_state& s = *t.slice;
  ++s.failures;
  s.length /= 2;
  undo_slice(t);
  if (t.poll.load(std::memory_order_seq_cst) & poll_stop) static_cast<void>(park(t, false));
  // Randomized back-off: the opponent is usually done within a slice.
  const std::uint32_t most = 1u << std::min<std::uint32_t>(s.failures + 4, 12);
  const std::uint32_t n = static_cast<std::uint32_t>(t.born >> 12 ^ s.lost.aborted * 2654435761u) % most;
  for (std::uint32_t i = 0; i < n; ++i) atomics::pause();
  if (s.failures > 6) std::this_thread::yield();
  begin_slice(t);
  return true;
}

step reach_safepoint(thread_state& t) {
  if (!t.barriers) return plain_safepoint(t);
  if (t.native_depth == 0 && t.atomic_depth == 0) return commit_slice(t) ? next_slice(t) : step::failed;
  // Inside `atomic` or a native: the slice goes on.
  t.budget = t.slice->length;
  collect(t);
  if ((t.poll.load(std::memory_order_seq_cst) & poll_stop) && !park(t, true)) {
    t.tx.doom(core::abort_cause::explicit_abort);
    t.why = signal::conflict;
    return step::failed;
  }
  if (t.atomic_depth == 0) {
    if (t.wait.registered && !t.wait.in_atomic) deregister_waiter(t);
    if (t.exclusive) {
      // A long native, alone by now: the others have a slice, and it goes on.
      if (!commit_slice(t)) return step::failed;
      share_world(t);
      begin_slice(t);
    } else if (++t.spent >= native_patience && !become_exclusive(t)) {
      return step::failed;
    }
  }
  return answer(t);
}

void collect_now(thread_state& t) {
  t.interp->heap.wants_collection.store(true, std::memory_order_relaxed);
  collect(t);
}

bool become_exclusive(thread_state& t) {
  if (!t.barriers || t.exclusive) return true;
  if (!stop_world(t, true)) {
    t.tx.doom(core::abort_cause::serial);
    t.why = signal::conflict;
    return false;
  }
  t.exclusive = true;
  if (t.tx.become_serial()) return true;         // validates
  t.why = signal::conflict;
  return false;
}

// Precondition: t.barriers is off.
static step wait_without_barriers(thread_state& t) {
  if (!t.wait.registered) {
    t.wait.at = top(t).pc;
    t.wait.depth = t.depth;
    t.wait.in_atomic = false;
    register_waiter(t);
    t.budget = 0;
    return step::go_on;
  }
  if (t.atomic_depth > 0 && !t.wait.on) {
    heap::with_scannable_stack(t.stack_low, [&] { sleep_until_woken(t); });   // the block keeps its lock
  } else {
    end_exclusive(t);
    heap::with_scannable_stack(t.stack_low, [&] {
      leave_world(t);
      sleep_until_woken(t);
      enter_world(t);
    });
  }
  t.budget = 0;
  if (!t.barriers) return answer(t);
  if (t.native_depth > 0) {
    hold_without_barriers(t);
    return answer(t);
  }
  begin_slice(t);
  return step::change_policy;
}

step wait_for_it(thread_state& t) {
  t.why = signal::none;
  t.wait.requested = false;
  if (!t.barriers) return wait_without_barriers(t);

  const bool again = t.wait.registered;
  const bool native = t.native_depth > 0;
  t.wait.at = top(t).pc;
  t.wait.depth = t.depth;
  t.wait.in_atomic = t.atomic_depth > 0;
  if (native && t.atomic_depth > 0) {
    raise(t, t.interp->errors.RuntimeError, "blocking inside an atomic block inside a native call");
    return step::failed;
  }
  if (t.atomic_depth > 0) {
    t.tx.doom(core::abort_cause::retry);         // as retry(): undone, and run again when something changes
    undo_slice(t);
  } else if ((native && !become_exclusive(t)) || !commit_slice(t)) {
    return step::failed;
  }
  if (again) {
    heap::with_scannable_stack(t.stack_low, [&] {
      leave_world(t);
      sleep_until_woken(t);
      enter_world(t);
    });
  } else {
    register_waiter(t);
    if (t.poll.load(std::memory_order_seq_cst) & poll_stop) static_cast<void>(park(t, false));
  }
  if (native) {
    keep_barriers(t);
    hold_world(t);
  } else if (!t.barriers) {
    t.budget = 0;
    return step::change_policy;                  // an interrupt waits for the next safepoint
  }
  const step s = answer(t);
  begin_slice(t);
  return s;
}

value run_top(thread_state& t) {
  const std::uint32_t base = t.depth;
  if (t.barriers) begin_slice(t);
  for (;;) {
    bool standing = true;
    while (standing && t.why == signal::exception) {     // pending at the start of a slice rolled back
      const frame& f = top(t);
      standing = unwind(t, base, static_cast<std::size_t>(f.pc - f.code->words.data()), false);
    }
    const value r = standing ? run(t, base) : value{};
    if (!t.barriers || !t.tx.active()) return r;
    const signal why = t.why;
    const value exception = t.exception;
    t.why = signal::none;
    if (commit_slice(t)) {
      t.why = why;
      t.exception = exception;
      return r;
    }
    roll_back(t);
  }
}

value run(thread_state& t, std::uint32_t base) {
  // A native calls again, and the call that waited is over.
  if (t.wait.registered && !t.wait.in_atomic && t.depth <= t.wait.depth) deregister_waiter(t);
  for (;;) {
    const bool barriers = t.barriers;
    const value r = barriers ? run_loop<stm_access>(t, base) : run_loop<plain_access>(t, base);
    if (!r.empty() || t.why != signal::none) return r;
    // Neither result nor reason: the policy has changed.
  }
}

}  // namespace gilt::interp
