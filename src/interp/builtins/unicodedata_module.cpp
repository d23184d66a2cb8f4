// SPDX-License-Identifier: BSL-1.0
// unicodedata: what utf8proc and the table of names know of characters.
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <vector>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/string_codec.hpp"
#include "interp/object/unicode.hpp"
#include "interp/syntax/unicode_names.hpp"

namespace gilt::interp {
namespace {

bool character(thread_state& t, const char* function, const char* which, value v, std::uint32_t& c) {
  if (is(v, kind::str) && v.as<string_object>()->length == 1) {
    c = code_point(v.as<string_object>(), 0);
    return true;
  }
  const std::string shown = type_name(t, v);
  type_error(t, is(v, kind::str) ? std::string(function) + "() argument" + which + " must be a unicode character, not str"
                                 : std::string(function) + "() argument" + which + " must be a unicode character, not " + shown);
  return false;
}
const utf8proc_property_t& properties(std::uint32_t c) { return *utf8proc_get_property(static_cast<utf8proc_int32_t>(c)); }

value name(thread_state& t, const call_args& a) {
  std::uint32_t c;
  if (!character(t, "name", a.npos > 1 ? " 1" : "", a[0], c)) return {};
  const std::string text = syntax::name_of(c);
  if (!text.empty()) return make_ascii(t, text);
  return a.npos > 1 ? a[1] : raise(t, t.interp->errors.ValueError, "no such name");
}
value lookup(thread_state& t, const call_args& a) {
  string_object* s = str_argument(t, a[0], "lookup() argument ");
  if (!s) return {};
  const std::string text = to_utf8(s);
  const std::optional<std::uint32_t> c = syntax::code_point_named(text);
  if (c) return string_of_code_point(t, *c);
  const value message = make_string(t, "undefined character name '" + text + "'");
  return message.empty() ? message : raise_key_error(t, message);
}

value category(thread_state& t, const call_args& a) {
  std::uint32_t c;
  return character(t, "category", "", a[0], c) ? make_ascii(t, utf8proc_category_string(static_cast<utf8proc_int32_t>(c))) : value{};
}
value bidirectional(thread_state& t, const call_args& a) {
  static constexpr const char* names[] = {"",   "L",  "LRE", "LRO", "R",  "AL", "RLE", "RLO", "PDF", "EN",  "ES",  "ET",
                                          "AN", "CS", "NSM", "BN",  "B",  "S",  "WS",  "ON",  "LRI", "RLI", "FSI", "PDI"};
  std::uint32_t c;
  return character(t, "bidirectional", "", a[0], c) ? make_ascii(t, names[properties(c).bidi_class]) : value{};
}
value combining(thread_state& t, const call_args& a) {
  std::uint32_t c;
  return character(t, "combining", "", a[0], c) ? value::small_int(properties(c).combining_class) : value{};
}
value mirrored(thread_state& t, const call_args& a) {
  std::uint32_t c;
  return character(t, "mirrored", "", a[0], c) ? value::small_int(properties(c).bidi_mirrored ? 1 : 0) : value{};
}
value decimal(thread_state& t, const call_args& a) {
  std::uint32_t c;
  if (!character(t, "decimal", a.npos > 1 ? " 1" : "", a[0], c)) return {};
  const int n = unicode::decimal_value(c);
  if (n >= 0) return value::small_int(n);
  return a.npos > 1 ? a[1] : raise(t, t.interp->errors.ValueError, "not a decimal");
}

constexpr auto fully = static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE);

// Digits beyond the decimal ones: superscripts, circled ones ... Their compatibility decomposition holds the digit.
int digit_value(std::uint32_t c) {
  if (const int n = unicode::decimal_value(c); n >= 0) return n;
  if (!unicode::is_digit(c)) return -1;
  utf8proc_int32_t parts[8];
  int boundary = 0;
  const auto n = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts, 8, fully, &boundary);
  for (utf8proc_ssize_t k = 0; k < n && k < 8; ++k) {
    if (const int d = unicode::decimal_value(static_cast<std::uint32_t>(parts[k])); d >= 0) return d;
  }
  return -1;
}
value digit(thread_state& t, const call_args& a) {
  std::uint32_t c;
  if (!character(t, "digit", a.npos > 1 ? " 1" : "", a[0], c)) return {};
  const int n = digit_value(c);
  if (n >= 0) return value::small_int(n);
  return a.npos > 1 ? a[1] : raise(t, t.interp->errors.ValueError, "not a digit");
}
// Fractions decompose into digits around U+2044.
std::optional<double> numeric_value(std::uint32_t c) {
  if (const int n = digit_value(c); n >= 0) return n;
  if (!unicode::is_numeric(c)) return {};
  utf8proc_int32_t parts[8];
  int boundary = 0;
  const auto n = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts, 8, fully, &boundary);
  double values[2] = {0, 0};
  bool fraction = false, any = false;
  for (utf8proc_ssize_t k = 0; k < n && k < 8; ++k) {
    const int d = unicode::decimal_value(static_cast<std::uint32_t>(parts[k]));
    if (parts[k] == 0x2044) {
      fraction = true;
    } else if (d >= 0) {
      values[fraction] = values[fraction] * 10 + d;
      any = true;
    } else if (parts[k] != '(' && parts[k] != ')' && parts[k] != '.') {
      return {};
    }
  }
  if (!any) return {};
  return fraction ? values[0] / values[1] : values[0];
}
value numeric(thread_state& t, const call_args& a) {
  std::uint32_t c;
  if (!character(t, "numeric", a.npos > 1 ? " 1" : "", a[0], c)) return {};
  const std::optional<double> n = numeric_value(c);
  if (n) return value::real(*n);
  return a.npos > 1 ? a[1] : raise(t, t.interp->errors.ValueError, "not a numeric character");
}

value decomposition(thread_state& t, const call_args& a) {
  static constexpr const char* tags[] = {"",          "<font> ",   "<noBreak> ", "<initial> ", "<medial> ", "<final> ",
                                         "<isolated> ", "<circle> ", "<super> ",   "<sub> ",     "<vertical> ", "<wide> ",
                                         "<narrow> ", "<small> ",  "<square> ",  "<fraction> ", "<compat> "};
  std::uint32_t c;
  if (!character(t, "decomposition", "", a[0], c)) return {};
  const utf8proc_property_t& p = properties(c);
  if (p.decomp_seqindex == UINT16_MAX || (c >= 0xAC00 && c <= 0xD7A3)) return empty_string(t);
  // A canonical decomposition is one step: a pair, whose first may be composed itself.
  utf8proc_int32_t parts[32];
  int boundary = 0;
  const bool canonical = p.decomp_type == 0;
  auto n = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts, 32, canonical ? UTF8PROC_DECOMPOSE : fully, &boundary);
  if (canonical && n > 2) {
    const utf8proc_int32_t last = parts[n - 1];
    n = utf8proc_normalize_utf32(parts, n - 1, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    parts[n++] = last;
  }
  std::string out = tags[p.decomp_type];
  for (utf8proc_ssize_t k = 0; k < n; ++k) {
    char hex[12];
    std::snprintf(hex, sizeof hex, k > 0 ? " %04X" : "%04X", static_cast<unsigned>(parts[k]));
    out += hex;
  }
  return make_ascii(t, out);
}

// The text in one of the four normal forms.
value normal_form(thread_state& t, value form, value text) {
  if (!is(form, kind::str) || !is(text, kind::str)) {
    return type_error(t, "normalize() argument " + std::string(is(form, kind::str) ? "2" : "1") + " must be str, not " +
                             type_name(t, is(form, kind::str) ? text : form));
  }
  const std::string kind_of = to_utf8(form.as<string_object>());
  int options = UTF8PROC_STABLE;
  if (kind_of == "NFC" || kind_of == "NFKC") options |= UTF8PROC_COMPOSE;
  else if (kind_of == "NFD" || kind_of == "NFKD") options |= UTF8PROC_DECOMPOSE;
  else return raise(t, t.interp->errors.ValueError, "invalid normalization form");
  if (kind_of[2] == 'K') options |= UTF8PROC_COMPAT;
  auto* s = text.as<string_object>();
  if (s->ascii) return text;
  std::vector<utf8proc_int32_t> points;
  for (std::size_t k = 0; k < s->length; ++k) {
    const auto c = static_cast<utf8proc_int32_t>(code_point(s, k));
    utf8proc_int32_t parts[32];
    int boundary = 0;
    const auto n = c >= 0xD800 && c < 0xE000 ? 0 : utf8proc_decompose_char(c, parts, 32, static_cast<utf8proc_option_t>((options & ~UTF8PROC_COMPOSE) | UTF8PROC_DECOMPOSE), &boundary);
    if (n <= 0 || n > 32) points.push_back(c);
    else points.insert(points.end(), parts, parts + n);
  }
  // Canonical order: marks by combining class, stably.
  for (std::size_t begin = 0; begin < points.size();) {
    const auto mark = [&](std::size_t k) { return properties(static_cast<std::uint32_t>(points[k])).combining_class; };
    std::size_t end = begin;
    while (end < points.size() && mark(end) != 0) ++end;
    std::stable_sort(points.begin() + static_cast<std::ptrdiff_t>(begin), points.begin() + static_cast<std::ptrdiff_t>(end),
                     [](utf8proc_int32_t x, utf8proc_int32_t y) {
                       return properties(static_cast<std::uint32_t>(x)).combining_class < properties(static_cast<std::uint32_t>(y)).combining_class;
                     });
    begin = end + 1;
  }
  if (options & UTF8PROC_COMPOSE) {
    const auto n = utf8proc_normalize_utf32(points.data(), static_cast<utf8proc_ssize_t>(points.size()), static_cast<utf8proc_option_t>(options));
    if (n >= 0) points.resize(static_cast<std::size_t>(n));
  }
  std::u32string out(points.begin(), points.end());
  return make_string(t, out.data(), out.size());
}
value normalize(thread_state& t, const call_args& a) { return normal_form(t, a[0], a[1]); }
value is_normalized(thread_state& t, const call_args& a) {
  const value made = normal_form(t, a[0], a[1]);
  return made.empty() ? made : value::boolean(equal(made.as<string_object>(), a[1].as<string_object>()));
}

constexpr native_definition functions[] = {
    {"name", name, 1, 2, false},           {"lookup", lookup, 1, 1, false},
    {"category", category, 1, 1, false},   {"bidirectional", bidirectional, 1, 1, false},
    {"combining", combining, 1, 1, false}, {"mirrored", mirrored, 1, 1, false},
    {"decimal", decimal, 1, 2, false},     {"digit", digit, 1, 2, false},
    {"numeric", numeric, 1, 2, false},     {"decomposition", decomposition, 1, 1, false},
    {"normalize", normalize, 2, 2, false}, {"is_normalized", is_normalized, 2, 2, false},
};

}  // namespace

void fill_unicodedata(thread_state& t, module_object* m) {
  define_functions(t, m, functions);
  define(t, m, "ucd_3_2_0", value::of(m));               // for IDNA: newer characters are not told apart
  define(t, m, "unidata_version", make_ascii(t, "14.0.0"));
}

}  // namespace gilt::interp
