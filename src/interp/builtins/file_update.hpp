// SPDX-License-Identifier: BSL-1.0
#pragma once
// file_update: files open for reading and writing at once ("r+", "w+", "a+", "x+"), and where a file
// that is only written stands.
//
// What such a file holds changes while it is open, so nothing of it is kept in the interpreter: every
// operation publishes the slice and then works on the descriptor, whose offset is the file's
// position. It happens exactly once and is never undone.
#include <string_view>

#include "interp/builtins/file.hpp"

namespace gilt::interp {

value update_read(thread_state&, file_object*, std::int64_t n, bool line);   // n < 0: all there is
value update_lines(thread_state&, file_object*);                             // the rest as a list
bool update_write(thread_state&, file_object*, std::string_view bytes);

// Also of files that are only written: what is buffered for them goes out first.
value descriptor_tell(thread_state&, file_object*);
value descriptor_seek(thread_state&, file_object*, std::int64_t offset, std::int64_t whence);
value descriptor_truncate(thread_state&, file_object*, std::int64_t size);   // size < 0: where it stands

}  // namespace gilt::interp
