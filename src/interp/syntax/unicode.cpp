// SPDX-License-Identifier: BSL-1.0
#include "interp/syntax/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace gilt::interp::syntax {

namespace {

struct code_point_range {
  std::uint32_t first;
  std::uint32_t last;
};

bool within(const code_point_range* begin, const code_point_range* end, std::uint32_t c) {
  return std::any_of(begin, end, [c](code_point_range r) { return c >= r.first && c <= r.last; });
}

// PropList.txt, Unicode 14: Other_ID_Start and Other_ID_Continue, which widen the categories.
constexpr std::array<code_point_range, 3> other_id_start{
    {{0x1885, 0x1886}, {0x2118, 0x2118}, {0x212E, 0x212E}}};
constexpr std::array<code_point_range, 4> other_id_continue{
    {{0x00B7, 0x00B7}, {0x0387, 0x0387}, {0x1369, 0x1371}, {0x19DA, 0x19DA}}};

// Annex 31, 5.1: characters whose NFKC form would not be an identifier.
constexpr std::array<code_point_range, 16> not_xid_start{{{0x037A, 0x037A},
                                                          {0x0E33, 0x0E33},
                                                          {0x0EB3, 0x0EB3},
                                                          {0x309B, 0x309C},
                                                          {0xFC5E, 0xFC63},
                                                          {0xFDFA, 0xFDFB},
                                                          {0xFE70, 0xFE70},
                                                          {0xFE72, 0xFE72},
                                                          {0xFE74, 0xFE74},
                                                          {0xFE76, 0xFE76},
                                                          {0xFE78, 0xFE78},
                                                          {0xFE7A, 0xFE7A},
                                                          {0xFE7C, 0xFE7C},
                                                          {0xFE7E, 0xFE7E},
                                                          {0xFF9E, 0xFF9F},
                                                          {0x2E2F, 0x2E2F}}};
constexpr std::array<code_point_range, 13> not_xid_continue{{{0x037A, 0x037A},
                                                             {0x309B, 0x309C},
                                                             {0xFC5E, 0xFC63},
                                                             {0xFDFA, 0xFDFB},
                                                             {0xFE70, 0xFE70},
                                                             {0xFE72, 0xFE72},
                                                             {0xFE74, 0xFE74},
                                                             {0xFE76, 0xFE76},
                                                             {0xFE78, 0xFE78},
                                                             {0xFE7A, 0xFE7A},
                                                             {0xFE7C, 0xFE7C},
                                                             {0xFE7E, 0xFE7E},
                                                             {0x2E2F, 0x2E2F}}};

utf8proc_category_t category_of(std::uint32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool starts_by_category(std::uint32_t c) {
  switch (category_of(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
      return true;
    default:
      return c == '_' || within(other_id_start.begin(), other_id_start.end(), c);
  }
}

}  // namespace

std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&] {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at++]));
  };
  const std::uint32_t lead = byte();
  if (lead < 0x80U) return lead;
  int more = lead >= 0xF0U ? 3 : lead >= 0xE0U ? 2 : 1;
  std::uint32_t value = lead & (0x3FU >> static_cast<unsigned>(more));
  for (; more > 0 && at < text.size(); --more) value = value << 6U | (byte() & 0x3FU);
  return value;
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80U) {
    put(c);
  } else if (c < 0x800U) {
    put(0xC0U | c >> 6U);
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000U) {
    put(0xE0U | c >> 12U);
    put(0x80U | (c >> 6U & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | c >> 18U);
    put(0x80U | (c >> 12U & 0x3FU));
    put(0x80U | (c >> 6U & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

bool is_identifier_start(std::uint32_t c) {
  return starts_by_category(c) && !within(not_xid_start.begin(), not_xid_start.end(), c);
}

bool is_identifier_part(std::uint32_t c) {
  if (within(not_xid_continue.begin(), not_xid_continue.end(), c)) return false;
  if (starts_by_category(c)) return true;
  switch (category_of(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      return within(other_id_continue.begin(), other_id_continue.end(), c);
  }
}

bool is_printable(std::uint32_t c) {
  if (c == ' ') return true;
  switch (category_of(c)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

std::string normalise_identifier(std::string_view name) {
  utf8proc_uint8_t* raw = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                   static_cast<utf8proc_ssize_t>(name.size()), &raw, options);
  const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(raw, &std::free);
  if (size < 0) return std::string(name);
  return std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
}

}  // namespace gilt::interp::syntax
