// SPDX-License-Identifier: BSL-1.0
// repr of str and bytes: single quotes unless the text has single quotes and no double ones.
#include <cstdio>

#include "interp/object/format.hpp"
#include "interp/object/string.hpp"
#include "interp/object/string_builder.hpp"
#include "interp/object/unicode.hpp"

namespace gilt::interp {

namespace {

constexpr char hex[] = "0123456789abcdef";

void put_escape(std::string& out, std::uint32_t c) {
  out += '\\';
  const int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
  out += c < 0x100 ? 'x' : c < 0x10000 ? 'u' : 'U';
  for (int k = digits - 1; k >= 0; --k) out += hex[c >> (4 * k) & 15];
}

// The escape that repr uses for a control character, a backslash or the quote; else 0.
char short_escape(std::uint32_t c, char quote) {
  switch (c) {
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return c == '\\' || c == static_cast<unsigned char>(quote) ? static_cast<char>(c) : '\0';
  }
}

char quote_for(bool has_single, bool has_double) {
  return has_single && !has_double ? '"' : '\'';
}

}  // namespace

std::string string_repr(const string_object* s, bool ascii) {
  const bool has_single = find_code_point(s, U'\'') >= 0,
             has_double = find_code_point(s, U'"') >= 0;
  const char quote = quote_for(has_single, has_double);
  std::string out(1, quote);
  for (std::size_t i = 0; i < s->length; ++i) {
    const std::uint32_t c = code_point(s, i);
    if (const char e = short_escape(c, quote)) {
      out += '\\';
      out += e;
    } else if (c >= 0x20 && c < 0x7F) {
      out += static_cast<char>(c);
    } else if (ascii || !unicode::is_printable(c)) {
      put_escape(out, c);
    } else {
      syntax::append_utf8(out, c);
    }
  }
  out += quote;
  return out;
}

value str_repr(thread_state& t, string_object* s) {
  return make_string(t, string_repr(s));
}
value str_ascii(thread_state& t, string_object* s) {
  return make_ascii(t, string_repr(s, true));
}

std::string bytes_repr(std::string_view bytes) {
  const char quote = quote_for(bytes.find('\'') != bytes.npos, bytes.find('"') != bytes.npos);
  std::string out = "b";
  out += quote;
  for (const char raw : bytes) {
    const std::uint32_t c = static_cast<unsigned char>(raw);
    if (const char e = short_escape(c, quote)) {
      out += '\\';
      out += e;
    } else if (c >= 0x20 && c < 0x7F) {
      out += raw;
    } else {
      put_escape(out, c);
    }
  }
  out += quote;
  return out;
}

}  // namespace gilt::interp
