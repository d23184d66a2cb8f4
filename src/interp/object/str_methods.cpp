// SPDX-License-Identifier: BSL-1.0
// The method table of str: searching, encoding, formatting, operators, and the constructor.
#include "interp/object/methods.hpp"

#include <string>

#include "interp/object/bytes.hpp"
#include "interp/object/format.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/str_natives.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/trailing_slot.hpp"

namespace gilt::interp {

namespace str {

namespace {

enum class side { left, right };

// find, rfind, index, rindex, count share their arguments.
bool search_arguments(thread_state& t, const call_args& a, const char* name, string_object*& s,
                      string_object*& sub, std::int64_t& begin, std::int64_t& end) {
  s = str_receiver(t, a, name);
  if (!s || !range_arguments(t, a, 2, s->length, begin, end)) return false;
  sub = str_argument(t, a[1], "");
  return sub != nullptr;
}

template <side Side>
value find_native(thread_state& t, const call_args& a) {
  string_object *s = nullptr, *sub = nullptr;
  std::int64_t begin = 0, end = 0;
  if (!search_arguments(t, a, Side == side::left ? "find" : "rfind", s, sub, begin, end)) return {};
  return value::small_int(Side == side::left ? find(s, sub, begin, end)
                                             : rfind(s, sub, begin, end));
}

template <side Side>
value index_native(thread_state& t, const call_args& a) {
  const value r = find_native<Side>(t, a);
  if (!r.empty() && r.as_int() < 0)
    return raise(t, t.interp->errors.ValueError, "substring not found");
  return r;
}

value count_native(thread_state& t, const call_args& a) {
  string_object *s = nullptr, *sub = nullptr;
  std::int64_t begin = 0, end = 0;
  if (!search_arguments(t, a, "count", s, sub, begin, end)) return {};
  return value::small_int(count(s, sub, begin, end));
}

bool has_affix(string_object* s, string_object* affix, std::int64_t begin, std::int64_t end,
               side where) {
  const std::int64_t n = affix->length;
  if (begin > s->length || end - begin < n) return false;
  const std::int64_t at = where == side::left ? begin : end - n;
  return find(s, affix, at, at + n) == at;
}

template <side Side>
value affix_native(thread_state& t, const call_args& a) {
  const char* name = Side == side::left ? "startswith" : "endswith";
  string_object* s = str_receiver(t, a, name);
  std::int64_t begin = 0, end = 0;
  if (!s || !range_arguments(t, a, 2, s->length, begin, end)) return {};
  if (is(a[1], kind::str))
    return value::boolean(has_affix(s, a[1].as<string_object>(), begin, end, Side));
  if (!is(a[1], kind::tuple)) {
    return type_error(t, std::string(name) + " first arg must be str or a tuple of str, not " +
                             type_name(t, a[1]));
  }
  auto* tuple = a[1].as<tuple_object>();
  for (std::size_t i = 0; i < tuple->length; ++i) {
    const value item = tuple->items()[i];
    if (!is(item, kind::str)) {
      return type_error(t, "tuple for " + std::string(name) + " must only contain str, not " +
                               type_name(t, item));
    }
    if (has_affix(s, item.as<string_object>(), begin, end, Side)) return value::true_();
  }
  return value::false_();
}

value encode(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "encode");
  value v[2];
  std::string encoding = "utf-8", errors = "strict", out;
  if (!s || !bind_arguments(t, "encode", a, 1, {"encoding", "errors"}, 0, v) ||
      !text_argument(t, v[0], "encode", "encoding", encoding) ||
      !text_argument(t, v[1], "encode", "errors", errors) ||
      !encode_string(t, s, encoding, errors, out)) {
    return {};
  }
  return make_bytes(t, out);
}

value format(thread_state& t, const call_args& a) {
  return str_receiver(t, a, "format") ? str_format(t, a) : value{};
}
value format_map(thread_state& t, const call_args& a) {
  return str_receiver(t, a, "format_map") ? str_format_map(t, a) : value{};
}

// ---- operators ----

value add(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__add__");
  if (!s) return {};
  if (is(a[1], kind::str)) return concat(t, s, a[1].as<string_object>());
  return type_error(t, "can only concatenate str (not \"" + type_name(t, a[1]) + "\") to str");
}

value multiply(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__mul__");
  if (!s) return {};
  const value n = index_of(t, a[1]);
  if (n.empty()) return {};
  std::int64_t times = 0;
  if (!int_fits_int64(n, times)) {
    return raise(t, t.interp->errors.OverflowError, "cannot fit 'int' into an index-sized integer");
  }
  return repeat(t, s, times);
}

value modulo(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__mod__");
  return s ? percent_format(t, s, a[1]) : value{};
}
value rmodulo(thread_state& t, const call_args& a) {
  if (!str_receiver(t, a, "__rmod__")) return {};
  return is(a[1], kind::str) ? percent_format(t, a[1].as<string_object>(), a[0])
                             : value::not_implemented();
}

template <opcode Op>
value compare_native(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__eq__");
  if (!s) return {};
  if (!is(a[1], kind::str)) return value::not_implemented();
  const string_object* other = a[1].as<string_object>();
  switch (Op) {
    case opcode::EQ:
      return value::boolean(equal(s, other));
    case opcode::NE:
      return value::boolean(!equal(s, other));
    case opcode::LT:
      return value::boolean(compare(s, other) < 0);
    case opcode::LE:
      return value::boolean(compare(s, other) <= 0);
    case opcode::GT:
      return value::boolean(compare(s, other) > 0);
    default:
      return value::boolean(compare(s, other) >= 0);
  }
}

value contains_native(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__contains__");
  if (!s) return {};
  if (!is(a[1], kind::str)) {
    return type_error(t,
                      "'in <string>' requires string as left operand, not " + type_name(t, a[1]));
  }
  return value::boolean(contains(s, a[1].as<string_object>()));
}

value getitem_native(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__getitem__");
  return s ? string_getitem(t, s, a[1]) : value{};
}
value length_native(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__len__");
  return s ? value::small_int(s->length) : value{};
}
value hash_native(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__hash__");
  return s ? int_from_int64(t, static_cast<std::int64_t>(hash_of(s))) : value{};
}
value repr_native(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__repr__");
  return s ? str_repr(t, s) : value{};
}
value str_native(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__str__");
  if (!s || s->shape_relaxed()->cls == t.interp->types.str) return s ? a[0] : value{};
  return concat(t, a.v, 1);  // of a subclass: an exact str
}
value format_native(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "__format__");
  const string_object* spec = s ? str_argument(t, a[1], "__format__() argument ") : nullptr;
  return spec ? format_str(t, s, spec) : value{};
}
value iter_native(thread_state& t, const call_args& a) {
  return str_receiver(t, a, "__iter__") ? get_iter(t, a[0]) : value{};
}
value getnewargs_native(thread_state& t, const call_args& a) {
  const value s = str_native(t, a);
  return s.empty() ? s : make_tuple(t, {s});
}

constexpr native_definition table[] = {
    {"capitalize", &capitalize, 1, 1, false},
    {"casefold", &casefold, 1, 1, false},
    {"center", &center, 2, 3, false},
    {"count", &count_native, 2, 4, false},
    {"encode", &encode, 1, 3, true},
    {"endswith", &affix_native<side::right>, 2, 4, false},
    {"expandtabs", &expandtabs, 1, 2, true},
    {"find", &find_native<side::left>, 2, 4, false},
    {"format", &format, 1, -1, true},
    {"format_map", &format_map, 2, 2, false},
    {"index", &index_native<side::left>, 2, 4, false},
    {"isalnum", &isalnum, 1, 1, false},
    {"isalpha", &isalpha, 1, 1, false},
    {"isascii", &isascii, 1, 1, false},
    {"isdecimal", &isdecimal, 1, 1, false},
    {"isdigit", &isdigit, 1, 1, false},
    {"isidentifier", &isidentifier, 1, 1, false},
    {"islower", &islower, 1, 1, false},
    {"isnumeric", &isnumeric, 1, 1, false},
    {"isprintable", &isprintable, 1, 1, false},
    {"isspace", &isspace, 1, 1, false},
    {"istitle", &istitle, 1, 1, false},
    {"isupper", &isupper, 1, 1, false},
    {"join", static_cast<native_function>(&str::join), 2, 2, false},
    {"ljust", &ljust, 2, 3, false},
    {"lower", &lower, 1, 1, false},
    {"lstrip", &lstrip, 1, 2, false},
    {"partition", &partition, 2, 2, false},
    {"removeprefix", &removeprefix, 2, 2, false},
    {"removesuffix", &removesuffix, 2, 2, false},
    {"replace", &replace, 3, 4, false},
    {"rfind", &find_native<side::right>, 2, 4, false},
    {"rindex", &index_native<side::right>, 2, 4, false},
    {"rjust", &rjust, 2, 3, false},
    {"rpartition", &rpartition, 2, 2, false},
    {"rsplit", &rsplit, 1, 3, true},
    {"rstrip", &rstrip, 1, 2, false},
    {"split", &split, 1, 3, true},
    {"splitlines", &splitlines, 1, 2, true},
    {"startswith", &affix_native<side::left>, 2, 4, false},
    {"strip", &strip, 1, 2, false},
    {"swapcase", &swapcase, 1, 1, false},
    {"title", &title, 1, 1, false},
    {"translate", &translate, 2, 2, false},
    {"upper", &upper, 1, 1, false},
    {"zfill", &zfill, 2, 2, false},
    {"__add__", &add, 2, 2, false},
    {"__mul__", &multiply, 2, 2, false},
    {"__rmul__", &multiply, 2, 2, false},
    {"__mod__", &modulo, 2, 2, false},
    {"__rmod__", &rmodulo, 2, 2, false},
    {"__eq__", &compare_native<opcode::EQ>, 2, 2, false},
    {"__ne__", &compare_native<opcode::NE>, 2, 2, false},
    {"__lt__", &compare_native<opcode::LT>, 2, 2, false},
    {"__le__", &compare_native<opcode::LE>, 2, 2, false},
    {"__gt__", &compare_native<opcode::GT>, 2, 2, false},
    {"__ge__", &compare_native<opcode::GE>, 2, 2, false},
    {"__contains__", &contains_native, 2, 2, false},
    {"__getitem__", &getitem_native, 2, 2, false},
    {"__len__", &length_native, 1, 1, false},
    {"__hash__", &hash_native, 1, 1, false},
    {"__iter__", &iter_native, 1, 1, false},
    {"__repr__", &repr_native, 1, 1, false},
    {"__str__", &str_native, 1, 1, false},
    {"__format__", &format_native, 2, 2, false},
    {"__getnewargs__", &getnewargs_native, 1, 1, false},
};

constexpr native_definition static_table[] = {{"maketrans", &maketrans, 1, 3, false}};

}  // namespace

}  // namespace str

method_table str_methods() {
  return str::table;
}
method_table str_static_methods() {
  return str::static_table;
}

value new_str(thread_state& t, type_object* cls, const call_args& a) {
  value v[3];
  if (!bind_arguments(t, "str", a, 0, {"object", "encoding", "errors"}, 0, v)) return {};
  value made;
  if (v[1].empty() && v[2].empty()) {
    made = v[0].empty() ? empty_string(t) : str_of(t, v[0]);
  } else {
    std::string encoding = "utf-8", errors = "strict", raw;
    if (!text_argument(t, v[1], "str", "encoding", encoding) ||
        !text_argument(t, v[2], "str", "errors", errors)) {
      return {};
    }
    if (v[0].empty()) {
      made = empty_string(t);
    } else {
      if (is(v[0], kind::str)) return type_error(t, "decoding str is not supported");
      switch (bytes_of(t, v[0], raw)) {
        case bytes_status::failed:
          return {};
        case bytes_status::not_bytes:
          return type_error(
              t, "decoding to str: need a bytes-like object, " + type_name(t, v[0]) + " found");
        case bytes_status::done:
          made = decode_bytes(t, raw, encoding, errors);
      }
    }
  }
  if (made.empty() || cls == t.interp->types.str) return made;
  const string_object* s = made.as<string_object>();
  auto* r = t.alloc.make<string_object>(t, cls->root, data_bytes(cls->root, std::size_t{s->length} * s->width));
  if (!r) return {};
  r->length = s->length;
  r->width = s->width;
  r->ascii = s->ascii;
  std::memcpy(writable(r), s->data(), std::size_t{s->length} * s->width);
  return value::of(r);
}

}  // namespace gilt::interp
