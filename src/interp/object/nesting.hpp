// SPDX-License-Identifier: BSL-1.0
#pragma once
// nesting: natives that call themselves through values (repr, ==, hash of nested containers) stop
// with RecursionError before the C++ stack ends.
#include "interp/object/raise.hpp"

namespace gilt::interp {

class nesting {
 public:
  explicit nesting(thread_state& t) : t_(t) { ++t_.nesting; }
  nesting(const nesting&) = delete;
  nesting& operator=(const nesting&) = delete;
  ~nesting() { --t_.nesting; }
  // False: RecursionError.
  bool fine(const char* doing) const {
    if (GILT_LIKELY(t_.nesting < limit)) return true;
    raise(t_, t_.interp->errors.RecursionError, "maximum recursion depth exceeded%s", doing);
    return false;
  }

 private:
  static constexpr std::uint32_t limit = 1000;
  thread_state& t_;
};

}  // namespace gilt::interp
