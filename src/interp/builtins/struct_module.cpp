// SPDX-License-Identifier: BSL-1.0
// _struct: values to and from packed binary data. A Struct keeps its format's text, which is taken
// apart at each use: that is quicker than it sounds, and leaves no state to guard.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/builtins/struct_format.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/memory_view.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/native_items.hpp"
#include "interp/object/number_operands.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

struct struct_object : object {
  slot overflow;
  slot format;                                     // str; empty: __init__ has not run
};
struct unpack_iterator_object : object {
  value format;                                    // str
  value buffer;
  slot index;                                      // bytes consumed; None: the end
};

value struct_error(thread_state& t, const std::string& message) {
  return raise(t, module_type(t, class_struct_error), message);
}

// The text of a format given as str or bytes. Empty: raised.
value format_text(thread_state& t, value v) {
  if (is(v, kind::bytes)) return decode_bytes(t, view(v.as<bytes_object>()), "ascii", "strict");
  if (!is(v, kind::str)) return type_error(t, "Struct() argument 1 must be a str or bytes object, not " + type_name(t, v));
  std::string ascii;
  return encode_string(t, v.as<string_object>(), "ascii", "strict", ascii) ? v : value{};
}
bool parse(thread_state& t, value v, struct_format& out) {
  const value text = format_text(t, v);
  if (text.empty()) return false;
  const char* wrong = parse_struct_format(text.as<string_object>()->ascii_view(), out);
  if (wrong) struct_error(t, wrong);
  return !wrong;
}
// The format of a Struct.
bool own_format(thread_state& t, value self, value& text, struct_format& out) {
  auto* s = self.as<struct_object>();
  if (!any_access::read(t, s, s->format, text)) return false;
  if (!text.empty()) return parse(t, text, out);
  out.size = out.values = -1;
  return true;
}

// ---- one value ----

value out_of_range(thread_state& t, const struct_item& item, std::int64_t low, std::uint64_t high) {
  const char* name = item.code == 'b' ? "byte" : item.code == 'B' ? "ubyte" : item.code == 'h' ? "short" : item.code == 'H' ? "ushort" : nullptr;
  const std::string what = name ? name : std::string("'") + item.code + "'";
  return struct_error(t, what + " format requires " + std::to_string(low) + " <= number <= " + std::to_string(high));
}

bool pack_integer(thread_state& t, const struct_item& item, value v, char* to) {
  if (!has_index(t, v)) {
    if (t.why == signal::none) struct_error(t, "required argument is not an integer");
    return false;
  }
  const value exact = index_of(t, v);
  if (exact.empty()) return false;
  big::int128 n = 0;
  const bool fits = to_int128(exact, n);
  const bool is_signed = item.code >= 'a';
  const auto bits = static_cast<unsigned>(item.size * 8);
  const big::int128 one = 1;
  const big::int128 low = is_signed ? -(one << (bits - 1)) : 0, high = (is_signed ? one << (bits - 1) : one << bits) - 1;
  if (item.code == 'P') {
    if (!fits || n < -(one << 63) || n > high) {
      struct_error(t, "int too large to convert");
      return false;
    }
  } else if (!fits || n < low || n > high) {
    // Beyond a C long the conversion fails before the range of the format is looked at.
    const bool wide = item.code == 'I' || item.code == 'L';
    const big::int128 least = wide ? 0 : -(one << 63), most = wide ? (one << 64) - 1 : (one << 63) - 1;
    if (!fits || n < least || n > most || item.size == 8) struct_error(t, "argument out of range");
    else out_of_range(t, item, static_cast<std::int64_t>(low), static_cast<std::uint64_t>(high));
    return false;
  }
  auto rest = static_cast<std::uint64_t>(n);
  for (std::int64_t k = 0; k < item.size; ++k, rest >>= 8) to[item.big ? item.size - 1 - k : k] = static_cast<char>(rest & 0xFF);
  return true;
}

bool pack_float(thread_state& t, const struct_item& item, value v, char* to) {
  double x;
  if (!to_double(t, v, x)) {
    if (t.why == signal::exception) struct_error(t, "required argument is not a float");
    return false;
  }
  char raw[8];
  bool fits = true;
  if (item.code == 'd') {
    std::memcpy(raw, &x, 8);
  } else if (item.code == 'f') {
    const float f = static_cast<float>(x);
    fits = item.native || !std::isinf(f) || std::isinf(x);
    std::memcpy(raw, &f, 4);
  } else {
    std::uint16_t h = 0;
    fits = pack_half(x, h);
    std::memcpy(raw, &h, 2);
  }
  if (!fits) {
    if (is_integer(v)) struct_error(t, "int too large to convert");
    else raise(t, t.interp->errors.OverflowError, "float too large to pack with %c format", item.code);
    return false;
  }
  if (item.big) std::reverse(raw, raw + item.size);
  std::memcpy(to, raw, static_cast<std::size_t>(item.size));
  return true;
}

bool pack_value(thread_state& t, const struct_item& item, value v, char* to) {
  switch (item.code) {
    case 'c': {
      std::string_view text;
      if (is(v, kind::bytes)) text = view(v.as<bytes_object>());
      if (text.size() != 1) {
        struct_error(t, "char format requires a bytes object of length 1");
        return false;
      }
      *to = text[0];
      return true;
    }
    case '?': {
      bool b;
      if (!truth(t, v, b)) return false;
      *to = b ? 1 : 0;
      return true;
    }
    case 's':
    case 'p': {
      std::string text;
      if (!is(v, kind::bytes) && !is(v, kind::bytearray)) {
        struct_error(t, std::string("argument for '") + item.code + "' must be a bytes object");
        return false;
      }
      if (bytes_of(t, v, text) != bytes_status::done) return false;
      const auto room = static_cast<std::size_t>(item.size);
      if (item.code == 's') {
        std::memcpy(to, text.data(), std::min(room, text.size()));
      } else if (room > 0) {
        const std::size_t n = std::min(room - 1, text.size());
        std::memcpy(to + 1, text.data(), n);
        *to = static_cast<char>(std::min<std::size_t>(n, 255));
      }
      return true;
    }
    case 'e': case 'f': case 'd': return pack_float(t, item, v, to);
    default: return pack_integer(t, item, v, to);
  }
}

value unpack_value(thread_state& t, const struct_item& item, const char* from) {
  const auto size = static_cast<std::size_t>(item.size);
  switch (item.code) {
    case 's': return make_bytes(t, {from, size});
    case 'p': {
      std::size_t n = size == 0 ? 0 : static_cast<unsigned char>(*from);
      if (size > 0) n = std::min(n, size - 1);
      return make_bytes(t, {from + (size > 0 ? 1 : 0), n});
    }
    case 'c': case '?': return load_item(t, item.code, from);
    default: break;
  }
  char raw[8];
  std::memcpy(raw, from, size);
  if (item.big) std::reverse(raw, raw + size);
  // Standard l and L have four bytes.
  const char code = size == 4 && item.code == 'l' ? 'i' : size == 4 && item.code == 'L' ? 'I' : item.code;
  return load_item(t, code, raw);
}

// ---- all of them ----

bool pack_all(thread_state& t, const struct_format& f, const char* name, const value* values, std::size_t n, std::string& out) {
  if (f.values < 0 || n != static_cast<std::size_t>(f.values)) {
    struct_error(t, std::string(name) + " expected " + std::to_string(f.values) + " items for packing (got " + std::to_string(n) + ")");
    return false;
  }
  out.assign(static_cast<std::size_t>(f.size), '\0');
  for (const struct_item& item : f.items) {
    for (std::int64_t k = 0; k < item.count; ++k) {
      if (!pack_value(t, item, *values++, out.data() + item.offset + k * item.size)) return false;
    }
  }
  return true;
}
value unpack_all(thread_state& t, const struct_format& f, const char* from) {
  tuple_object* all = allocate_tuple(t, static_cast<std::size_t>(std::max<std::int64_t>(f.values, 0)));
  if (!all) return {};
  std::size_t n = 0;
  for (const struct_item& item : f.items) {
    for (std::int64_t k = 0; k < item.count; ++k) {
      if ((all->items()[n++] = unpack_value(t, item, from + item.offset + k * item.size)).empty()) return {};
    }
  }
  return value::of(all);
}
// The memory of a bytes-like object: its own if that cannot change, else a copy.
struct memory {
  std::string copy;
  std::string_view text;
  bool take(thread_state& t, value v) {
    if (is(v, kind::bytes)) {
      text = view(v.as<bytes_object>());
      return true;
    }
    const bytes_status status = bytes_of(t, v, copy);
    if (status == bytes_status::not_bytes) type_error(t, "a bytes-like object is required, not '" + type_name(t, v) + "'");
    text = copy;
    return status == bytes_status::done;
  }
};

value pack_with(thread_state& t, const struct_format& f, const value* values, std::size_t n) {
  std::string out;
  return pack_all(t, f, "pack", values, n, out) ? make_bytes(t, out) : value{};
}
value pack_into_with(thread_state& t, const struct_format& f, const value* values, std::size_t n) {
  if (n == 0) return struct_error(t, "pack_into expected buffer argument");
  if (n == 1) return struct_error(t, "pack_into expected offset argument");
  if (f.values != static_cast<std::int64_t>(n) - 2) {
    std::string unused;
    pack_all(t, f, "pack_into", values + 2, n - 2, unused);
    return {};
  }
  writable_memory target;
  std::int64_t offset;
  if (!writable_memory_of(t, values[0], target, "argument must be") || !to_int64(t, values[1], offset)) return {};
  const std::string size = std::to_string(f.size);
  if (offset < 0) {
    if (offset + f.size > 0) return struct_error(t, "no space to pack " + size + " bytes at offset " + std::to_string(offset));
    if (offset + target.length < 0)
      return struct_error(t, "offset " + std::to_string(offset) + " out of range for " + std::to_string(target.length) + "-byte buffer");
    offset += target.length;
  }
  if (target.length - offset < f.size) {
    return struct_error(t, "pack_into requires a buffer of at least " + std::to_string(static_cast<std::uint64_t>(offset) + static_cast<std::uint64_t>(f.size)) + " bytes for packing " + size +
                               " bytes at offset " + std::to_string(offset) + " (actual buffer size is " + std::to_string(target.length) + ")");
  }
  std::string out;
  bool done;
  if (!pack_all(t, f, "pack_into", values + 2, n - 2, out) ||
      !bytearray_store(t, target.array, target.begin + offset, out, done)) return {};
  return value::none();
}
value unpack_with(thread_state& t, const struct_format& f, value buffer) {
  memory from;
  if (!from.take(t, buffer)) return {};
  if (static_cast<std::int64_t>(from.text.size()) != f.size)
    return struct_error(t, "unpack requires a buffer of " + std::to_string(f.size) + " bytes");
  return unpack_all(t, f, from.text.data());
}
value unpack_from_with(thread_state& t, const struct_format& f, value buffer, value at) {
  memory from;
  std::int64_t offset = 0;
  if (!from.take(t, buffer) || (!at.empty() && !to_int64(t, at, offset))) return {};
  const auto length = static_cast<std::int64_t>(from.text.size());
  const std::string size = std::to_string(f.size);
  if (offset < 0) {
    if (offset + f.size > 0) return struct_error(t, "not enough data to unpack " + size + " bytes at offset " + std::to_string(offset));
    if (offset + length < 0)
      return struct_error(t, "offset " + std::to_string(offset) + " out of range for " + std::to_string(length) + "-byte buffer");
    offset += length;
  }
  if (length - offset < f.size) {
    return struct_error(t, "unpack_from requires a buffer of at least " + std::to_string(static_cast<std::uint64_t>(offset) + static_cast<std::uint64_t>(f.size)) + " bytes for unpacking " +
                               size + " bytes at offset " + std::to_string(offset) + " (actual buffer size is " + std::to_string(length) + ")");
  }
  return unpack_all(t, f, from.text.data() + offset);
}
value iter_unpack_with(thread_state& t, const struct_format& f, value format, value buffer) {
  memory from;
  if (!from.take(t, buffer)) return {};
  if (f.size == 0) return struct_error(t, "cannot iteratively unpack with a struct of length 0");
  if (static_cast<std::int64_t>(from.text.size()) % f.size != 0)
    return struct_error(t, "iterative unpacking requires a buffer of a multiple of " + std::to_string(f.size) + " bytes");
  auto* it = t.alloc.make<unpack_iterator_object>(t, module_type(t, class_struct_iterator)->root);
  if (!it) return {};
  it->format = format;
  it->buffer = buffer;
  it->index.store(value::small_int(0).bits, std::memory_order_relaxed);
  return value::of(it);
}

// ---- Struct ----

bool set_format(thread_state& t, struct_object* s, const call_args& a, std::uint32_t skip) {
  value v[1];
  struct_format parsed;
  if (!bind_arguments(t, "Struct", a, skip, {"format"}, 1, v)) return false;
  const value text = format_text(t, v[0]);
  return !text.empty() && parse(t, text, parsed) && any_access::write(t, s, s->format, text);
}
value new_struct(thread_state& t, type_object* cls, const call_args& a) {
  auto* s = t.alloc.make<struct_object>(t, cls->root);
  if (!s) return {};
  if ((cls->flags & flag_custom_init) == 0 && !set_format(t, s, a, 0)) return {};
  return value::of(s);
}
value struct_init(thread_state& t, const call_args& a) {
  return set_format(t, a[0].as<struct_object>(), a, 1) ? value::none() : value{};
}
value struct_pack(thread_state& t, const call_args& a) {
  struct_format f;
  value text;
  return own_format(t, a[0], text, f) ? pack_with(t, f, a.v + 1, a.npos - 1) : value{};
}
value struct_pack_into(thread_state& t, const call_args& a) {
  struct_format f;
  value text;
  return own_format(t, a[0], text, f) ? pack_into_with(t, f, a.v + 1, a.npos - 1) : value{};
}
value struct_unpack(thread_state& t, const call_args& a) {
  struct_format f;
  value text;
  return own_format(t, a[0], text, f) ? unpack_with(t, f, a[1]) : value{};
}
value struct_unpack_from(thread_state& t, const call_args& a) {
  struct_format f;
  value text, v[2];
  if (!bind_arguments(t, "unpack_from", a, 1, {"buffer", "offset"}, 1, v)) return {};
  return own_format(t, a[0], text, f) ? unpack_from_with(t, f, v[0], v[1]) : value{};
}
value struct_iter_unpack(thread_state& t, const call_args& a) {
  struct_format f;
  value text;
  return own_format(t, a[0], text, f) ? iter_unpack_with(t, f, text, a[1]) : value{};
}
constexpr native_definition struct_methods[] = {
    {"__init__", struct_init, 1, 2, true},
    {"pack", struct_pack, 1, -1, false},
    {"pack_into", struct_pack_into, 1, -1, false},
    {"unpack", struct_unpack, 2, 2, false},
    {"unpack_from", struct_unpack_from, 2, 3, true},
    {"iter_unpack", struct_iter_unpack, 2, 2, false},
};
value get_format(thread_state& t, const call_args& a) {
  struct_format f;
  value text;
  return own_format(t, a[0], text, f) ? (text.empty() ? value::none() : text) : value{};
}
value get_size(thread_state& t, const call_args& a) {
  struct_format f;
  value text;
  return own_format(t, a[0], text, f) ? value::small_int(f.size) : value{};
}

// ---- what iter_unpack returns ----

value iterator_next(thread_state& t, const call_args& a) {
  auto* it = a[0].as<unpack_iterator_object>();
  struct_format f;
  value at;
  memory from;
  if (!any_access::read(t, it, it->index, at) || !parse(t, it->format, f)) return {};
  if (!at.is_int() || !from.take(t, it->buffer)) return at.is_int() ? value{} : raise_stop_iteration(t, {});
  if (static_cast<std::int64_t>(from.text.size()) - at.as_int() < f.size)
    return any_access::write(t, it, it->index, value::none()) ? raise_stop_iteration(t, {}) : value{};
  if (!any_access::write(t, it, it->index, value::small_int(at.as_int() + f.size))) return {};
  return unpack_all(t, f, from.text.data() + at.as_int());
}
value iterator_itself(thread_state&, const call_args& a) { return a[0]; }
value iterator_hint(thread_state& t, const call_args& a) {
  auto* it = a[0].as<unpack_iterator_object>();
  struct_format f;
  value at;
  memory from;
  if (!any_access::read(t, it, it->index, at) || !parse(t, it->format, f) || !from.take(t, it->buffer)) return {};
  return value::small_int(at.is_int() ? (static_cast<std::int64_t>(from.text.size()) - at.as_int()) / f.size : 0);
}
constexpr native_definition iterator_methods[] = {
    {"__next__", iterator_next, 1, 1, false},
    {"__iter__", iterator_itself, 1, 1, false},
    {"__length_hint__", iterator_hint, 1, 1, false},
};

// ---- the module's functions ----

value pack(thread_state& t, const call_args& a) {
  if (a.npos == 0) return type_error(t, "missing format argument");
  struct_format f;
  return parse(t, a[0], f) ? pack_with(t, f, a.v + 1, a.npos - 1) : value{};
}
value pack_into(thread_state& t, const call_args& a) {
  if (a.npos == 0) return type_error(t, "missing format argument");
  struct_format f;
  return parse(t, a[0], f) ? pack_into_with(t, f, a.v + 1, a.npos - 1) : value{};
}
value unpack(thread_state& t, const call_args& a) {
  struct_format f;
  return parse(t, a[0], f) ? unpack_with(t, f, a[1]) : value{};
}
value unpack_from(thread_state& t, const call_args& a) {
  struct_format f;
  value v[3];
  if (!bind_arguments(t, "unpack_from", a, 0, {"format", "buffer", "offset"}, 2, v)) return {};
  return parse(t, v[0], f) ? unpack_from_with(t, f, v[1], v[2]) : value{};
}
value iter_unpack(thread_state& t, const call_args& a) {
  struct_format f;
  return parse(t, a[0], f) ? iter_unpack_with(t, f, a[0], a[1]) : value{};
}
value calcsize(thread_state& t, const call_args& a) {
  struct_format f;
  return parse(t, a[0], f) ? value::small_int(f.size) : value{};
}
value clear_cache(thread_state&, const call_args&) { return value::none(); }

constexpr native_definition functions[] = {
    {"pack", pack, 0, -1, false},          {"pack_into", pack_into, 0, -1, false},
    {"unpack", unpack, 2, 2, false},       {"unpack_from", unpack_from, 2, 3, true},
    {"iter_unpack", iter_unpack, 2, 2, false}, {"calcsize", calcsize, 1, 1, false},
    {"_clearcache", clear_cache, 0, 0, false},
};

void define_classes(thread_state& t) {
  interpreter& i = *t.interp;
  const value module = value::of(intern(i, "_struct"));
  type_object* cls = define_type(i, "Struct", kind::native_open, i.types.object, struct_methods, new_struct);
  define_property(i, cls, "format", get_format);
  define_property(i, cls, "size", get_size);
  type_object* iterator = define_type(i, "unpack_iterator", kind::native, i.types.object, iterator_methods, nullptr);
  iterator->flags |= flag_final;
  raw_store(cls->module, module);
  raw_store(iterator->module, module);
  i.module_types[class_struct] = cls;
  i.module_types[class_struct_iterator] = iterator;
  i.module_types[class_struct_error] = define_exception(i, "error", i.errors.Exception, "struct");
}

}  // namespace

void fill_struct(thread_state& t, module_object* m) {
  interpreter& i = *t.interp;
  // A module that is made anew has the same classes.
  if (!i.module_types[class_struct]) define_classes(t);
  define(t, m, "Struct", value::of(i.module_types[class_struct]));
  define(t, m, "error", value::of(i.module_types[class_struct_error]));
  define_functions(t, m, functions);
}

}  // namespace gilt::interp
