// SPDX-License-Identifier: BSL-1.0
#pragma once
// bytes: Python's bytes (immutable) and bytearray.
#include <cstdint>
#include <string>
#include <string_view>

#include "interp/compile/code.hpp"
#include "interp/object/layouts.hpp"

namespace gilt::interp {

inline std::string_view view(const bytes_object* b) {
  return {reinterpret_cast<const char*>(b->data()), b->length};
}

// The buffer is a bytes_object whose characters are touched as 8-byte slots under the bytearray's
// orec; its `length` is its capacity, a multiple of 8. length <= capacity of any buffer that was
// current at the same moment.
struct bytearray_object : object {
  slot overflow;
  slot body;    // bytes_object* or 0
  slot length;  // small int
};

value make_bytes(thread_state&, std::string_view bytes);
value make_bytearray(thread_state&, std::string_view bytes);
value subbytes(thread_state&, bytes_object*, std::int64_t begin, std::int64_t end);  // clamped
std::int64_t find_byte(const bytes_object*, int byte, std::int64_t begin = 0,
                       std::int64_t end = INT64_MAX);
// Copies what a bytes or bytearray holds. not_bytes: v is neither (no exception is set).
enum class bytes_status { done, not_bytes, failed };
bytes_status bytes_of(thread_state&, value v, std::string& out);
// What bytes(v) holds for an iterable of ints or anything bytes-like. False: raised.
bool bytes_from_object(thread_state&, value v, std::string& out, const char* type = "bytes");
value bytes_repr(thread_state&, value v);  // bytes or bytearray
value bytes_getitem(thread_state&, value b, value key);
bool bytearray_setitem(thread_state&, bytearray_object*, value key,
                       value item);  // item empty: delete
// The whole content replaced; one byte appended.
bool bytearray_assign(thread_state&, bytearray_object*, std::string_view content);
bool bytearray_append(thread_state&, bytearray_object*, char c);
bool bytearray_append(thread_state&, bytearray_object*, std::string_view more);
// Part of the content, in place. done: false when it lies outside.
bool bytearray_load(thread_state&, bytearray_object*, std::int64_t at, std::int64_t n, char* out, bool& done);
bool bytearray_store(thread_state&, bytearray_object*, std::int64_t at, std::string_view content, bool& done);
// v as a byte through __index__; too_large: the ValueError outside 0..255.
bool byte_value(thread_state&, value v, char& out, const char* too_large);
bool bytes_length(thread_state&, value b, std::int64_t& out);
// +, *, % for bytes and bytearray; NotImplemented when the operands do not fit.
value bytes_binary(thread_state&, opcode, value a, value b);
value bytes_compare(thread_state&, opcode, value a, value b);
value bytes_contains(thread_state&, value b, value item);  // True, False or empty
std::uint64_t hash_of(const bytes_object*);

value new_bytes(thread_state&, type_object*, const call_args&);
value new_bytearray(thread_state&, type_object*, const call_args&);
value init_bytearray(thread_state&, const call_args&);

}  // namespace gilt::interp
