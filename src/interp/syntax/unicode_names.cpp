// SPDX-License-Identifier: BSL-1.0
// Two ways to a name: rules for Hangul syllables (composed of the names of their parts; Unicode 14,
// section 3.12) and for blocks of ideographs (prefix and number), and a table for all others
// (make_unicode_names.py says how it is written), which is unpacked at first use.
#include "interp/syntax/unicode_names.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <vector>

namespace gilt::interp::syntax {

namespace {

constexpr char packed_text[] =
#include "interp/syntax/unicode_names.inc"
    ;
constexpr std::string_view packed(packed_text, sizeof packed_text - 1);

struct table {
  std::unordered_map<std::string, std::uint32_t> numbers;
  std::vector<std::pair<std::uint32_t, const std::string*>> names;   // by code point
  table();
};

std::uint32_t hexadecimal(std::string_view digits) {
  std::uint32_t n = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), n, 16);
  return n;
}

table::table() {
  numbers.reserve(36000);
  names.reserve(36000);
  std::string before;
  std::uint32_t next = 0;
  for (std::size_t at = 0; at < packed.size();) {
    const std::size_t end = packed.find('\n', at);
    const char kind = packed[at];
    const std::string_view line = packed.substr(at + 1, end - at - 1);
    at = end + 1;
    if (kind == '@') {
      next = hexadecimal(line);
    } else if (kind == '=') {
      const std::size_t blank = line.find(' ');
      numbers.emplace(line.substr(blank + 1), hexadecimal(line.substr(0, blank)));
    } else {
      std::size_t kept = 0;
      for (int words = kind - 'A'; words > 0; --words) kept = before.find(' ', kept) + 1;
      before.resize(kept);
      before += line;
      const auto added = numbers.emplace(before, next);
      names.emplace_back(next++, &added.first->first);
    }
  }
}
const table& names_table() {
  static const table t;
  return t;
}

struct block { std::uint32_t first, last; std::string_view prefix; };
constexpr block blocks[] = {
    {0x3400, 0x4DBF, "CJK UNIFIED IDEOGRAPH-"},       {0x4E00, 0x9FFF, "CJK UNIFIED IDEOGRAPH-"},
    {0x20000, 0x2A6DF, "CJK UNIFIED IDEOGRAPH-"},     {0x2A700, 0x2B738, "CJK UNIFIED IDEOGRAPH-"},
    {0x2B740, 0x2B81D, "CJK UNIFIED IDEOGRAPH-"},     {0x2B820, 0x2CEA1, "CJK UNIFIED IDEOGRAPH-"},
    {0x2CEB0, 0x2EBE0, "CJK UNIFIED IDEOGRAPH-"},     {0x30000, 0x3134A, "CJK UNIFIED IDEOGRAPH-"},
    {0x1B170, 0x1B2FB, "NUSHU CHARACTER-"},           {0x18B00, 0x18CD5, "KHITAN SMALL SCRIPT CHARACTER-"},
    {0xF900, 0xFA6D, "CJK COMPATIBILITY IDEOGRAPH-"}, {0xFA70, 0xFAD9, "CJK COMPATIBILITY IDEOGRAPH-"},
    {0x2F800, 0x2FA1D, "CJK COMPATIBILITY IDEOGRAPH-"},
};

// A syllable is 0xAC00 + (lead * 21 + vowel) * 28 + tail.
constexpr std::string_view hangul_prefix = "HANGUL SYLLABLE ";
constexpr std::array<std::string_view, 19> leads{"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S",
                                                 "SS", "", "J", "JJ", "C", "K", "T", "P", "H"};
constexpr std::array<std::string_view, 21> vowels{"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE",
                                                  "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I"};
constexpr std::array<std::string_view, 28> tails{"", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT",
                                                 "LP", "LH", "M", "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H"};

// The longest part that `text` begins with.
template <std::size_t N>
std::size_t longest(const std::array<std::string_view, N>& parts, std::string_view& text) {
  std::size_t best = N;
  for (std::size_t i = 0; i < N; ++i) {
    if (text.starts_with(parts[i]) && (best == N || parts[i].size() > parts[best].size())) best = i;
  }
  if (best < N) text.remove_prefix(parts[best].size());
  return best;
}

std::optional<std::uint32_t> hangul_named(std::string_view syllable) {
  const std::size_t lead = longest(leads, syllable), vowel = longest(vowels, syllable);
  if (lead == leads.size() || vowel == vowels.size()) return {};
  const auto tail = std::find(tails.begin(), tails.end(), syllable);
  if (tail == tails.end()) return {};
  return static_cast<std::uint32_t>(0xAC00 + (lead * 21 + vowel) * 28 + static_cast<std::size_t>(tail - tails.begin()));
}

std::string number(std::uint32_t c) {
  std::array<char, 8> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), c, 16).ptr;
  std::string out(digits.data(), end);
  for (char& d : out) d = d >= 'a' ? static_cast<char>(d - 32) : d;
  return out;
}

}  // namespace

std::optional<std::uint32_t> code_point_named(std::string_view given) {
  std::string name(given);
  for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  if (name.starts_with(hangul_prefix)) return hangul_named(std::string_view(name).substr(hangul_prefix.size()));
  for (const block& b : blocks) {
    if (!name.starts_with(b.prefix)) continue;
    const std::uint32_t c = hexadecimal(std::string_view(name).substr(b.prefix.size()));
    if (c >= b.first && c <= b.last && name == std::string(b.prefix) + number(c)) return c;
  }
  const auto& all = names_table().numbers;
  const auto found = all.find(name);
  if (found == all.end()) return {};
  return found->second;
}

std::string name_of(std::uint32_t c) {
  if (c >= 0xAC00 && c <= 0xD7A3) {
    const std::uint32_t i = c - 0xAC00;
    return std::string(hangul_prefix) + std::string(leads[i / 588]) + std::string(vowels[i / 28 % 21]) + std::string(tails[i % 28]);
  }
  for (const block& b : blocks) {
    if (c >= b.first && c <= b.last) return std::string(b.prefix) + number(c);
  }
  const auto& all = names_table().names;
  const auto found = std::lower_bound(all.begin(), all.end(), c, [](const auto& e, std::uint32_t x) { return e.first < x; });
  return found == all.end() || found->first != c ? std::string() : *found->second;
}

}  // namespace gilt::interp::syntax
