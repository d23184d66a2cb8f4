// SPDX-License-Identifier: BSL-1.0
#include "interp/interpreter/run_main.hpp"

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "interp/builtins/builtins.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/concurrency/threads.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/concurrency/world.hpp"
#include "interp/interpreter/load.hpp"
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

// Only what a handler may do: set a bit. The second Ctrl-C ends the process at once.
void on_interrupt(int) {
  if (main_thread == nullptr) return;
  if (main_thread->poll.fetch_or(poll_interrupt) & poll_interrupt) _exit(130);
}

// Reads the program. False: a message has been printed.
bool read_program(const run_options& o, std::string& text, std::string& file) {
  const auto complain = [&](const char* why) {
    std::fprintf(stderr, "gilt: can't open file '%s': [Errno %d] %s\n", o.text_or_path.c_str(), errno, why);
    return false;
  };
  if (o.source_kind == "command") {
    text = o.text_or_path + "\n";
    file = "<string>";
    return true;
  }
  if (o.source_kind == "stdin") {
    file = "<stdin>";
    char chunk[65536];
    for (ssize_t n; (n = ::read(0, chunk, sizeof chunk)) > 0;) text.append(chunk, static_cast<std::size_t>(n));
    return true;
  }
  struct stat st{};
  if (::stat(o.text_or_path.c_str(), &st) != 0) return complain(std::strerror(errno));
  if (S_ISDIR(st.st_mode)) {
    std::fprintf(stderr, "gilt: '%s' is a directory, not a script\n", o.text_or_path.c_str());
    return false;
  }
  std::ifstream in(o.text_or_path, std::ios::binary);
  if (!in) return complain(std::strerror(errno));
  text.assign(std::istreambuf_iterator<char>(in), {});
  file = o.text_or_path;
  return true;
}

std::string script_folder(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path real = std::filesystem::canonical(path, failed);
  return (failed ? std::filesystem::absolute(path, failed) : real).parent_path().string();
}

// Where a python3 keeps the modules that are written in Python; 3.11's fit best. Empty: nowhere.
std::string installed_library() {
  for (const char* version : {"3.11", "3.12", "3.10", "3.13", "3.9"}) {
    for (const char* root : {"/usr/lib/python", "/usr/local/lib/python"}) {
      const std::string folder = std::string(root) + version;
      if (::access((folder + "/os.py").c_str(), R_OK) == 0) return folder;
    }
  }
  return {};
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
    m.mark(t->wait.on);
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

// What the script's end means for the exit code. Precondition: t.why == exception.
int exit_code_of(thread_state& t) {
  const value e = t.exception;
  t.exception = {};
  t.why = signal::none;
  bool match = false;
  if (is_instance(t, e, value::of(t.interp->errors.SystemExit), match) && match) {
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

// Natives that call back nest on the C++ stack, up to call()'s limit: more than a process's first
// stack need hold. Only what is touched costs memory.
constexpr std::size_t main_stack_bytes = std::size_t{256} << 20;

int run_here(const run_options& o) {
  std::string text, file;
  if (!read_program(o, text, file)) return 2;

  std::size_t limit = std::size_t{4} << 30;
  if (const char* given = std::getenv("GILT_MEMORY_LIMIT")) limit = std::strtoull(given, nullptr, 10);
  auto* i = new interpreter(limit);              // threads that are daemons may still run at exit
  i->mode = o.engine == "gil" ? engine::gil : engine::stm;
  i->solo = o.solo;
  i->argv = o.argv;
  i->search_path = {o.source_kind == "file" ? script_folder(o.text_or_path) : std::string(), "<gilt>"};
  if (o.stdlib) {
    if (const std::string folder = o.stdlib->empty() ? installed_library() : *o.stdlib; !folder.empty()) i->search_path.push_back(folder);
  }
  i->the_world = {new world, [](world* w) { delete w; }};
  i->make_exclusive = become_exclusive;
  i->clear_inline_caches = clear_caches;
  i->clear_global_caches = clear_global_caches;
  i->visit_extra_roots = visit_roots;

  thread_state& t = add_thread(*i);
  t.stack_high = __builtin_frame_address(0);
  make_stacks(t);
  t.slice = {new slice_state, [](slice_state* s) { delete s; }};
  t.handled = value::none();
  t.ident = 1;
  i->the_world->alive = 1;
  const bool wanted = i->solo;
  i->solo = true;                                // setting up needs no barriers
  enter_world(t);
  if (!bootstrap(*i, t)) {
    std::fprintf(stderr, "gilt: not enough memory to start\n");
    return 1;
  }
  install_builtins(*i, t);
  for (const native_module& m : native_modules()) {
    if (std::strcmp(m.name, "sys") == 0) m.fill(t, i->sys);
  }
  dict_set(t, i->modules, value::of(intern(*i, "sys")), value::of(i->sys));
  if (t.why != signal::none) {
    std::fprintf(stderr, "gilt: the builtins could not be set up\n");
    return 1;
  }

  // Tests: every nth barrier of a slice fails.
  if (const char* every = std::getenv("GILT_FORCE_ABORT"))
    gilt::detail::force_abort_every<atomics>(std::strtoull(every, nullptr, 10));

  main_thread = &t;
  struct sigaction action{};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  int code = 0;
  module_object* m = make_module(t, intern(*i, "__main__"));
  for (const char* name : {"__doc__", "__package__", "__loader__", "__spec__"}) module_set(t, m, intern(*i, name), value::none());
  module_set(t, m, intern(*i, "__annotations__"), make_dict(t));
  module_set(t, m, intern(*i, "__builtins__"), value::of(i->builtins));
  module_set(t, m, intern(*i, "__file__"), make_string(t, file));
  module_set(t, m, intern(*i, "__cached__"), value::none());
  dict_set(t, i->modules, value::of(intern(*i, "__main__")), value::of(m));
  code_object* program = load_source(t, text, file);
  i->solo = wanted;
  if (!wanted && i->mode == engine::stm) {
    leave_world(t);
    enter_world(t);
  }
  if (program && push_frame(t, program, nullptr, m, t.registers, nullptr, on_return::leave)) run_top(t);
  if (t.wait.registered) deregister_waiter(t);
  if (t.why == signal::exception) {
    // Whatever __str__ or __repr__ does, the report is written once: alone, without barriers.
    if (t.barriers) hold_world(t);
    t.barriers = false;
    t.born = 0;
    code = exit_code_of(t);
    end_exclusive(t);
  }
  leave_world(t);
  if (!join_threads(t)) code = 130;
  flush_all_output();
  if (o.stats) std::fputs(lost_slices(*i).report().c_str(), stderr);
  std::fflush(nullptr);
  _exit(code);                                   // daemon threads end here, wherever they are
}

}  // namespace

int run_main(const run_options& o) {
  struct { const run_options& options; int code; } job{o, 1};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, main_stack_bytes);
  pthread_t main;
  const int failed = pthread_create(&main, &attributes, [](void* p) -> void* {
        auto& mine = *static_cast<decltype(job)*>(p);
        mine.code = run_here(mine.options);
        return nullptr;
      }, &job);
  pthread_attr_destroy(&attributes);
  if (failed != 0) return run_here(o);           // no address space for that: what there is must do
  sigset_t all;                                  // a signal interrupts the script, not this wait
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  pthread_join(main, nullptr);
  return job.code;
}

}  // namespace gilt::interp
