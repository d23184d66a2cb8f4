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

std::int64_t next_thread_ident(interpreter&);
// A new thread calls `function` once this slice has committed.
void start_on_commit(thread_state&, value function, thread_handle*, bool daemon);
value alive_threads(thread_state&);                     // list of threading.Thread, main first
void join_threads(thread_state&);                       // at exit: those that are not daemons
void print_exception(thread_state&, const std::string& header, value e);

}  // namespace gilt::interp
