// SPDX-License-Identifier: BSL-1.0
#pragma once
// check: assertions with prices, and the two ways misuse is reported.
//
//   GILT_CHECK(cond, sentence)    level 1: a compare on a path that is not the hottest
//   GILT_CHECK2(cond, sentence)   level 2: one more load or compare per operation
//   GILT_CHECK3(cond, sentence)   level 3: walks whole logs
//
// A failed check prints the sentence, which says what to do, and ends the program: the invariant is
// gone, so nothing may run on. Misuse that can be refused with all state intact throws usage_error.

#include <gilt/detail/config.hpp>

#include <stdexcept>

namespace gilt {

// A call that the interface forbids at this point (retry() before anything was read, quiesce()
// inside an attempt ...). The attempt it was thrown in rolls back like for any other exception.
class usage_error : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

namespace detail {
[[noreturn]] GILT_COLD void check_failed(const char* sentence, const char* file, int line) noexcept;
}  // namespace detail
}  // namespace gilt

#define GILT_CHECK_IMPL(cond, sentence)                                              \
  do {                                                                               \
    if (GILT_UNLIKELY(!(cond)))                                                      \
      ::gilt::detail::check_failed(sentence, __FILE__, __LINE__);                    \
  } while (false)
#define GILT_CHECK_NOTHING(cond) static_cast<void>(sizeof((cond) ? 1 : 0))

#if GILT_CHECK_LEVEL >= 1
#define GILT_CHECK(cond, sentence) GILT_CHECK_IMPL(cond, sentence)
#else
#define GILT_CHECK(cond, sentence) GILT_CHECK_NOTHING(cond)
#endif
#if GILT_CHECK_LEVEL >= 2
#define GILT_CHECK2(cond, sentence) GILT_CHECK_IMPL(cond, sentence)
#else
#define GILT_CHECK2(cond, sentence) GILT_CHECK_NOTHING(cond)
#endif
#if GILT_CHECK_LEVEL >= 3
#define GILT_CHECK3(cond, sentence) GILT_CHECK_IMPL(cond, sentence)
#else
#define GILT_CHECK3(cond, sentence) GILT_CHECK_NOTHING(cond)
#endif
