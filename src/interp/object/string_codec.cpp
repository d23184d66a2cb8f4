// SPDX-License-Identifier: BSL-1.0
// Encodings. Each decoder walks the bytes and hands what is wrong, the longest prefix of a valid
// sequence as the Unicode standard recommends (section 3.9, "maximal subpart"), to one error
// policy; each encoder does the same with characters it cannot express.
#include "interp/object/string_codec.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "interp/object/bytes.hpp"
#include "interp/object/call.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/module.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string.hpp"
#include "interp/object/string_builder.hpp"
#include "interp/syntax/unicode.hpp"

namespace gilt::interp {

namespace {

struct sequence {
  std::uint32_t c;     // the code point if `error` is null
  std::size_t length;  // bytes taken, or bytes to blame
  const char* error;
};

// One UTF-8 sequence at s[i]. surrogates: allowed as three bytes.
sequence next_utf8(std::string_view s, std::size_t i, bool surrogates) {
  const auto byte = [&](std::size_t k) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(s[i + k]));
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, nullptr};
  const std::size_t n = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (n == 0) return {0, 1, "invalid start byte"};
  std::uint32_t c = lead & (0x7Fu >> n);
  for (std::size_t k = 1; k < n; ++k) {
    if (i + k >= s.size()) return {0, s.size() - i, "unexpected end of data"};
    const std::uint32_t b = byte(k);
    std::uint32_t low = 0x80, high = 0xBF;
    if (k == 1) {
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED && !surrogates) high = 0x9F;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    }
    if (b < low || b > high) return {0, k, "invalid continuation byte"};
    c = c << 6 | (b & 0x3F);
  }
  return {c, n, nullptr};
}

enum class encoding {
  utf8,
  utf8_sig,
  ascii,
  latin1,
  utf16,
  utf16_le,
  utf16_be,
  utf32,
  utf32_le,
  utf32_be,
  unknown
};

encoding encoding_named(const std::string& name) {
  std::string s;
  for (const char c : name) {
    if (c != '-' && c != '_' && c != ' ') s += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  if (s == "utf8" || s == "u8" || s == "utf" || s == "cp65001") return encoding::utf8;
  if (s == "utf8sig") return encoding::utf8_sig;
  if (s == "ascii" || s == "usascii" || s == "646") return encoding::ascii;
  if (s == "latin1" || s == "iso88591" || s == "l1" || s == "latin" || s == "8859")
    return encoding::latin1;
  if (s == "utf16" || s == "u16") return encoding::utf16;
  if (s == "utf16le") return encoding::utf16_le;
  if (s == "utf16be") return encoding::utf16_be;
  if (s == "utf32" || s == "u32") return encoding::utf32;
  if (s == "utf32le") return encoding::utf32_le;
  if (s == "utf32be") return encoding::utf32_be;
  return encoding::unknown;
}

const char* display_name(encoding e) {
  switch (e) {
    case encoding::ascii:
      return "ascii";
    case encoding::latin1:
      return "latin-1";
    case encoding::utf16:
      return "utf-16";
    case encoding::utf16_le:
      return "utf-16-le";
    case encoding::utf16_be:
      return "utf-16-be";
    case encoding::utf32:
      return "utf-32";
    case encoding::utf32_le:
      return "utf-32-le";
    case encoding::utf32_be:
      return "utf-32-be";
    default:
      return "utf-8";
  }
}

std::string escape(std::uint32_t c) {
  char text[16];
  std::snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  return text;
}

// _codecs.NAME(object, encoding, errors): encodings and error handlers that scripts register.
value registered(thread_state& t, const char* name, value object, const std::string& encoding, const std::string& errors) {
  interpreter& i = *t.interp;
  const value import = module_get(t, i.builtins, intern(i, "__import__"));
  const value module = import.empty() ? import : call(t, import, {value::of(intern(i, "_codecs"))});
  const value function = module.empty() ? module : getattr(t, module, intern(i, name));
  if (function.empty()) return {};
  const value args[] = {object, make_string(t, encoding), make_string(t, errors)};
  return args[1].empty() || args[2].empty() ? value{} : call(t, function, args, 3);
}
// Not one of ours: false without an exception, upon which the registered handler is asked.
bool unknown_handler() { return false; }

// UnicodeDecodeError or UnicodeEncodeError about [begin, end) of the object. Always false.
bool raise_unicode(thread_state& t, type_object* error, encoding e, value object, std::size_t begin, std::size_t end, const char* reason) {
  const value args[] = {make_string(t, display_name(e)), object, value::small_int(static_cast<std::int64_t>(begin)),
                        value::small_int(static_cast<std::int64_t>(end)), make_string(t, reason)};
  for (const value v : args) {
    if (v.empty()) return false;
  }
  const value exc = make_exception(t, error, args, 5);
  if (!exc.empty()) raise_object(t, exc);
  return false;
}

// What stands for the undecodable bytes [at, at + n). False: raised.
bool mend(thread_state& t, encoding e, std::string_view bytes, std::size_t at, std::size_t n,
          const char* reason, const std::string& errors, string_builder& out) {
  if (errors == "ignore") return true;
  if (errors == "replace") {
    out.put(0xFFFD);
    return true;
  }
  const auto byte = [&](std::size_t k) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + k]));
  };
  if (errors == "backslashreplace") {
    for (std::size_t k = 0; k < n; ++k) out.put_ascii(escape(byte(k)));
    return true;
  }
  if (errors == "surrogateescape") {
    bool possible = true;
    for (std::size_t k = 0; k < n; ++k) possible = possible && byte(k) >= 0x80;
    if (possible) {
      for (std::size_t k = 0; k < n; ++k) out.put(0xDC00 + byte(k));
      return true;
    }
  } else if (errors != "strict" && errors != "surrogatepass") {
    return unknown_handler();
  }
  return raise_unicode(t, t.interp->errors.UnicodeDecodeError, e, make_bytes(t, bytes), at, at + n, reason);
}

value decode_utf8(thread_state& t, std::string_view bytes, const std::string& errors) {
  if (is_ascii(bytes)) return make_ascii(t, bytes);
  string_builder out;
  for (std::size_t i = 0; i < bytes.size();) {
    const sequence s = next_utf8(bytes, i, errors == "surrogatepass");
    if (!s.error) {
      out.put(s.c);
    } else if (!mend(t, encoding::utf8, bytes, i, s.length, s.error, errors, out)) {
      return {};
    }
    i += s.length;
  }
  return out.finish(t);
}

// UTF-16 and UTF-32; a byte-order mark decides where the name does not.
value decode_units(thread_state& t, std::string_view bytes, encoding e, const std::string& errors) {
  const std::size_t width = e >= encoding::utf32 ? 4 : 2;
  bool big = e == encoding::utf16_be || e == encoding::utf32_be;
  const auto unit = [&](std::size_t i) {
    std::uint32_t c = 0;
    for (std::size_t k = 0; k < width; ++k) {
      const auto b = static_cast<std::uint32_t>(
          static_cast<unsigned char>(bytes[i + (big ? k : width - 1 - k)]));
      c = c << 8 | b;
    }
    return c;
  };
  std::size_t i = 0;
  if ((e == encoding::utf16 || e == encoding::utf32) && bytes.size() >= width) {
    if (unit(0) == 0xFEFF) {
      i = width;
    } else {
      big = true;
      if (unit(0) == 0xFEFF) {
        i = width;
      } else {
        big = false;
      }
    }
    e = width == 2 ? (big ? encoding::utf16_be : encoding::utf16_le)
                   : (big ? encoding::utf32_be : encoding::utf32_le);
  }
  string_builder out;
  while (i < bytes.size()) {
    const char* reason = nullptr;
    std::size_t n = width;
    std::uint32_t c = 0;
    if (bytes.size() - i < width) {
      reason = "truncated data";
      n = bytes.size() - i;
    } else {
      c = unit(i);
      const bool high = c >= 0xD800 && c < 0xDC00, low = c >= 0xDC00 && c < 0xE000;
      if (width == 4) {
        if (c > 0x10FFFF) reason = "code point not in range(0x110000)";
        if ((high || low) && errors != "surrogatepass")
          reason = "code point in surrogate code point range(0xd800, 0xe000)";
      } else if (high && bytes.size() - i < 4 && errors != "surrogatepass") {
        reason = "unexpected end of data";
        n = bytes.size() - i;
      } else if (high && bytes.size() - i >= 4 && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000) {
        c = 0x10000 + ((c & 0x3FF) << 10) + (unit(i + 2) & 0x3FF);
        n = 4;
      } else if ((high || low) && errors != "surrogatepass") {
        reason = high ? "illegal UTF-16 surrogate" : "illegal encoding";
      }
    }
    if (!reason) {
      out.put(c);
    } else if (!mend(t, e, bytes, i, n, reason, errors, out)) {
      return {};
    }
    i += n;
  }
  return out.finish(t);
}

// Bytes for the characters [begin, end) that the encoding lacks.
bool mend_encoding(thread_state& t, encoding e, const string_object* s, std::size_t begin,
                   std::size_t end, const char* reason, const std::string& errors,
                   std::string& out) {
  if (errors == "strict" || errors == "surrogateescape" || errors == "surrogatepass") {
    for (; begin < end; ++begin) {
      const std::uint32_t c = code_point(s, begin);
      if (errors == "surrogateescape" && c >= 0xDC80 && c <= 0xDCFF) {
        out += static_cast<char>(c - 0xDC00);
      } else if (errors == "surrogatepass" && e == encoding::utf8 && c >= 0xD800 && c < 0xE000) {
        syntax::append_utf8(out, c);
      } else {
        break;
      }
    }
    if (begin == end) return true;
    return raise_unicode(t, t.interp->errors.UnicodeEncodeError, e, value::of(s), begin, end, reason);
  }
  for (; begin < end; ++begin) {
    const std::uint32_t c = code_point(s, begin);
    if (errors == "replace") {
      out += '?';
    } else if (errors == "backslashreplace") {
      out += escape(c);
    } else if (errors == "xmlcharrefreplace") {
      out += "&#" + std::to_string(c) + ";";
    } else if (errors != "ignore") {
      return unknown_handler();
    }
  }
  return true;
}

void put_unit(std::string& out, std::uint32_t c, std::size_t width, bool big) {
  for (std::size_t k = 0; k < width; ++k) {
    out += static_cast<char>(c >> (8 * (big ? width - 1 - k : k)) & 0xFF);
  }
}

bool encode_units(thread_state& t, const string_object* s, encoding e, const std::string& errors,
                  std::string& out) {
  const std::size_t width = e >= encoding::utf32 ? 4 : 2;
  const bool big = e == encoding::utf16_be || e == encoding::utf32_be;
  if (e == encoding::utf16 || e == encoding::utf32) put_unit(out, 0xFEFF, width, false);
  for (std::size_t i = 0; i < s->length; ++i) {
    const std::uint32_t c = code_point(s, i);
    if (c >= 0xD800 && c < 0xE000 && errors != "surrogatepass") {
      std::string mended;
      if (!mend_encoding(t, e, s, i, i + 1, "surrogates not allowed", errors, mended)) return false;
      for (const char m : mended) put_unit(out, static_cast<unsigned char>(m), width, big);
    } else if (c >= 0x10000 && width == 2) {
      put_unit(out, 0xD800 + ((c - 0x10000) >> 10), 2, big);
      put_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF), 2, big);
    } else {
      put_unit(out, c, width, big);
    }
  }
  return true;
}

}  // namespace

bool is_ascii(std::string_view bytes) {
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    if ((word & 0x8080808080808080ull) != 0) return false;
  }
  for (; i < bytes.size(); ++i) {
    if (static_cast<unsigned char>(bytes[i]) >= 0x80) return false;
  }
  return true;
}

std::u32string read_wtf8(std::string_view bytes) {
  std::u32string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const sequence s = next_utf8(bytes, i, true);
    if (!s.error) {
      out += static_cast<char32_t>(s.c);
    } else {
      for (std::size_t k = 0; k < s.length; ++k) {
        out += static_cast<char32_t>(0xDC00u + static_cast<unsigned char>(bytes[i + k]));
      }
    }
    i += s.length;
  }
  return out;
}

static value decode_known(thread_state& t, std::string_view bytes, encoding e, const std::string& errors) {
  switch (e) {
    case encoding::utf8_sig:
      if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
      return decode_utf8(t, bytes, errors);
    case encoding::utf8:
      return decode_utf8(t, bytes, errors);
    case encoding::latin1:
      return make_latin1(t, bytes);
    case encoding::ascii: {
      if (is_ascii(bytes)) return make_ascii(t, bytes);
      string_builder out;
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto b = static_cast<unsigned char>(bytes[i]);
        if (b < 0x80) {
          out.put(b);
        } else if (!mend(t, e, bytes, i, 1, "ordinal not in range(128)", errors, out)) {
          return {};
        }
      }
      return out.finish(t);
    }
    default:
      return decode_units(t, bytes, e, errors);
  }
}

value decode_bytes(thread_state& t, std::string_view bytes, const std::string& name, const std::string& errors) {
  const encoding e = encoding_named(name);
  const value known = e == encoding::unknown ? value{} : decode_known(t, bytes, e, errors);
  if (!known.empty() || t.why != signal::none) return known;
  const value object = make_bytes(t, bytes);
  return object.empty() ? object : registered(t, e == encoding::unknown ? "_decode_bytes" : "_decode_stepwise", object, name, errors);
}

static bool encode_known(thread_state& t, const string_object* s, encoding e, const std::string& errors, std::string& out) {
  std::uint32_t limit = 0;
  const char* reason = nullptr;
  switch (e) {
    case encoding::utf8_sig:
    case encoding::utf8:
      if (e == encoding::utf8_sig) out = "\xEF\xBB\xBF";
      if (s->width == 1) {  // no surrogates
        append_utf8(s, out);
        return true;
      }
      for (std::size_t i = 0; i < s->length;) {
        const auto surrogate = [&](std::size_t k) {
          return k < s->length && code_point(s, k) >= 0xD800 && code_point(s, k) < 0xE000;
        };
        if (!surrogate(i)) {
          syntax::append_utf8(out, code_point(s, i++));
          continue;
        }
        std::size_t end = i + 1;
        while (surrogate(end)) ++end;
        if (!mend_encoding(t, encoding::utf8, s, i, end, "surrogates not allowed", errors, out))
          return false;
        i = end;
      }
      return true;
    case encoding::ascii:
      limit = 0x80;
      reason = "ordinal not in range(128)";
      break;
    case encoding::latin1:
      limit = 0x100;
      reason = "ordinal not in range(256)";
      break;
    default:
      return encode_units(t, s, e, errors, out);
  }
  if (s->ascii || (limit == 0x100 && s->width == 1)) {
    out.assign(s->ascii_view());
    return true;
  }
  for (std::size_t i = 0; i < s->length;) {
    if (code_point(s, i) < limit) {
      out += static_cast<char>(code_point(s, i++));
      continue;
    }
    std::size_t end = i + 1;
    while (end < s->length && code_point(s, end) >= limit) ++end;
    if (!mend_encoding(t, e, s, i, end, reason, errors, out)) return false;
    i = end;
  }
  return true;
}

bool encode_string(thread_state& t, const string_object* s, const std::string& name, const std::string& errors, std::string& out) {
  out.clear();
  const encoding e = encoding_named(name);
  if (e != encoding::unknown && encode_known(t, s, e, errors, out)) return true;
  if (t.why != signal::none) return false;
  const value made = registered(t, e == encoding::unknown ? "_encode_text" : "_encode_stepwise", value::of(s), name, errors);
  return !made.empty() && bytes_of(t, made, out) == bytes_status::done;
}

}  // namespace gilt::interp
