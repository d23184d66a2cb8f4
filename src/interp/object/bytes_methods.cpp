// SPDX-License-Identifier: BSL-1.0
// The methods that bytes and bytearray share. Each works on a view of the content (a bytearray's is
// copied first) and returns what its receiver is.
#include <algorithm>
#include <string>
#include <vector>

#include "interp/concurrency/access.hpp"
#include "interp/object/bytes_support.hpp"
#include "interp/object/list.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

namespace {

using std::string;
using std::string_view;

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_alpha(char c) {
  return is_lower(c) || is_upper(c);
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c + 32) : c;
}
char to_upper(char c) {
  return is_lower(c) ? static_cast<char>(c - 32) : c;
}

// ---- searching ----

// What to look for: bytes-like, or an int as one byte.
bool needle(thread_state& t, value v, string& out) {
  switch (bytes_of(t, v, out)) {
    case bytes_status::done:
      return true;
    case bytes_status::failed:
      return false;
    case bytes_status::not_bytes:
      break;
  }
  if (!has_index(t, v)) {
    type_error(t, "argument should be integer or bytes-like object, not '" + type_name(t, v) + "'");
    return false;
  }
  char c = 0;
  if (!byte_value(t, v, c, "byte must be in range(0, 256)")) return false;
  out.assign(1, c);
  return true;
}

struct stretch {
  string_view text;
  std::int64_t begin;
  bool valid;
};

bool search_arguments(thread_state& t, const call_args& a, const receiver_bytes& self,
                      string& wanted, stretch& out) {
  std::int64_t begin = 0, end = 0;
  const auto n = static_cast<std::int64_t>(self.text.size());
  if (!range_arguments(t, a, 2, n, begin, end) || !needle(t, a[1], wanted)) return false;
  out.valid = begin <= end;
  out.begin = begin;
  if (out.valid)
    out.text =
        self.text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  return true;
}

template <bool Right, bool Raises>
value find_native(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, Right ? "rfind" : "find");
  string wanted;
  stretch s{};
  if (!self.ok || !search_arguments(t, a, self, wanted, s)) return {};
  const std::size_t at = !s.valid ? string_view::npos
                         : Right  ? s.text.rfind(wanted)
                                  : s.text.find(wanted);
  if (at != string_view::npos) return value::small_int(static_cast<std::int64_t>(at) + s.begin);
  return Raises ? raise(t, t.interp->errors.ValueError, "subsection not found")
                : value::small_int(-1);
}

value count_native(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "count");
  string wanted;
  stretch s{};
  if (!self.ok || !search_arguments(t, a, self, wanted, s)) return {};
  if (!s.valid) return value::small_int(0);
  if (wanted.empty()) return value::small_int(static_cast<std::int64_t>(s.text.size()) + 1);
  std::int64_t n = 0;
  for (std::size_t i = 0; (i = s.text.find(wanted, i)) != string_view::npos; i += wanted.size())
    ++n;
  return value::small_int(n);
}

template <bool Right>
value affix_native(thread_state& t, const call_args& a) {
  const char* name = Right ? "endswith" : "startswith";
  const receiver_bytes self(t, a, name);
  std::int64_t begin = 0, end = 0;
  if (!self.ok ||
      !range_arguments(t, a, 2, static_cast<std::int64_t>(self.text.size()), begin, end))
    return {};
  const string_view text = begin <= end ? self.text.substr(static_cast<std::size_t>(begin),
                                                           static_cast<std::size_t>(end - begin))
                                        : "";
  const bool tuple = is(a[1], kind::tuple);
  const std::size_t n = tuple ? a[1].as<tuple_object>()->length : 1;
  for (std::size_t i = 0; i < n; ++i) {
    const value item = tuple ? a[1].as<tuple_object>()->items()[i] : a[1];
    string affix;
    switch (bytes_of(t, item, affix)) {
      case bytes_status::failed:
        return {};
      case bytes_status::not_bytes:
        if (tuple)
          return type_error(t, "a bytes-like object is required, not '" + type_name(t, item) + "'");
        return type_error(t, string(name) + " first arg must be bytes or a tuple of bytes, not " +
                                 type_name(t, item));
      case bytes_status::done:
        break;
    }
    if (begin <= end && (Right ? text.ends_with(affix) : text.starts_with(affix)))
      return value::true_();
  }
  return value::false_();
}

// ---- taking apart ----

template <bool Left, bool Right>
value strip_native(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "strip");
  string set;
  const bool chosen = a.npos > 1 && !a[1].is_none();
  if (!self.ok || (chosen && !bytes_argument(t, a[1], set))) return {};
  const auto drop = [&](char c) { return chosen ? set.find(c) != string::npos : is_space(c); };
  string_view s = self.text;
  while (Left && !s.empty() && drop(s.front())) s.remove_prefix(1);
  while (Right && !s.empty() && drop(s.back())) s.remove_suffix(1);
  return self.like(t, s);
}

value list_of(thread_state& t, const receiver_bytes& self, const std::vector<string_view>& pieces,
              bool backwards) {
  const value list = make_list(t);
  if (list.empty()) return {};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const value piece = self.like(t, pieces[backwards ? pieces.size() - 1 - i : i]);
    if (piece.empty() || !list_append<any_access>(t, list.as<list_object>(), piece)) return {};
  }
  return list;
}

template <bool Right>
value split_native(thread_state& t, const call_args& a) {
  const char* name = Right ? "rsplit" : "split";
  const receiver_bytes self(t, a, name);
  value v[2];
  std::int64_t most = -1;
  string separator;
  if (!self.ok || !bind_arguments(t, name, a, 1, {"sep", "maxsplit"}, 0, v)) return {};
  if (!v[1].empty() && !to_int64(t, v[1], most)) return {};
  const bool by_space = v[0].empty() || v[0].is_none();
  if (!by_space && !bytes_argument(t, v[0], separator)) return {};
  if (!by_space && separator.empty())
    return raise(t, t.interp->errors.ValueError, "empty separator");
  std::vector<string_view> pieces;
  string_view s = self.text;
  if (!by_space) {
    for (; most != 0; --most) {
      const std::size_t at = Right ? s.rfind(separator) : s.find(separator);
      if (at == string_view::npos) break;
      if (Right) {
        pieces.push_back(s.substr(at + separator.size()));
        s = s.substr(0, at);
      } else {
        pieces.push_back(s.substr(0, at));
        s.remove_prefix(at + separator.size());
      }
    }
    pieces.push_back(s);
    return list_of(t, self, pieces, Right);
  }
  const auto trim = [&](bool right) {
    while (!s.empty() && is_space(right ? s.back() : s.front()))
      right ? s.remove_suffix(1) : s.remove_prefix(1);
  };
  for (;; --most) {
    trim(Right);
    if (s.empty()) break;
    if (most == 0) {
      pieces.push_back(s);
      break;
    }
    std::size_t n = 0;
    while (n < s.size() && !is_space(Right ? s[s.size() - 1 - n] : s[n])) ++n;
    pieces.push_back(Right ? s.substr(s.size() - n) : s.substr(0, n));
    Right ? s.remove_suffix(n) : s.remove_prefix(n);
  }
  return list_of(t, self, pieces, Right);
}

value splitlines(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "splitlines");
  value keep;
  bool ends = false;
  if (!self.ok || !bind_arguments(t, "splitlines", a, 1, {"keepends"}, 0, &keep)) return {};
  std::int64_t wanted = 0;
  if (!keep.empty() && !to_c_int(t, keep, wanted)) return {};
  ends = wanted != 0;
  std::vector<string_view> lines;
  for (string_view s = self.text; !s.empty();) {
    const std::size_t end = std::min(s.find_first_of("\r\n"), s.size());
    const std::size_t after = end == s.size() ? end : end + (s.substr(end, 2) == "\r\n" ? 2 : 1);
    lines.push_back(s.substr(0, ends ? after : end));
    s.remove_prefix(after);
  }
  return list_of(t, self, lines, false);
}

template <bool Right>
value partition_native(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, Right ? "rpartition" : "partition");
  string separator;
  if (!self.ok || !bytes_argument(t, a[1], separator)) return {};
  if (separator.empty()) return raise(t, t.interp->errors.ValueError, "empty separator");
  const std::size_t at = Right ? self.text.rfind(separator) : self.text.find(separator);
  string_view parts[3] = {self.text, "", ""};
  if (at != string_view::npos) {
    parts[0] = self.text.substr(0, at);
    parts[1] = separator;
    parts[2] = self.text.substr(at + separator.size());
  } else if (Right) {
    std::swap(parts[0], parts[2]);
  }
  value made[3];
  for (int i = 0; i < 3; ++i) {
    made[i] = self.like(t, parts[i]);
    if (made[i].empty()) return {};
  }
  return make_tuple(t, {made[0], made[1], made[2]});
}

template <bool Suffix>
value remove_affix(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, Suffix ? "removesuffix" : "removeprefix");
  string affix;
  if (!self.ok || !bytes_argument(t, a[1], affix)) return {};
  string_view s = self.text;
  if (Suffix && s.ends_with(affix)) s.remove_suffix(affix.size());
  if (!Suffix && s.starts_with(affix)) s.remove_prefix(affix.size());
  return self.like(t, s);
}

// ---- changing ----

value replace(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "replace");
  string from, to, out;
  std::int64_t most = -1;
  if (!self.ok || !bytes_argument(t, a[1], from) || !bytes_argument(t, a[2], to)) return {};
  if (a.npos > 3 && !to_int64(t, a[3], most)) return {};
  if (most < 0) most = INT64_MAX;
  const string_view s = self.text;
  std::size_t i = 0;
  if (from.empty()) {
    for (;; ++i) {
      if (most-- > 0) out += to;
      if (i == s.size()) return self.like(t, out);
      out += s[i];
    }
  }
  for (; most > 0; --most) {
    const std::size_t hit = s.find(from, i);
    if (hit == string_view::npos) break;
    out.append(s.substr(i, hit - i)).append(to);
    i = hit + from.size();
  }
  return self.like(t, out.append(s.substr(i)));
}

enum class padding { center, left, right };
template <padding Where>
value pad_native(thread_state& t, const call_args& a) {
  const char* name = Where == padding::center ? "center"
                     : Where == padding::left ? "ljust"
                                              : "rjust";
  const receiver_bytes self(t, a, name);
  std::int64_t width = 0;
  string fill = " ";
  if (!self.ok || !to_int64(t, a[1], width)) return {};
  if (a.npos > 2 && (bytes_of(t, a[2], fill) != bytes_status::done || fill.size() != 1)) {
    return type_error(t, string(name) + "() argument 2 must be a byte string of length 1, not " +
                             type_name(t, a[2]));
  }
  const auto n = static_cast<std::int64_t>(self.text.size());
  const std::int64_t room = std::max<std::int64_t>(width - n, 0);
  if (room > INT32_MAX) return memory_error(t);
  const std::int64_t before = Where == padding::center  ? room / 2 + (room & width & 1)
                              : Where == padding::right ? room
                                                        : 0;
  string out(static_cast<std::size_t>(before), fill[0]);
  out += self.text;
  out.append(static_cast<std::size_t>(room - before), fill[0]);
  return self.like(t, out);
}

value zfill(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "zfill");
  std::int64_t width = 0;
  if (!self.ok || !to_int64(t, a[1], width)) return {};
  string out(self.text);
  const std::int64_t room = width - static_cast<std::int64_t>(out.size());
  if (room > INT32_MAX) return memory_error(t);
  if (room > 0) {
    out.insert(!out.empty() && (out[0] == '+' || out[0] == '-') ? 1 : 0,
               static_cast<std::size_t>(room), '0');
  }
  return self.like(t, out);
}

value expandtabs(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "expandtabs");
  value v;
  std::int64_t size = 8, column = 0;
  if (!self.ok || !bind_arguments(t, "expandtabs", a, 1, {"tabsize"}, 0, &v)) return {};
  if (!v.empty() && !to_c_int(t, v, size)) return {};
  string out;
  for (const char c : self.text) {
    if (c == '\t') {
      const std::int64_t n = size > 0 ? size - column % size : 0;
      out.append(static_cast<std::size_t>(n), ' ');
      column += n;
    } else {
      out += c;
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  return self.like(t, out);
}

value translate(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "translate");
  value v[2];
  string table, gone, out;
  if (!self.ok || !bind_arguments(t, "translate", a, 1, {"", "delete"}, 1, v)) return {};
  if (!v[0].is_none()) {
    if (!bytes_argument(t, v[0], table)) return {};
    if (table.size() != 256)
      return raise(t, t.interp->errors.ValueError, "translation table must be 256 characters long");
  }
  if (!v[1].empty() && !bytes_argument(t, v[1], gone)) return {};
  for (const char c : self.text) {
    if (gone.find(c) == string::npos)
      out += table.empty() ? c : table[static_cast<unsigned char>(c)];
  }
  return self.like(t, out);
}

value join(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "join");
  const value sequence = self.ok ? as_sequence(t, a[1], "can only join an iterable") : value{};
  if (sequence.empty()) return {};
  string out, part;
  for (std::size_t i = 0;; ++i) {
    value item;
    if (!sequence_item(t, sequence, i, item)) return {};
    if (item.empty()) return self.like(t, out);
    const bytes_status status = bytes_of(t, item, part);
    if (status == bytes_status::failed) return {};
    if (status == bytes_status::not_bytes) {
      return raise(t, t.interp->errors.TypeError,
                   "sequence item %zu: expected a bytes-like object, %s found", i,
                   type_name(t, item).c_str());
    }
    if (i > 0) out += self.text;
    out += part;
  }
}

// ---- case and classes: ASCII only ----

enum class change { lower, upper, swap, title, capitalize };
template <change How>
value case_native(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "case mapping");
  if (!self.ok) return {};
  string out(self.text);
  bool inside = false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char c = out[i];
    const bool up = How == change::upper || (How == change::swap && is_lower(c)) ||
                    (How == change::title && !inside) || (How == change::capitalize && i == 0);
    out[i] = up ? to_upper(c) : to_lower(c);
    inside = is_alpha(c);
  }
  return self.like(t, out);
}

template <bool (*Test)(char)>
value all_native(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "class test");
  if (!self.ok) return {};
  return value::boolean(!self.text.empty() &&
                        std::all_of(self.text.begin(), self.text.end(), Test));
}
bool is_alphanumeric(char c) {
  return is_alpha(c) || is_digit(c);
}

template <bool (*Right)(char), bool (*Wrong)(char)>
value cased_native(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "case test");
  if (!self.ok) return {};
  return value::boolean(std::any_of(self.text.begin(), self.text.end(), Right) &&
                        std::none_of(self.text.begin(), self.text.end(), Wrong));
}

value istitle(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "istitle");
  if (!self.ok) return {};
  bool inside = false, any = false;
  for (const char c : self.text) {
    if (is_alpha(c) && is_upper(c) == inside) return value::false_();
    inside = is_alpha(c);
    any = any || inside;
  }
  return value::boolean(any);
}

value isascii(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "isascii");
  if (!self.ok) return {};
  return value::boolean(
      std::all_of(self.text.begin(), self.text.end(), [](char c) { return (c & 0x80) == 0; }));
}

constexpr native_definition shared_table[] = {
    {"capitalize", &case_native<change::capitalize>, 1, 1, false},
    {"center", &pad_native<padding::center>, 2, 3, false},
    {"count", &count_native, 2, 4, false},
    {"endswith", &affix_native<true>, 2, 4, false},
    {"expandtabs", &expandtabs, 1, 2, true},
    {"find", &find_native<false, false>, 2, 4, false},
    {"index", &find_native<false, true>, 2, 4, false},
    {"isalnum", &all_native<&is_alphanumeric>, 1, 1, false},
    {"isalpha", &all_native<&is_alpha>, 1, 1, false},
    {"isascii", &isascii, 1, 1, false},
    {"isdigit", &all_native<&is_digit>, 1, 1, false},
    {"islower", &cased_native<&is_lower, &is_upper>, 1, 1, false},
    {"isspace", &all_native<&is_space>, 1, 1, false},
    {"istitle", &istitle, 1, 1, false},
    {"isupper", &cased_native<&is_upper, &is_lower>, 1, 1, false},
    {"join", &join, 2, 2, false},
    {"ljust", &pad_native<padding::left>, 2, 3, false},
    {"lower", &case_native<change::lower>, 1, 1, false},
    {"lstrip", &strip_native<true, false>, 1, 2, false},
    {"partition", &partition_native<false>, 2, 2, false},
    {"removeprefix", &remove_affix<false>, 2, 2, false},
    {"removesuffix", &remove_affix<true>, 2, 2, false},
    {"replace", &replace, 3, 4, false},
    {"rfind", &find_native<true, false>, 2, 4, false},
    {"rindex", &find_native<true, true>, 2, 4, false},
    {"rjust", &pad_native<padding::right>, 2, 3, false},
    {"rpartition", &partition_native<true>, 2, 2, false},
    {"rsplit", &split_native<true>, 1, 3, true},
    {"rstrip", &strip_native<false, true>, 1, 2, false},
    {"split", &split_native<false>, 1, 3, true},
    {"splitlines", &splitlines, 1, 2, true},
    {"startswith", &affix_native<false>, 2, 4, false},
    {"strip", &strip_native<true, true>, 1, 2, false},
    {"swapcase", &case_native<change::swap>, 1, 1, false},
    {"title", &case_native<change::title>, 1, 1, false},
    {"translate", &translate, 2, 3, true},
    {"upper", &case_native<change::upper>, 1, 1, false},
    {"zfill", &zfill, 2, 2, false},
};

}  // namespace

method_table bytes_shared_methods() {
  return shared_table;
}

}  // namespace gilt::interp
