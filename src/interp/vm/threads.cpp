// SPDX-License-Identifier: BSL-1.0
#include "interp/concurrency/threads.hpp"

#include <pthread.h>

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>

#include "interp/concurrency/access.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/concurrency/world.hpp"
#include "interp/heap/native_stack.hpp"
#include "interp/object/list.hpp"
#include "interp/object/operations.hpp"
#include "interp/vm/frame.hpp"
#include "interp/vm/slice.hpp"

namespace gilt::interp {
namespace {

constexpr std::size_t native_stack_bytes = std::size_t{64} << 20;   // only what is touched costs memory

// Threads that run; what they hold is marked by visit_started().
struct started {
  interpreter* interp;
  thread_start what;
};
struct registry {
  std::mutex mutex;
  std::condition_variable changed;
  std::list<started> all;
  std::int64_t idents = 1;
  abort_table lost;                    // of threads that have ended
};
registry& threads() {
  static auto* r = new registry;
  return *r;
}

// The last slice: the handle says so and whoever joins wakes.
void finish(thread_state& t, thread_handle* handle) {
  t.atomic_depth = 0;
  if (t.barriers) begin_slice(t);
  for (;;) {
    t.why = signal::none;
    const bool done = any_access::write(t, handle, handle->finished, value::true_());
    if (done) wake_on_commit(t, handle);
    if (done && (!t.barriers || commit_slice(t))) break;
    roll_back(t);
  }
  stop_waiting(t);
}

void body(started* mine) {
  interpreter& i = *mine->interp;
  auto made = make_thread(i);
  thread_state& t = *made;
  atomics::local<thread_state>() = &t;
  t.stack_low = t.stack_high = __builtin_frame_address(0);
  make_stacks(t);
  t.slice = {new slice_state, [](slice_state* s) { delete s; }};
  t.recursion_limit = i.recursion_limit;
  t.ident = value{mine->what.handle->ident.load(std::memory_order_acquire)}.as_int();
  t.thread_object = {mine->what.handle->python.load(std::memory_order_acquire)};
  t.handled = value::none();
  add_thread(i, std::move(made));
  enter_world(t);
  auto* m = mine->what.function.as<bound_method_object>();
  auto* f = m->function.as<function_object>();
  t.registers[0] = m->self;
  if (push_frame(t, f->code, f, f->globals, t.registers, nullptr, on_return::leave)) run_top(t);
  finish(t, mine->what.handle);
  end_exclusive(t);
  const abort_table lost = std::move(t.slice->lost);
  i.the_world->end(t, [&] {
    free_stacks(t);
    const std::lock_guard hold(i.threads_mutex);
    i.threads[t.index].reset();
  });
  registry& r = threads();
  const std::lock_guard guard(r.mutex);
  r.lost.merge(lost);
  r.all.remove_if([&](const started& s) { return &s == mine; });
  r.changed.notify_all();
}

}  // namespace

void spawn(interpreter& i, const thread_start& what) {
  registry& r = threads();
  started* mine;
  {
    const std::lock_guard guard(r.mutex);
    r.all.push_back({&i, what});
    mine = &r.all.back();
  }
  i.the_world->start_counting();
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, native_stack_bytes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t id;
  const int failed = pthread_create(&id, &attributes, [](void* p) -> void* {
        body(static_cast<started*>(p));
        return nullptr;
      }, mine);
  pthread_attr_destroy(&attributes);
  if (failed == 0) return;
  i.the_world->start_failed();
  const std::lock_guard guard(r.mutex);
  r.all.remove_if([&](const started& s) { return &s == mine; });
  what.handle->finished.store(value::true_().bits, std::memory_order_release);
}

std::int64_t next_thread_ident(interpreter&) {
  registry& r = threads();
  const std::lock_guard guard(r.mutex);
  return r.idents++;
}

abort_table lost_slices(interpreter& i) {
  abort_table all;
  {
    const std::lock_guard hold(i.threads_mutex);
    for (auto& t : i.threads) {
      if (t && t->slice && !t->running) all.merge(t->slice->lost);
    }
  }
  registry& r = threads();
  const std::lock_guard guard(r.mutex);
  all.merge(r.lost);
  return all;
}

void start_on_commit(thread_state& t, const thread_start& what) {
  if (t.barriers || t.atomic_depth > 0) t.slice->defers = true;
  if (t.barriers) t.slice->starts.push_back(what);
  else if (t.atomic_depth > 0) t.slice->plain_starts.push_back(what);
  else spawn(*t.interp, what);
}

value alive_threads(thread_state& t) {
  const value list = make_list(t);
  if (list.empty()) return {};
  const auto add = [&](const thread_handle* h) {
    return list_append<any_access>(t, list.as<list_object>(), value{h->python.load(std::memory_order_acquire)});
  };
  if (!t.interp->main_python_thread.empty() &&
      !list_append<any_access>(t, list.as<list_object>(), t.interp->main_python_thread))
    return {};
  {
    registry& r = threads();
    const std::lock_guard guard(r.mutex);
    for (const started& s : r.all) {
      if (s.interp != t.interp) continue;
      value finished;
      if (!any_access::read(t, s.what.handle, s.what.handle->finished, finished)) return {};
      if (!finished.is_true() && !add(s.what.handle)) return {};
    }
  }
  // Those that this slice starts are alive for the one who started them.
  for (const auto* starts : {&t.slice->starts, &t.slice->plain_starts}) {
    for (const thread_start& s : *starts) {
      if (!add(s.handle)) return {};
    }
  }
  return list;
}

void visit_started(interpreter& i, heap::marker& m) {
  registry& r = threads();
  const std::lock_guard guard(r.mutex);
  for (const started& s : r.all) {
    if (s.interp != &i) continue;
    m.mark(s.what.function);
    m.mark(s.what.handle);
  }
}

// Precondition: t is not running.
bool join_threads(thread_state& t) {
  registry& r = threads();
  std::unique_lock lock(r.mutex);
  const auto over = [&] {
    for (const started& s : r.all) {
      if (s.interp == t.interp && !s.what.daemon) return false;
    }
    return true;
  };
  // A signal handler cannot notify: look for an interrupt now and then.
  while (!r.changed.wait_for(lock, std::chrono::milliseconds(50), over)) {
    if (t.poll.load(std::memory_order_relaxed) & poll_interrupt) return false;
  }
  return true;
}

}  // namespace gilt::interp
