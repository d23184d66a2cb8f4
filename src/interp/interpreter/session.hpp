// SPDX-License-Identifier: BSL-1.0
#pragma once
// session: an interpreter set up with its __main__, for `gilt run` and for the prompt.
//
//   on_main_stack: open_session -> start_running -> run_program, report_end ... -> close_session
#include <functional>
#include <string>

#include "interp/interpreter/load.hpp"
#include "interp/interpreter/run_main.hpp"

namespace gilt::interp {

struct session {
  interpreter* interp = nullptr;
  thread_state* thread = nullptr;
  module_object* main = nullptr;
};

// `folder` heads sys.path, `file` is __main__.__file__ (empty: none). The collector scans the native
// stack from `stack_high` on: the caller's frame. False: a message has been printed. No barriers yet.
bool open_session(const run_options&, const std::string& folder, const std::string& file, void* stack_high, session& out);
void start_running(session&, const run_options&);          // from here on as --engine and --no-solo say
void run_program(session&, code_object*);                  // as __main__; may leave an exception pending
// Outside slices: f runs once, while the other threads stand still, without barriers.
void alone(thread_state&, const std::function<void()>& f);
// Takes the pending exception. SystemExit: `exits`, and the exit code is the answer; all others are
// printed. Call it alone(): whatever __str__ or __repr__ does, the report is written once.
int report_end(thread_state&, bool& exits);
// Waits for the threads, writes out what they printed, ends the process.
[[noreturn]] void close_session(session&, bool stats, int code);

bool interrupt_pending(const thread_state&);
void clear_interrupt(thread_state&);
void at_prompt(bool);                                      // a Ctrl-C more is no reason to end now

// Runs f on a stack as deep as call()'s limit; signals go to it.
int on_main_stack(const std::function<int()>& f);

}  // namespace gilt::interp
