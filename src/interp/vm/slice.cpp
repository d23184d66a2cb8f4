// SPDX-License-Identifier: BSL-1.0
#include "interp/vm/slice.hpp"

#include "interp/concurrency/access.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/object/operations.hpp"
#include "interp/vm/slice_vm.hpp"
#include "interp/vm/slow.hpp"

namespace gilt::interp {

std::int64_t slice_vm::longest(thread&) {
  static const std::int64_t length = [] {
    const char* text = std::getenv("GILT_SLICE");
    const long n = text ? std::atol(text) : 0;
    return n > 0 ? n : 1000;
  }();
  return length;
}

void save_frame(thread_state& t) {
  const frame& f = top(t);
  slice_state& s = *t.slice;
  const std::size_t count = f.code->registers + 2;
  s.frames.push_back({t.depth, f, s.registers.size(), count});
  s.registers.insert(s.registers.end(), f.registers, f.registers + count);
  t.saved_depth = t.depth;
}

void slice_vm::save(thread& t) {
  slice_state& s = *t.slice;
  s.frames.clear();
  s.registers.clear();
  s.recursion_limit = t.recursion_limit;
  s.handled = t.handled;
  s.exception = t.exception;
  s.why = t.why;
  if (t.depth > 0) save_frame(t);
}

void slice_vm::restore(thread& t) {
  slice_state& s = *t.slice;
  for (auto it = s.frames.rbegin(); it != s.frames.rend(); ++it) {
    t.frames[it->depth] = it->state;
    const value* const from = s.registers.data() + it->first;
    std::copy(from, from + it->count, it->state.registers);
  }
  t.depth = s.frames.empty() ? 0 : s.frames.front().depth;
  t.recursion_limit = s.recursion_limit;
  t.handled = s.handled;
  t.exception = s.exception;
  t.why = s.why;
  t.silent = t.yielded = false;
  t.tail_args.clear();
  t.nesting = 0;
}

bool slice_vm::try_commit(thread& t) {
  if (t.slice->output.empty()) return t.tx.commit();
  return commit_in_order(t, [&] { return t.tx.commit(gilt::detail::commit_mode::ticked); });
}

void slice_vm::forget_deferred(thread& t) {
  slice_state& s = *t.slice;
  if (!s.defers) return;
  s.output.clear();
  s.wakes.clear();
  s.starts.clear();
  s.flush = false;
  s.defers = !s.plain_starts.empty();
}

// In the order a reader of the script expects.
void slice_vm::carry_out(thread& t) {
  slice_state& s = *t.slice;
  ++s.lost.committed;
  if (!s.defers) return;
  auto starts = std::move(s.starts);
  if (t.atomic_depth == 0) {
    starts.insert(starts.end(), s.plain_starts.begin(), s.plain_starts.end());
    s.plain_starts.clear();
  }
  const auto wakes = std::move(s.wakes);
  const bool flushes = s.flush;
  forget_deferred(t);
  for (object* o : wakes) queue(t).wake(o);
  for (const thread_start& start : starts) spawn(*t.interp, start);
  if (flushes) flush_all_output();
}

void slice_vm::interrupt(thread& t) {
  const value e = make_exception(t, t.interp->errors.KeyboardInterrupt, nullptr, 0);
  if (!e.empty()) raise_object(t, e);
}
void slice_vm::refuse_to_wait(thread& t) {
  raise(t, t.interp->errors.RuntimeError, "blocking inside an atomic block inside a native call");
}
void slice_vm::flush(thread&) { flush_all_output(); }

void begin_slice(thread_state& t) { slices::begin(t); }
bool commit_slice(thread_state& t) { return slices::commit(t); }
bool roll_back(thread_state& t) { return slices::roll_back(t); }
void end_exclusive(thread_state& t) { slices::end_exclusive(t); }
bool become_exclusive(thread_state& t) { return slices::become_exclusive(t); }
step reach_safepoint(thread_state& t) { return slices::reach_safepoint(t); }
step wait_for_it(thread_state& t) { return slices::wait_for_it(t); }

void collect_now(thread_state& t) {
  t.interp->heap.wants_collection.store(true, std::memory_order_relaxed);
  slices::collect_if_wanted(t);
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
  if (t.wait.registered && !t.wait.in_atomic && t.depth <= t.wait.depth) stop_waiting(t);
  for (;;) {
    const bool barriers = t.barriers;
    const value r = barriers ? run_loop<stm_access>(t, base) : run_loop<plain_access>(t, base);
    if (!r.empty() || t.why != signal::none) return r;
    // Neither result nor reason: the policy has changed.
  }
}

}  // namespace gilt::interp
