// SPDX-License-Identifier: BSL-1.0
#include "interp/builtins/struct_format.hpp"

#include "interp/object/native_items.hpp"

namespace gilt::interp {

namespace {

constexpr const char* too_long = "total struct size too long";

// Size of an item in the standard formats; 0: there is none.
std::int64_t standard_size(char code) {
  switch (code) {
    case 'l': case 'L': return 4;
    case 'n': case 'N': case 'P': return 0;
    default: return static_cast<std::int64_t>(item_size(code));
  }
}
bool is_blank(char c) { return c == ' ' || (c >= 9 && c <= 13); }

}  // namespace

const char* parse_struct_format(std::string_view text, struct_format& out) {
  out = {};
  std::size_t i = 0;
  bool native = true, big = false;
  if (!text.empty()) {
    switch (text[0]) {
      case '@': ++i; break;
      case '=':
      case '<': native = false; ++i; break;
      case '>':
      case '!': native = false; big = true; ++i; break;
      default: break;
    }
  }
  while (i < text.size()) {
    char c = text[i++];
    if (is_blank(c)) continue;
    std::int64_t count = 1;
    if (c >= '0' && c <= '9') {
      count = 0;
      for (;;) {
        if (__builtin_mul_overflow(count, 10, &count) || __builtin_add_overflow(count, c - '0', &count)) return too_long;
        if (i == text.size()) return "repeat count given without format specifier";
        c = text[i++];
        if (c < '0' || c > '9') break;
      }
    }
    const bool raw = c == 's' || c == 'p' || c == 'x';
    const std::int64_t size = raw ? 1 : native && c != 'e' ? static_cast<std::int64_t>(item_size(c)) : standard_size(c);
    if (size == 0) return c == '\0' ? "embedded null character" : "bad char in struct format";
    if (native && !raw) {
      const std::int64_t past = out.size % size;
      if (past != 0 && __builtin_add_overflow(out.size, size - past, &out.size)) return too_long;
    }
    std::int64_t bytes;
    if (__builtin_mul_overflow(size, count, &bytes)) return too_long;
    const std::int64_t offset = out.size;
    if (__builtin_add_overflow(out.size, bytes, &out.size)) return too_long;
    if (c == 'x') continue;
    if (c == 's' || c == 'p') {
      out.items.push_back({c, native, big, count, 1, offset});
      out.values += 1;
    } else if (count > 0) {
      out.items.push_back({c, native, big, size, count, offset});
      out.values += count;
    }
  }
  return nullptr;
}

}  // namespace gilt::interp
