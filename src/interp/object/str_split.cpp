// SPDX-License-Identifier: BSL-1.0
// Methods of str that take text apart, and join.
#include <algorithm>
#include <array>
#include <cstring>

#include "interp/concurrency/access.hpp"
#include "interp/object/list.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/str_natives.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/unicode.hpp"

namespace gilt::interp::str {

namespace {

// A fresh list and the pieces of one string that go into it.
class pieces {
 public:
  pieces(thread_state& t, string_object* s) : t_(t), s_(s), list_(make_list(t)) {}
  bool ok() const { return !list_.empty(); }
  bool add(std::int64_t begin, std::int64_t end) {
    const value piece = substring(t_, s_, begin, end);
    return !piece.empty() && list_append<any_access>(t_, list_.as<list_object>(), piece);
  }
  value list() const { return list_; }

 private:
  thread_state& t_;
  string_object* s_;
  value list_;
};

bool space_at(const string_object* s, std::int64_t i) {
  return unicode::is_space(code_point(s, static_cast<std::size_t>(i)));
}

// Without `maxsplit`, and only ASCII: bounds first, so that the list is made in its final size.
value split_ascii(thread_state& t, string_object* s) {
  static constexpr auto space = [] {
    std::array<bool, 256> table{};
    for (const int c : {9, 10, 11, 12, 13, 0x1C, 0x1D, 0x1E, 0x1F, 0x20}) table[static_cast<std::size_t>(c)] = true;
    return table;
  }();
  constexpr std::size_t enough = 64;
  value few[enough];
  std::size_t n = 0;
  value list;
  const std::uint8_t* const begin = s->data();
  const std::uint8_t* const end = begin + s->length;
  for (const std::uint8_t* p = begin;;) {
    while (p != end && space[*p]) ++p;
    if (p == end) break;
    const std::uint8_t* const from = p;
    while (p != end && !space[*p]) ++p;
    const auto length = static_cast<std::size_t>(p - from);
    value piece;
    if (length == 1 || p - begin == s->length) {
      piece = substring(t, s, from - begin, p - begin);
    } else if (string_object* r = allocate_string(t, length, 1, true)) {
      std::memcpy(writable(r), from, length);
      piece = value::of(r);
    }
    if (piece.empty()) return {};
    if (n < enough) {
      few[n++] = piece;
      continue;
    }
    if (list.empty() && (list = make_list(t, few, enough)).empty()) return {};
    if (!list_append<any_access>(t, list.as<list_object>(), piece)) return {};
  }
  return list.empty() ? make_list(t, few, n) : list;
}

value split_space(thread_state& t, string_object* s, std::int64_t most) {
  if (most < 0 && s->ascii) return split_ascii(t, s);
  pieces out(t, s);
  if (!out.ok()) return {};
  const std::int64_t n = s->length;
  std::int64_t i = 0;
  for (;; --most) {
    while (i < n && space_at(s, i)) ++i;
    if (i == n) return out.list();
    std::int64_t end = i;
    if (most == 0) return out.add(i, n) ? out.list() : value{};
    while (end < n && !space_at(s, end)) ++end;
    if (!out.add(i, end)) return {};
    i = end;
  }
}

value split_at(thread_state& t, string_object* s, string_object* separator, std::int64_t most) {
  pieces out(t, s);
  if (!out.ok()) return {};
  std::int64_t i = 0;
  for (; most != 0; --most) {
    const std::int64_t hit = find(s, separator, i);
    if (hit < 0) break;
    if (!out.add(i, hit)) return {};
    i = hit + separator->length;
  }
  return out.add(i, s->length) ? out.list() : value{};
}

// Bounds of the pieces, last one first, put into a list in their order.
value in_reverse(thread_state& t, string_object* s,
                 std::vector<std::pair<std::int64_t, std::int64_t>>& bounds) {
  pieces out(t, s);
  if (!out.ok()) return {};
  for (std::size_t i = bounds.size(); i-- > 0;) {
    if (!out.add(bounds[i].first, bounds[i].second)) return {};
  }
  return out.list();
}

value rsplit_space(thread_state& t, string_object* s, std::int64_t most) {
  std::vector<std::pair<std::int64_t, std::int64_t>> bounds;
  std::int64_t end = s->length;
  for (;; --most) {
    while (end > 0 && space_at(s, end - 1)) --end;
    if (end == 0) break;
    std::int64_t i = end;
    if (most == 0) {
      bounds.emplace_back(0, end);
      break;
    }
    while (i > 0 && !space_at(s, i - 1)) --i;
    bounds.emplace_back(i, end);
    end = i;
  }
  return in_reverse(t, s, bounds);
}

value rsplit_at(thread_state& t, string_object* s, string_object* separator, std::int64_t most) {
  std::vector<std::pair<std::int64_t, std::int64_t>> bounds;
  std::int64_t end = s->length;
  for (; most != 0; --most) {
    const std::int64_t hit = rfind(s, separator, 0, end);
    if (hit < 0) break;
    bounds.emplace_back(hit + separator->length, end);
    end = hit;
  }
  bounds.emplace_back(0, end);
  return in_reverse(t, s, bounds);
}

value split_either(thread_state& t, const call_args& a, bool from_right) {
  const char* name = from_right ? "rsplit" : "split";
  string_object* s = str_receiver(t, a, name);
  value v[2];
  if (!s || !bind_arguments(t, name, a, 1, {"sep", "maxsplit"}, 0, v)) return {};
  std::int64_t most = -1;
  if (!v[1].empty() && !to_int64(t, v[1], most)) return {};
  if (v[0].empty() || v[0].is_none())
    return from_right ? rsplit_space(t, s, most) : split_space(t, s, most);
  if (!is(v[0], kind::str)) return type_error(t, "must be str or None, not " + type_name(t, v[0]));
  auto* separator = v[0].as<string_object>();
  if (separator->length == 0) return raise(t, t.interp->errors.ValueError, "empty separator");
  return from_right ? rsplit_at(t, s, separator, most) : split_at(t, s, separator, most);
}

value partition_at(thread_state& t, const call_args& a, bool from_right) {
  string_object* s = str_receiver(t, a, from_right ? "rpartition" : "partition");
  string_object* separator = s ? str_argument(t, a[1], "") : nullptr;
  if (!separator) return {};
  if (separator->length == 0) return raise(t, t.interp->errors.ValueError, "empty separator");
  const std::int64_t hit = from_right ? rfind(s, separator) : find(s, separator);
  const value none = empty_string(t);
  const value whole = substring(t, s, 0, s->length);
  if (whole.empty()) return {};
  if (hit < 0)
    return from_right ? make_tuple(t, {none, none, whole}) : make_tuple(t, {whole, none, none});
  const value before = substring(t, s, 0, hit),
              after = substring(t, s, hit + separator->length, s->length);
  if (before.empty() || after.empty()) return {};
  return make_tuple(t, {before, value::of(separator), after});
}

value strip_sides(thread_state& t, const call_args& a, bool left, bool right, const char* name) {
  string_object* s = str_receiver(t, a, name);
  if (!s) return {};
  const string_object* set = nullptr;
  if (a.npos > 1 && !a[1].is_none()) {
    if (!is(a[1], kind::str)) return type_error(t, std::string(name) + " arg must be None or str");
    set = a[1].as<string_object>();
  }
  const auto drop = [&](std::int64_t i) {
    const std::uint32_t c = code_point(s, static_cast<std::size_t>(i));
    return set ? find_code_point(set, static_cast<char32_t>(c)) >= 0 : unicode::is_space(c);
  };
  std::int64_t begin = 0, end = s->length;
  if (set && set->width == 1 && s->width == 1) {
    const std::uint8_t* const p = s->data();
    const auto in = [&](std::uint8_t c) { return std::memchr(set->data(), c, set->length) != nullptr; };
    while (left && begin < end && in(p[begin])) ++begin;
    while (right && begin < end && in(p[end - 1])) --end;
    return substring(t, s, begin, end);
  }
  while (left && begin < end && drop(begin)) ++begin;
  while (right && begin < end && drop(end - 1)) --end;
  return substring(t, s, begin, end);
}

value remove_affix(thread_state& t, const call_args& a, bool prefix) {
  const char* name = prefix ? "removeprefix" : "removesuffix";
  string_object* s = str_receiver(t, a, name);
  const string_object* affix =
      s ? str_argument(t, a[1], prefix ? "removeprefix() argument " : "removesuffix() argument ")
        : nullptr;
  if (!affix) return {};
  const std::int64_t n = s->length, k = affix->length;
  if (prefix) return substring(t, s, k <= n && find(s, affix, 0, k) == 0 ? k : 0, n);
  return substring(t, s, 0, k <= n && find(s, affix, n - k) == n - k ? n - k : n);
}

}  // namespace

value split(thread_state& t, const call_args& a) {
  return split_either(t, a, false);
}
value rsplit(thread_state& t, const call_args& a) {
  return split_either(t, a, true);
}
value partition(thread_state& t, const call_args& a) {
  return partition_at(t, a, false);
}
value rpartition(thread_state& t, const call_args& a) {
  return partition_at(t, a, true);
}
value strip(thread_state& t, const call_args& a) {
  return strip_sides(t, a, true, true, "strip");
}
value lstrip(thread_state& t, const call_args& a) {
  return strip_sides(t, a, true, false, "lstrip");
}
value rstrip(thread_state& t, const call_args& a) {
  return strip_sides(t, a, false, true, "rstrip");
}
value removeprefix(thread_state& t, const call_args& a) {
  return remove_affix(t, a, true);
}
value removesuffix(thread_state& t, const call_args& a) {
  return remove_affix(t, a, false);
}

value splitlines(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "splitlines");
  value keep;
  bool keep_ends = false;
  if (!s || !bind_arguments(t, "splitlines", a, 1, {"keepends"}, 0, &keep)) return {};
  std::int64_t wanted = 0;
  if (!keep.empty() && !to_c_int(t, keep, wanted)) return {};
  keep_ends = wanted != 0;
  pieces out(t, s);
  if (!out.ok()) return {};
  const std::size_t n = s->length;
  for (std::size_t i = 0; i < n;) {
    const std::size_t begin = i;
    while (i < n && !unicode::is_line_break(code_point(s, i))) ++i;
    const std::size_t end = i;
    if (i < n) i += code_point(s, i) == '\r' && i + 1 < n && code_point(s, i + 1) == '\n' ? 2 : 1;
    if (!out.add(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(keep_ends ? i : end)))
      return {};
  }
  return out.list();
}

value join(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "join");
  return s ? interp::join(t, s, a[1]) : value{};
}

}  // namespace gilt::interp::str
