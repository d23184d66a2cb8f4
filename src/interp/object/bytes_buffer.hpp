// SPDX-License-Identifier: BSL-1.0
#pragma once
// bytes_buffer: the memory of bytes and of a bytearray's buffer. Internal to the bytes files.
//
// A bytearray is read in one section: body, length and words are raw loads that may be torn, so
// the length is bounded by that body's own capacity before a word is touched.
#include <algorithm>
#include <cstring>

#include "interp/concurrency/access.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/trailing_slot.hpp"

namespace gilt::interp {

inline bytes_object* allocate_bytes(thread_state& t, shape* s, std::size_t n) {
  auto* b = t.alloc.make<bytes_object>(t, s, data_bytes(s, n));
  if (b) b->length = n;
  return b;
}

inline char* writable(bytes_object* b) {
  return reinterpret_cast<char*>(const_cast<std::uint8_t*>(b->data()));
}

inline slot* words(bytes_object* b) {
  return reinterpret_cast<slot*>(writable(b));
}

// A buffer of at least n bytes holding `content`.
inline bytes_object* make_buffer(thread_state& t, std::size_t n, std::string_view content) {
  auto* b = allocate_bytes(t, t.interp->types.bytes->root, (n + 7) & ~std::size_t{7});
  if (b && !content.empty()) std::memcpy(writable(b), content.data(), content.size());
  return b;
}

inline bool read_bytearray(thread_state& t, bytearray_object* b, std::string& out) {
  return any_access::section(t, b, [&] {
    out.clear();
    const value length{b->length.load(std::memory_order_acquire)};
    auto* body = value{b->body.load(std::memory_order_acquire)}.as<bytes_object>();
    if (!body || !length.is_int() || length.as_int() < 0) return;
    const std::size_t n =
        std::min(static_cast<std::size_t>(length.as_int()), static_cast<std::size_t>(body->length));
    out.resize(n);
    for (std::size_t i = 0; i < n; i += 8) {
      const std::uint64_t word = words(body)[i / 8].load(std::memory_order_acquire);
      std::memcpy(out.data() + i, &word, std::min<std::size_t>(8, n - i));
    }
  });
}

// Byte i, negative counting from the end; -1: outside.
inline bool read_byte(thread_state& t, bytearray_object* b, std::int64_t i, int& out) {
  return any_access::section(t, b, [&] {
    out = -1;
    const value length{b->length.load(std::memory_order_acquire)};
    auto* body = value{b->body.load(std::memory_order_acquire)}.as<bytes_object>();
    if (!body || !length.is_int()) return;
    const std::int64_t at = i < 0 ? i + length.as_int() : i;
    if (at < 0 || at >= length.as_int() || at >= static_cast<std::int64_t>(body->length)) return;
    const std::uint64_t word = words(body)[at / 8].load(std::memory_order_acquire);
    out = static_cast<int>(word >> (at % 8 * 8) & 0xFF);
  });
}

}  // namespace gilt::interp
