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

namespace gilt::interp {
namespace {

namespace core = gilt::detail;
constexpr std::uint64_t birth_batch = 256;
constexpr std::int64_t shortest = 16;
constexpr std::uint32_t patience = 64;           // aborts in a row before a slice runs serially

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
  s.output.clear();
  s.on_commit.clear();
  s.wakes.clear();
  s.flush = false;
}

void collect(thread_state& t) {
  if (!t.interp->heap.wants_collection.load(std::memory_order_relaxed)) return;
  if (!stop_world(t, false)) return park(t);
  heap::with_scannable_stack(t.stack_low, [&] { t.interp->heap.collect(*t.interp); });
  if (!t.exclusive) resume_world(t);
}

// Takes the interrupt of the main thread. True: KeyboardInterrupt is pending.
bool interrupted(thread_state& t) {
  if ((t.poll.load(std::memory_order_relaxed) & poll_interrupt) == 0) return false;
  forget(t, poll_interrupt);
  raise(t, t.interp->errors.KeyboardInterrupt, std::string());
  return true;
}

void end_exclusive(thread_state& t) {
  if (!t.exclusive) return;
  t.exclusive = false;
  resume_world(t);
}

// Between slices, or in plain mode: whoever asked for attention gets it.
step attend(thread_state& t) {
  if (t.wait.registered && !t.wait.requested) deregister_waiter(t);
  collect(t);
  const std::uint32_t poll = t.poll.load(std::memory_order_seq_cst);
  if (poll & poll_stop) park(t);
  if (poll & poll_yield) {
    const bool gil = t.interp->mode == engine::gil;
    if (t.barriers || (gil ? t.atomic_depth == 0 : t.atomic_depth == 0 && t.native_depth == 0)) {
      forget(t, poll_yield);
      if (!t.barriers) {
        heap::with_scannable_stack(t.stack_low, [&] {
          leave_world(t);
          std::this_thread::yield();
          enter_world(t);
        });
        if (t.barriers) return step::change_policy;
      }
    }
  }
  return interrupted(t) ? step::failed : step::go_on;
}

}  // namespace

void save_frame(thread_state& t) {
  const frame& f = top(t);
  auto& saved = t.slice->frames;
  saved.push_back({t.depth, f, std::vector<value>(f.registers, f.registers + f.code->registers + 2)});
  t.saved_depth = t.depth;
}

void begin_slice(thread_state& t) {
  slice_state& s = *t.slice;
  if (s.failures >= patience) t.tx.begin_serial();
  else t.tx.begin();
  choose_birth(t);
  s.length = std::clamp<std::int64_t>(s.length, std::min(shortest, configured_length()), configured_length());
  t.budget = s.length;
  t.spent = 0;
  s.frames.clear();
  s.atomic_depth = t.atomic_depth;
  s.handled = t.handled;
  s.exception = t.exception;
  if (t.depth > 0) save_frame(t);
}

bool commit_slice(thread_state& t) {
  slice_state& s = *t.slice;
  const bool ordered = !s.output.empty() || !s.on_commit.empty();
  bool done;
  if (ordered) {
    done = commit_in_order(t, [&] { return t.tx.commit(core::commit_mode::ticked); });
  } else {
    done = t.tx.commit();
  }
  if (!done) {
    t.why = signal::conflict;
    return false;
  }
  ++s.commits;
  s.failures = 0;
  s.length += s.length / 8 + 1;
  end_exclusive(t);
  const auto actions = std::move(s.on_commit);
  const auto wakes = std::move(s.wakes);
  const bool flush = s.flush;
  drop_deferred(s);
  for (object* o : wakes) wake(*t.interp, o);
  for (const auto& f : actions) f();
  if (flush) flush_all_output();
  return true;
}

bool roll_back(thread_state& t, std::uint32_t) {
  if (t.native_depth > 0) return false;          // through the natives, to the outermost loop
  slice_state& s = *t.slice;
  ++s.aborts;
  ++s.failures;
  s.length /= 2;
  drop_deferred(s);
  if (t.tx.active()) t.tx.rollback();
  end_exclusive(t);
  for (auto it = s.frames.rbegin(); it != s.frames.rend(); ++it) {
    t.frames[it->depth] = it->state;
    std::copy(it->registers.begin(), it->registers.end(), it->state.registers);
  }
  t.depth = s.frames.empty() ? 0 : s.frames.front().depth;
  t.atomic_depth = s.atomic_depth;
  t.handled = s.handled;
  t.exception = s.exception;
  t.why = signal::none;
  t.silent = t.yielded = false;
  t.tail_args.clear();
  t.nesting = 0;
  if (t.poll.load(std::memory_order_seq_cst) & poll_stop) park(t);
  // Randomized back-off: the opponent is usually done within a slice.
  const std::uint32_t most = 1u << std::min<std::uint32_t>(s.failures + 4, 12);
  const std::uint32_t n = static_cast<std::uint32_t>(t.born >> 12 ^ s.aborts * 2654435761u) % most;
  for (std::uint32_t i = 0; i < n; ++i) atomics::pause();
  if (s.failures > 6) std::this_thread::yield();
  begin_slice(t);
  return true;
}

step reach_safepoint(thread_state& t) {
  if (!t.barriers) {
    t.budget = configured_length();
    if (t.exclusive && t.native_depth == 0 && t.atomic_depth == 0) end_exclusive(t);
    return attend(t) == step::change_policy ? (begin_slice(t), step::change_policy) : (t.why == signal::none ? step::go_on : step::failed);
  }
  if (t.native_depth == 0 && t.atomic_depth == 0) {
    if (!commit_slice(t)) return step::failed;
    const step next = attend(t);
    if (t.interp->solo && !others_alive(t)) {
      heap::with_scannable_stack(t.stack_low, [&] {
        leave_world(t);
        enter_world(t);
      });
      if (!t.barriers) {
        t.budget = configured_length();
        return next == step::failed ? step::failed : step::change_policy;
      }
    }
    begin_slice(t);
    return next == step::failed ? step::failed : step::go_on;
  }
  // Inside `atomic` or a native: the slice goes on.
  t.budget = t.slice->length;
  if (t.interp->heap.wants_collection.load(std::memory_order_relaxed)) collect(t);
  if (t.poll.load(std::memory_order_seq_cst) & poll_stop) {
    bool boundary;
    {
      world& w = *t.interp->the_world;
      const std::lock_guard lock(w.mutex);
      boundary = w.stopper && w.stopper != &t && w.at_boundary;
    }
    if (boundary) {
      t.tx.doom(core::abort_cause::explicit_abort);
      t.why = signal::conflict;
      return step::failed;
    }
    park(t);
  }
  if (t.atomic_depth == 0 && ++t.spent == patience && !become_exclusive(t)) return step::failed;
  return step::go_on;
}

// The slice cannot abort any more: everybody else stands between slices, and what it has read still
// holds. The world goes on when the slice ends.
bool become_exclusive(thread_state& t) {
  if (!t.barriers || t.exclusive) return true;
  if (!stop_world(t, true)) {
    t.tx.doom(core::abort_cause::serial);
    t.why = signal::conflict;
    return false;
  }
  t.exclusive = true;
  if (t.tx.validate_now()) return true;
  t.why = signal::conflict;
  return false;
}

step wait_for_it(thread_state& t) {
  t.why = signal::none;
  t.wait.requested = false;
  const bool again = t.wait.registered;
  const auto block = [&] {
    if (!again) {
      register_waiter(t);
      return;
    }
    heap::with_scannable_stack(t.stack_low, [&] {
      leave_world(t);
      sleep_until_woken(t);
      enter_world(t);
    });
  };
  if (!t.barriers) {
    block();
    if (interrupted(t)) return step::failed;
    if (t.barriers && t.native_depth > 0) {      // solo ended while it slept inside a native
      t.barriers = false;
      while (!stop_world(t, true)) park(t);
      t.exclusive = true;
      t.born = 0;
    }
    if (t.barriers) {
      begin_slice(t);
      return step::change_policy;
    }
    return step::go_on;
  }
  if (t.native_depth > 0) {
    // Inside a native: it becomes irrevocable, and gives the world back while it sleeps.
    if (t.atomic_depth > 0) {
      raise(t, t.interp->errors.RuntimeError, "blocking inside an atomic block inside a native call");
      return step::failed;
    }
    if (!become_exclusive(t) || !commit_slice(t)) return step::failed;
    block();
    t.barriers = true;
    while (!stop_world(t, true)) park(t);
    begin_slice(t);
    t.exclusive = true;
    return interrupted(t) ? step::failed : step::go_on;
  }
  if (t.atomic_depth > 0) {
    t.tx.doom(core::abort_cause::retry);
    const std::uint32_t failures = t.slice->failures;
    roll_back(t, 0);
    t.slice->failures = failures;
    if (again) {
      t.tx.rollback();
      block();
      if (!t.barriers) return step::change_policy;
      begin_slice(t);
    } else {
      block();
    }
    return interrupted(t) ? step::failed : step::go_on;
  }
  if (!commit_slice(t)) return step::failed;
  block();
  if (!t.barriers) {
    t.budget = configured_length();
    return interrupted(t) ? step::failed : step::change_policy;
  }
  begin_slice(t);
  return interrupted(t) ? step::failed : step::go_on;
}

value run_top(thread_state& t) {
  const std::uint32_t base = t.depth;
  if (t.barriers) begin_slice(t);
  for (;;) {
    const value r = run(t, base);
    if (!t.barriers || !t.tx.active()) return r;
    const signal why = t.why;
    const value exception = t.exception;
    t.why = signal::none;
    if (commit_slice(t)) {
      t.why = why;
      t.exception = exception;
      return r;
    }
    roll_back(t, base);
  }
}

value run(thread_state& t, std::uint32_t base) {
  for (;;) {
    const bool barriers = t.barriers;
    const value r = barriers ? run_loop<stm_access>(t, base) : run_loop<plain_access>(t, base);
    if (!r.empty() || t.why != signal::none) return r;
    // Neither result nor reason: the policy has changed.
  }
}

}  // namespace gilt::interp
