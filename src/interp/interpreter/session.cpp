// SPDX-License-Identifier: BSL-1.0
#include "interp/interpreter/session.hpp"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>

#include "interp/builtins/builtins.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/concurrency/threads.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/concurrency/world.hpp"
#include "interp/interpreter/inventory.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/module.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/vm/slice.hpp"

namespace gilt::interp {

void visit_started(interpreter&, heap::marker&);

namespace {

thread_state* main_thread = nullptr;
pthread_t main_pthread;
atomics::atomic<bool> prompting{false};

// Only what a handler may do: set a bit. The second Ctrl-C ends the process at once, but not at a
// prompt. The kernel may pick any thread; the one that runs __main__ may be in a read() to interrupt.
void on_interrupt(int) {
  if (main_thread == nullptr) return;
  if (!pthread_equal(pthread_self(), main_pthread)) {
    pthread_kill(main_pthread, SIGINT);
    return;
  }
  const bool again = (main_thread->poll.fetch_or(poll_interrupt) & poll_interrupt) != 0;
  if (again && !prompting.load(std::memory_order_relaxed)) _exit(130);
}

// Precondition: threads_mutex is held.
void visit_roots(interpreter& i, heap::marker& m) {
  for (auto& t : i.threads) {
    if (!t || !t->frames) continue;
    value* end = t->depth == 0 ? t->registers + 256 : t->frames[t->depth].registers + t->frames[t->depth].code->registers + 1024;
    m.mark_range(t->registers, std::min(end, t->registers_end));
    for (std::uint32_t d = 1; d <= t->depth; ++d) {
      const frame& f = t->frames[d];
      m.mark(f.function);
      m.mark(f.globals);
      m.mark(f.generator);
    }
    m.mark(static_cast<const object*>(t->wait.on));
    if (!t->slice) continue;
    for (const saved_frame& s : t->slice->frames) {
      m.mark(s.state.function);
      m.mark(s.state.globals);
      m.mark(s.state.generator);
    }
    m.mark_range(t->slice->registers.data(), t->slice->registers.data() + t->slice->registers.size());
    m.mark(t->slice->handled);
    m.mark(t->slice->exception);
    for (object* o : t->slice->wakes) m.mark(o);
    for (const auto* starts : {&t->slice->starts, &t->slice->plain_starts}) {
      for (const thread_start& s : *starts) {
        m.mark(s.function);
        m.mark(s.handle);
      }
    }
  }
  const std::lock_guard guard(i.codes_mutex);
  for (code_object* c : i.codes) {
    m.mark(c->self);
    for (const value v : c->constants) m.mark(v);
  }
  visit_started(i, m);
}

}  // namespace

bool open_session(const run_options& o, const std::string& folder, const std::string& file, void* stack_high, session& out) {
  std::size_t limit = std::size_t{4} << 30;
  if (const char* given = std::getenv("GILT_MEMORY_LIMIT")) limit = std::strtoull(given, nullptr, 10);
  auto* i = new interpreter(limit);              // threads that are daemons may still run at exit
  i->mode = o.engine == "gil" ? engine::gil : engine::stm;
  i->argv = o.argv;
  i->search_path = {folder, "<gilt>"};
  if (o.stdlib) {
    if (const std::string library = o.stdlib->empty() ? installed_library() : *o.stdlib; !library.empty()) i->search_path.push_back(library);
  }
  i->the_world = {new world, [](world* w) { delete w; }};
  i->make_exclusive = become_exclusive;
  i->clear_inline_caches = clear_caches;
  i->clear_global_caches = clear_global_caches;
  i->visit_extra_roots = visit_roots;

  thread_state& t = add_thread(*i);
  // Newborn objects and ordered output take numbers of the clock's: it must not start again.
  t.tx.domain().last_tick = gilt::detail::last_version;
  t.stack_high = stack_high;
  make_stacks(t);
  t.slice = {new slice_state, [](slice_state* s) { delete s; }};
  t.handled = value::none();
  t.ident = 1;
  i->the_world->one_at_a_time = i->mode == engine::gil;
  i->the_world->start_counting();                // setting up needs no barriers
  enter_world(t);
  if (!bootstrap(*i, t)) {
    std::fprintf(stderr, "gilt: not enough memory to start\n");
    return false;
  }
  install_builtins(*i, t);
  for (const native_module& m : native_modules()) {
    if (std::strcmp(m.name, "sys") == 0) m.fill(t, i->sys);
  }
  dict_set(t, i->modules, value::of(intern(*i, "sys")), value::of(i->sys));
  if (t.why != signal::none) {
    std::fprintf(stderr, "gilt: the builtins could not be set up\n");
    return false;
  }

  // Tests: every nth barrier of a slice fails.
  if (const char* every = std::getenv("GILT_FORCE_ABORT"))
    gilt::detail::force_abort_every<gilt::detail::basic_domain<atomics>>(std::strtoull(every, nullptr, 10));

  main_thread = &t;
  main_pthread = pthread_self();
  struct sigaction action{};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);


  module_object* m = make_module(t, intern(*i, "__main__"));
  for (const char* name : {"__doc__", "__package__", "__loader__", "__spec__"}) module_set(t, m, intern(*i, name), value::none());
  module_set(t, m, intern(*i, "__annotations__"), make_dict(t));
  module_set(t, m, intern(*i, "__builtins__"), value::of(i->builtins));
  if (!file.empty()) module_set(t, m, intern(*i, "__file__"), make_string(t, file));
  module_set(t, m, intern(*i, "__cached__"), value::none());
  dict_set(t, i->modules, value::of(intern(*i, "__main__")), value::of(m));
  out = {i, &t, m};
  return true;
}

void start_running(session& s, const run_options& o) {
  s.interp->the_world->may_be_solo = o.solo;
  if (o.solo || s.interp->mode != engine::stm) return;
  leave_world(*s.thread);
  enter_world(*s.thread);
}

void run_program(session& s, code_object* program) {
  thread_state& t = *s.thread;
  if (push_frame(t, program, nullptr, s.main, t.registers, nullptr, on_return::leave)) run_top(t);
  stop_waiting(t);
}

void alone(thread_state& t, const std::function<void()>& f) {
  if (t.barriers) hold_world(t);
  t.barriers = false;
  t.born = 0;
  f();
  end_exclusive(t);
}

int report_end(thread_state& t, bool& exits) {
  exits = false;
  const value e = t.exception;
  t.exception = {};
  t.why = signal::none;
  bool match = false;
  if (is_instance(t, e, value::of(t.interp->errors.SystemExit), match) && match) {
    exits = true;
    const value code = find_attr(t, e, intern(*t.interp, "code"));
    t.why = signal::none;
    if (code.empty() || code.is_none()) return 0;
    if (code.is_int()) return static_cast<int>(code.as_int() & 0xFF);
    if (code.is_bool()) return code.is_true() ? 1 : 0;
    const value text = str_of(t, code);
    if (!text.empty()) write_output(t, 2, to_utf8(text.as<string_object>()) + "\n");
    return 1;
  }
  print_exception(t, "", e);
  if (is_instance(t, e, value::of(t.interp->errors.KeyboardInterrupt), match) && match) return 130;
  return 1;
}

void close_session(session& s, bool stats, int code) {
  thread_state& t = *s.thread;
  leave_world(t);
  if (!join_threads(t)) code = 130;
  flush_all_output();
  if (stats) std::fputs(lost_slices(*s.interp).report().c_str(), stderr);
  std::fflush(nullptr);
  _exit(code);                                   // daemon threads end here, wherever they are
}

bool interrupt_pending(const thread_state& t) { return (t.poll.load(std::memory_order_relaxed) & poll_interrupt) != 0; }
void clear_interrupt(thread_state& t) { world::forget(t, poll_interrupt); }
void at_prompt(bool on) { prompting.store(on, std::memory_order_relaxed); }

// Natives that call back nest on the C++ stack, up to call()'s limit: more than a process's first
// stack need hold. Only what is touched costs memory.
static constexpr std::size_t main_stack_bytes = std::size_t{256} << 20;

int on_main_stack(const std::function<int()>& f) {
  struct { const std::function<int()>& f; int code; } job{f, 1};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, main_stack_bytes);
  pthread_t main;
  const int failed = pthread_create(&main, &attributes, [](void* p) -> void* {
        auto& mine = *static_cast<decltype(job)*>(p);
        mine.code = mine.f();
        return nullptr;
      }, &job);
  pthread_attr_destroy(&attributes);
  if (failed != 0) return f();                   // no address space for that: what there is must do
  sigset_t all;                                  // a signal interrupts the script, not this wait
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  pthread_join(main, nullptr);
  return job.code;
}

}  // namespace gilt::interp
