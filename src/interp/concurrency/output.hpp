// SPDX-License-Identifier: BSL-1.0
#pragma once
// output: what a script prints. A slice holds its output until it commits; slices with output commit
// one at a time, each with a tick of the clock, so the order in which text appears is the order in
// which the slices took effect.
#include <functional>
#include <string_view>

#include "interp/concurrency/thread_state.hpp"

namespace gilt::interp {

void write_output(thread_state&, int descriptor, std::string_view bytes);
void flush_output(thread_state&);                  // after commit: everything reaches the descriptors
void close_output(thread_state&, int descriptor);  // after commit and what was written to it before
// Does this slice hold what it has written to a file? Who reads the file system must publish it first.
bool holds_file_output(const thread_state&);

// Commits a slice with output: `commit` runs under the output mutex, then the slice's text is queued.
bool commit_in_order(thread_state&, const std::function<bool()>& commit);

// Writes out what is buffered, now. At exit, and before the interpreter waits for input.
void flush_all_output();

}  // namespace gilt::interp
