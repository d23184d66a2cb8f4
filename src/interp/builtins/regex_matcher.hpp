// SPDX-License-Identifier: BSL-1.0
#pragma once
// regex_matcher: runs compiled regular expressions over text. Knows nothing of Python objects.
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "interp/builtins/regex_code.hpp"

namespace gilt::interp::regex {

// The characters looked at: 1, 2 or 4 bytes each.
struct subject {
  const void* data = nullptr;
  unsigned width = 1;
  std::int64_t length = 0;
};

struct outcome {
  std::int64_t start = 0, end = 0;
  std::vector<std::int64_t> marks;                 // two a group; -1: not set
  std::int64_t last_index = -1;                    // the group closed last
};

enum class how { match, fullmatch, search };

// Looks at text[0, endpos) from `from` on. must_advance: an empty match at `from` does not count.
// Throws std::bad_alloc when the stack of choices gets too large.
bool find(std::span<const word> code, const subject&, how, std::int64_t groups, std::int64_t from,
          std::int64_t endpos, bool must_advance, outcome& out);

}  // namespace gilt::interp::regex
