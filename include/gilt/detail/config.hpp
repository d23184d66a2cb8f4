// SPDX-License-Identifier: BSL-1.0
#pragma once
// config: the few compiler-dependent words that every other header uses, and build options.
//
//   GILT_CHECK_LEVEL   0 none, 1 misuse and cheap invariants (default), 2 per operation,
//                      3 whole logs
//   GILT_FORCE_ABORT   n > 0: every nth barrier or validation of an attempt fails (tests; at run
//                      time: force_abort_every() in shared.hpp)

#include <cstddef>
#include <cstdint>

#define GILT_ALWAYS_INLINE inline __attribute__((always_inline))
#define GILT_NOINLINE __attribute__((noinline))
#define GILT_COLD __attribute__((noinline, cold))
#define GILT_LIKELY(x) __builtin_expect(!!(x), 1)
#define GILT_UNLIKELY(x) __builtin_expect(!!(x), 0)

#ifndef GILT_CHECK_LEVEL
#define GILT_CHECK_LEVEL 1
#endif

#ifndef GILT_FORCE_ABORT
#define GILT_FORCE_ABORT 0
#endif

namespace gilt::detail {

using word = std::uint64_t;
inline constexpr std::size_t cache_line_bytes = 64;

}  // namespace gilt::detail
