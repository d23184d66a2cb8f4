// SPDX-License-Identifier: BSL-1.0
// str.format and format_map: "text {field.attr[key]!conversion:spec}", where the spec may hold
// fields itself, two levels deep. Messages and their order are those of CPython's
// Objects/stringlib/unicode_format.h.
#include <vector>

#include "interp/concurrency/access.hpp"
#include "interp/object/call.hpp"
#include "interp/object/format.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string.hpp"
#include "interp/object/string_builder.hpp"

namespace gilt::interp {

namespace {

class template_formatter {
 public:
  // mapping empty: the arguments of a call; else names are looked up in the mapping alone.
  template_formatter(thread_state& t, string_object* s, const call_args& a, value mapping)
      : t_(t), s_(s), a_(a), mapping_(mapping) {}

  bool run(string_builder& out) { return expand(0, s_->length, 2, out); }

 private:
  std::uint32_t at(std::size_t i) const { return code_point(s_, i); }
  bool fail(const char* message) {
    raise(t_, t_.interp->errors.ValueError, "%s", message);
    return false;
  }

  bool expand(std::size_t i, std::size_t end, int depth, string_builder& out) {
    if (depth <= 0) return fail("Max string recursion exceeded");
    while (i < end) {
      std::size_t text = i;
      while (i < end && at(i) != '{' && at(i) != '}') ++i;
      out.put(s_, text, i);
      if (i == end) return true;
      const std::uint32_t c = at(i++);
      if (i < end && at(i) == c) {  // doubled: itself
        out.put(c);
        ++i;
        continue;
      }
      if (c == '}') return fail("Single '}' encountered in format string");
      if (i == end) return fail("Single '{' encountered in format string");
      if (!field(i, end, depth, out)) return false;
    }
    return true;
  }

  // A field from behind its '{'; leaves i behind its '}'.
  bool field(std::size_t& i, std::size_t end, int depth, string_builder& out) {
    const std::size_t name = i;
    std::uint32_t c = 0;
    for (; i < end; ++i) {
      c = at(i);
      if (c == '{') return fail("unexpected '{' in field name");
      if (c == '}' || c == ':' || c == '!') break;
      while (c == '[' && i + 1 < end && at(i + 1) != ']') ++i;
    }
    if (i == end) return fail("expected '}' before end of string");
    const std::size_t name_end = i++;
    std::uint32_t conversion = 0;
    if (c == '!') {
      if (i == end) return fail("end of string while looking for conversion specifier");
      conversion = at(i++);
      if (i == end) return fail("unmatched '{' in format spec");
      c = at(i++);
      if (c != ':' && c != '}') return fail("expected ':' after conversion specifier");
    }
    const std::size_t spec = i;
    std::size_t spec_end = i;
    bool nested = false;
    if (c == ':') {
      int open = 1;
      for (; i < end; ++i) {
        if (at(i) == '{') {
          nested = true;
          ++open;
        } else if (at(i) == '}' && --open == 0) {
          break;
        }
      }
      if (i == end) return fail("unmatched '{' in format spec");
      spec_end = i++;
    }
    value v;
    if (!look_up(name, name_end, v) || !convert(conversion, v)) return false;
    value spec_text = empty_string(t_);
    if (nested) {
      string_builder expanded;
      if (!expand(spec, spec_end, depth - 1, expanded)) return false;
      spec_text = expanded.finish(t_);
    } else {
      spec_text =
          substring(t_, s_, static_cast<std::int64_t>(spec), static_cast<std::int64_t>(spec_end));
    }
    if (spec_text.empty()) return false;
    const value text = format_value(t_, v, spec_text);
    if (text.empty()) return false;
    out.put(text.as<string_object>());
    return true;
  }

  bool convert(std::uint32_t conversion, value& v) {
    switch (conversion) {
      case 0:
        return true;
      case 'r':
        v = repr_of(t_, v);
        break;
      case 's':
        v = str_of(t_, v);
        break;
      case 'a':
        v = ascii_of(t_, v);
        break;
      default:
        if (conversion > 32 && conversion < 127) {
          raise(t_, t_.interp->errors.ValueError, "Unknown conversion specifier %c",
                static_cast<int>(conversion));
        } else {
          raise(t_, t_.interp->errors.ValueError, "Unknown conversion specifier \\x%x", conversion);
        }
        return false;
    }
    return !v.empty();
  }

  // All digits: their value; -1: no number; -2: raised.
  std::int64_t number(std::size_t begin, std::size_t end) {
    if (begin == end) return -1;
    std::int64_t n = 0;
    for (; begin < end; ++begin) {
      const std::uint32_t c = at(begin);
      if (c < '0' || c > '9') return -1;
      if (n > (INT64_MAX - 9) / 10) {
        fail("Too many decimal digits in format string");
        return -2;
      }
      n = n * 10 + static_cast<std::int64_t>(c - '0');
    }
    return n;
  }

  value text(std::size_t begin, std::size_t end) {
    return substring(t_, s_, static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end));
  }

  bool look_up(std::size_t i, std::size_t end, value& out) {
    const std::size_t first = i;
    while (i < end && at(i) != '.' && at(i) != '[') ++i;
    if (!first_part(first, i, out)) return false;
    while (i < end) {
      const std::uint32_t c = at(i++);
      const std::size_t part = i;
      if (c == '.') {
        while (i < end && at(i) != '.' && at(i) != '[') ++i;
        if (i == part) return fail("Empty attribute in format string");
        const value name = text(part, i);
        if (name.empty()) return false;
        out = getattr(t_, out, intern(*t_.interp, name.as<string_object>()));
      } else if (c == '[') {
        while (i < end && at(i) != ']') ++i;
        if (i == end) return fail("Missing ']' in format string");
        if (i == part) return fail("Empty attribute in format string");
        const std::int64_t n = number(part, i);
        if (n == -2) return false;
        const value key = n >= 0 ? int_from_int64(t_, n) : text(part, i);
        ++i;
        out = key.empty() ? value{} : getitem(t_, out, key);
      } else {
        return fail("Only '.' or '[' may follow ']' in format field specifier");
      }
      if (out.empty()) return false;
    }
    return true;
  }

  bool first_part(std::size_t begin, std::size_t end, value& out) {
    std::int64_t n = number(begin, end);
    if (n == -2) return false;
    const bool automatic = begin == end;
    if (n >= 0 || automatic) {
      if (!mapping_.empty()) return fail("Format string contains positional fields");
      if (automatic && numbering_ == numbering::manual) {
        return fail("cannot switch from manual field specification to automatic field numbering");
      }
      if (!automatic && numbering_ == numbering::automatic) {
        return fail("cannot switch from automatic field numbering to manual field specification");
      }
      numbering_ = automatic ? numbering::automatic : numbering::manual;
      if (automatic) n = next_++;
      if (n + 1 >= static_cast<std::int64_t>(a_.npos)) {
        raise(t_, t_.interp->errors.IndexError,
              "Replacement index %lld out of range for positional args tuple",
              static_cast<long long>(n));
        return false;
      }
      out = a_[static_cast<std::size_t>(n) + 1];
      return true;
    }
    const value name = text(begin, end);
    if (name.empty()) return false;
    if (!mapping_.empty()) {
      out = getitem(t_, mapping_, name);
      return !out.empty();
    }
    for (std::uint32_t k = 0; k < a_.nkw; ++k) {
      if (equal(const_cast<tuple_object*>(a_.names)->items()[k].as<string_object>(),
                name.as<string_object>())) {
        out = a_[a_.npos + k];
        return true;
      }
    }
    raise_key_error(t_, name);
    return false;
  }

  enum class numbering { unknown, automatic, manual };

  thread_state& t_;
  string_object* s_;
  const call_args& a_;
  value mapping_;
  numbering numbering_ = numbering::unknown;
  std::int64_t next_ = 0;
};

}  // namespace

value str_format(thread_state& t, const call_args& a) {
  string_builder out;
  return template_formatter(t, a[0].as<string_object>(), a, {}).run(out) ? out.finish(t) : value{};
}

value str_format_map(thread_state& t, const call_args& a) {
  string_builder out;
  return template_formatter(t, a[0].as<string_object>(), a, a[1]).run(out) ? out.finish(t)
                                                                           : value{};
}

}  // namespace gilt::interp
