// SPDX-License-Identifier: BSL-1.0
// Fibers and scheduling; memory.cpp has the memory operations, story.cpp the telling.
#include "machine.hpp"

#include <boost/context/detail/fcontext.hpp>

#include <sys/mman.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cxxabi.h>

namespace gilt_sim {

namespace context = boost::context::detail;

namespace {

constexpr std::size_t stack_bytes = std::size_t{256} << 10;

// The Itanium ABI's per-thread exception state, which fibers must not share: a fiber may be
// switched away from inside a catch clause.
struct exception_globals {
  void* caught;
  unsigned uncaught;
};
exception_globals& current_exceptions() noexcept {
  return *reinterpret_cast<exception_globals*>(abi::__cxa_get_globals());
}

}  // namespace

// The trampolines; a fiber never returns from them.
struct fiber_entry {
  static void came_from(context::transfer_t t) {
    // data names the fiber that jumped here; nullptr: run() itself.
    auto* const from = static_cast<machine::fiber*>(t.data);
    if (from != nullptr) from->context = t.fctx;
    else machine::get().outside_ = t.fctx;
  }
  static void run_thread(context::transfer_t t) {
    came_from(t);
    machine& m = machine::get();
    m.thread_main(m.current_);
    std::abort();
  }
  static void run_director(context::transfer_t t) {
    came_from(t);
    machine::get().director_main();
    std::abort();
  }
};

machine& machine::get() {
  static machine* const m = new machine;         // never destroyed: nor is what it simulates
  return *m;
}

machine::machine() : locations_(location_limit) {
  for (auto& f : fibers_) {
    void* const p = mmap(nullptr, stack_bytes, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) std::abort();
    f.stack = static_cast<char*>(p);
  }
}

// -- the run ------------------------------------------------------------------------------------

const machine::outcome& machine::run(const settings& s, strategy& by, std::uint64_t seed,
                                     int threads, const std::function<void()>& body) {
  settings_ = s;
  outcome_.failed = false;
  outcome_.reason.clear();
  outcome_.hash = 0xCBF29CE484222325ull;
  outcome_.steps = 0;
  outcome_.choices.clear();
  strategy_ = &by;
  by.begin(seed, threads);
  body_ = &body;
  threads_ = threads;
  memory_.reset();
  for (int i = thread_limit; i < located_; ++i) at(i).length = 0;
  located_ = thread_limit;
  seen_in_order_ = {};
  events_.clear();
  names_.clear();
  ++run_;
  for (auto& f : fibers_) {
    f.known = {};
    f.done = true;
    f.blocked = f.yielded = f.timed = false;
    f.acted = true;
    f.caught = nullptr;
    f.uncaught = 0;
    f.last_read = 0;
    f.pauses = 0;
    f.place = -1;
    f.unplaced = 0;
    f.failing_allocation = -1;
    f.doing = "";
  }
  for (auto& l : locals) l.fill(nullptr);
  for (auto& e : exit_calls) e.clear();
  scheduled_ = false;
  idle_ = 0;
  current_ = director;
  in_run_ = true;
  auto& exceptions = current_exceptions();
  outside_caught_ = exceptions.caught;
  outside_uncaught_ = exceptions.uncaught;
  exceptions = {nullptr, 0};
  void* const start = context::make_fcontext(me().stack + stack_bytes, stack_bytes,
                                             fiber_entry::run_director);
  context::jump_fcontext(start, nullptr);
  exceptions = {outside_caught_, outside_uncaught_};
  in_run_ = false;
  return outcome_;
}

void machine::leave_run() {
  scheduled_ = false;
  context::jump_fcontext(outside_, nullptr);     // this stack is never resumed
  std::abort();
}

void machine::fail(const char* reason) {
  if (!in_run_) {
    std::fprintf(stderr, "simulation: %s, outside a run\n", reason);
    std::abort();
  }
  outcome_.failed = true;
  outcome_.thread = current_;
  outcome_.reason = reason;
  leave_run();
}

void machine::director_main() {
  try {
    (*body_)();
  } catch (const std::exception& e) {
    fail((std::string("an exception left the set-up or the oracle: ") + e.what()).c_str());
  } catch (...) {
    fail("an exception left the set-up or the oracle");
  }
  leave_run();
}

void machine::jump(int to) {
  fiber& from = me();
  auto& exceptions = current_exceptions();
  from.caught = exceptions.caught;
  from.uncaught = exceptions.uncaught;
  current_ = to;
  exceptions = {me().caught, me().uncaught};
  fiber_entry::came_from(context::jump_fcontext(me().context, &from));
}

void machine::run_threads(const std::function<void(int)>& body) {
  thread_body_ = &body;
  for (int i = 0; i < threads_; ++i) {
    fiber& f = thread(i);
    f.known.join(me().known);
    f.done = false;
    f.place = -1;
    f.context = context::make_fcontext(f.stack + stack_bytes, stack_bytes, fiber_entry::run_thread);
  }
  scheduled_ = true;
  candidates c;
  for (int i = 0; i < threads_; ++i) c.thread[static_cast<std::size_t>(c.count++)] =
      static_cast<std::uint8_t>(i);
  int first = 0;
  if (c.count > 1) {
    first = strategy_->next_thread(c, 0);
    outcome_.choices.push_back({static_cast<std::uint8_t>(first),
                                static_cast<std::uint8_t>(c.count), false});
  }
  jump(c.thread[static_cast<std::size_t>(first)]);
  scheduled_ = false;
  for (int i = 0; i < threads_; ++i) me().known.join(thread(i).known);
}

void machine::thread_main(int i) {
  try {
    (*thread_body_)(i);
  } catch (const std::exception& e) {
    fail((std::string("an exception left a thread: ") + e.what()).c_str());
  } catch (...) {
    fail("an exception left a thread");
  }
  me().done = true;
  block(0, "");
}

void machine::run_exit_calls() {
  auto& calls = exit_calls[static_cast<std::size_t>(current_)];
  while (!calls.empty()) {
    const exit_call c = calls.back();
    calls.pop_back();
    c.f(c.argument);
  }
}

// -- who runs -----------------------------------------------------------------------------------

// Someone else, or the same thread, goes on here.
void machine::point() {
  if (!scheduled_) return;
  fiber& f = me();
  f.acted = true;
  f.yielded = false;
  if (++outcome_.steps > settings_.step_limit) fail("no progress: the limit of steps is reached");
  if (strategy_->eager()) {
    for (int i = 0; i < threads_; ++i) if (i != current_) thread(i).yielded = false;
  }
  candidates c;
  c.thread[0] = static_cast<std::uint8_t>(current_);
  c.count = 1;
  c.running_first = true;
  for (int k = 1; k < threads_; ++k) {
    const int i = (current_ + k) % threads_;
    const fiber& o = thread(i);
    if (!o.done && !o.blocked && !o.yielded) {
      c.thread[static_cast<std::size_t>(c.count++)] = static_cast<std::uint8_t>(i);
    }
  }
  settle(c);
}

void machine::settle(const candidates& c) {
  const int count = c.count;
  int taken = 0;
  if (count > 1) {
    taken = strategy_->next_thread(c, outcome_.steps);
    outcome_.choices.push_back({static_cast<std::uint8_t>(taken),
                                static_cast<std::uint8_t>(count), false});
  }
  const int next = c.thread[static_cast<std::size_t>(taken)];
  if (next != current_) jump(next);
}

// Who may run when the running thread does not: those that wait in loops only if there is nobody
// else. A search that is not fair by itself takes the ones that have waited least.
candidates machine::others(bool pausing) noexcept {
  candidates c;
  for (const bool yielded : {false, true}) {
    int least = INT_MAX;
    for (int k = 1; k < threads_; ++k) {
      const int i = (current_ + k) % threads_;
      const fiber& o = thread(i);
      if (o.done || o.blocked || o.yielded != yielded) continue;
      if (pausing && !strategy_->eager()) {
        if (o.pauses > least) continue;
        if (o.pauses < least) c.count = 0;
        least = o.pauses;
      }
      c.thread[static_cast<std::size_t>(c.count++)] = static_cast<std::uint8_t>(i);
    }
    if (c.count != 0) break;
  }
  return c;
}

// The running thread cannot go on before wake(on); or it is done.
void machine::block(int on, const char* doing) {
  if (!scheduled_) fail("deadlock: the director would wait");
  fiber& f = me();
  f.blocked = !f.done;
  f.waits_for = on;
  f.doing = doing;
  candidates c = others(false);
  if (c.count == 0) {
    // When all sleep, time goes by.
    if (pass_time() == current_) return;
    c = others(false);
  }
  if (c.count == 0) {
    std::string who;
    for (int i = 0; i < threads_; ++i) {
      if (!thread(i).done) who += " T" + std::to_string(i) + " " + thread(i).doing + ";";
    }
    if (!who.empty()) fail(("deadlock:" + who).c_str());
    jump(director);
    return;
  }
  settle(c);
}

// Until the first of those who sleep for a time has slept long enough: which it is, or -1.
int machine::pass_time() noexcept {
  for (int i = 0; i < threads_; ++i) {
    fiber& o = thread(i);
    if (!o.blocked || !o.timed) continue;
    o.blocked = o.timed = false;
    return i;
  }
  return -1;
}

void machine::wake(int on) {
  for (int i = 0; i < threads_; ++i) {
    fiber& f = thread(i);
    if (f.blocked && f.waits_for == on) f.blocked = false;
  }
}

// The thread waits for others in a loop: they go first. What it looked at last it will see anew,
// so that no loop waits for ever for a store that has been made.
void machine::pause() {
  if (!scheduled_) {
    if (in_run_ && ++idle_ > 1'000'000) fail("no progress: the director waits for ever");
    return;
  }
  fiber& f = me();
  if (!f.acted) return;                          // one of many pauses in a row
  f.acted = false;
  if (f.last_read != 0) {
    f.known[f.last_read] = static_cast<std::int16_t>(at(f.last_read).length - 1);
  }
  strategy_->yielded(current_);
  f.yielded = true;
  ++f.pauses;
  candidates c = others(true);
  if (c.count == 0 && pass_time() >= 0) c = others(true);       // it waits for one who sleeps
  if (c.count == 0) return;
  if (++outcome_.steps > settings_.step_limit) fail("no progress: the limit of steps is reached");
  settle(c);
}

void machine::step(const char* text) {
  point();
  note(operation::step, std::memory_order_relaxed, 0, 0, 0, 0, text);
}

int machine::record(int taken, int count) {
  outcome_.choices.push_back({static_cast<std::uint8_t>(taken), static_cast<std::uint8_t>(count),
                              true});
  return taken;
}

int machine::choose(int count) {
  if (!scheduled_ || count < 2) return 0;
  return record(strategy_->next_number(count), count);
}

int machine::letter(int count) {
  if (!scheduled_ || count < 2) return 0;
  return record(strategy_->next_letter(count), count);
}

}  // namespace gilt_sim
