// SPDX-License-Identifier: BSL-1.0
#include "stm/transaction_slow.hpp"

#include <gilt/detail/atomics_counting.hpp>

namespace gilt {

const char* to_string(abort_cause cause) noexcept {
  switch (cause) {
    case abort_cause::none: return "none";
    case abort_cause::read_locked: return "read_locked";
    case abort_cause::read_version: return "read_version";
    case abort_cause::write_locked: return "write_locked";
    case abort_cause::write_version: return "write_version";
    case abort_cause::validation: return "validation";
    case abort_cause::commit_locked: return "commit_locked";
    case abort_cause::explicit_abort: return "explicit_abort";
    case abort_cause::user_exception: return "user_exception";
    case abort_cause::retry: return "retry";
    case abort_cause::capacity: return "capacity";
    case abort_cause::forced: return "forced";
    case abort_cause::serial: return "serial";
    case abort_cause::rollover: return "rollover";
  }
  return "unknown";
}

namespace detail {
bool forks_are_watched() noexcept;         // fork.cpp
const bool watched = forks_are_watched();

template class transaction<real_atomics>;
template class transaction<counting_atomics>;
}  // namespace detail

}  // namespace gilt
