// SPDX-License-Identifier: BSL-1.0
#pragma once
// struct_format: the format strings of struct, taken apart.
#include <cstdint>
#include <string_view>
#include <vector>

namespace gilt::interp {

struct struct_item {
  char code;
  bool native;                                     // C's size, order and messages
  bool big;                                        // most significant byte first
  std::int64_t size;                               // bytes of one
  std::int64_t count;                              // values; for s and p one value of `size` bytes
  std::int64_t offset;
};
struct struct_format {
  std::vector<struct_item> items;                  // no pad bytes
  std::int64_t size = 0;                           // bytes
  std::int64_t values = 0;
};

// Null, or what struct.error says of it.
const char* parse_struct_format(std::string_view text, struct_format& out);

}  // namespace gilt::interp
