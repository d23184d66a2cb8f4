// SPDX-License-Identifier: BSL-1.0
// Finding text in text. Strings are as narrow as they can be, so what is wider than the text
// cannot occur in it, and what is narrower is widened first; then the search is one over raw
// bytes (memmem: Crochemore and Perrin's two-way algorithm, linear), hits between two characters
// being passed over.
#include <algorithm>
#include <cstring>
#include <vector>

#include "interp/object/string.hpp"

namespace gilt::interp {

namespace {

// The bytes of `sub` in the width of `s`, and the stretch of s to search.
struct search {
  search(const string_object* s, const string_object* sub, std::int64_t begin, std::int64_t end) {
    end = std::min<std::int64_t>(end, s->length);
    possible = begin >= 0 && begin <= end && sub->length <= end - begin && sub->width <= s->width;
    if (!possible) return;
    width = s->width;
    text = s->data() + static_cast<std::size_t>(begin) * width;
    length = static_cast<std::size_t>(end - begin);
    wanted = sub->data();
    wanted_length = sub->length;
    if (sub->width == width) return;
    widened.resize(std::size_t{sub->length} * width);
    for (std::size_t i = 0; i < sub->length; ++i) {
      const std::uint32_t c = code_point(sub, i);
      std::memcpy(widened.data() + i * width, &c, width);  // little endian
    }
    wanted = widened.data();
  }

  std::size_t wanted_bytes() const { return wanted_length * width; }

  // From character `from` of the stretch; -1: not there.
  std::int64_t next(std::size_t from) const {
    if (wanted_length == 0) return from <= length ? static_cast<std::int64_t>(from) : -1;
    const std::uint8_t* p = text + from * width;
    const std::uint8_t* const end = text + length * width;
    if (width == 1 && wanted_length == 1) {
      const void* hit =
          p < end ? std::memchr(p, wanted[0], static_cast<std::size_t>(end - p)) : nullptr;
      return hit ? static_cast<const std::uint8_t*>(hit) - text : -1;
    }
    while (p < end) {
      const auto* hit = static_cast<const std::uint8_t*>(
          ::memmem(p, static_cast<std::size_t>(end - p), wanted, wanted_bytes()));
      if (!hit) return -1;
      const auto at = static_cast<std::size_t>(hit - text);
      if (at % width == 0) return static_cast<std::int64_t>(at / width);
      p = hit + 1;
    }
    return -1;
  }

  bool possible = false;
  unsigned width = 1;
  const std::uint8_t* text = nullptr;
  std::size_t length = 0;
  const std::uint8_t* wanted = nullptr;
  std::size_t wanted_length = 0;
  std::vector<std::uint8_t> widened;
};

}  // namespace

std::int64_t find(const string_object* s, const string_object* sub, std::int64_t begin,
                  std::int64_t end) {
  const search x(s, sub, begin, end);
  if (!x.possible) return -1;
  const std::int64_t at = x.next(0);
  return at < 0 ? -1 : at + begin;
}

std::int64_t rfind(const string_object* s, const string_object* sub, std::int64_t begin,
                   std::int64_t end) {
  const search x(s, sub, begin, end);
  if (!x.possible) return -1;
  if (x.wanted_length == 0) return static_cast<std::int64_t>(x.length) + begin;
  for (std::size_t i = x.length - x.wanted_length + 1; i-- > 0;) {
    if (std::memcmp(x.text + i * x.width, x.wanted, x.wanted_bytes()) == 0)
      return static_cast<std::int64_t>(i) + begin;
  }
  return -1;
}

std::int64_t count(const string_object* s, const string_object* sub, std::int64_t begin,
                   std::int64_t end) {
  const search x(s, sub, begin, end);
  if (!x.possible) return 0;
  if (x.wanted_length == 0) return static_cast<std::int64_t>(x.length) + 1;
  std::int64_t n = 0;
  std::size_t from = 0;
  for (std::int64_t at; (at = x.next(from)) >= 0; ++n)
    from = static_cast<std::size_t>(at) + x.wanted_length;
  return n;
}

std::int64_t find_code_point(const string_object* s, char32_t c, std::int64_t begin,
                             std::int64_t end) {
  end = std::min<std::int64_t>(end, s->length);
  if (s->width == 1) {
    if (c > 0xFF || begin >= end) return -1;
    const void* hit =
        std::memchr(s->data() + begin, static_cast<int>(c), static_cast<std::size_t>(end - begin));
    return hit ? static_cast<const std::uint8_t*>(hit) - s->data() : -1;
  }
  for (std::int64_t i = begin; i < end; ++i) {
    if (code_point(s, static_cast<std::size_t>(i)) == c) return i;
  }
  return -1;
}

bool contains(const string_object* s, const string_object* sub) {
  return find(s, sub) >= 0;
}

}  // namespace gilt::interp
