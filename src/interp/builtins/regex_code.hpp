// SPDX-License-Identifier: BSL-1.0
#pragma once
// regex_code: the words that the `re` package of the Python library compiles a pattern to
// (re/_constants.py of 3.11, MAGIC 20220615), and what single characters mean to them.
#include <cstdint>
#include <span>

namespace gilt::interp::regex {

using word = std::uint32_t;
constexpr word magic = 20220615;
constexpr word unlimited = 0xFFFFFFFF;             // MAXREPEAT
constexpr std::int64_t most_groups = 0x7FFFFFFF / 2;   // MAXGROUPS

enum class op : word {
  failure, success, any, any_all, assert_, assert_not, at, branch, category, charset, bigcharset,
  groupref, groupref_exists, in, info, jump, literal, mark, max_until, min_until, not_literal,
  negate, range, repeat, repeat_one, subpattern, min_repeat_one, atomic_group, possessive_repeat,
  possessive_repeat_one, groupref_ignore, in_ignore, literal_ignore, not_literal_ignore,
  groupref_loc_ignore, in_loc_ignore, literal_loc_ignore, not_literal_loc_ignore,
  groupref_uni_ignore, in_uni_ignore, literal_uni_ignore, not_literal_uni_ignore, range_uni_ignore
};
enum class place : word {
  beginning, beginning_line, beginning_string, boundary, non_boundary, end, end_line, end_string,
  loc_boundary, loc_non_boundary, uni_boundary, uni_non_boundary
};
enum info_bits : word { info_prefix = 1, info_literal = 2, info_charset = 4 };
enum flag_bits : std::int64_t {
  flag_template = 1, flag_ignorecase = 2, flag_locale = 4, flag_multiline = 8, flag_dotall = 16,
  flag_unicode = 32, flag_verbose = 64, flag_debug = 128, flag_ascii = 256
};

inline word lower_ascii(word c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
inline word upper_ascii(word c) { return c >= 'a' && c <= 'z' ? c - 32 : c; }
word lower_unicode(word c);
word upper_unicode(word c);
bool in_category(word category, word c);
// Is c in the set that starts at `set` and ends with `failure`?
bool in_charset(const word* set, word c);

// Whether every jump, group and set of the code stays inside it: a matcher trusts it afterwards.
bool valid(std::span<const word> code, std::int64_t groups);

}  // namespace gilt::interp::regex
