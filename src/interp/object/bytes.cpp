// SPDX-License-Identifier: BSL-1.0
// What bytes and bytearray have in common below their methods: making, reading, operators.
//
// A bytearray's buffer is read in one section: body, length and words are raw loads that may be
// torn, so the length is bounded by that body's own capacity before a word is touched.
#include "interp/object/bytes.hpp"

#include <algorithm>
#include <cstring>

#include "interp/object/bytes_buffer.hpp"
#include "interp/object/call.hpp"
#include "interp/object/copy_items.hpp"
#include "interp/object/format.hpp"
#include "interp/object/memory_view.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

namespace {

value like(thread_state& t, value model, std::string_view content) {
  return is(model, kind::bytearray) ? make_bytearray(t, content) : make_bytes(t, content);
}

bool is_bytes_like(value v) {
  return is(v, kind::bytes) || is(v, kind::bytearray);
}

// Also what merely lends its memory.
bool has_bytes(value v) {
  return is_bytes_like(v) || is(v, kind::memory_view) || is(v, kind::array);
}

const char* index_type(value b) {
  return is(b, kind::bytes) ? "byte" : "bytearray";
}

}  // namespace

value make_bytes(thread_state& t, std::string_view content) {
  auto* b = allocate_bytes(t, t.interp->types.bytes->root, content.size());
  if (!b) return {};
  if (!content.empty()) std::memcpy(writable(b), content.data(), content.size());
  return value::of(b);
}

value make_bytearray(thread_state& t, std::string_view content) {
  auto* body = make_buffer(t, content.size(), content);
  if (!body) return {};
  auto* b = t.alloc.make<bytearray_object>(t, t.interp->types.bytearray->root);
  if (!b) return {};
  b->body.store(value::of(body).bits, std::memory_order_relaxed);
  b->length.store(value::small_int(static_cast<std::int64_t>(content.size())).bits,
                  std::memory_order_relaxed);
  return value::of(b);
}

value subbytes(thread_state& t, bytes_object* b, std::int64_t begin, std::int64_t end) {
  begin = std::max<std::int64_t>(begin, 0);
  end = std::min(end, static_cast<std::int64_t>(b->length));
  if (begin >= end) return make_bytes(t, {});
  return make_bytes(
      t, view(b).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
}

std::int64_t find_byte(const bytes_object* b, int byte, std::int64_t begin, std::int64_t end) {
  end = std::min(end, static_cast<std::int64_t>(b->length));
  if (begin >= end) return -1;
  const void* hit = std::memchr(b->data() + begin, byte, static_cast<std::size_t>(end - begin));
  return hit ? static_cast<const std::uint8_t*>(hit) - b->data() : -1;
}

bytes_status bytes_of(thread_state& t, value v, std::string& out) {
  if (is(v, kind::bytes)) {
    out.assign(view(v.as<bytes_object>()));
    return bytes_status::done;
  }
  if (is(v, kind::memory_view)) {
    return memory_view_bytes(t, v.as<memory_view_object>(), out) ? bytes_status::done : bytes_status::failed;
  }
  if (is(v, kind::array)) v = v.as<array_object>()->items;
  if (!is(v, kind::bytearray)) return bytes_status::not_bytes;
  return read_bytearray(t, v.as<bytearray_object>(), out) ? bytes_status::done
                                                          : bytes_status::failed;
}

bool byte_value(thread_state& t, value v, char& out, const char* too_large) {
  std::int64_t n = 0;
  if (!to_int64_clamped(t, v, n)) return false;
  if (n < 0 || n > 255) {
    raise(t, t.interp->errors.ValueError, "%s", too_large);
    return false;
  }
  out = static_cast<char>(n);
  return true;
}

bool bytes_from_object(thread_state& t, value v, std::string& out, const char* type) {
  switch (bytes_of(t, v, out)) {
    case bytes_status::done:
      return true;
    case bytes_status::failed:
      return false;
    case bytes_status::not_bytes:
      break;
  }
  value self;
  const value f = v.is_object() ? lookup_special(t, v, t.interp->names.__bytes__, self) : value{};
  if (!f.empty()) {
    const value r = self.empty() ? call(t, f, nullptr, 0) : call(t, f, &self, 1);
    if (r.empty()) return false;
    if (!is(r, kind::bytes)) {
      type_error(t, "__bytes__ returned non-bytes (type " + type_name(t, r) + ")");
      return false;
    }
    return bytes_of(t, r, out) == bytes_status::done;
  }
  const std::string refused = "cannot convert '" + type_name(t, v) + "' object to " + type;
  if (is(v, kind::str)) {
    type_error(t, refused);
    return false;
  }
  const char* range =
      type == std::string_view("bytes") ? "bytes must be in range(0, 256)" : "byte must be in range(0, 256)";
  const value sequence = as_sequence(t, v, refused.c_str());
  if (sequence.empty()) return false;
  out.clear();
  for (std::size_t i = 0;; ++i) {
    value item;
    char c = 0;
    if (!sequence_item(t, sequence, i, item)) return false;
    if (item.empty()) return true;
    if (!byte_value(t, item, c, range)) return false;
    out += c;
  }
}

bool bytes_length(thread_state& t, value b, std::int64_t& out) {
  if (is(b, kind::bytes)) {
    out = static_cast<std::int64_t>(b.as<bytes_object>()->length);
    return true;
  }
  value length;
  auto* array = b.as<bytearray_object>();
  if (!any_access::read(t, array, array->length, length)) return false;
  out = length.as_int();
  return true;
}

value bytes_repr(thread_state& t, value v) {
  std::string content;
  if (bytes_of(t, v, content) != bytes_status::done) return {};
  const std::string text = bytes_repr(content);
  if (is(v, kind::bytes)) return make_ascii(t, text);
  return make_ascii(t, to_utf8(v.as_object()->shape_relaxed()->cls->name) + "(" + text + ")");
}

value bytes_getitem(thread_state& t, value b, value key) {
  if (key.is_int() && is(b, kind::bytes)) {
    auto* plain = b.as<bytes_object>();
    const auto n = static_cast<std::int64_t>(plain->length);
    const std::int64_t i = key.as_int() < 0 ? key.as_int() + n : key.as_int();
    if (i >= 0 && i < n) return value::small_int(plain->data()[i]);
  } else if (key.is_int()) {
    int byte = -1;
    if (!read_byte(t, b.as<bytearray_object>(), key.as_int(), byte)) return {};
    if (byte >= 0) return value::small_int(byte);
  }
  std::string copy;
  if (bytes_of(t, b, copy) != bytes_status::done) return {};
  const auto length = static_cast<std::int64_t>(copy.size());
  if (is(key, kind::slice)) {
    std::int64_t start = 0, stop = 0, step = 0, n = 0;
    if (!slice_bounds(t, key.as<slice_object>(), length, start, stop, step, n)) return {};
    std::string picked;
    for (std::int64_t i = start; n > 0; --n, i += n > 0 ? step : 0)
      picked += copy[static_cast<std::size_t>(i)];
    return like(t, b, picked);
  }
  if (!has_index(t, key)) {
    return type_error(t, std::string(index_type(b)) + " indices must be integers or slices, not " +
                             type_name(t, key));
  }
  std::int64_t i = 0;
  const value exact = index_of(t, key);
  if (exact.empty()) return {};
  if (!int_fits_int64(exact, i)) return raise(t, t.interp->errors.IndexError, "cannot fit '%s' into an index-sized integer", type_name(t, key).c_str());
  if (i < 0) i += length;
  if (i < 0 || i >= length) {
    return raise(t, t.interp->errors.IndexError, "%s",
                 is(b, kind::bytes) ? "index out of range" : "bytearray index out of range");
  }
  return value::small_int(static_cast<unsigned char>(copy[static_cast<std::size_t>(i)]));
}

// ---- operators ----

value bytes_binary(thread_state& t, opcode op, value a, value b) {
  const bool plus = op == opcode::ADD || op == opcode::IADD;
  const bool times = op == opcode::MUL || op == opcode::IMUL;
  if (times && !is_bytes_like(a)) std::swap(a, b);
  if (!is_bytes_like(a)) return value::not_implemented();
  std::string left, right;
  if (plus) {
    if (!has_bytes(b)) {
      return type_error(t, "can't concat " + type_name(t, b) + " to " + type_name(t, a));
    }
    if (bytes_of(t, a, left) != bytes_status::done || bytes_of(t, b, right) != bytes_status::done)
      return {};
    left += right;
  } else if (times) {
    if (!has_index(t, b)) {
      return type_error(t, "can't multiply sequence by non-int of type '" + type_name(t, b) + "'");
    }
    const value n = index_of(t, b);
    std::int64_t count = 0;
    if (n.empty() || bytes_of(t, a, right) != bytes_status::done) return {};
    if (!int_fits_int64(n, count)) {
      return raise(t, t.interp->errors.OverflowError,
                   "cannot fit 'int' into an index-sized integer");
    }
    if (count > 0 && right.size() > (std::size_t{1} << 32) / static_cast<std::size_t>(count)) {
      return memory_error(t);
    }
    if (count == 1 && is(a, kind::bytes) && is_exact(a.as_object(), t.interp->types.bytes)) return a;
    for (; count > 0; --count) left += right;
  } else if (op == opcode::MOD || op == opcode::IMOD) {
    if (bytes_of(t, a, right) != bytes_status::done || !percent_format_bytes(t, right, b, left))
      return {};
  } else {
    return value::not_implemented();
  }
  if (is(a, kind::bytearray) && (op == opcode::IADD || op == opcode::IMUL)) {
    return bytearray_assign(t, a.as<bytearray_object>(), left) ? a : value{};
  }
  return like(t, a, left);
}

value bytes_compare(thread_state& t, opcode op, value a, value b) {
  if (!is_bytes_like(a) || !is_bytes_like(b)) return value::not_implemented();
  std::string left, right;
  if (bytes_of(t, a, left) != bytes_status::done || bytes_of(t, b, right) != bytes_status::done)
    return {};
  const int c = left.compare(right);
  switch (op) {
    case opcode::EQ:
      return value::boolean(c == 0);
    case opcode::NE:
      return value::boolean(c != 0);
    case opcode::LT:
      return value::boolean(c < 0);
    case opcode::LE:
      return value::boolean(c <= 0);
    case opcode::GT:
      return value::boolean(c > 0);
    case opcode::GE:
      return value::boolean(c >= 0);
    default:
      return value::not_implemented();
  }
}

value bytes_contains(thread_state& t, value b, value item) {
  std::string content, wanted;
  if (bytes_of(t, b, content) != bytes_status::done) return {};
  switch (bytes_of(t, item, wanted)) {
    case bytes_status::done:
      break;
    case bytes_status::failed:
      return {};
    case bytes_status::not_bytes: {
      if (!has_index(t, item))
        return type_error(t, "a bytes-like object is required, not '" + type_name(t, item) + "'");
      char c = 0;
      if (!byte_value(t, item, c, "byte must be in range(0, 256)")) return {};
      wanted.assign(1, c);
    }
  }
  return value::boolean(content.find(wanted) != std::string::npos);
}

std::uint64_t hash_of(const bytes_object* b) {
  return hash_bytes(b->data(), b->length);
}

// bytes(...) and bytearray(...): what the content is.
namespace {

bool constructor_content(thread_state& t, const char* name, const call_args& a, std::string& out) {
  value v[3];
  std::string encoding, errors = "strict";
  if (!bind_arguments(t, name, a, 0, {"source", "encoding", "errors"}, 0, v) ||
      !text_argument(t, v[1], name, "encoding", encoding) ||
      !text_argument(t, v[2], name, "errors", errors)) {
    return false;
  }
  const bool coded = !v[1].empty() || !v[2].empty();
  if (v[0].empty()) {
    if (coded) type_error(t, "encoding or errors without a string argument");
    return !coded;
  }
  if (is(v[0], kind::str)) {
    if (v[1].empty()) {
      type_error(t, v[2].empty() ? "string argument without an encoding"
                                 : "string argument without an encoding");
      return false;
    }
    return encode_string(t, v[0].as<string_object>(), encoding, errors, out);
  }
  if (coded) {
    type_error(t, v[1].empty() ? "errors without a string argument"
                               : "encoding without a string argument");
    return false;
  }
  value self;
  const bool own_bytes =
      v[0].is_object() && !lookup_special(t, v[0], t.interp->names.__bytes__, self).empty();
  if (!own_bytes && !has_bytes(v[0]) && has_index(t, v[0])) {
    const value n = index_of(t, v[0]);
    std::int64_t size = 0;
    if (n.empty()) return false;
    if (!int_fits_int64(n, size)) {
      raise(t, t.interp->errors.OverflowError, "cannot fit 'int' into an index-sized integer");
      return false;
    }
    if (size < 0) {
      raise(t, t.interp->errors.ValueError, "negative count");
      return false;
    }
    if (size > INT64_C(0xFFFFFFFF)) {
      raise_memory_error(t);
      return false;
    }
    out.assign(static_cast<std::size_t>(size), '\0');
    return true;
  }
  return bytes_from_object(t, v[0], out, name);
}

}  // namespace

value new_bytes(thread_state& t, type_object* cls, const call_args& a) {
  std::string content;
  if (a.npos == 1 && a.nkw == 0 && a[0].is_object() && !is_bytes_like(a[0])) {
    value self;
    const value own = lookup_special(t, a[0], t.interp->names.__bytes__, self);
    if (own.empty() && t.why != signal::none) return {};
    if (!own.empty() && !is(own, kind::native_function)) {
      const value r = self.empty() ? call(t, own, nullptr, 0) : call(t, own, &self, 1);
      if (r.empty()) return {};
      if (!is(r, kind::bytes)) return type_error(t, "__bytes__ returned non-bytes (type " + type_name(t, r) + ")");
      if (cls == t.interp->types.bytes) return r;
      return new_bytes(t, cls, {const_cast<value*>(&r), 1, 0, nullptr});
    }
  }
  if (!constructor_content(t, "bytes", a, content)) return {};
  if (cls == t.interp->types.bytes) return make_bytes(t, content);
  auto* b = allocate_bytes(t, cls->root, content.size());
  if (b && !content.empty()) std::memcpy(writable(b), content.data(), content.size());
  return b ? value::of(b) : value{};
}

// bytearray.__init__: the content anew.
value init_bytearray(thread_state& t, const call_args& a) {
  std::string content;
  if (!is(a[0], kind::bytearray)) return type_error(t, "descriptor '__init__' requires a 'bytearray' object but received a '" + type_name(t, a[0]) + "'");
  if (!constructor_content(t, "bytearray", {a.v + 1, a.npos - 1, a.nkw, a.names}, content)) return {};
  return bytearray_assign(t, a[0].as<bytearray_object>(), content) ? value::none() : value{};
}

value new_bytearray(thread_state& t, type_object* cls, const call_args& a) {
  std::string content;
  if ((cls->flags & flag_custom_init) == 0 && !constructor_content(t, "bytearray", a, content)) return {};
  const value b = make_bytearray(t, content);
  if (!b.empty() && cls != t.interp->types.bytearray) {
    b.as_object()->shape_word.store(reinterpret_cast<std::uint64_t>(cls->root),
                                    std::memory_order_relaxed);
  }
  return b;
}

}  // namespace gilt::interp
