// SPDX-License-Identifier: BSL-1.0
// "%s" % x: [(key)][flags][width][.precision][length]type, for str and bytes.
#include <algorithm>
#include <climits>

#include "interp/object/bytes.hpp"
#include "interp/object/call.hpp"
#include "interp/object/format.hpp"
#include "interp/object/format_spec.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string.hpp"
#include "interp/object/string_builder.hpp"

namespace gilt::interp {

namespace {

struct conversion {
  bool left = false, plus = false, space = false, alternate = false, zero = false;
  std::int64_t width = -1, precision = -1;
  std::uint32_t type = 0;
};

class percent_formatter {
 public:
  percent_formatter(thread_state& t, const string_object* s, value arguments, bool bytes)
      : t_(t), s_(s), arguments_(arguments), bytes_(bytes) {
    if (is(arguments, kind::tuple)) {
      tuple_ = arguments.as<tuple_object>();
      count_ = tuple_->length;
    }
  }

  bool run(string_builder& out) {
    while (i_ < s_->length) {
      const std::size_t text = i_;
      const std::int64_t found = find_code_point(s_, U'%', static_cast<std::int64_t>(i_));
      i_ = found < 0 ? s_->length : static_cast<std::size_t>(found);
      out.put(s_, text, i_);
      if (i_ < s_->length) {
        ++i_;
        if (!one(out)) return false;
      }
    }
    const bool left = tuple_ ? used_ < count_ : used_ == 0;
    if (left && !takes_keys()) {
      return fail(t_.interp->errors.TypeError,
                  bytes_ ? "not all arguments converted during bytes formatting"
                         : "not all arguments converted during string formatting");
    }
    return true;
  }

 private:
  bool fail(type_object* cls, const char* message) {
    raise(t_, cls, "%s", message);
    return false;
  }
  // A mapping that is no text may stay unused.
  bool takes_keys() {
    if (tuple_ || is(arguments_, kind::str)) return false;
    if (bytes_ && (is(arguments_, kind::bytes) || is(arguments_, kind::bytearray))) return false;
    if (is(arguments_, kind::dict) || is(arguments_, kind::list)) return true;
    value self;
    const bool found = arguments_.is_object() &&
                       !lookup_special(t_, arguments_, t_.interp->names.__getitem__, self).empty();
    return found;
  }
  bool more() const { return i_ < s_->length; }
  std::uint32_t peek() const { return more() ? code_point(s_, i_) : 0; }

  bool argument(value& out) {
    if (by_key_) {
      out = keyed_;
      return true;
    }
    if (tuple_ ? used_ >= count_ : used_ > 0) {
      return fail(t_.interp->errors.TypeError, "not enough arguments for format string");
    }
    out = tuple_ ? tuple_->items()[used_] : arguments_;
    ++used_;
    return true;
  }

  bool size(std::int64_t& out, const char* too_big) {
    if (peek() == '*') {
      ++i_;
      value v;
      if (!argument(v)) return false;
      if (!is_integer(v)) return fail(t_.interp->errors.TypeError, "* wants int");
      const bool precision = too_big[0] == 'p';
      if (!int_fits_int64(v, out) || (precision && (out > INT_MAX || out < INT_MIN))) {
        return fail(t_.interp->errors.OverflowError, precision ? "Python int too large to convert to C int"
                                                               : "Python int too large to convert to C ssize_t");
      }
      return true;
    }
    if (peek() < '0' || peek() > '9') return true;
    out = 0;
    while (peek() >= '0' && peek() <= '9') {
      out = out * 10 + static_cast<std::int64_t>(peek() - '0');
      if (out > INT_MAX) return fail(t_.interp->errors.ValueError, too_big);
      ++i_;
    }
    return true;
  }

  bool key() {
    const std::size_t begin = ++i_;
    int open = 1;
    for (; more() && open > 0; ++i_) {
      if (peek() == '(') ++open;
      if (peek() == ')') --open;
    }
    if (open > 0) return fail(t_.interp->errors.ValueError, "incomplete format key");
    const auto first = static_cast<std::int64_t>(begin), last = static_cast<std::int64_t>(i_ - 1);
    value name = substring(t_, const_cast<string_object*>(s_), first, last);
    if (bytes_ && !name.empty()) {
      std::string raw;
      if (!encode_string(t_, name.as<string_object>(), "latin-1", "strict", raw)) return false;
      name = make_bytes(t_, raw);
    }
    if (name.empty()) return false;
    keyed_ = getitem(t_, arguments_, name);
    by_key_ = true;
    return !keyed_.empty();
  }

  bool one(string_builder& out) {
    conversion c;
    by_key_ = false;
    if (!more()) return fail(t_.interp->errors.ValueError, "incomplete format");
    if (peek() == '%') {
      ++i_;
      out.put('%');
      return true;
    }
    if (peek() == '(') {
      if (!takes_keys()) return fail(t_.interp->errors.TypeError, "format requires a mapping");
      if (!key()) return false;
    }
    for (bool flag = true; flag && more();) {
      switch (peek()) {
        case '-':
          c.left = true;
          break;
        case '+':
          c.plus = true;
          break;
        case ' ':
          c.space = true;
          break;
        case '#':
          c.alternate = true;
          break;
        case '0':
          c.zero = true;
          break;
        default:
          flag = false;
      }
      if (flag) ++i_;
    }
    if (!size(c.width, "width too big")) return false;
    if (c.width < -1 || (c.width == -1 && i_ > 0 && code_point(s_, i_ - 1) == '*')) {
      c.left = true;  // a negative *
      c.width = -c.width;
    }
    if (c.width > INT_MAX || c.width < -1) {
      raise_memory_error(t_);
      return false;
    }
    if (peek() == '.' && more()) {
      ++i_;
      c.precision = 0;
      if (!size(c.precision, "precision too big")) return false;
      if (c.precision < 0) c.precision = 0;
    }
    if (peek() == 'h' || peek() == 'l' || peek() == 'L') ++i_;
    if (!more()) return fail(t_.interp->errors.ValueError, "incomplete format");
    c.type = code_point(s_, i_++);
    value v;
    if (!argument(v)) return false;
    return convert(c, v, out);
  }

  bool convert(const conversion& c, value v, string_builder& out) {
    switch (c.type) {
      case 'b':
        if (bytes_) return bytes_text(c, v, out);
        break;
      case 's':
        if (bytes_) return bytes_text(c, v, out);
        return text(c, is(v, kind::str) ? v : str_of(t_, v), out);
      case 'r':
        return text(c, bytes_ ? ascii_of(t_, v) : repr_of(t_, v), out);
      case 'a':
        return text(c, ascii_of(t_, v), out);
      case 'c':
        return character(c, v, out);
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return integer(c, v, out);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return floating(c, v, out);
      default:
        break;
    }
    const std::uint32_t shown = c.type >= 32 && c.type < 127 ? c.type : '?';
    raise(t_, t_.interp->errors.ValueError, "unsupported format character '%c' (0x%x) at index %zu",
          static_cast<int>(shown), c.type, i_ - 1);
    return false;
  }

  bool text(const conversion& c, value v, string_builder& out) {
    if (v.empty()) return false;
    auto* s = v.as<string_object>();
    std::size_t n = s->length;
    if (c.precision >= 0) n = std::min(n, static_cast<std::size_t>(c.precision));
    pad(c, n, out, [&] { out.put(s, 0, n); });
    return true;
  }

  bool bytes_text(const conversion& c, value v, string_builder& out) {
    std::string raw;
    switch (bytes_of(t_, v, raw)) {
      case bytes_status::failed:
        return false;
      case bytes_status::not_bytes: {
        value self;
        const value f =
            v.is_object() ? lookup_special(t_, v, t_.interp->names.__bytes__, self) : value{};
        if (!f.empty()) {
          const value r = self.empty() ? call(t_, f, nullptr, 0) : call(t_, f, &self, 1);
          if (r.empty()) return false;
          if (bytes_of(t_, r, raw) == bytes_status::done) break;
        }
        raise(t_, t_.interp->errors.TypeError,
              "%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'",
              type_name(t_, v).c_str());
        return false;
      }
      case bytes_status::done:
        break;
    }
    if (c.precision >= 0) raw.resize(std::min(raw.size(), static_cast<std::size_t>(c.precision)));
    pad(c, raw.size(), out, [&] {
      for (const char b : raw) out.put(static_cast<unsigned char>(b));
    });
    return true;
  }

  template <class F>
  void pad(const conversion& c, std::size_t n, string_builder& out, F&& body) {
    const std::size_t width = c.width > 0 ? static_cast<std::size_t>(c.width) : 0;
    const std::size_t room = width > n ? width - n : 0;
    if (!c.left) out.put(room, ' ');
    body();
    if (c.left) out.put(room, ' ');
  }

  bool character(const conversion& c, value v, string_builder& out) {
    std::uint32_t point = 0;
    const char* wanted = bytes_ ? "%c requires an integer in range(256) or a single byte"
                                : "%c requires int or char";
    std::string raw;
    if (!bytes_ && is(v, kind::str)) {
      if (v.as<string_object>()->length != 1) return fail(t_.interp->errors.TypeError, wanted);
      point = code_point(v.as<string_object>(), 0);
    } else if (bytes_ && bytes_of(t_, v, raw) == bytes_status::done) {
      if (raw.size() != 1) return fail(t_.interp->errors.TypeError, wanted);
      point = static_cast<unsigned char>(raw[0]);
    } else {
      if (!has_index(t_, v)) return fail(t_.interp->errors.TypeError, wanted);
      std::int64_t n = 0;
      if (!to_int64_clamped(t_, v, n)) return false;
      if (n < 0 || n > (bytes_ ? 0xFF : 0x10FFFF)) {
        return fail(t_.interp->errors.OverflowError,
                    bytes_ ? "%c arg not in range(256)" : "%c arg not in range(0x110000)");
      }
      point = static_cast<std::uint32_t>(n);
    }
    pad(c, 1, out, [&] { out.put(point); });
    return true;
  }

  // sign and prefix, then zeros, then digits, in a field.
  void number(const conversion& c, const std::string& lead, const std::string& body,
              string_builder& out) {
    format_spec f;
    f.width = c.width;
    f.align = c.left ? '<' : c.zero ? '=' : '>';
    f.fill = c.zero && !c.left ? '0' : ' ';
    put_padded(out, f, '>', lead, body);
  }

  bool integer(const conversion& c, value v, string_builder& out) {
    const bool decimal = c.type == 'd' || c.type == 'i' || c.type == 'u';
    value n = v;
    if (!is_integer(v)) {
      string_object* special = decimal ? t_.interp->names.__int__ : t_.interp->names.__index__;
      value self;
      const bool can =
          decimal && v.is_double()
              ? true
              : v.is_object() && !is(v, kind::str) &&
                    (!lookup_special(t_, v, special, self).empty() || has_index(t_, v));
      if (!can) {
        if (t_.why != signal::none) return false;
        raise(t_, t_.interp->errors.TypeError,
              decimal ? "%%%c format: a real number is required, not %s"
                      : "%%%c format: an integer is required, not %s",
              static_cast<int>(c.type), type_name(t_, v).c_str());
        return false;
      }
      n = decimal ? to_int_value(t_, v) : index_of(t_, v);
      if (n.empty()) return false;
    }
    std::string digits;
    const int base = decimal ? 10 : c.type == 'o' ? 8 : 16;
    if (!int_to_string(t_, n, base, digits)) return false;
    const bool negative = digits[0] == '-';
    if (negative) digits.erase(0, 1);
    if (c.precision > static_cast<std::int64_t>(digits.size())) {
      digits.insert(0, static_cast<std::size_t>(c.precision) - digits.size(), '0');
    }
    std::string lead = negative ? "-" : c.plus ? "+" : c.space ? " " : "";
    if (c.alternate && !decimal) {
      lead += '0';
      lead += static_cast<char>(c.type);
    }
    if (c.type == 'X') {
      for (char& d : digits) d = static_cast<char>(d >= 'a' ? d - 32 : d);
    }
    number(c, lead, digits, out);
    return true;
  }

  bool floating(const conversion& c, value v, string_builder& out) {
    double d = 0;
    if (!to_double(t_, v, d)) return false;
    format_spec f;
    f.alternate = c.alternate;
    f.precision = c.precision < 0 ? 6 : c.precision;
    f.sign = c.plus ? '+' : c.space ? ' ' : '\0';
    number_text text;
    if (!format_double_parts(t_, d, f, static_cast<char>(c.type), false, text)) return false;
    number(c, text.lead, text.body, out);
    return true;
  }

  thread_state& t_;
  const string_object* s_;
  value arguments_;
  bool bytes_;
  tuple_object* tuple_ = nullptr;
  std::size_t count_ = 0, used_ = 0, i_ = 0;
  bool by_key_ = false;
  value keyed_;
};

}  // namespace

value percent_format(thread_state& t, string_object* format, value arguments) {
  string_builder out;
  return percent_formatter(t, format, arguments, false).run(out) ? out.finish(t) : value{};
}

bool percent_format_bytes(thread_state& t, std::string_view format, value arguments,
                          std::string& out) {
  const value text = make_latin1(t, format);
  if (text.empty()) return false;
  string_builder built;
  if (!percent_formatter(t, text.as<string_object>(), arguments, true).run(built)) return false;
  const value joined = built.finish(t);
  if (joined.empty()) return false;
  out.assign(joined.as<string_object>()->ascii_view());
  return true;
}

}  // namespace gilt::interp
