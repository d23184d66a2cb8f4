// SPDX-License-Identifier: BSL-1.0
#include "interp/concurrency/threads.hpp"

#include <pthread.h>

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

constexpr std::size_t native_stack_bytes = std::size_t{16} << 20;

// Threads that run; what they hold is marked by visit_started().
struct started {
  interpreter* interp;
  value function;
  thread_handle* handle;
  bool daemon;
};
struct registry {
  std::mutex mutex;
  std::condition_variable changed;
  std::list<started> all;
  std::int64_t idents = 1;
};
registry& threads() {
  static auto* r = new registry;
  return *r;
}

// The last slice: the handle says so and whoever joins wakes.
void finish(thread_state& t, thread_handle* handle) {
  t.atomic_depth = 0;
  for (;;) {
    t.why = signal::none;
    const bool done = any_access::write(t, handle, handle->finished, value::true_());
    if (done) wake_on_commit(t, handle);
    if (done && (!t.barriers || commit_slice(t))) return;
    roll_back(t, 0);
  }
}

void body(started* mine) {
  interpreter& i = *mine->interp;
  thread_state& t = add_thread(i);
  t.stack_high = __builtin_frame_address(0);
  make_stacks(t);
  t.slice = {new slice_state, [](slice_state* s) { delete s; }};
  t.recursion_limit = i.recursion_limit;
  t.ident = value{mine->handle->ident.load(std::memory_order_acquire)}.as_int();
  t.thread_object = {mine->handle->python.load(std::memory_order_acquire)};
  t.handled = value::none();
  heap::with_scannable_stack(t.stack_low, [&] { enter_world(t); });
  // threading.Thread._bootstrap, bound: it catches everything.
  auto* m = mine->function.as<bound_method_object>();
  auto* f = m->function.as<function_object>();
  t.registers[0] = m->self;
  if (push_frame(t, f->code, f, f->globals, t.registers, nullptr, on_return::leave)) run_top(t);
  if (t.barriers) begin_slice(t);
  finish(t, mine->handle);
  if (t.wait.registered) deregister_waiter(t);
  {
    world& w = *i.the_world;
    const std::lock_guard lock(w.mutex);
    --w.alive;
  }
  if (t.exclusive) resume_world(t);
  leave_world(t);
  free_stacks(t);
  const std::uint32_t index = t.index;
  {
    // Wait until nobody stops the world: a collector may be looking at this thread.
    world& w = *i.the_world;
    std::unique_lock lock(w.mutex);
    w.changed.wait(lock, [&] { return !w.stopper; });
    const std::lock_guard guard(i.threads_mutex);
    i.threads[index].reset();
  }
  registry& r = threads();
  const std::lock_guard guard(r.mutex);
  r.all.remove_if([&](const started& s) { return &s == mine; });
  r.changed.notify_all();
}

void spawn(interpreter& i, value function, thread_handle* handle, bool daemon) {
  registry& r = threads();
  started* mine;
  {
    const std::lock_guard guard(r.mutex);
    r.all.push_back({&i, function, handle, daemon});
    mine = &r.all.back();
  }
  {
    world& w = *i.the_world;
    const std::lock_guard lock(w.mutex);
    ++w.alive;
  }
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
  {
    world& w = *i.the_world;
    const std::lock_guard lock(w.mutex);
    --w.alive;
  }
  const std::lock_guard guard(r.mutex);
  r.all.pop_back();
  handle->finished.store(value::true_().bits, std::memory_order_release);
}

}  // namespace

std::int64_t next_thread_ident(interpreter&) {
  registry& r = threads();
  const std::lock_guard guard(r.mutex);
  return r.idents++;
}

void start_on_commit(thread_state& t, value function, thread_handle* handle, bool daemon) {
  interpreter& i = *t.interp;
  const auto start = [&i, function, handle, daemon] { spawn(i, function, handle, daemon); };
  if (t.barriers && t.tx.active()) t.slice->on_commit.push_back(start);
  else start();
}

value alive_threads(thread_state& t) {
  const value list = make_list(t);
  if (list.empty()) return {};
  if (!t.interp->main_python_thread.empty() && !list_append<any_access>(t, list.as<list_object>(), t.interp->main_python_thread)) return {};
  registry& r = threads();
  const std::lock_guard guard(r.mutex);
  for (const started& s : r.all) {
    if (s.interp != t.interp || value{s.handle->finished.load(std::memory_order_acquire)}.is_true()) continue;
    const value python{s.handle->python.load(std::memory_order_acquire)};
    if (!list_append<any_access>(t, list.as<list_object>(), python)) return {};
  }
  return list;
}

void visit_started(interpreter& i, heap::marker& m) {
  registry& r = threads();
  const std::lock_guard guard(r.mutex);
  for (const started& s : r.all) {
    if (s.interp != &i) continue;
    m.mark(s.function);
    m.mark(s.handle);
  }
}

// Precondition: t is not running.
void join_threads(thread_state& t) {
  registry& r = threads();
  std::unique_lock lock(r.mutex);
  r.changed.wait(lock, [&] {
    for (const started& s : r.all) {
      if (s.interp == t.interp && !s.daemon) return false;
    }
    return true;
  });
}

}  // namespace gilt::interp
