// SPDX-License-Identifier: BSL-1.0
// Parsing of format specs, and padding and grouping that all types share.
#include "interp/object/format_spec.hpp"

#include <algorithm>
#include <climits>

#include "interp/object/interpreter.hpp"
#include "interp/object/raise.hpp"

namespace gilt::interp {

namespace {

bool is_align(std::uint32_t c) {
  return c == '<' || c == '>' || c == '=' || c == '^';
}

class spec_parser {
 public:
  spec_parser(thread_state& t, const string_object* s) : t_(t), s_(s) {}

  bool parse(const char* type, format_spec& out) {
    if (s_->length >= 2 && is_align(code_point(s_, 1))) {
      out.fill = code_point(s_, 0);
      out.align = static_cast<char>(code_point(s_, 1));
      at_ = 2;
    } else if (is_align(peek())) {
      out.align = static_cast<char>(take());
    }
    if (peek() == '+' || peek() == '-' || peek() == ' ') out.sign = static_cast<char>(take());
    out.no_negative_zero = accept('z');
    out.alternate = accept('#');
    if (peek() == '0') {
      // The 0 is a fill unless one was given before an align.
      out.zero = true;
      if (at_ < 2 || !is_align(code_point(s_, 1))) out.fill = '0';
      take();
    }
    if (!number(out.width)) return false;
    if (peek() == ',' || peek() == '_') out.grouping = static_cast<char>(take());
    if ((peek() == ',' && out.grouping == '_') || (peek() == '_' && out.grouping == ',')) {
      return fail("Cannot specify both ',' and '_'.");
    }
    if (accept('.')) {
      if (!number(out.precision)) return false;
      if (out.precision < 0) return fail("Format specifier missing precision");
    }
    if (at_ + 1 < s_->length) {
      std::string text;
      append_utf8(s_, text);
      raise(t_, t_.interp->errors.ValueError,
            "Invalid format specifier '" + text + "' for object of type '" + type + "'");
      return false;
    }
    if (at_ < s_->length) out.type = take();  // else the type's default, as the caller set it
    return check_grouping(out);
  }

 private:
  std::uint32_t peek() const { return at_ < s_->length ? code_point(s_, at_) : 0; }
  std::uint32_t take() { return code_point(s_, at_++); }
  bool accept(std::uint32_t c) {
    if (peek() != c || at_ >= s_->length) return false;
    ++at_;
    return true;
  }
  bool fail(const char* message) {
    raise(t_, t_.interp->errors.ValueError, "%s", message);
    return false;
  }
  bool number(std::int64_t& out) {
    if (peek() < '0' || peek() > '9') return true;
    out = 0;
    while (peek() >= '0' && peek() <= '9') {
      const auto digit = static_cast<std::int64_t>(take() - '0');
      if (out > (INT64_MAX - digit) / 10) return fail("Too many decimal digits in format string");
      out = out * 10 + digit;
    }
    return true;
  }
  bool check_grouping(const format_spec& f) {
    if (f.grouping == 0) return true;
    switch (f.type) {
      case 'd':
      case 'e':
      case 'f':
      case 'g':
      case 'E':
      case 'G':
      case '%':
      case 'F':
      case 0:
        return true;
      case 'b':
      case 'o':
      case 'x':
      case 'X':
        if (f.grouping == '_') return true;
        [[fallthrough]];
      default:
        break;
    }
    if (f.type > 32 && f.type < 128) {
      raise(t_, t_.interp->errors.ValueError, "Cannot specify '%c' with '%c'.", f.grouping,
            static_cast<int>(f.type));
    } else {
      raise(t_, t_.interp->errors.ValueError, "Cannot specify '%c' with '\\x%x'.", f.grouping,
            f.type);
    }
    return false;
  }

  thread_state& t_;
  const string_object* s_;
  std::size_t at_ = 0;
};

}  // namespace

bool parse_format_spec(thread_state& t, const string_object* spec, const char* type,
                       format_spec& out) {
  if (!spec_parser(t, spec).parse(type, out)) return false;
  if (out.width <= INT_MAX) return true;
  raise_memory_error(t);
  return false;
}

std::string group_digits(std::string_view digits, char separator, int every,
                         std::size_t min_width) {
  std::string out;  // built backwards
  int run = 0;
  const auto put = [&](char c) {
    if (run == every) {
      out += separator;
      run = 0;
    }
    out += c;
    ++run;
  };
  for (std::size_t i = digits.size(); i-- > 0;) put(digits[i]);
  while (out.size() < min_width) put('0');
  std::reverse(out.begin(), out.end());
  return out;
}

void put_padded(string_builder& out, const format_spec& f, char default_align,
                std::string_view lead, std::string_view body) {
  const std::size_t length = lead.size() + body.size();
  const std::size_t width = f.width > 0 ? static_cast<std::size_t>(f.width) : 0;
  const std::size_t pad = width > length ? width - length : 0;
  const char align = f.align != 0 ? f.align : default_align;
  const std::size_t before = align == '>' ? pad : align == '^' ? pad / 2 : 0;
  const std::size_t between = align == '=' ? pad : 0;
  out.put(before, f.fill);
  out.put_ascii(lead);
  out.put(between, f.fill);
  out.put_ascii(body);
  out.put(pad - before - between, f.fill);
}

}  // namespace gilt::interp
