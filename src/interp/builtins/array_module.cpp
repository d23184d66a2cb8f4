// SPDX-License-Identifier: BSL-1.0
// array: compact arrays of C values. The items stand in a bytearray, so that reading, writing and
// growing go through its access policy, and a memoryview of an array is one of that bytearray.
#include <algorithm>
#include <cstring>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/copy_items.hpp"
#include "interp/object/define.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/memory_view.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/native_items.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/sequence.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

constexpr std::string_view type_codes = "bBuhHiIlLqQfd";

// Formats of pickled items, by their number in the protocol.
struct machine_format { char code; bool big; };
constexpr machine_format machine_formats[] = {
    {'B', false}, {'b', false}, {'H', false}, {'H', true}, {'h', false}, {'h', true}, {'I', false}, {'I', true},
    {'i', false}, {'i', true},  {'Q', false}, {'Q', true}, {'q', false}, {'q', true}, {'f', false}, {'f', true},
    {'d', false}, {'d', true},  {'2', false}, {'2', true}, {'u', false}, {'u', true}};   // 2: UTF-16
int format_of(char code) {
  const char same = code == 'l' ? 'q' : code == 'L' ? 'Q' : code;
  for (int k = 0;; ++k) {
    if (machine_formats[k].code == same) return k;
  }
}

std::size_t size_of(char code) { return code == 'u' ? 4 : item_size(code); }
char code_of(value a) { return static_cast<char>(a.as<array_object>()->code); }
bytearray_object* items_of_array(value a) { return a.as<array_object>()->items.as<bytearray_object>(); }
bool content_of(thread_state& t, value a, std::string& out) {
  return bytes_of(t, a.as<array_object>()->items, out) == bytes_status::done;
}
bool count_of(thread_state& t, value a, std::int64_t& n) {
  if (!bytes_length(t, a.as<array_object>()->items, n)) return false;
  n /= static_cast<std::int64_t>(size_of(code_of(a)));
  return true;
}

value make_array(thread_state& t, type_object* cls, char code, std::string_view content) {
  const value items = make_bytearray(t, content);
  auto* a = items.empty() ? nullptr : t.alloc.make<array_object>(t, cls->root);
  if (!a) return {};
  a->items = items;
  a->code = static_cast<std::uint64_t>(code);
  return value::of(a);
}
value like(thread_state& t, value model, std::string_view content) {
  return make_array(t, module_type(t, class_array), code_of(model), content);
}

value unpack(thread_state& t, char code, const char* from) {
  if (code != 'u') return load_item(t, code, from);
  std::uint32_t c;
  std::memcpy(&c, from, 4);
  if (c > 0x10FFFF) return raise(t, t.interp->errors.ValueError, "character U+%x is not in range [U+0000; U+10ffff]", c);
  return string_of_code_point(t, c);
}

bool out_of_range(thread_state& t, char code, value v) {
  bool negative = false;
  const value exact = index_of(t, v);
  if (exact.empty() || !is_negative(t, exact, negative)) return false;
  std::string text;
  const auto bounds = [&](const char* name) { text = std::string(name) + (negative ? " is less than minimum" : " is greater than maximum"); };
  switch (code) {
    case 'b': bounds("signed char"); break;
    case 'B': bounds("unsigned byte integer"); break;
    case 'h': bounds("signed short integer"); break;
    case 'H': bounds("unsigned short"); break;
    case 'i': bounds("signed integer"); break;
    case 'I': negative ? void(text = "can't convert negative value to unsigned int") : bounds("unsigned int"); break;
    case 'l': text = "Python int too large to convert to C long"; break;
    case 'L': text = negative ? "can't convert negative value to unsigned int" : "Python int too large to convert to C unsigned long"; break;
    default: text = code == 'Q' && negative ? "can't convert negative int to unsigned" : "int too big to convert";
  }
  raise(t, t.interp->errors.OverflowError, text);
  return false;
}
bool pack(thread_state& t, char code, value v, char* to) {
  if (code == 'u') {
    if (!is(v, kind::str) || v.as<string_object>()->length != 1) {
      type_error(t, "array item must be unicode character");
      return false;
    }
    const std::uint32_t c = code_point(v.as<string_object>(), 0);
    std::memcpy(to, &c, 4);
    return true;
  }
  if (is_float_item(code)) {
    double x;
    if (!to_double(t, v, x)) return false;
    const float f = static_cast<float>(x);             // too large: infinite
    if (code == 'd') std::memcpy(to, &x, 8);
    else std::memcpy(to, &f, 4);
    return true;
  }
  switch (store_item(t, code, v, to)) {
    case item_status::done: return true;
    case item_status::failed: return false;
    case item_status::out_of_range: return out_of_range(t, code, v);
    case item_status::wrong_type: break;
  }
  type_error(t, "'" + type_name(t, v) + "' object cannot be interpreted as an integer");
  return false;
}

bool append_value(thread_state& t, value a, value v) {
  char raw[8];
  const char code = code_of(a);
  return pack(t, code, v, raw) && bytearray_append(t, items_of_array(a), std::string_view(raw, size_of(code)));
}
bool extend_from(thread_state& t, value a, value iterable) {
  const value it = get_iter(t, iterable);
  if (it.empty()) return false;
  for (;;) {
    value item;
    if (!iter_next(t, it, item)) return false;
    if (item.empty()) return true;
    if (!append_value(t, a, item)) return false;
  }
}
std::string code_points(const string_object* s) {
  std::string out(std::size_t{s->length} * 4, '\0');
  for (std::size_t i = 0; i < s->length; ++i) {
    const std::uint32_t c = code_point(s, i);
    std::memcpy(out.data() + i * 4, &c, 4);
  }
  return out;
}

// The code units of a 'u' array as a str.
value text_of(thread_state& t, const std::string& content) {
  std::u32string points(content.size() / 4, U'\0');
  std::memcpy(points.data(), content.data(), points.size() * 4);
  for (const char32_t c : points) {
    if (c > 0x10FFFF)
      return raise(t, t.interp->errors.ValueError, "character U+%x is not in range [U+0000; U+10ffff]", static_cast<unsigned>(c));
  }
  return make_string(t, points.data(), points.size());
}

value new_array(thread_state& t, type_object* cls, const call_args& a) {
  const bool exact = cls == module_type(t, class_array);
  if (exact && a.nkw > 0) return type_error(t, "array.array() takes no keyword arguments");
  if (a.npos == 0) return type_error(t, "array() takes at least 1 argument (0 given)");
  if (a.npos > 2) return type_error(t, "array() takes at most 2 arguments (" + std::to_string(a.npos) + " given)");
  if (!is(a[0], kind::str) || a[0].as<string_object>()->length != 1)
    return type_error(t, "array() argument 1 must be a unicode character, not " + type_name(t, a[0]));
  const std::uint32_t letter = code_point(a[0].as<string_object>(), 0);
  if (letter > 'z' || type_codes.find(static_cast<char>(letter)) == std::string_view::npos)
    return raise(t, t.interp->errors.ValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  const char code = static_cast<char>(letter);
  if (a.npos == 1) return make_array(t, cls, code, {});
  const value from = a[1];
  if (is(from, kind::str)) {
    if (code != 'u') return type_error(t, std::string("cannot use a str to initialize an array with typecode '") + code + "'");
    return make_array(t, cls, code, code_points(from.as<string_object>()));
  }
  std::string content;
  if (is(from, kind::array)) {
    if ((code == 'u') != (code_of(from) == 'u')) {
      return type_error(t, code == 'u' ? std::string("array item must be unicode character")
                                       : "cannot use a unicode array to initialize an array with typecode '" + std::string(1, code) + "'");
    }
    if (code == code_of(from)) return content_of(t, from, content) ? make_array(t, cls, code, content) : value{};
  } else if (is(from, kind::bytes) || is(from, kind::bytearray)) {
    if (bytes_of(t, from, content) != bytes_status::done) return {};
    if (content.size() % size_of(code) != 0) return raise(t, t.interp->errors.ValueError, "bytes length not a multiple of item size");
    return make_array(t, cls, code, content);
  }
  const value made = make_array(t, cls, code, {});
  return !made.empty() && extend_from(t, made, from) ? made : value{};
}

// ---- items ----

bool to_place(thread_state& t, value a, value key, const char* outside, std::int64_t& at) {
  std::int64_t n;
  if (!to_index(t, key, at) || !count_of(t, a, n)) return false;
  if (at < 0) at += n;
  if (at >= 0 && at < n) return true;
  raise(t, t.interp->errors.IndexError, "%s", outside);
  return false;
}
value item_at(thread_state& t, value a, std::int64_t at) {
  char raw[8];
  bool done;
  const auto size = static_cast<std::int64_t>(size_of(code_of(a)));
  if (!bytearray_load(t, items_of_array(a), at * size, size, raw, done)) return {};
  return done ? unpack(t, code_of(a), raw) : raise(t, t.interp->errors.IndexError, "array index out of range");
}

value array_length(thread_state& t, const call_args& a) {
  std::int64_t n;
  return count_of(t, a[0], n) ? value::small_int(n) : value{};
}
value get_item(thread_state& t, const call_args& a) {
  std::int64_t at;
  if (is(a[1], kind::slice)) {
    std::string content, picked;
    std::int64_t start, stop, step, n;
    if (!content_of(t, a[0], content)) return {};
    const std::size_t size = size_of(code_of(a[0]));
    if (!slice_bounds(t, a[1].as<slice_object>(), static_cast<std::int64_t>(content.size() / size), start, stop, step, n)) return {};
    picked.reserve(static_cast<std::size_t>(n) * size);
    for (; n > 0; --n, start += n > 0 ? step : 0) picked.append(content, static_cast<std::size_t>(start) * size, size);
    return like(t, a[0], picked);
  }
  if (!has_index(t, a[1])) return t.why == signal::none ? type_error(t, "array indices must be integers") : value{};
  return to_place(t, a[0], a[1], "array index out of range", at) ? item_at(t, a[0], at) : value{};
}

// a[key] = item, or its deletion.
value change_item(thread_state& t, value self, value key, value item) {
  const char code = code_of(self);
  const std::size_t size = size_of(code);
  if (!is(key, kind::slice)) {
    std::int64_t at;
    if (!has_index(t, key)) return t.why == signal::none ? type_error(t, "array indices must be integers") : value{};
    if (!to_place(t, self, key, "array assignment index out of range", at)) return {};
    if (item.empty()) {
      std::string content;
      if (!content_of(t, self, content)) return {};
      content.erase(static_cast<std::size_t>(at) * size, size);
      return bytearray_assign(t, items_of_array(self), content) ? value::none() : value{};
    }
    char raw[8];
    bool done;
    if (!pack(t, code, item, raw) ||
        !bytearray_store(t, items_of_array(self), at * static_cast<std::int64_t>(size), {raw, size}, done)) return {};
    return done ? value::none() : raise(t, t.interp->errors.IndexError, "array assignment index out of range");
  }
  std::string content, other;
  if (!item.empty()) {
    if (!is(item, kind::array)) return type_error(t, "can only assign array (not \"" + type_name(t, item) + "\") to array slice");
    if (code_of(item) != code) return type_error(t, "bad argument type for built-in operation");
    if (!content_of(t, item, other)) return {};
  }
  std::int64_t start, stop, step, n;
  if (!content_of(t, self, content) ||
      !slice_bounds(t, key.as<slice_object>(), static_cast<std::int64_t>(content.size() / size), start, stop, step, n)) return {};
  const auto given = static_cast<std::int64_t>(other.size() / size);
  if (step == 1) {
    content.replace(static_cast<std::size_t>(start) * size, static_cast<std::size_t>(n) * size, other);
  } else if (item.empty()) {
    if (step < 0) {
      start += (n - 1) * step;
      step = -step;
    }
    for (std::int64_t k = n; k-- > 0;) content.erase(static_cast<std::size_t>(start + k * step) * size, size);
  } else if (given != n) {
    return raise(t, t.interp->errors.ValueError, "attempt to assign array of size %lld to extended slice of size %lld",
                 static_cast<long long>(given), static_cast<long long>(n));
  } else {
    for (std::int64_t k = 0; k < n; ++k)
      content.replace(static_cast<std::size_t>(start + k * step) * size, size, other, static_cast<std::size_t>(k) * size, size);
  }
  return bytearray_assign(t, items_of_array(self), content) ? value::none() : value{};
}
value set_item(thread_state& t, const call_args& a) { return change_item(t, a[0], a[1], a[2]); }
value delete_item(thread_state& t, const call_args& a) { return change_item(t, a[0], a[1], {}); }
value iterate(thread_state& t, const call_args& a) {
  return make_iterator(t, iterator_kind::sequence, t.interp->types.sequence_iterator, a[0], value::small_int(0));
}

value to_list(thread_state& t, value self) {
  std::string content;
  if (!content_of(t, self, content)) return {};
  const std::size_t size = size_of(code_of(self));
  const value out = make_list(t, content.size() / size);
  for (std::size_t at = 0; !out.empty() && at < content.size(); at += size) {
    const value item = unpack(t, code_of(self), content.data() + at);
    if (item.empty() || !list_append<any_access>(t, out.as<list_object>(), item)) return {};
  }
  return out;
}

template <opcode Op>
value compare_arrays(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::array)) return value::not_implemented();
  const char code = code_of(a[0]);
  if ((Op == opcode::EQ || Op == opcode::NE) && code == code_of(a[1]) && !is_float_item(code)) {
    std::string left, right;
    if (!content_of(t, a[0], left) || !content_of(t, a[1], right)) return {};
    return value::boolean((left == right) == (Op == opcode::EQ));
  }
  if (is_float_item(code) && is_float_item(code_of(a[1]))) {
    // Each NaN differs from any other, as fresh numbers do.
    std::string left, right;
    if (!content_of(t, a[0], left) || !content_of(t, a[1], right)) return {};
    const std::size_t n = left.size() / size_of(code), m = right.size() / size_of(code_of(a[1]));
    for (std::size_t i = 0; i < std::min(n, m); ++i) {
      const value x = load_item(t, code, left.data() + i * size_of(code));
      const value y = load_item(t, code_of(a[1]), right.data() + i * size_of(code_of(a[1])));
      if (x.as_double() != y.as_double()) return number_compare(t, Op, x, y);
    }
    return number_compare(t, Op, value::small_int(static_cast<std::int64_t>(n)), value::small_int(static_cast<std::int64_t>(m)));
  }
  const value left = to_list(t, a[0]), right = left.empty() ? left : to_list(t, a[1]);
  return right.empty() ? right : list_compare(t, Op, left.as<list_object>(), right.as<list_object>());
}

// ---- changes ----

value append(thread_state& t, const call_args& a) { return append_value(t, a[0], a[1]) ? value::none() : value{}; }
value extend(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::array)) return extend_from(t, a[0], a[1]) ? value::none() : value{};
  std::string more;
  if (code_of(a[1]) != code_of(a[0])) return type_error(t, "can only extend with array of same kind");
  return content_of(t, a[1], more) && bytearray_append(t, items_of_array(a[0]), std::string_view(more)) ? value::none() : value{};
}
value insert(thread_state& t, const call_args& a) {
  std::int64_t at;
  char raw[8];
  std::string content;
  const std::size_t size = size_of(code_of(a[0]));
  if (!to_int64(t, a[1], at) || !pack(t, code_of(a[0]), a[2], raw) || !content_of(t, a[0], content)) return {};
  const auto n = static_cast<std::int64_t>(content.size() / size);
  at = std::clamp<std::int64_t>(at < 0 ? at + n : at, 0, n);
  content.insert(static_cast<std::size_t>(at) * size, raw, size);
  return bytearray_assign(t, items_of_array(a[0]), content) ? value::none() : value{};
}
value pop(thread_state& t, const call_args& a) {
  std::int64_t at = -1;
  std::string content;
  if ((a.npos > 1 && !to_int64(t, a[1], at)) || !content_of(t, a[0], content)) return {};
  const std::size_t size = size_of(code_of(a[0]));
  const auto n = static_cast<std::int64_t>(content.size() / size);
  if (n == 0) return raise(t, t.interp->errors.IndexError, "pop from empty array");
  if (at < 0) at += n;
  if (at < 0 || at >= n) return raise(t, t.interp->errors.IndexError, "pop index out of range");
  const value item = unpack(t, code_of(a[0]), content.data() + static_cast<std::size_t>(at) * size);
  if (item.empty()) return {};
  content.erase(static_cast<std::size_t>(at) * size, size);
  return bytearray_assign(t, items_of_array(a[0]), content) ? item : value{};
}

// The place of the first item equal to v in [begin, end); n: there is none, -1: failed.
std::int64_t place_of(thread_state& t, value self, value v, std::int64_t begin, std::int64_t end, std::int64_t& n) {
  for (std::int64_t i = begin;; ++i) {
    if (!count_of(t, self, n)) return -1;
    if (i >= n || i >= end) return n;
    const value item = item_at(t, self, i);
    bool same;
    if (item.empty() || !equal(t, item, v, same)) return -1;
    if (same) return i;
  }
}
value index(thread_state& t, const call_args& a) {
  std::int64_t begin = 0, end = INT64_MAX, n;
  if (!count_of(t, a[0], n) || !range_arguments(t, a, 2, n, begin, end)) return {};
  if (a.npos < 4) end = INT64_MAX;
  const std::int64_t at = place_of(t, a[0], a[1], begin, end, n);
  if (at < 0) return {};
  return at < n ? value::small_int(at) : raise(t, t.interp->errors.ValueError, "array.index(x): x not in array");
}
value contains(thread_state& t, const call_args& a) {
  std::int64_t n;
  const std::int64_t at = place_of(t, a[0], a[1], 0, INT64_MAX, n);
  return at < 0 ? value{} : value::boolean(at < n);
}
value count(thread_state& t, const call_args& a) {
  std::int64_t n, found = 0;
  for (std::int64_t i = 0;; ++i) {
    i = place_of(t, a[0], a[1], i, INT64_MAX, n);
    if (i < 0) return {};
    if (i >= n) return value::small_int(found);
    ++found;
  }
}
value remove(thread_state& t, const call_args& a) {
  std::int64_t n;
  const std::int64_t at = place_of(t, a[0], a[1], 0, INT64_MAX, n);
  if (at < 0) return {};
  if (at >= n) return raise(t, t.interp->errors.ValueError, "array.remove(x): x not in array");
  return change_item(t, a[0], value::small_int(at), {});
}
// Turns round whatever stands in units of `unit` bytes in all of the content, or in each `whole`.
std::string turned(const std::string& content, std::size_t unit, std::size_t whole) {
  std::string out;
  out.reserve(content.size());
  for (std::size_t begin = 0; begin < content.size(); begin += whole) {
    for (std::size_t at = begin + whole; at > begin; at -= unit) out.append(content, at - unit, unit);
  }
  return out;
}
value reverse(thread_state& t, const call_args& a) {
  std::string content;
  if (!content_of(t, a[0], content) || content.empty()) return t.why == signal::none ? value::none() : value{};
  return bytearray_assign(t, items_of_array(a[0]), turned(content, size_of(code_of(a[0])), content.size())) ? value::none() : value{};
}
value byteswap(thread_state& t, const call_args& a) {
  std::string content;
  if (!content_of(t, a[0], content)) return {};
  return bytearray_assign(t, items_of_array(a[0]), turned(content, 1, size_of(code_of(a[0])))) ? value::none() : value{};
}

// ---- operators ----

value add(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::array)) return type_error(t, "can only append array (not \"" + type_name(t, a[1]) + "\") to array");
  if (code_of(a[0]) != code_of(a[1])) return type_error(t, "bad argument type for built-in operation");
  std::string left, right;
  return content_of(t, a[0], left) && content_of(t, a[1], right) ? like(t, a[0], left + right) : value{};
}
value inplace_add(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::array)) return type_error(t, "can only extend array with array (not \"" + type_name(t, a[1]) + "\")");
  return extend(t, a).empty() ? value{} : a[0];
}
bool repeated(thread_state& t, value self, value times, std::string& out) {
  if (!has_index(t, times)) {
    if (t.why == signal::none) type_error(t, "can't multiply sequence by non-int of type '" + type_name(t, times) + "'");
    return false;
  }
  std::int64_t n;
  std::string content;
  if (!to_index(t, times, n)) {
    if (clear_exception(t, t.interp->errors.IndexError))
      raise(t, t.interp->errors.OverflowError, "cannot fit '%s' into an index-sized integer", type_name(t, times).c_str());
    return false;
  }
  if (!content_of(t, self, content)) return false;
  if (n > 0 && content.size() > (std::size_t{1} << 34) / static_cast<std::size_t>(n)) {
    raise_memory_error(t);
    return false;
  }
  for (; n > 0 && !content.empty(); --n) out += content;
  return true;
}
value multiply(thread_state& t, const call_args& a) {
  std::string out;
  return repeated(t, a[0], a[1], out) ? like(t, a[0], out) : value{};
}
value inplace_multiply(thread_state& t, const call_args& a) {
  std::string out;
  return repeated(t, a[0], a[1], out) && bytearray_assign(t, items_of_array(a[0]), out) ? a[0] : value{};
}

// ---- to and from other things ----

value tolist(thread_state& t, const call_args& a) { return to_list(t, a[0]); }
value tobytes(thread_state& t, const call_args& a) {
  std::string content;
  return content_of(t, a[0], content) ? make_bytes(t, content) : value{};
}
value frombytes(thread_state& t, const call_args& a) {
  std::string more;
  const bytes_status status = bytes_of(t, a[1], more);
  if (status == bytes_status::not_bytes) return type_error(t, "a bytes-like object is required, not '" + type_name(t, a[1]) + "'");
  if (status == bytes_status::failed) return {};
  if (more.size() % size_of(code_of(a[0])) != 0) return raise(t, t.interp->errors.ValueError, "bytes length not a multiple of item size");
  return bytearray_append(t, items_of_array(a[0]), std::string_view(more)) ? value::none() : value{};
}
value fromlist(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::list)) return type_error(t, "arg must be list");
  std::string more;
  char raw[8];
  const char code = code_of(a[0]);
  std::int64_t length;
  if (!list_length<any_access>(t, a[1].as<list_object>(), length)) return {};
  for (std::int64_t i = 0; i < length; ++i) {
    value item;
    std::int64_t now;
    if (!list_get<any_access>(t, a[1].as<list_object>(), i, item)) return {};
    if (item.empty() || !pack(t, code, item, raw)) return item.empty() ? raise(t, t.interp->errors.RuntimeError, "list changed size during iteration") : value{};
    if (!list_length<any_access>(t, a[1].as<list_object>(), now)) return {};
    if (now != length) return raise(t, t.interp->errors.RuntimeError, "list changed size during iteration");
    more.append(raw, size_of(code));
  }
  return bytearray_append(t, items_of_array(a[0]), std::string_view(more)) ? value::none() : value{};
}
value tounicode(thread_state& t, const call_args& a) {
  std::string content;
  if (code_of(a[0]) != 'u') return raise(t, t.interp->errors.ValueError, "tounicode() may only be called on unicode type arrays");
  return content_of(t, a[0], content) ? text_of(t, content) : value{};
}
value fromunicode(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::str)) return type_error(t, "fromunicode() argument must be str, not " + type_name(t, a[1]));
  if (code_of(a[0]) != 'u') return raise(t, t.interp->errors.ValueError, "fromunicode() may only be called on unicode type arrays");
  const std::string more = code_points(a[1].as<string_object>());
  return bytearray_append(t, items_of_array(a[0]), std::string_view(more)) ? value::none() : value{};
}
value tofile(thread_state& t, const call_args& a) {
  const value bytes = tobytes(t, {a.v, 1, 0, nullptr});
  if (bytes.empty() || bytes.as<bytes_object>()->length == 0) return bytes.empty() ? bytes : value::none();
  const value r = call_method(t, a[1], intern(*t.interp, "write"), {bytes});
  return r.empty() ? r : value::none();
}
value fromfile(thread_state& t, const call_args& a) {
  std::int64_t n;
  if (!to_int64(t, a[2], n)) return {};
  if (n < 0) return raise(t, t.interp->errors.ValueError, "negative count");
  const auto wanted = static_cast<std::uint64_t>(n) * size_of(code_of(a[0]));
  const value bytes = call_method(t, a[1], intern(*t.interp, "read"), {int_from_int64(t, static_cast<std::int64_t>(wanted))});
  if (bytes.empty()) return {};
  if (!is(bytes, kind::bytes)) return type_error(t, "read() didn't return bytes");
  value args[2] = {a[0], bytes};
  if (frombytes(t, {args, 2, 0, nullptr}).empty()) return {};
  if (bytes.as<bytes_object>()->length < wanted) return raise(t, t.interp->errors.EOFError, "read() didn't return enough bytes");
  return value::none();
}
value buffer_info(thread_state& t, const call_args& a) {
  std::int64_t n;
  if (!count_of(t, a[0], n)) return {};
  const auto address = static_cast<std::int64_t>(items_of_array(a[0])->body.load(std::memory_order_relaxed));
  return make_tuple(t, {int_from_int64(t, address), value::small_int(n)});
}
value repr_array(thread_state& t, const call_args& a) {
  std::int64_t n;
  if (!count_of(t, a[0], n)) return {};
  const char code = code_of(a[0]);
  std::string out = type_name(t, a[0]);
  out = out.substr(out.rfind('.') + 1) + "('" + code + "'";
  if (n > 0) {
    const value shown = code == 'u' ? tounicode(t, {a.v, 1, 0, nullptr}) : to_list(t, a[0]);
    out += ", ";
    if (shown.empty() || !append_repr(t, shown, out)) return {};
  }
  return make_string(t, out + ")");
}
value copy(thread_state& t, const call_args& a) {
  std::string content;
  return content_of(t, a[0], content) ? like(t, a[0], content) : value{};
}
value size_in_memory(thread_state& t, const call_args& a) {
  std::int64_t n;
  return bytes_length(t, a[0].as<array_object>()->items, n) ? value::small_int(n + 64) : value{};
}

// What pickle keeps: the attributes of a subclass's instance beside the items.
value reduce_ex(thread_state& t, const call_args& a) {
  std::int64_t protocol;
  if (!to_int64(t, a[1], protocol)) return {};
  value attributes = find_attr(t, a[0], t.interp->names.__dict__);
  if (attributes.empty()) {
    if (t.why != signal::none) return {};
    attributes = value::none();
  }
  const value code = string_of_code_point(t, static_cast<std::uint32_t>(code_of(a[0])));
  const value cls = value::of(class_of(t, a[0]));
  if (protocol < 3) {
    const value items = to_list(t, a[0]);
    const value args = items.empty() ? items : make_tuple(t, {code, items});
    return args.empty() ? args : make_tuple(t, {cls, args, attributes});
  }
  const value module = import_by_name(t, intern(*t.interp, "array"), value::none(), 0);
  const value maker = module.empty() ? module : getattr(t, module, intern(*t.interp, "_array_reconstructor"));
  const value bytes = maker.empty() ? maker : tobytes(t, {a.v, 1, 0, nullptr});
  const value args = bytes.empty() ? bytes : make_tuple(t, {cls, code, value::small_int(format_of(code_of(a[0]))), bytes});
  return args.empty() ? args : make_tuple(t, {maker, args, attributes});
}
value reconstruct(thread_state& t, const call_args& a) {
  type_object* array = module_type(t, class_array);
  if (!is_type(a[0])) return type_error(t, "first argument must be a type object, not " + type_name(t, a[0]));
  auto* cls = a[0].as<type_object>();
  if (!is_subtype(cls, array)) return type_error(t, to_utf8(cls->name) + " is not a subtype of " + to_utf8(array->name));
  if (!is(a[1], kind::str) || a[1].as<string_object>()->length != 1)
    return type_error(t, "_array_reconstructor() argument 2 must be a unicode character, not " + type_name(t, a[1]));
  const std::uint32_t letter = code_point(a[1].as<string_object>(), 0);
  if (letter > 'z' || type_codes.find(static_cast<char>(letter)) == std::string_view::npos)
    return raise(t, t.interp->errors.ValueError, "second argument must be a valid type code");
  std::int64_t format;
  if (!to_int64(t, a[2], format)) return {};
  if (format < 0 || format >= static_cast<std::int64_t>(std::size(machine_formats)))
    return raise(t, t.interp->errors.ValueError, "third argument must be a valid machine format code.");
  if (!is(a[3], kind::bytes)) return type_error(t, "fourth argument should be bytes, not " + type_name(t, a[3]));
  char code = static_cast<char>(letter);
  const machine_format from = machine_formats[format];
  std::string content(view(a[3].as<bytes_object>()));
  if (from.code == '2' || from.code == 'u') {
    const value text = decode_bytes(t, content, from.code == 'u' ? (from.big ? "utf-32-be" : "utf-32-le") : (from.big ? "utf-16-be" : "utf-16-le"), "strict");
    if (text.empty()) return {};
    if (code != 'u') return type_error(t, std::string("cannot use a str to initialize an array with typecode '") + code + "'");
    return make_array(t, cls, code, code_points(text.as<string_object>()));
  }
  const std::size_t size = item_size(from.code);
  if (content.size() % size != 0) return raise(t, t.interp->errors.ValueError, "bytes length not a multiple of item size");
  if (from.big) content = turned(content, 1, size);
  if (!is_float_item(from.code) && code != 'u' && !is_float_item(code)) {
    // Pickled by another machine, perhaps: the letter with this size and sign.
    const bool same = item_size(code) == size && (code >= 'a') == (from.code >= 'a');
    return make_array(t, cls, same ? code : from.code, content);
  }
  if (code == from.code) return make_array(t, cls, code, content);
  const value made = make_array(t, cls, code, {});
  for (std::size_t at = 0; !made.empty() && at < content.size(); at += size) {
    const value item = load_item(t, from.code, content.data() + at);
    if (item.empty() || !append_value(t, made, item)) return {};
  }
  return made;
}

constexpr native_definition methods[] = {
    {"append", append, 2, 2, false},           {"extend", extend, 2, 2, false},
    {"insert", insert, 3, 3, false},           {"pop", pop, 1, 2, false},
    {"index", index, 2, 4, false},             {"count", count, 2, 2, false},
    {"remove", remove, 2, 2, false},           {"reverse", reverse, 1, 1, false},
    {"byteswap", byteswap, 1, 1, false},       {"tolist", tolist, 1, 1, false},
    {"tobytes", tobytes, 1, 1, false},         {"frombytes", frombytes, 2, 2, false},
    {"fromlist", fromlist, 2, 2, false},       {"tounicode", tounicode, 1, 1, false},
    {"fromunicode", fromunicode, 2, 2, false}, {"tofile", tofile, 2, 2, false},
    {"fromfile", fromfile, 3, 3, false},       {"buffer_info", buffer_info, 1, 1, false},
    {"__len__", array_length, 1, 1, false},    {"__getitem__", get_item, 2, 2, false},
    {"__setitem__", set_item, 3, 3, false},    {"__delitem__", delete_item, 2, 2, false},
    {"__contains__", contains, 2, 2, false},   {"__iter__", iterate, 1, 1, false},
    {"__repr__", repr_array, 1, 1, false},     {"__add__", add, 2, 2, false},
    {"__iadd__", inplace_add, 2, 2, false},    {"__mul__", multiply, 2, 2, false},
    {"__rmul__", multiply, 2, 2, false},       {"__imul__", inplace_multiply, 2, 2, false},
    {"__copy__", copy, 1, 1, false},           {"__deepcopy__", copy, 2, 2, false},
    {"__reduce_ex__", reduce_ex, 2, 2, false}, {"__sizeof__", size_in_memory, 1, 1, false},
    {"__eq__", compare_arrays<opcode::EQ>, 2, 2, false}, {"__ne__", compare_arrays<opcode::NE>, 2, 2, false},
    {"__lt__", compare_arrays<opcode::LT>, 2, 2, false}, {"__le__", compare_arrays<opcode::LE>, 2, 2, false},
    {"__gt__", compare_arrays<opcode::GT>, 2, 2, false}, {"__ge__", compare_arrays<opcode::GE>, 2, 2, false},
};
value get_typecode(thread_state& t, const call_args& a) { return string_of_code_point(t, static_cast<std::uint32_t>(code_of(a[0]))); }
value get_itemsize(thread_state&, const call_args& a) { return value::small_int(static_cast<std::int64_t>(size_of(code_of(a[0])))); }
constexpr native_definition functions[] = {{"_array_reconstructor", reconstruct, 4, 4, false}};

type_object* define_array(thread_state& t) {
  interpreter& i = *t.interp;
  type_object* cls = define_type(i, "array", kind::array, i.types.object, methods, new_array);
  raw_store(cls->module, value::of(intern(i, "array")));
  define_property(i, cls, "typecode", get_typecode);
  define_property(i, cls, "itemsize", get_itemsize);
  bind_class_name(t, cls, i.names.__hash__, value::none());
  i.module_types[class_array] = cls;
  return cls;
}

}  // namespace

void fill_array(thread_state& t, module_object* m) {
  interpreter& i = *t.interp;
  type_object* cls = i.module_types[class_array];     // a module that is made anew has the same class
  if (!cls) cls = define_array(t);
  define(t, m, "array", value::of(cls));
  define(t, m, "ArrayType", value::of(cls));
  define(t, m, "typecodes", make_ascii(t, type_codes));
  define_functions(t, m, functions);
  // It is a mutable sequence to collections.abc.
  const value collections = import_by_name(t, intern(i, "_collections_abc"), value::none(), 0);
  const value sequence = collections.empty() ? collections : getattr(t, collections, intern(i, "MutableSequence"));
  if (!sequence.empty()) call_method(t, sequence, intern(i, "register"), {value::of(cls)});
  else if (t.why == signal::exception) clear_exception(t, i.errors.Exception);
}

}  // namespace gilt::interp
