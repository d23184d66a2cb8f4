// SPDX-License-Identifier: BSL-1.0
#pragma once
// abort_cause: why an attempt ended without committing. A closed enum: every abort has exactly one.

#include <cstddef>
#include <cstdint>

namespace gilt {

enum class abort_cause : std::uint8_t {
  none,            // not aborted
  read_locked,     // a read met a lock that another attempt kept for longer than the bounded wait
  read_version,    // a read met a newer version and the snapshot could not be extended
  write_locked,    // an encounter-time lock was held by another attempt for too long
  write_version,   // an encounter-time lock had a newer version, the snapshot could not be extended
  validation,      // something read has changed, found at commit
  commit_locked,   // commit could not lock what it writes within the bounded wait
  explicit_abort,  // the caller rolled back without a conflict
  user_exception,  // an exception left the body
  retry,           // the body waits until something it read changes
  capacity,        // a log could not grow: out of memory
  forced,          // a test asked for it
  serial,          // gave way to an irrevocable or starved transaction
  rollover         // the version clock starts again first
};
inline constexpr std::size_t abort_cause_count = 14;

// The enumerator's name, as it appears in reports ("read_locked").
const char* to_string(abort_cause) noexcept;

namespace detail {
using gilt::abort_cause;
}
}  // namespace gilt
