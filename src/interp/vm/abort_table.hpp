// SPDX-License-Identifier: BSL-1.0
#pragma once
// abort_table: where slices were lost, for `gilt run --stats`: the script line that ran when the
// conflict was found, its cause, and the type of the object. One table a thread, merged when the
// thread ends, so that counting costs no one else anything.
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "interp/concurrency/thread_state.hpp"

namespace gilt::interp {

struct abort_site {
  std::string file, function, object;
  int line = 0;
  abort_cause cause = abort_cause::none;
  auto operator<=>(const abort_site&) const = default;
};

struct abort_table {
  std::map<abort_site, std::uint64_t> at;
  std::uint64_t committed = 0;
  std::uint64_t aborted = 0;

  void merge(const abort_table&);
  // Sorted by loss; the lines of the script are shown beside the figures. Empty when no slice ran.
  std::string report() const;
};

// Of all threads that have ended or stand still (daemons that still run are left out).
abort_table lost_slices(interpreter&);

// Precondition: t's slice is doomed and not yet undone.
void note_abort(thread_state&);

}  // namespace gilt::interp
