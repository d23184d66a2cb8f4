// SPDX-License-Identifier: BSL-1.0
#pragma once
// file: an open file. See file.cpp for how files and slices go together.
#include <string>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

struct file_object : object {
  slot overflow;
  slot position;             // int, in code points or bytes; reading only
  slot closed;               // bool
  value contents;            // str or bytes, reading only (empty for stdin)
  value name, mode;
  const char* encoding;      // a literal
  int descriptor;            // -1 for files that were read whole
  bool reading, binary;
  bool updating;             // reads and writes: nothing of it is kept here (file_update.hpp)
};

value open_native(thread_state&, const call_args&);        // the builtin open()
file_object* new_file(thread_state&, int fd, bool reading, bool binary, value name, value mode, const char* encoding);
void define_file_type(thread_state&);
value standard_file(thread_state&, int descriptor);        // a new object for 0, 1 or 2
// From stdin, with its newline; empty: its end, or a signal came. For a thread that has left the world.
std::string standard_input_line();
value standard_stream(thread_state&, int descriptor);      // what sys.stdin, stdout or stderr is bound to now

}  // namespace gilt::interp
