// SPDX-License-Identifier: BSL-1.0
#pragma once
// threads: starting and ending the threads of a script.
#include <string>

#include "interp/concurrency/thread_state.hpp"

namespace gilt::interp {

// Shared with the running thread; `finished` becomes true in the thread's last slice.
struct thread_handle : object {
  slot overflow;
  slot finished;             // bool
  slot ident;                // int
  slot python;               // the threading.Thread
};

struct thread_start {
  value function;            // threading.Thread._bootstrap, bound: it catches everything
  thread_handle* handle;
  bool daemon;
};
void spawn(interpreter&, const thread_start&);

std::int64_t next_thread_ident(interpreter&);
// A new thread calls the function once this slice has committed; without barriers at once, or at the
// end of the atomic block.
void start_on_commit(thread_state&, const thread_start&);
value alive_threads(thread_state&);                     // list of threading.Thread, main first
// At exit: waits for those that are not daemons. False: interrupted.
bool join_threads(thread_state&);
void print_exception(thread_state&, const std::string& header, value e);

}  // namespace gilt::interp
