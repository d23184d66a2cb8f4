// SPDX-License-Identifier: BSL-1.0
// Making strings, comparing and hashing them, taking them apart and putting them together.
#include "interp/object/string.hpp"

#include <algorithm>

#include "interp/object/bytes.hpp"
#include "interp/object/copy_items.hpp"
#include "interp/object/intern_table.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string_codec.hpp"
#include "interp/syntax/unicode.hpp"

namespace gilt::interp {

namespace {

constexpr std::uint64_t max_length = UINT32_MAX - 1;

unsigned width_for(std::uint32_t widest) {
  return widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4;
}

template <class To, class From>
void convert(To* to, const From* from, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<To>(from[i]);
}

// Writes n characters of s from `begin` at place `at` of a string of at least its width.
void copy_characters(string_object* to, std::size_t at, const string_object* s, std::size_t begin,
                     std::size_t n) {
  std::uint8_t* out = writable(to) + at * to->width;
  const std::uint8_t* in = s->data() + begin * s->width;
  if (to->width == s->width) {
    std::memcpy(out, in, n * s->width);
  } else if (to->width == 2) {
    convert(reinterpret_cast<std::uint16_t*>(out), in, n);
  } else if (s->width == 1) {
    convert(reinterpret_cast<std::uint32_t*>(out), in, n);
  } else {
    convert(reinterpret_cast<std::uint32_t*>(out), reinterpret_cast<const std::uint16_t*>(in), n);
  }
}

template <class Unit>
std::uint32_t widest_of(const Unit* p, std::size_t n) {
  std::uint32_t all = 0;
  for (std::size_t i = 0; i < n; ++i) all |= static_cast<std::uint32_t>(p[i]);
  return all;
}
// An upper bound in the same width class as the widest character (and ASCII exactly).
std::uint32_t widest_in(const string_object* s, std::size_t begin, std::size_t n) {
  const std::uint8_t* p = s->data() + begin * s->width;
  if (s->width == 1) return s->ascii ? 0 : widest_of(p, n);
  if (s->width == 2) return widest_of(reinterpret_cast<const std::uint16_t*>(p), n);
  return widest_of(reinterpret_cast<const std::uint32_t*>(p), n);
}

template <class Unit>
value from_units(thread_state& t, const Unit* p, std::size_t n) {
  if (n == 0) return empty_string(t);
  const std::uint32_t widest = widest_of(p, n);
  if (n == 1 && widest < 0x100) return string_of_code_point(t, widest);
  string_object* s = allocate_string(t, n, width_for(widest), widest < 0x80);
  if (!s) return {};
  if (s->width == 1) {
    convert(writable(s), p, n);
  } else if (s->width == 2) {
    convert(reinterpret_cast<std::uint16_t*>(writable(s)), p, n);
  } else {
    convert(reinterpret_cast<std::uint32_t*>(writable(s)), p, n);
  }
  return value::of(s);
}

value too_long(thread_state& t) {
  raise_memory_error(t);
  return {};
}

bool is_exact(thread_state& t, const string_object* s) {
  return s->shape_relaxed()->cls == t.interp->types.str;
}

}  // namespace

string_object* allocate_string(thread_state& t, std::size_t length, unsigned width, bool ascii) {
  if (length > max_length) {
    too_long(t);
    return nullptr;
  }
  auto* s = t.alloc.make<string_object>(t, t.interp->types.str->root, length * width);
  if (!s) return nullptr;
  s->length = static_cast<std::uint32_t>(length);
  s->width = static_cast<std::uint8_t>(width);
  s->ascii = ascii;
  return s;
}

value empty_string(thread_state& t) {
  return value::of(t.interp->interned->empty());
}

value string_of_code_point(thread_state& t, std::uint32_t c) {
  if (c < 0x100) return value::of(t.interp->interned->latin1(c));
  string_object* s = allocate_string(t, 1, width_for(c), false);
  if (!s) return {};
  if (s->width == 2) {
    *reinterpret_cast<std::uint16_t*>(writable(s)) = static_cast<std::uint16_t>(c);
  } else {
    *reinterpret_cast<std::uint32_t*>(writable(s)) = c;
  }
  return value::of(s);
}

value make_ascii(thread_state& t, std::string_view text) {
  if (text.size() < 2) {
    return text.empty() ? empty_string(t)
                        : string_of_code_point(t, static_cast<unsigned char>(text[0]));
  }
  string_object* s = allocate_string(t, text.size(), 1, true);
  if (!s) return {};
  std::memcpy(writable(s), text.data(), text.size());
  return value::of(s);
}

value make_latin1(thread_state& t, std::string_view text) {
  return is_ascii(text)
             ? make_ascii(t, text)
             : from_units(t, reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

value make_string(thread_state& t, const char16_t* units, std::size_t n) {
  return from_units(t, units, n);
}
value make_string(thread_state& t, const char32_t* points, std::size_t n) {
  return from_units(t, points, n);
}

value make_string(thread_state& t, std::string_view utf8) {
  if (is_ascii(utf8)) return make_ascii(t, utf8);
  const std::u32string points = read_wtf8(utf8);
  return from_units(t, points.data(), points.size());
}

// ---- interning ----

string_object* intern(interpreter& i, std::string_view utf8) {
  if (is_ascii(utf8)) {
    return i.interned->get(reinterpret_cast<const std::uint8_t*>(utf8.data()),
                           static_cast<std::uint32_t>(utf8.size()), 1, true);
  }
  const std::u32string points = read_wtf8(utf8);
  const auto n = static_cast<std::uint32_t>(points.size());
  const unsigned width = width_for(widest_of(points.data(), points.size()));
  if (width == 4)
    return i.interned->get(reinterpret_cast<const std::uint8_t*>(points.data()), n, 4, false);
  std::u16string narrow(points.size(), u'\0');
  auto* out = reinterpret_cast<std::uint8_t*>(narrow.data());
  if (width == 2) {
    convert(narrow.data(), points.data(), points.size());
  } else {
    convert(out, points.data(), points.size());
  }
  return i.interned->get(out, n, width, false);
}

string_object* intern(interpreter& i, string_object* s) {
  return s->interned != 0 ? s : i.interned->get(s->data(), s->length, s->width, s->ascii);
}

// ---- looking ----

std::uint64_t hash_bytes(const void* data, std::size_t n) {
  // A multiply-and-fold hash over 8-byte words, of the family of wyhash (Wang Yi, 2019).
  const auto fold = [](std::uint64_t a, std::uint64_t b) {
    __extension__ typedef unsigned __int128 wide;
    const wide p = static_cast<wide>(a) * b;
    return static_cast<std::uint64_t>(p) ^ static_cast<std::uint64_t>(p >> 64);
  };
  constexpr std::uint64_t k0 = 0x9E3779B97F4A7C15ull, k1 = 0xD6E8FEB86659FD93ull,
                          k2 = 0xA0761D6478BD642Full;
  const auto* p = static_cast<const unsigned char*>(data);
  std::uint64_t h = k0 ^ (n * k2);
  std::size_t left = n;
  for (; left >= 8; left -= 8, p += 8) {
    std::uint64_t word;
    std::memcpy(&word, p, 8);
    h = fold(h ^ word, k1);
  }
  if (left > 0) {
    std::uint64_t word;                              // all bytes left, some of them twice: n is in h
    if (left >= 4) {
      std::uint32_t low, high;
      std::memcpy(&low, p, 4);
      std::memcpy(&high, p + left - 4, 4);
      word = low | std::uint64_t{high} << 32;
    } else {
      word = p[0] | std::uint64_t{p[left >> 1]} << 8 | std::uint64_t{p[left - 1]} << 16;
    }
    h = fold(h ^ word, k1);
  }
  h = fold(h ^ k2, k1);
  return h == 0 ? 1 : h == ~std::uint64_t{0} ? h - 1 : h;  // hash() is never -1
}

std::uint64_t make_hash(const string_object* s) {
  auto& cached = const_cast<string_object*>(s)->hash_bits;
  const std::uint64_t h = hash_bytes(s->data(), std::size_t{s->length} * s->width);
  cached.store(h, std::memory_order_relaxed);
  return h;
}

bool equal(const string_object* a, std::string_view ascii) {
  return a->width == 1 && a->ascii_view() == ascii;
}

int compare(const string_object* a, const string_object* b) {
  const std::size_t n = std::min(a->length, b->length);
  if (a->width == 1 && b->width == 1) {
    const int c = std::memcmp(a->data(), b->data(), n);
    if (c != 0) return c;
  } else {
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t x = code_point(a, i), y = code_point(b, i);
      if (x != y) return x < y ? -1 : 1;
    }
  }
  return a->length < b->length ? -1 : a->length > b->length ? 1 : 0;
}

void append_utf8(const string_object* s, std::string& out) {
  if (s->ascii) {
    out.append(s->ascii_view());
    return;
  }
  for (std::size_t i = 0; i < s->length; ++i) syntax::append_utf8(out, code_point(s, i));
}

std::string to_utf8(const string_object* s) {
  std::string out;
  append_utf8(s, out);
  return out;
}

// ---- operators ----

value concat(thread_state& t, string_object* a, string_object* b) {
  if (a->length == 0 && is_exact(t, b)) return value::of(b);
  if (b->length == 0 && is_exact(t, a)) return value::of(a);
  string_object* s = allocate_string(t, std::size_t{a->length} + b->length,
                                     std::max(a->width, b->width), a->ascii && b->ascii);
  if (!s) return {};
  copy_characters(s, 0, a, 0, a->length);
  copy_characters(s, a->length, b, 0, b->length);
  return value::of(s);
}

value concat(thread_state& t, const value* parts, std::size_t n) {
  std::size_t length = 0;
  unsigned width = 1;
  bool ascii = true;
  for (std::size_t i = 0; i < n; ++i) {
    auto* part = parts[i].as<string_object>();
    length += part->length;
    width = std::max<unsigned>(width, part->width);
    ascii = ascii && part->ascii;
  }
  if (length == 0) return empty_string(t);
  string_object* s = allocate_string(t, length, width, ascii);
  if (!s) return {};
  std::size_t at = 0;
  for (std::size_t i = 0; i < n; ++i) {
    auto* part = parts[i].as<string_object>();
    copy_characters(s, at, part, 0, part->length);
    at += part->length;
  }
  return value::of(s);
}

value repeat(thread_state& t, string_object* s, std::int64_t times) {
  if (times <= 0 || s->length == 0) return empty_string(t);
  if (times == 1 && is_exact(t, s)) return value::of(s);
  if (static_cast<std::uint64_t>(times) > max_length / s->length) return too_long(t);
  string_object* r = allocate_string(t, std::size_t{s->length} * static_cast<std::size_t>(times),
                                     s->width, s->ascii);
  if (!r) return {};
  const std::size_t bytes = std::size_t{s->length} * s->width,
                    all = std::size_t{r->length} * r->width;
  std::uint8_t* out = writable(r);
  if (bytes == 1) {
    std::memset(out, s->data()[0], all);
    return value::of(r);
  }
  std::memcpy(out, s->data(), bytes);
  for (std::size_t done = bytes; done < all;) {  // doubles what is there
    const std::size_t n = std::min(done, all - done);
    std::memcpy(out + done, out, n);
    done += n;
  }
  return value::of(r);
}

value substring(thread_state& t, string_object* s, std::int64_t begin, std::int64_t end) {
  begin = std::max<std::int64_t>(begin, 0);
  end = std::min<std::int64_t>(end, s->length);
  if (begin >= end) return empty_string(t);
  if (begin == 0 && end == s->length && is_exact(t, s)) return value::of(s);
  const auto from = static_cast<std::size_t>(begin), n = static_cast<std::size_t>(end - begin);
  if (n == 1) return string_of_code_point(t, code_point(s, from));
  const std::uint8_t* p = s->data() + from * s->width;
  if (s->width == 2) return from_units(t, reinterpret_cast<const std::uint16_t*>(p), n);
  if (s->width == 4) return from_units(t, reinterpret_cast<const std::uint32_t*>(p), n);
  string_object* r = allocate_string(t, n, 1, s->ascii || widest_in(s, from, n) < 0x80);
  if (!r) return {};
  std::memcpy(writable(r), p, n);
  return value::of(r);
}

value character_at(thread_state& t, string_object* s, std::int64_t i) {
  if (i < 0) i += s->length;
  if (i < 0 || i >= s->length)
    return raise(t, t.interp->errors.IndexError, "string index out of range");
  return string_of_code_point(t, code_point(s, static_cast<std::size_t>(i)));
}

value string_getitem(thread_state& t, string_object* s, value key) {
  if (key.is_int()) return character_at(t, s, key.as_int());
  if (is(key, kind::slice)) {
    std::int64_t start = 0, stop = 0, step = 0, n = 0;
    if (!slice_bounds(t, key.as<slice_object>(), s->length, start, stop, step, n)) return {};
    if (step == 1) return substring(t, s, start, start + n);
    if (n == 0) return empty_string(t);
    std::u32string picked;
    picked.reserve(static_cast<std::size_t>(n));
    for (std::int64_t i = start; n > 0; --n, i += n > 0 ? step : 0) {
      picked += static_cast<char32_t>(code_point(s, static_cast<std::size_t>(i)));
    }
    return make_string(t, picked.data(), picked.size());
  }
  if (!has_index(t, key)) {
    return raise(t, t.interp->errors.TypeError, "string indices must be integers, not '%s'",
                 type_name(t, key).c_str());
  }
  const value i = index_of(t, key);
  if (i.empty()) return {};
  if (!i.is_int()) {
    return raise(t, t.interp->errors.IndexError, "cannot fit 'int' into an index-sized integer");
  }
  return character_at(t, s, i.as_int());
}

bool slice_bounds(thread_state& t, slice_object* key, std::int64_t length, std::int64_t& start,
                  std::int64_t& stop, std::int64_t& step, std::int64_t& count) {
  const auto part = [&](value v, std::int64_t absent, std::int64_t& out) {
    if (v.is_none()) {
      out = absent;
      return true;
    }
    if (!v.is_int() && !has_index(t, v)) {
      raise(t, t.interp->errors.TypeError,
            "slice indices must be integers or None or have an __index__ method");
      return false;
    }
    return to_int64_clamped(t, v, out);
  };
  if (!part(key->step, 1, step)) return false;
  if (step == 0) {
    raise(t, t.interp->errors.ValueError, "slice step cannot be zero");
    return false;
  }
  step = std::max(step, -INT64_MAX);
  if (!part(key->start, step < 0 ? INT64_MAX : 0, start)) return false;
  if (!part(key->stop, step < 0 ? INT64_MIN : INT64_MAX, stop)) return false;
  const auto clamp = [&](std::int64_t& i, bool absent) {
    if (i < 0 && !absent) i += length;
    if (i < 0) i = step < 0 ? -1 : 0;
    if (i >= length) i = step < 0 ? length - 1 : length;
  };
  clamp(start, false);
  clamp(stop, key->stop.is_none() && step < 0);
  if (step < 0) {
    count = stop < start ? (start - stop - 1) / -step + 1 : 0;
  } else {
    count = start < stop ? (stop - start - 1) / step + 1 : 0;
  }
  return true;
}

value join(thread_state& t, string_object* separator, value iterable) {
  std::vector<value> items;
  if (!copy_items(t, iterable, items, "can only join an iterable")) return {};
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (is(items[i], kind::str)) continue;
    return raise(t, t.interp->errors.TypeError,
                 "sequence item %zu: expected str instance, %s found", i,
                 type_name(t, items[i]).c_str());
  }
  if (items.size() == 1 && is_exact(t, items[0].as<string_object>())) return items[0];
  if (separator->length == 0 || items.size() < 2) return concat(t, items.data(), items.size());
  std::vector<value> all;
  all.reserve(items.size() * 2);
  for (const value item : items) {
    if (!all.empty()) all.push_back(value::of(separator));
    all.push_back(item);
  }
  return concat(t, all.data(), all.size());
}

}  // namespace gilt::interp
