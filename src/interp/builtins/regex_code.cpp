// SPDX-License-Identifier: BSL-1.0
#include "interp/builtins/regex_code.hpp"

#include "interp/object/unicode.hpp"

namespace gilt::interp::regex {

namespace {

word single(int (*map)(std::uint32_t, std::uint32_t[3]), word c) {
  std::uint32_t out[3];
  map(c, out);
  return out[0];
}

bool is_word(word c) {
  return c < 0x80 ? (c | 0x20) - 'a' < 26 || c - '0' < 10 || c == '_'
                  : unicode::is_alphanumeric(c);
}

// Walks the code once, as the matcher would at most, and leaves at anything out of bounds.
class validator {
 public:
  validator(std::span<const word> code, std::int64_t groups) : code_(code), groups_(groups) {}

  bool whole() const {
    return !code_.empty() && at(code_.size() - 1) == op::success && sequence(0, code_.size() - 1, 0);
  }

 private:
  static constexpr int deepest = 2000;

  op at(std::size_t i) const { return static_cast<op>(code_[i]); }

  bool set(std::size_t i, std::size_t end) const {
    while (i < end) {
      switch (at(i++)) {
        case op::failure: return i == end;
        case op::negate: break;
        case op::literal:
        case op::category: i += 1; break;
        case op::range:
        case op::range_uni_ignore: i += 2; break;
        case op::charset: i += 8; break;
        case op::bigcharset: {
          if (i + 65 > end) return false;
          const word chunks = code_[i];
          for (std::size_t k = 0; k < 64; ++k) {
            for (int b = 0; b < 32; b += 8) {
              if ((code_[i + 1 + k] >> b & 0xFF) >= chunks) return false;
            }
          }
          i += 65 + std::size_t{chunks} * 8;
          break;
        }
        default: return false;
      }
    }
    return false;
  }

  bool group(word g) const { return g < static_cast<std::uint64_t>(groups_); }

  // [i, end) is a sequence of instructions that falls out at its end.
  bool sequence(std::size_t i, std::size_t end, int depth) const {
    if (depth > deepest) return false;
    while (i < end) {
      const op o = at(i);
      const std::size_t left = end - i;
      const auto target = [&](std::size_t k) { return i + k + code_[i + k]; };
      switch (o) {
        case op::any:
        case op::any_all: i += 1; break;
        case op::success:
        case op::failure: i += 1; break;
        case op::literal: case op::not_literal: case op::literal_ignore: case op::not_literal_ignore:
        case op::literal_loc_ignore: case op::not_literal_loc_ignore: case op::literal_uni_ignore:
        case op::not_literal_uni_ignore: case op::category:
          if (left < 2) return false;
          i += 2;
          break;
        case op::at:
          if (left < 2 || code_[i + 1] > static_cast<word>(place::uni_non_boundary)) return false;
          i += 2;
          break;
        case op::mark:
          if (left < 2 || !group(code_[i + 1] / 2)) return false;
          i += 2;
          break;
        case op::groupref: case op::groupref_ignore: case op::groupref_loc_ignore:
        case op::groupref_uni_ignore:
          if (left < 2 || !group(code_[i + 1])) return false;
          i += 2;
          break;
        case op::in: case op::in_ignore: case op::in_loc_ignore: case op::in_uni_ignore:
          if (left < 2 || target(1) > end || !set(i + 2, target(1))) return false;
          i = target(1);
          break;
        case op::info:
          if (left < 5 || code_[i + 1] < 4 || target(1) > end || !info(i, target(1))) return false;
          i = target(1);
          break;
        case op::branch: {
          std::size_t alternative = i + 1, after = 0;
          for (;;) {
            if (alternative >= end) return false;
            const word skip = code_[alternative];
            if (skip == 0) break;
            const std::size_t next = alternative + skip;
            if (skip < 3 || next > end || at(next - 2) != op::jump) return false;
            const std::size_t out = next - 1 + code_[next - 1];
            if ((after != 0 && out != after) || out > end) return false;
            after = out;
            if (!sequence(alternative + 1, next - 2, depth + 1)) return false;
            alternative = next;
          }
          if (after != 0 && after != alternative + 1) return false;
          i = alternative + 1;
          break;
        }
        case op::repeat_one: case op::min_repeat_one: case op::possessive_repeat_one: {
          if (left < 5 || target(1) > end || code_[i + 2] > code_[i + 3]) return false;
          const std::size_t tail = target(1);
          if (tail < i + 5 || at(tail - 1) != op::success || !sequence(i + 4, tail - 1, depth + 1)) return false;
          i = tail;
          break;
        }
        case op::repeat: case op::possessive_repeat: {
          if (left < 5 || code_[i + 2] > code_[i + 3]) return false;
          const std::size_t until = target(1);
          if (until >= end || until < i + 4 || !sequence(i + 4, until, depth + 1)) return false;
          const op last = at(until);
          if (o == op::repeat ? last != op::max_until && last != op::min_until : last != op::success) return false;
          i = until + 1;
          break;
        }
        case op::assert_: case op::assert_not: {
          if (left < 4) return false;
          const std::size_t tail = target(1);
          if (tail > end || tail < i + 4 || (code_[i + 2] & 0x80000000) || at(tail - 1) != op::success ||
              !sequence(i + 3, tail - 1, depth + 1)) return false;
          i = tail;
          break;
        }
        case op::atomic_group: {
          if (left < 3) return false;
          const std::size_t tail = target(1);
          if (tail > end || tail < i + 3 || at(tail - 1) != op::success || !sequence(i + 2, tail - 1, depth + 1)) return false;
          i = tail;
          break;
        }
        case op::groupref_exists: {
          if (left < 3 || !group(code_[i + 1])) return false;
          const std::size_t no = i + 1 + code_[i + 2];
          if (no > end || no < i + 3) return false;
          // With a "no" part the "yes" part ends in a jump over it.
          if (no >= i + 5 && at(no - 2) == op::jump && no - 1 + code_[no - 1] > no && no - 1 + code_[no - 1] <= end &&
              sequence(i + 3, no - 2, depth + 1)) {
            const std::size_t after = no - 1 + code_[no - 1];
            if (!sequence(no, after, depth + 1)) return false;
            i = after;
          } else {
            if (!sequence(i + 3, no, depth + 1)) return false;
            i = no;
          }
          break;
        }
        default: return false;
      }
    }
    return i == end;
  }

  bool info(std::size_t i, std::size_t end) const {
    const word bits = code_[i + 2];
    if (bits & info_prefix) {
      if (i + 7 > end) return false;
      const std::size_t n = code_[i + 5];
      return code_[i + 6] <= n && i + 7 + 2 * n == end;
    }
    return (bits & info_charset) ? set(i + 5, end) : i + 5 == end;
  }

  std::span<const word> code_;
  std::int64_t groups_;
};

}  // namespace

word lower_unicode(word c) { return c < 0x80 ? lower_ascii(c) : single(&unicode::to_lower, c); }
word upper_unicode(word c) { return c < 0x80 ? upper_ascii(c) : single(&unicode::to_upper, c); }

bool in_category(word category, word c) {
  const bool negated = (category & 1) != 0;
  bool is = false;
  switch (category & ~word{1}) {
    case 0: is = c - '0' < 10; break;
    case 2: is = c == ' ' || (c >= 9 && c <= 13); break;
    case 4:                                        // the locale knows ASCII letters only
    case 8: is = c < 0x80 && is_word(c); break;
    case 6: is = c == '\n'; break;
    case 10: is = unicode::is_decimal(c); break;
    case 12: is = unicode::is_space(c); break;
    case 14: is = is_word(c); break;
    case 16: is = unicode::is_line_break(c); break;
    default: return false;
  }
  return is != negated;
}

bool in_charset(const word* set, word c) {
  bool inside = true;
  for (;;) {
    switch (static_cast<op>(*set++)) {
      case op::failure: return !inside;
      case op::negate: inside = !inside; break;
      case op::literal:
        if (c == *set++) return inside;
        break;
      case op::category:
        if (in_category(*set++, c)) return inside;
        break;
      case op::range:
        if (c - set[0] <= set[1] - set[0] && set[0] <= set[1]) return inside;
        set += 2;
        break;
      case op::range_uni_ignore: {
        const word u = upper_unicode(c);
        if ((set[0] <= c && c <= set[1]) || (set[0] <= u && u <= set[1])) return inside;
        set += 2;
        break;
      }
      case op::charset:                            // 256 bits
        if (c < 256 && (set[c / 32] >> (c % 32) & 1)) return inside;
        set += 8;
        break;
      case op::bigcharset: {                       // chunk numbers, a byte for each 256 characters; chunks
        const word chunks = *set++;
        if (c < 0x10000) {
          const word chunk = set[c >> 10] >> ((c >> 8 & 3) * 8) & 0xFF;
          const word* bits = set + 64 + chunk * 8;
          if (bits[(c & 255) / 32] >> (c % 32) & 1) return inside;
        }
        set += 64 + chunks * 8;
        break;
      }
      default: return false;
    }
  }
}

bool valid(std::span<const word> code, std::int64_t groups) { return validator(code, groups).whole(); }

}  // namespace gilt::interp::regex
