// SPDX-License-Identifier: BSL-1.0
#include <gilt/detail/check.hpp>

#include <cstdio>
#include <cstdlib>

namespace gilt::detail {

void check_failed(const char* sentence, const char* file, int line) noexcept {
  std::fprintf(stderr, "gilt: %s (%s:%d)\n", sentence, file, line);
  std::abort();
}

}  // namespace gilt::detail
