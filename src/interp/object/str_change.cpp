// SPDX-License-Identifier: BSL-1.0
// Methods of str that return changed text: replace, padding, tabs, translate.
#include <algorithm>

#include "interp/object/dict.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/str_natives.hpp"
#include "interp/object/string_builder.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp::str {

namespace {

// s with `before` fill characters in front and `after` behind.
value padded(thread_state& t, string_object* s, std::int64_t before, std::int64_t after,
             std::uint32_t fill) {
  if (before + after <= 0) return substring(t, s, 0, s->length);
  if (before + after > INT64_C(0x7FFFFFFF)) return memory_error(t);
  string_builder out;
  out.put(static_cast<std::size_t>(before), fill);
  out.put(s);
  out.put(static_cast<std::size_t>(after), fill);
  return out.finish(t);
}

// center, ljust, rjust: (width, fill).
bool padding_arguments(thread_state& t, const call_args& a, std::int64_t& width,
                       std::uint32_t& fill) {
  if (!to_int64(t, a[1], width)) return false;
  fill = ' ';
  if (a.npos < 3) return true;
  if (!is(a[2], kind::str)) {
    type_error(t, "The fill character must be a unicode character, not " + type_name(t, a[2]));
    return false;
  }
  auto* s = a[2].as<string_object>();
  if (s->length != 1) {
    type_error(t, "The fill character must be exactly one character long");
    return false;
  }
  fill = code_point(s, 0);
  return true;
}

// What a table says of a character: null text and no error: delete it.
bool translate_one(thread_state& t, value table, std::uint32_t c, string_builder& out) {
  const value r = getitem(t, table, value::small_int(c));
  if (r.empty()) {
    if (!clear_exception(t, t.interp->errors.LookupError)) return false;
    out.put(c);  // not mapped
    return true;
  }
  if (r.is_none()) return true;
  if (is(r, kind::str)) {
    out.put(r.as<string_object>());
    return true;
  }
  if (!is_integer(r)) {
    type_error(t, "character mapping must return integer, None or str");
    return false;
  }
  std::int64_t n = 0;
  if (!int_fits_int64(r, n) || n < 0 || n > 0x10FFFF) {
    raise(t, t.interp->errors.ValueError, "character mapping must be in range(0x110000)");
    return false;
  }
  out.put(static_cast<std::uint32_t>(n));
  return true;
}

}  // namespace

value replace(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "replace");
  string_object* from = s ? str_argument(t, a[1], "replace() argument 1 ") : nullptr;
  string_object* to = from ? str_argument(t, a[2], "replace() argument 2 ") : nullptr;
  std::int64_t most = -1;
  if (!to || (a.npos > 3 && !to_int64(t, a[3], most))) return {};
  if (most < 0) most = INT64_MAX;
  std::int64_t hit = most == 0 ? -1 : find(s, from);
  if (hit < 0) return substring(t, s, 0, s->length);
  string_builder out;
  if (from->length == 0) {  // between all characters
    for (std::size_t i = 0;; ++i) {
      if (most-- > 0) out.put(to);
      if (i == s->length) return out.finish(t);
      out.put(code_point(s, i));
    }
  }
  std::int64_t i = 0;
  for (; hit >= 0; hit = most > 0 ? find(s, from, i) : -1) {
    out.put(s, static_cast<std::size_t>(i), static_cast<std::size_t>(hit));
    out.put(to);
    i = hit + from->length;
    --most;
  }
  out.put(s, static_cast<std::size_t>(i), s->length);
  return out.finish(t);
}

value expandtabs(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "expandtabs");
  value v;
  std::int64_t size = 8;
  if (!s || !bind_arguments(t, "expandtabs", a, 1, {"tabsize"}, 0, &v)) return {};
  if (!v.empty() && !to_c_int(t, v, size)) return {};
  string_builder out;
  std::int64_t column = 0;
  for (std::size_t i = 0; i < s->length; ++i) {
    const std::uint32_t c = code_point(s, i);
    if (c == '\t') {
      const std::int64_t n = size > 0 ? size - column % size : 0;
      out.put(static_cast<std::size_t>(n), ' ');
      column += n;
    } else {
      out.put(c);
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  return out.finish(t);
}

value center(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "center");
  std::int64_t width = 0;
  std::uint32_t fill = 0;
  if (!s || !padding_arguments(t, a, width, fill)) return {};
  const std::int64_t room = std::max<std::int64_t>(width - s->length, 0);
  const std::int64_t left = room / 2 + (room & width & 1);
  return padded(t, s, left, room - left, fill);
}

value ljust(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "ljust");
  std::int64_t width = 0;
  std::uint32_t fill = 0;
  if (!s || !padding_arguments(t, a, width, fill)) return {};
  return padded(t, s, 0, std::max<std::int64_t>(width - s->length, 0), fill);
}

value rjust(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "rjust");
  std::int64_t width = 0;
  std::uint32_t fill = 0;
  if (!s || !padding_arguments(t, a, width, fill)) return {};
  return padded(t, s, std::max<std::int64_t>(width - s->length, 0), 0, fill);
}

value zfill(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "zfill");
  std::int64_t width = 0;
  if (!s || !to_int64(t, a[1], width)) return {};
  if (width <= s->length) return substring(t, s, 0, s->length);
  if (width > INT64_C(0x7FFFFFFF)) return memory_error(t);
  const bool sign = s->length > 0 && (code_point(s, 0) == '+' || code_point(s, 0) == '-');
  string_builder out;
  if (sign) out.put(code_point(s, 0));
  out.put(static_cast<std::size_t>(width - s->length), '0');
  out.put(s, sign ? 1 : 0, s->length);
  return out.finish(t);
}

value translate(thread_state& t, const call_args& a) {
  string_object* s = str_receiver(t, a, "translate");
  if (!s) return {};
  string_builder out;
  for (std::size_t i = 0; i < s->length; ++i) {
    if (!translate_one(t, a[1], code_point(s, i), out)) return {};
  }
  return out.finish(t);
}

value maketrans(thread_state& t, const call_args& a) {
  const value table = make_dict(t);
  if (table.empty()) return {};
  auto* d = table.as<dict_object>();
  if (a.npos == 1) {
    if (!is(a[0], kind::dict))
      return type_error(t, "if you give only one argument to maketrans it must be a dict");
    value key, item;
    std::int64_t position = 0;
    for (;;) {
      if (!dict_next(t, a[0].as<dict_object>(), position, key, item)) return {};
      if (key.empty()) return table;
      if (is(key, kind::str)) {
        if (key.as<string_object>()->length != 1) {
          return raise(t, t.interp->errors.ValueError,
                       "string keys in translate table must be of length 1");
        }
        key = value::small_int(code_point(key.as<string_object>(), 0));
      } else if (!is_integer(key)) {
        return type_error(t, "keys in translate table must be strings or integers");
      }
      if (!dict_set(t, d, key, item)) return {};
    }
  }
  if (!is(a[0], kind::str))
    return is(a[1], kind::str) ? type_error(t, "first maketrans argument must be a string if there is a second argument")
                               : type_error(t, "maketrans() argument 2 must be str, not " + type_name(t, a[1]));
  const string_object* from = a[0].as<string_object>();
  const string_object* to = str_argument(t, a[1], "maketrans() argument 2 ");
  const string_object* gone =
      to && a.npos > 2 ? str_argument(t, a[2], "maketrans() argument 3 ") : nullptr;
  if (!to || (a.npos > 2 && !gone)) return {};
  if (from->length != to->length) {
    return raise(t, t.interp->errors.ValueError,
                 "the first two maketrans arguments must have equal length");
  }
  for (std::size_t i = 0; i < from->length; ++i) {
    if (!dict_set(t, d, value::small_int(code_point(from, i)), value::small_int(code_point(to, i))))
      return {};
  }
  for (std::size_t i = 0; gone && i < gone->length; ++i) {
    if (!dict_set(t, d, value::small_int(code_point(gone, i)), value::none())) return {};
  }
  return table;
}

}  // namespace gilt::interp::str
