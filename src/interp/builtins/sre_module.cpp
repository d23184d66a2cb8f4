// SPDX-License-Identifier: BSL-1.0
// _sre: patterns, matches and scanners, on which the Python library's `re` package is built. The
// package parses and compiles patterns itself; here they are run (regex_matcher.hpp).
#include <algorithm>
#include <new>
#include <vector>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/builtins/regex_matcher.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/module.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

// All immutable once made.
struct pattern_object : object {
  value pattern;                                   // str, bytes or None
  value groupindex;                                // dict: name -> number
  value indexgroup;                                // tuple: number -> name or None
  value types;                                     // (Pattern, Match, Scanner)
  bytes_object* code;
  std::int64_t flags, groups;
  std::uint64_t words;
};
struct match_object : object {
  pattern_object* re;
  value string;
  value regs;                                      // of match.regs
  std::int64_t pos, endpos, last_index;
  std::int64_t* marks() { return reinterpret_cast<std::int64_t*>(this + 1); }   // begin and end of each group, the whole first
};
struct scanner_object : object {
  pattern_object* re;
  value string;
  value endpos;
  slot position;                                   // int; None: at the end
  slot must_advance;
};

constexpr std::int64_t far_away = std::numeric_limits<std::int64_t>::max();

std::span<const regex::word> code_of(const pattern_object* p) {
  return {reinterpret_cast<const regex::word*>(p->code->data()), p->words};
}
type_object* type_at(const pattern_object* p, std::size_t i) {
  return p->types.as<tuple_object>()->items()[i].as<type_object>();
}

// What a pattern is run over: a str as it stands, the bytes of anything else.
class text {
 public:
  text() = default;
  text(const text&) = delete;
  text& operator=(const text&) = delete;

  // False: raised.
  bool take(thread_state& t, const pattern_object* p, value v) {
    string = v;
    if (is(v, kind::str)) {
      auto* s = v.as<string_object>();
      chars = {s->data(), s->width, s->length};
    } else {
      bytes_like = true;
      if (is(v, kind::bytes)) {
        auto* b = v.as<bytes_object>();
        chars = {b->data(), 1, static_cast<std::int64_t>(b->length)};
      } else {
        switch (bytes_of(t, v, copy_)) {
          case bytes_status::failed: return false;
          case bytes_status::not_bytes:
            raise(t, t.interp->errors.TypeError, "expected string or bytes-like object, got '%s'", type_name(t, v).c_str());
            return false;
          case bytes_status::done: break;
        }
        chars = {copy_.data(), 1, static_cast<std::int64_t>(copy_.size())};
      }
    }
    if (p && !p->pattern.is_none() && is(p->pattern, kind::str) == bytes_like) {
      raise(t, t.interp->errors.TypeError, bytes_like ? "cannot use a string pattern on a bytes-like object"
                                                      : "cannot use a bytes pattern on a string-like object");
      return false;
    }
    return true;
  }

  value slice(thread_state& t, std::int64_t begin, std::int64_t end) const {
    end = std::clamp<std::int64_t>(end, 0, chars.length);      // the subject may have shrunk meanwhile
    begin = std::clamp<std::int64_t>(begin, 0, end);
    if (!bytes_like) return substring(t, string.as<string_object>(), begin, end);
    if (is(string, kind::bytes) && begin == 0 && end == chars.length && is_exact(string.as_object(), t.interp->types.bytes)) return string;
    return make_bytes(t, {static_cast<const char*>(chars.data) + begin, static_cast<std::size_t>(end - begin)});
  }
  value none_of_it(thread_state& t) const { return bytes_like ? make_bytes(t, {}) : empty_string(t); }

  regex::subject chars;
  value string;
  bool bytes_like = false;

 private:
  std::string copy_;
};

bool run(thread_state& t, const pattern_object* p, const text& s, regex::how h, std::int64_t from, std::int64_t endpos,
         bool must_advance, regex::outcome& out, bool& found) {
  try {
    found = regex::find(code_of(p), s.chars, h, p->groups, from, endpos, must_advance, out);
    return true;
  } catch (const std::bad_alloc&) {
    raise_memory_error(t);
    return false;
  }
}

value make_match(thread_state& t, pattern_object* p, const text& s, const regex::outcome& r, std::int64_t pos, std::int64_t endpos) {
  const auto groups = static_cast<std::size_t>(p->groups) + 1;
  auto* m = t.alloc.make<match_object>(t, type_at(p, 1)->root, groups * 16);
  if (!m) return {};
  m->re = p;
  m->string = s.string;
  m->pos = pos;
  m->endpos = endpos;
  m->last_index = r.last_index;
  std::int64_t* marks = m->marks();
  marks[0] = r.start;
  marks[1] = r.end;
  for (std::size_t g = 1; g < groups; ++g) {
    const std::int64_t begin = r.marks[g * 2 - 2], end = r.marks[g * 2 - 1];
    const bool set = begin >= 0 && end >= 0;
    marks[g * 2] = set ? begin : -1;
    marks[g * 2 + 1] = set ? end : -1;
  }
  return value::of(m);
}

// ---- Pattern ----

bool clamp_bounds(thread_state& t, value pos, value endpos, std::int64_t length, std::int64_t& from, std::int64_t& to) {
  from = 0;
  to = far_away;
  if (!pos.empty() && !to_int64(t, pos, from)) return false;
  if (!endpos.empty() && !to_int64(t, endpos, to)) return false;
  to = std::clamp<std::int64_t>(to, 0, length);
  from = std::clamp<std::int64_t>(from, 0, length);
  return true;
}

template <regex::how How>
value find_once(thread_state& t, const char* name, const call_args& a) {
  value v[4];
  if (!bind_arguments(t, name, a, 1, {"string", "pos", "endpos"}, 1, v)) return {};
  auto* p = a[0].as<pattern_object>();
  text s;
  std::int64_t from, to;
  if (!s.take(t, p, v[0]) || !clamp_bounds(t, v[1], v[2], s.chars.length, from, to)) return {};
  if (from > to) return value::none();
  regex::outcome r;
  bool found;
  if (!run(t, p, s, How, from, to, false, r, found)) return {};
  return found ? make_match(t, p, s, r, from, to) : value::none();
}
value pattern_match(thread_state& t, const call_args& a) { return find_once<regex::how::match>(t, "match", a); }
value pattern_fullmatch(thread_state& t, const call_args& a) { return find_once<regex::how::fullmatch>(t, "fullmatch", a); }
value pattern_search(thread_state& t, const call_args& a) { return find_once<regex::how::search>(t, "search", a); }

value group_text(thread_state& t, const text& s, const regex::outcome& r, std::int64_t group, bool none_if_unset) {
  const auto at = static_cast<std::size_t>(group) * 2 - 2;
  if (r.marks[at] >= 0 && r.marks[at + 1] >= 0) return s.slice(t, r.marks[at], r.marks[at + 1]);
  return none_if_unset ? value::none() : s.none_of_it(t);
}

value pattern_findall(thread_state& t, const call_args& a) {
  value v[3];
  if (!bind_arguments(t, "findall", a, 1, {"string", "pos", "endpos"}, 1, v)) return {};
  auto* p = a[0].as<pattern_object>();
  text s;
  std::int64_t from, to;
  if (!s.take(t, p, v[0]) || !clamp_bounds(t, v[1], v[2], s.chars.length, from, to)) return {};
  const value all = make_list(t);
  bool must_advance = false;
  while (!all.empty() && from <= to) {
    regex::outcome r;
    bool found;
    if (!run(t, p, s, regex::how::search, from, to, must_advance, r, found)) return {};
    if (!found) break;
    value item;
    if (p->groups == 0) {
      item = s.slice(t, r.start, r.end);
    } else if (p->groups == 1) {
      item = group_text(t, s, r, 1, false);
    } else {
      tuple_object* parts = allocate_tuple(t, static_cast<std::size_t>(p->groups));
      if (!parts) return {};
      for (std::int64_t g = 0; g < p->groups; ++g) {
        if ((parts->items()[g] = group_text(t, s, r, g + 1, false)).empty()) return {};
      }
      item = value::of(parts);
    }
    if (item.empty() || !list_append<any_access>(t, all.as<list_object>(), item)) return {};
    must_advance = r.end == r.start;
    from = r.end;
  }
  return all;
}

value pattern_split(thread_state& t, const call_args& a) {
  value v[2];
  if (!bind_arguments(t, "split", a, 1, {"string", "maxsplit"}, 1, v)) return {};
  auto* p = a[0].as<pattern_object>();
  text s;
  std::int64_t most = 0;
  if (!s.take(t, p, v[0]) || (!v[1].empty() && !to_int64(t, v[1], most))) return {};
  const value all = make_list(t);
  if (all.empty()) return {};
  const auto add = [&](value item) { return !item.empty() && list_append<any_access>(t, all.as<list_object>(), item); };
  const std::int64_t to = s.chars.length;
  std::int64_t from = 0, last = 0;
  bool must_advance = false;
  for (std::int64_t n = 0; most == 0 || n < most; ++n) {
    regex::outcome r;
    bool found;
    if (!run(t, p, s, regex::how::search, from, to, must_advance, r, found)) return {};
    if (!found) break;
    if (!add(s.slice(t, last, r.start))) return {};
    for (std::int64_t g = 1; g <= p->groups; ++g) {
      if (!add(group_text(t, s, r, g, true))) return {};
    }
    must_advance = r.end == r.start;
    last = from = r.end;
  }
  return add(s.slice(t, last, to)) ? all : value{};
}

// re.NAME(arguments): the half of this module that is written in Python.
value call_re(thread_state& t, const char* name, std::initializer_list<value> arguments) {
  const value re = import_by_name(t, intern(*t.interp, "re"), value::none(), 0);
  const value f = re.empty() ? re : getattr(t, re, intern(*t.interp, name));
  return f.empty() ? f : call(t, f, arguments);
}

value substitute(thread_state& t, const char* name, const call_args& a, bool count_too) {
  value v[3];
  if (!bind_arguments(t, name, a, 1, {"repl", "string", "count"}, 2, v)) return {};
  auto* p = a[0].as<pattern_object>();
  std::int64_t most = 0;
  if (!v[2].empty() && !to_int64(t, v[2], most)) return {};
  value filter = v[0];
  bool calls = callable(t, filter);
  if (!calls) {
    // A template without a backslash stands for itself.
    bool literal = false;
    if (is(filter, kind::str)) {
      literal = find_code_point(filter.as<string_object>(), '\\') < 0;
    } else if (std::string bytes; true) {
      const bytes_status status = bytes_of(t, filter, bytes);
      if (status == bytes_status::failed) return {};
      literal = status == bytes_status::done && bytes.find('\\') == std::string::npos;
    }
    if (!literal) {
      filter = call_re(t, "_subx", {a[0], filter});
      if (filter.empty()) return {};
      calls = callable(t, filter);
    }
  }
  text s;
  if (!s.take(t, p, v[1])) return {};
  const value parts = make_list(t);
  if (parts.empty()) return {};
  const auto add = [&](value item) { return !item.empty() && list_append<any_access>(t, parts.as<list_object>(), item); };
  const std::int64_t to = s.chars.length;
  std::int64_t from = 0, done = 0, n = 0;
  bool must_advance = false;
  while (most == 0 || n < most) {
    regex::outcome r;
    bool found;
    if (!run(t, p, s, regex::how::search, from, to, must_advance, r, found)) return {};
    if (!found) break;
    if (done < r.start && !add(s.slice(t, done, r.start))) return {};
    value item = filter;
    if (calls) {
      const value m = make_match(t, p, s, r, 0, to);
      item = m.empty() ? m : call(t, filter, {m});
      if (item.empty()) return {};
    }
    if (!item.is_none() && !add(item)) return {};
    done = r.end;
    ++n;
    must_advance = r.end == r.start;
    from = r.end;
  }
  if (done < to && !add(s.slice(t, done, to))) return {};
  value joined;
  if (s.bytes_like) {
    const value nothing = make_bytes(t, {});
    joined = nothing.empty() ? nothing : call_method(t, nothing, intern(*t.interp, "join"), {parts});
  } else {
    joined = join(t, empty_string(t).as<string_object>(), parts);
  }
  if (joined.empty() || !count_too) return joined;
  return make_tuple(t, {joined, value::small_int(n)});
}
value pattern_sub(thread_state& t, const call_args& a) { return substitute(t, "sub", a, false); }
value pattern_subn(thread_state& t, const call_args& a) { return substitute(t, "subn", a, true); }

value pattern_scanner(thread_state& t, const call_args& a) {
  value v[3];
  if (!bind_arguments(t, "scanner", a, 1, {"string", "pos", "endpos"}, 1, v)) return {};
  auto* p = a[0].as<pattern_object>();
  text s;
  std::int64_t from, to;
  if (!s.take(t, p, v[0]) || !clamp_bounds(t, v[1], v[2], s.chars.length, from, to)) return {};
  auto* scanner = t.alloc.make<scanner_object>(t, type_at(p, 2)->root);
  if (!scanner) return {};
  scanner->re = p;
  scanner->string = v[0];
  scanner->endpos = value::small_int(to);
  scanner->position.store((from > to ? value::none() : value::small_int(from)).bits, std::memory_order_relaxed);
  scanner->must_advance.store(value::false_().bits, std::memory_order_relaxed);
  return value::of(scanner);
}
value pattern_finditer(thread_state& t, const call_args& a) {
  const value scanner = pattern_scanner(t, a);
  const value search = scanner.empty() ? scanner : getattr(t, scanner, intern(*t.interp, "search"));
  return search.empty() ? search : make_call_iterator(t, search, value::none());
}

value pattern_repr(thread_state& t, const call_args& a) {
  static constexpr struct { std::int64_t bit; const char* name; } names[] = {
      {regex::flag_template, "re.TEMPLATE"}, {regex::flag_ignorecase, "re.IGNORECASE"}, {regex::flag_locale, "re.LOCALE"},
      {regex::flag_multiline, "re.MULTILINE"}, {regex::flag_dotall, "re.DOTALL"}, {regex::flag_unicode, "re.UNICODE"},
      {regex::flag_verbose, "re.VERBOSE"}, {regex::flag_debug, "re.DEBUG"}, {regex::flag_ascii, "re.ASCII"}};
  auto* p = a[0].as<pattern_object>();
  const value shown = repr_of(t, p->pattern);
  if (shown.empty()) return {};
  auto* s = shown.as<string_object>();
  const value part = substring(t, s, 0, 200);
  if (part.empty()) return {};
  std::string out = "re.compile(" + to_utf8(part.as<string_object>());
  std::int64_t flags = p->flags;
  // str patterns are Unicode unless they say otherwise.
  if (is(p->pattern, kind::str) && (flags & (regex::flag_locale | regex::flag_unicode | regex::flag_ascii)) == regex::flag_unicode)
    flags &= ~std::int64_t{regex::flag_unicode};
  const char* before = ", ";
  for (const auto& f : names) {
    if (!(flags & f.bit)) continue;
    out += std::string(before) + f.name;
    before = "|";
    flags &= ~f.bit;
  }
  if (flags != 0) {
    char hex[32];
    std::snprintf(hex, sizeof hex, "0x%llx", static_cast<unsigned long long>(flags));
    out += std::string(before) + hex;
  }
  return make_string(t, out + ")");
}
bool same_code(const pattern_object* a, const pattern_object* b) {
  const auto x = code_of(a), y = code_of(b);
  return std::equal(x.begin(), x.end(), y.begin(), y.end());
}
template <bool Equal>
value pattern_equal(thread_state& t, const call_args& a) {
  if (!a[1].is_object() || class_of(t, a[1]) != class_of(t, a[0])) return value::not_implemented();
  auto *x = a[0].as<pattern_object>(), *y = a[1].as<pattern_object>();
  bool same = x == y;
  if (!same && x->flags == y->flags && is(x->pattern, kind::str) == is(y->pattern, kind::str) && same_code(x, y)) {
    if (!equal(t, x->pattern, y->pattern, same)) return {};
  }
  return value::boolean(same == Equal);
}
value pattern_hash(thread_state& t, const call_args& a) {
  auto* p = a[0].as<pattern_object>();
  std::uint64_t h;
  if (!hash(t, p->pattern, h)) return {};
  h ^= hash_bytes(p->code->data(), p->code->length) ^ static_cast<std::uint64_t>(p->flags) ^ static_cast<std::uint64_t>(p->groups) * 1000003;
  return int_from_int64(t, static_cast<std::int64_t>(h));
}
value itself(thread_state&, const call_args& a) { return a[0]; }
value class_itself(thread_state& t, const call_args& a) {
  // Pattern[str]: types.GenericAlias makes it.
  const value types = import_by_name(t, intern(*t.interp, "types"), value::none(), 0);
  const value alias = types.empty() ? types : getattr(t, types, intern(*t.interp, "GenericAlias"));
  return alias.empty() ? alias : call(t, alias, {a[0], a[1]});
}

constexpr native_definition pattern_methods[] = {
    {"match", pattern_match, 2, 4, true},       {"fullmatch", pattern_fullmatch, 2, 4, true},
    {"search", pattern_search, 2, 4, true},     {"findall", pattern_findall, 2, 4, true},
    {"finditer", pattern_finditer, 2, 4, true}, {"split", pattern_split, 2, 3, true},
    {"sub", pattern_sub, 3, 4, true},           {"subn", pattern_subn, 3, 4, true},
    {"scanner", pattern_scanner, 2, 4, true},   {"__copy__", itself, 1, 1, false},
    {"__deepcopy__", itself, 2, 2, false},      {"__repr__", pattern_repr, 1, 1, false},
    {"__eq__", pattern_equal<true>, 2, 2, false}, {"__ne__", pattern_equal<false>, 2, 2, false},
    {"__hash__", pattern_hash, 1, 1, false},
};
constexpr native_definition class_methods[] = {{"__class_getitem__", class_itself, 2, 2, false}};

value get_pattern(thread_state&, const call_args& a) { return a[0].as<pattern_object>()->pattern; }
value get_flags(thread_state&, const call_args& a) { return value::small_int(a[0].as<pattern_object>()->flags); }
value get_groups(thread_state&, const call_args& a) { return value::small_int(a[0].as<pattern_object>()->groups); }
value get_groupindex(thread_state& t, const call_args& a) {
  // A read-only view of the names.
  const value types = import_by_name(t, intern(*t.interp, "types"), value::none(), 0);
  const value proxy = types.empty() ? types : getattr(t, types, intern(*t.interp, "MappingProxyType"));
  return proxy.empty() ? proxy : call(t, proxy, {a[0].as<pattern_object>()->groupindex});
}

// ---- Match ----

// The number of a group named by an index or a name; -1: IndexError, or raised otherwise.
std::int64_t group_number(thread_state& t, match_object* m, value which) {
  value number = which;
  if (which.is_int() || has_index(t, which)) {
    number = index_of(t, which);
    if (number.empty()) return -1;
  } else {
    if (t.why != signal::none) return -1;
    if (!dict_get(t, m->re->groupindex.as<dict_object>(), which, number)) {
      if (t.why == signal::exception && !clear_exception(t, t.interp->errors.TypeError)) return -1;
      if (t.why != signal::none) return -1;
      number = {};
    }
  }
  if (number.is_int() && number.as_int() >= 0 && number.as_int() <= m->re->groups) return number.as_int();
  raise(t, t.interp->errors.IndexError, "no such group");
  return -1;
}
value match_slice(thread_state& t, match_object* m, std::int64_t group, value absent) {
  const std::int64_t begin = m->marks()[group * 2], end = m->marks()[group * 2 + 1];
  if (begin < 0) return absent;
  text s;
  return s.take(t, nullptr, m->string) ? s.slice(t, begin, end) : value{};
}
value match_group(thread_state& t, const call_args& a) {
  auto* m = a[0].as<match_object>();
  if (a.npos == 1) return match_slice(t, m, 0, value::none());
  const auto one = [&](value which) {
    const std::int64_t g = group_number(t, m, which);
    return g < 0 ? value{} : match_slice(t, m, g, value::none());
  };
  if (a.npos == 2) return one(a[1]);
  tuple_object* all = allocate_tuple(t, a.npos - 1);
  if (!all) return {};
  for (std::uint32_t i = 1; i < a.npos; ++i) {
    if ((all->items()[i - 1] = one(a[i])).empty()) return {};
  }
  return value::of(all);
}
value match_getitem(thread_state& t, const call_args& a) {
  auto* m = a[0].as<match_object>();
  const std::int64_t g = group_number(t, m, a[1]);
  return g < 0 ? value{} : match_slice(t, m, g, value::none());
}
value match_groups(thread_state& t, const call_args& a) {
  value v[1];
  if (!bind_arguments(t, "groups", a, 1, {"default"}, 0, v)) return {};
  auto* m = a[0].as<match_object>();
  tuple_object* all = allocate_tuple(t, static_cast<std::size_t>(m->re->groups));
  if (!all) return {};
  for (std::int64_t g = 1; g <= m->re->groups; ++g) {
    if ((all->items()[g - 1] = match_slice(t, m, g, v[0].empty() ? value::none() : v[0])).empty()) return {};
  }
  return value::of(all);
}
value match_groupdict(thread_state& t, const call_args& a) {
  value v[1];
  if (!bind_arguments(t, "groupdict", a, 1, {"default"}, 0, v)) return {};
  auto* m = a[0].as<match_object>();
  const value all = make_dict(t);
  if (all.empty()) return {};
  value name, number;
  for (std::int64_t at = 0;;) {
    if (!dict_next(t, m->re->groupindex.as<dict_object>(), at, name, number)) return {};
    if (name.empty()) return all;
    const value item = match_slice(t, m, number.as_int(), v[0].empty() ? value::none() : v[0]);
    if (item.empty() || !dict_set(t, all.as<dict_object>(), name, item)) return {};
  }
}
template <int What>                                // 0 start, 1 end, 2 both
value match_place(thread_state& t, const call_args& a) {
  auto* m = a[0].as<match_object>();
  const std::int64_t g = a.npos > 1 ? group_number(t, m, a[1]) : 0;
  if (g < 0) return {};
  const value begin = value::small_int(m->marks()[g * 2]), end = value::small_int(m->marks()[g * 2 + 1]);
  return What == 0 ? begin : What == 1 ? end : make_tuple(t, {begin, end});
}
value match_expand(thread_state& t, const call_args& a) {
  return call_re(t, "_expand", {value::of(a[0].as<match_object>()->re), a[0], a[1]});
}
value match_repr(thread_state& t, const call_args& a) {
  auto* m = a[0].as<match_object>();
  const value all = match_slice(t, m, 0, value::none());
  const value shown = all.empty() ? all : repr_of(t, all);
  const value part = shown.empty() ? shown : substring(t, shown.as<string_object>(), 0, 50);
  if (part.empty()) return {};
  return make_string(t, "<re.Match object; span=(" + std::to_string(m->marks()[0]) + ", " + std::to_string(m->marks()[1]) +
                            "), match=" + to_utf8(part.as<string_object>()) + ">");
}
constexpr native_definition match_methods[] = {
    {"group", match_group, 1, -1, false},        {"groups", match_groups, 1, 2, true},
    {"groupdict", match_groupdict, 1, 2, true},  {"start", match_place<0>, 1, 2, false},
    {"end", match_place<1>, 1, 2, false},        {"span", match_place<2>, 1, 2, false},
    {"expand", match_expand, 2, 2, false},       {"__getitem__", match_getitem, 2, 2, false},
    {"__repr__", match_repr, 1, 1, false},       {"__copy__", itself, 1, 1, false},
    {"__deepcopy__", itself, 2, 2, false},
};
value get_string(thread_state&, const call_args& a) { return a[0].as<match_object>()->string; }
value get_re(thread_state&, const call_args& a) { return value::of(a[0].as<match_object>()->re); }
value get_pos(thread_state&, const call_args& a) { return value::small_int(a[0].as<match_object>()->pos); }
value get_endpos(thread_state&, const call_args& a) { return value::small_int(a[0].as<match_object>()->endpos); }
value get_lastindex(thread_state&, const call_args& a) {
  const std::int64_t i = a[0].as<match_object>()->last_index;
  return i >= 0 ? value::small_int(i) : value::none();
}
value get_lastgroup(thread_state&, const call_args& a) {
  auto* m = a[0].as<match_object>();
  auto* names = m->re->indexgroup.as<tuple_object>();
  return m->last_index >= 0 && static_cast<std::uint64_t>(m->last_index) < names->length ? names->items()[m->last_index] : value::none();
}
value get_regs(thread_state& t, const call_args& a) {
  auto* m = a[0].as<match_object>();
  tuple_object* all = allocate_tuple(t, static_cast<std::size_t>(m->re->groups) + 1);
  if (!all) return {};
  for (std::int64_t g = 0; g <= m->re->groups; ++g) {
    const value span = make_tuple(t, {value::small_int(m->marks()[g * 2]), value::small_int(m->marks()[g * 2 + 1])});
    if ((all->items()[g] = span).empty()) return {};
  }
  return value::of(all);
}

// ---- Scanner ----

template <regex::how How>
value scan(thread_state& t, const call_args& a) {
  auto* s = a[0].as<scanner_object>();
  value position, must_advance;
  if (!any_access::read(t, s, s->position, position) || !any_access::read(t, s, s->must_advance, must_advance)) return {};
  if (!position.is_int()) return value::none();
  text subject;
  if (!subject.take(t, s->re, s->string)) return {};
  const std::int64_t to = std::min(s->endpos.as_int(), subject.chars.length), from = std::min(position.as_int(), to);
  regex::outcome r;
  bool found;
  if (!run(t, s->re, subject, How, from, to, must_advance.is_true(), r, found)) return {};
  value m = value::none(), next = value::none();
  if (found) {
    m = make_match(t, s->re, subject, r, from, to);
    if (m.empty()) return {};
    next = value::small_int(r.end);
  }
  if (!any_access::write(t, s, s->position, next)) return {};
  if (!any_access::write(t, s, s->must_advance, value::boolean(found && r.end == r.start))) return {};
  return m;
}
constexpr native_definition scanner_methods[] = {
    {"match", scan<regex::how::match>, 1, 1, false},
    {"search", scan<regex::how::search>, 1, 1, false},
};
value get_scanner_pattern(thread_state&, const call_args& a) { return value::of(a[0].as<scanner_object>()->re); }

// ---- the module ----

// compile(pattern, flags, code, groups, groupindex, indexgroup); a[0]: the three types.
value compile(thread_state& t, const call_args& a) {
  value v[6];
  if (!bind_arguments(t, "compile", a, 1, {"pattern", "flags", "code", "groups", "groupindex", "indexgroup"}, 6, v)) return {};
  std::int64_t flags, groups;
  if (!to_int64(t, v[1], flags) || !to_int64(t, v[3], groups)) return {};
  const auto wrong = [&](int at, const char* wanted) {
    return raise(t, t.interp->errors.TypeError, "compile() argument '%s' must be %s, not %s",
                 at == 2 ? "code" : at == 4 ? "groupindex" : "indexgroup", wanted, type_name(t, v[at]).c_str());
  };
  if (!is(v[2], kind::list)) return wrong(2, "list");
  if (!is(v[4], kind::dict)) return wrong(4, "dict");
  if (!is(v[5], kind::tuple)) return wrong(5, "tuple");
  std::vector<regex::word> code;
  for (std::int64_t i = 0;; ++i) {
    value w;
    if (!list_get<any_access>(t, v[2].as<list_object>(), i, w)) return {};
    if (w.empty()) break;
    std::int64_t n;
    const value number = index_of(t, w);
    if (number.empty()) return {};
    if (!int_fits_int64(number, n) || n < 0 || n > 0xFFFFFFFF)
      return raise(t, t.interp->errors.OverflowError, "regular expression code size limit exceeded");
    code.push_back(static_cast<regex::word>(n));
  }
  if (groups < 0 || groups > regex::most_groups || !regex::valid(code, groups))
    return raise(t, t.interp->errors.RuntimeError, "invalid SRE code");
  const value words = make_bytes(t, {reinterpret_cast<const char*>(code.data()), code.size() * sizeof(regex::word)});
  auto* p = words.empty() ? nullptr : t.alloc.make<pattern_object>(t, a[0].as<tuple_object>()->items()[0].as<type_object>()->root);
  if (!p) return {};
  p->pattern = v[0];
  p->groupindex = v[4];
  p->indexgroup = v[5];
  p->types = a[0];
  p->code = words.as<bytes_object>();
  p->words = code.size();
  p->flags = flags;
  p->groups = groups;
  return value::of(p);
}

bool character(thread_state& t, value v, regex::word& c) {
  std::int64_t n;
  if (!to_int64(t, v, n)) return false;
  c = static_cast<regex::word>(n);
  return true;
}
template <regex::word (*Lower)(regex::word)>
value to_lower(thread_state& t, const call_args& a) {
  regex::word c;
  return character(t, a[0], c) ? value::small_int(Lower(c)) : value{};
}
template <regex::word (*Lower)(regex::word), regex::word (*Upper)(regex::word)>
value is_cased(thread_state& t, const call_args& a) {
  regex::word c;
  return character(t, a[0], c) ? value::boolean(Lower(c) != c || Upper(c) != c) : value{};
}
value code_size(thread_state&, const call_args&) { return value::small_int(sizeof(regex::word)); }

constexpr native_definition functions[] = {
    {"ascii_iscased", is_cased<regex::lower_ascii, regex::upper_ascii>, 1, 1, false},
    {"unicode_iscased", is_cased<regex::lower_unicode, regex::upper_unicode>, 1, 1, false},
    {"ascii_tolower", to_lower<regex::lower_ascii>, 1, 1, false},
    {"unicode_tolower", to_lower<regex::lower_unicode>, 1, 1, false},
    {"getcodesize", code_size, 0, 0, false},
};
constexpr native_definition compile_function = {"compile", compile, 1, 7, true};

}  // namespace

void fill_sre(thread_state& t, module_object* m) {
  interpreter& i = *t.interp;
  const auto type = [&](const char* name, std::span<const native_definition> methods, const char* module) {
    type_object* c = define_type(i, name, kind::native, i.types.object, methods, nullptr);
    raw_store(c->module, value::of(intern(i, module)));
    c->flags |= flag_final;
    return c;
  };
  type_object* pattern = type("Pattern", pattern_methods, "re");
  type_object* match = type("Match", match_methods, "re");
  type_object* scanner = type("SRE_Scanner", scanner_methods, "_sre");
  define_class_methods(i, pattern, class_methods);
  define_class_methods(i, match, class_methods);
  define_property(i, pattern, "pattern", get_pattern);
  define_property(i, pattern, "flags", get_flags);
  define_property(i, pattern, "groups", get_groups);
  define_property(i, pattern, "groupindex", get_groupindex);
  define_property(i, match, "string", get_string);
  define_property(i, match, "re", get_re);
  define_property(i, match, "pos", get_pos);
  define_property(i, match, "endpos", get_endpos);
  define_property(i, match, "lastindex", get_lastindex);
  define_property(i, match, "lastgroup", get_lastgroup);
  define_property(i, match, "regs", get_regs);
  define_property(i, scanner, "pattern", get_scanner_pattern);
  define_functions(t, m, functions);
  const value types = make_tuple(t, {value::of(pattern), value::of(match), value::of(scanner)});
  define(t, m, "compile", make_native_function(t, &compile_function, types, m->name));
  define(t, m, "MAGIC", value::small_int(regex::magic));
  define(t, m, "CODESIZE", value::small_int(sizeof(regex::word)));
  define(t, m, "MAXREPEAT", value::small_int(regex::unlimited));
  define(t, m, "MAXGROUPS", value::small_int(regex::most_groups));
}

}  // namespace gilt::interp
