// SPDX-License-Identifier: BSL-1.0
// A bytearray's changes. The buffer is words under the bytearray's orec; a change owns the orec and
// stores the words that differ, so that an abort restores them. Longer content gets a larger
// buffer.
#include "interp/object/bytes_buffer.hpp"
#include "interp/object/method_support.hpp"

namespace gilt::interp {

namespace {

// The caller owns b and i is inside its buffer.
void put_byte(thread_state& t, bytearray_object* b, std::size_t i, char c) {
  auto* body = value{b->body.load(std::memory_order_relaxed)}.as<bytes_object>();
  slot& place = words(body)[i / 8];
  std::uint64_t word = place.load(std::memory_order_relaxed);
  std::memcpy(reinterpret_cast<char*>(&word) + i % 8, &c, 1);
  any_access::store(t, b, place, value{word});
}

}  // namespace

bool bytearray_assign(thread_state& t, bytearray_object* b, std::string_view content) {
  if (!any_access::own(t, b)) return false;
  auto* body = value{b->body.load(std::memory_order_relaxed)}.as<bytes_object>();
  if (!body || body->length < content.size()) {
    body = make_buffer(t, content.size() + content.size() / 8 + 8, content);
    if (!body) return false;
    any_access::store(t, b, b->body, value::of(body));
  } else {
    for (std::size_t i = 0; i < content.size(); i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, content.data() + i, std::min<std::size_t>(8, content.size() - i));
      slot& place = words(body)[i / 8];
      if (place.load(std::memory_order_relaxed) != word)
        any_access::store(t, b, place, value{word});
    }
  }
  any_access::store(t, b, b->length, value::small_int(static_cast<std::int64_t>(content.size())));
  return true;
}

bool bytearray_load(thread_state& t, bytearray_object* b, std::int64_t at, std::int64_t n, char* out, bool& done) {
  return any_access::section(t, b, [&] {
    done = false;
    const value length{b->length.load(std::memory_order_acquire)};
    auto* body = value{b->body.load(std::memory_order_acquire)}.as<bytes_object>();
    if (at < 0 || n < 0 || !length.is_int() || at > length.as_int() - n) return;
    if (n > 0 && (!body || at + n > static_cast<std::int64_t>(body->length))) return;
    for (std::int64_t i = 0; i < n;) {
      const std::int64_t begin = (at + i) % 8, step = std::min<std::int64_t>(8 - begin, n - i);
      const std::uint64_t word = words(body)[(at + i) / 8].load(std::memory_order_acquire);
      std::memcpy(out + i, reinterpret_cast<const char*>(&word) + begin, static_cast<std::size_t>(step));
      i += step;
    }
    done = true;
  });
}

bool bytearray_store(thread_state& t, bytearray_object* b, std::int64_t at, std::string_view content, bool& done) {
  if (!any_access::own(t, b)) return false;
  const auto n = static_cast<std::int64_t>(content.size());
  done = at >= 0 && at <= value{b->length.load(std::memory_order_relaxed)}.as_int() - n;
  for (std::int64_t i = 0; done && i < n; ++i)
    put_byte(t, b, static_cast<std::size_t>(at + i), content[static_cast<std::size_t>(i)]);
  return true;
}

bool bytearray_append(thread_state& t, bytearray_object* b, char c) {
  if (!any_access::own(t, b)) return false;
  const auto n =
      static_cast<std::size_t>(value{b->length.load(std::memory_order_relaxed)}.as_int());
  auto* body = value{b->body.load(std::memory_order_relaxed)}.as<bytes_object>();
  if (!body || body->length <= n) {
    std::string copy;
    if (!read_bytearray(t, b, copy)) return false;
    copy += c;
    return bytearray_assign(t, b, copy);
  }
  put_byte(t, b, n, c);
  any_access::store(t, b, b->length, value::small_int(static_cast<std::int64_t>(n) + 1));
  return true;
}

bool bytearray_append(thread_state& t, bytearray_object* b, std::string_view more) {
  if (!any_access::own(t, b)) return false;
  const auto n = static_cast<std::size_t>(value{b->length.load(std::memory_order_relaxed)}.as_int());
  auto* body = value{b->body.load(std::memory_order_relaxed)}.as<bytes_object>();
  if (!body || body->length < n + more.size()) {
    std::string copy;
    if (!read_bytearray(t, b, copy)) return false;
    copy += more;
    return bytearray_assign(t, b, copy);
  }
  for (std::size_t i = 0; i < more.size(); ++i) put_byte(t, b, n + i, more[i]);
  any_access::store(t, b, b->length, value::small_int(static_cast<std::int64_t>(n + more.size())));
  return true;
}

bool bytearray_setitem(thread_state& t, bytearray_object* b, value key, value item) {
  std::string replacement;
  char c = 0;
  const bool sliced = is(key, kind::slice);
  if (!sliced && !has_index(t, key)) {
    if (t.why == signal::none) type_error(t, "bytearray indices must be integers or slices, not " + type_name(t, key));
    return false;
  }
  if (!item.empty()) {
    if (sliced) {
      if (is_integer(item) || is(item, kind::str)) {
        type_error(t, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
        return false;
      }
      if (!bytes_from_object(t, item, replacement)) return false;
    } else if (!byte_value(t, item, c, "byte must be in range(0, 256)")) {
      return false;
    }
  }
  if (!item.empty() && key.is_int()) {
    int old = -1;
    if (!any_access::own(t, b) || !read_byte(t, b, key.as_int(), old)) return false;
    if (old >= 0) {
      const std::int64_t n = value{b->length.load(std::memory_order_relaxed)}.as_int();
      const auto i = static_cast<std::size_t>(key.as_int() < 0 ? key.as_int() + n : key.as_int());
      put_byte(t, b, i, c);
      return true;
    }
  }
  std::string content;
  if (!read_bytearray(t, b, content)) return false;
  const auto length = static_cast<std::int64_t>(content.size());
  if (!sliced) {
    std::int64_t i = 0;
    if (!to_int64_clamped(t, key, i)) return false;
    if (i < 0) i += length;
    if (i < 0 || i >= length) {
      raise(t, t.interp->errors.IndexError, "bytearray index out of range");
      return false;
    }
    if (item.empty()) {
      content.erase(static_cast<std::size_t>(i), 1);
    } else {
      content[static_cast<std::size_t>(i)] = c;
    }
    return bytearray_assign(t, b, content);
  }
  std::int64_t start = 0, stop = 0, step = 0, n = 0;
  if (!slice_bounds(t, key.as<slice_object>(), length, start, stop, step, n)) return false;
  if (step == 1) {
    content.replace(static_cast<std::size_t>(start), static_cast<std::size_t>(n), replacement);
    return bytearray_assign(t, b, content);
  }
  if (!replacement.empty()) {  // nothing: deletes, also by an extended slice
    if (static_cast<std::int64_t>(replacement.size()) != n) {
      raise(t, t.interp->errors.ValueError,
            "attempt to assign bytes of size %zu to extended slice of size %lld",
            replacement.size(), static_cast<long long>(n));
      return false;
    }
    for (std::int64_t k = 0; k < n; ++k) {
      content[static_cast<std::size_t>(start + k * step)] =
          replacement[static_cast<std::size_t>(k)];
    }
    return bytearray_assign(t, b, content);
  }
  std::string rest;
  for (std::int64_t i = 0; i < length; ++i) {
    const std::int64_t offset = i - start;
    const bool hit = n > 0 && offset % step == 0 && offset / step >= 0 && offset / step < n;
    if (!hit) rest += content[static_cast<std::size_t>(i)];
  }
  return bytearray_assign(t, b, rest);
}

}  // namespace gilt::interp
