// SPDX-License-Identifier: BSL-1.0
#pragma once
// string: Python's str. Immutable, so nothing here goes through an access policy; the hash is a
// relaxed slot that every thread fills with the same value.
//
// Characters are stored in 1, 2 or 4 bytes each, the narrowest that fits the widest one (the idea
// of PEP 393). `ascii` strings are valid UTF-8 as they stand. The empty string and those of one
// Latin-1 character are made once and interned.
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

struct interpreter;

constexpr std::int64_t to_the_end = INT64_MAX;

// ---- making ----
// A fresh string whose characters the caller writes at once: `width` 1, 2 or 4. The caller says
// whether all are ASCII, and promises that no narrower width would do. Null: MemoryError.
string_object* allocate_string(thread_state&, std::size_t length, unsigned width, bool ascii);
inline std::uint8_t* writable(string_object* s) {
  return const_cast<std::uint8_t*>(s->data());
}

value make_string(
    thread_state&,
    std::string_view utf8);  // a lone surrogate as in WTF-8; a bad byte b as U+DC00 + b
value make_ascii(thread_state&, std::string_view ascii);
value make_latin1(thread_state&, std::string_view latin1);
value make_string(thread_state&, const char16_t* units,
                  std::size_t n);  // UCS-2: units are code points
value make_string(thread_state&, const char32_t* points, std::size_t n);
value string_of_code_point(thread_state&, std::uint32_t c);
inline value make_string(thread_state& t, const char* utf8) {
  return make_string(t, std::string_view(utf8));
}
inline value make_string(thread_state& t, const std::string& utf8) {
  return make_string(t, std::string_view(utf8));
}

// The interned string with this text: made at first use, never collected. Thread-safe.
string_object* intern(interpreter&, std::string_view utf8);
string_object* intern(interpreter&, string_object*);
value empty_string(thread_state&);

// ---- looking ----
inline std::uint32_t code_point(const string_object* s, std::size_t i) {
  if (GILT_LIKELY(s->width == 1)) return s->data()[i];
  if (s->width == 2) {
    std::uint16_t c;
    std::memcpy(&c, s->data() + 2 * i, 2);
    return c;
  }
  std::uint32_t c;
  std::memcpy(&c, s->data() + 4 * i, 4);
  return c;
}
std::string to_utf8(const string_object* s);  // lone surrogates as in WTF-8
void append_utf8(const string_object* s, std::string& out);
inline bool equal(const string_object* a, const string_object* b) {
  if (a == b) return true;
  if (a->length != b->length || a->width != b->width || (a->interned != 0 && b->interned != 0)) return false;
  return std::memcmp(a->data(), b->data(), std::size_t{a->length} * a->width) == 0;
}
bool equal(const string_object* a, std::string_view ascii);
int compare(const string_object* a, const string_object* b);  // by code points: < 0, 0, > 0
std::uint64_t make_hash(const string_object* s);
GILT_INLINE std::uint64_t hash_of(const string_object* s) {   // never 0; cached
  const std::uint64_t h = s->hash_bits.load(std::memory_order_relaxed);
  return GILT_LIKELY(h != 0) ? h : make_hash(s);
}
std::uint64_t hash_bytes(const void* data, std::size_t n);    // what hash_of uses
// Place of the first or last occurrence that lies inside [begin, end), or -1. 0 <= begin, end <=
// length.
std::int64_t find(const string_object* s, const string_object* sub, std::int64_t begin = 0,
                  std::int64_t end = to_the_end);
std::int64_t rfind(const string_object* s, const string_object* sub, std::int64_t begin = 0,
                   std::int64_t end = to_the_end);
std::int64_t count(const string_object* s, const string_object* sub, std::int64_t begin = 0,
                   std::int64_t end = to_the_end);
std::int64_t find_code_point(const string_object* s, char32_t c, std::int64_t begin = 0,
                             std::int64_t end = to_the_end);
bool contains(const string_object* s, const string_object* sub);

// ---- operators; all return a str ----
value concat(thread_state&, string_object* a, string_object* b);
value concat(thread_state&, const value* parts, std::size_t n);  // all of them str (f-strings)
value repeat(thread_state&, string_object* s, std::int64_t times);
value substring(thread_state&, string_object* s, std::int64_t begin, std::int64_t end);  // clamped
value character_at(thread_state&, string_object* s,
                   std::int64_t i);  // negative counts from the end; IndexError
value string_getitem(thread_state&, string_object* s, value key);  // int or slice
value join(thread_state&, string_object* separator, value iterable);

// ---- encodings: utf-8, ascii, latin-1, utf-16/32; errors: strict, ignore, replace,
// backslashreplace, surrogateescape, surrogatepass, xmlcharrefreplace, namereplace not. LookupError
// for others ----
value decode_bytes(thread_state&, std::string_view bytes, const std::string& encoding,
                   const std::string& errors);
bool encode_string(thread_state&, const string_object*, const std::string& encoding,
                   const std::string& errors, std::string& out);

value new_str(thread_state&, type_object*, const call_args&);

// Normalises slice bounds as CPython's slice.indices(); `key` is a slice. False: exception.
bool slice_bounds(thread_state&, slice_object* key, std::int64_t length, std::int64_t& start,
                  std::int64_t& stop, std::int64_t& step, std::int64_t& count);

}  // namespace gilt::interp
