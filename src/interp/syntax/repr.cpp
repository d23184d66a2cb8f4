// SPDX-License-Identifier: BSL-1.0
#include "interp/syntax/repr.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "interp/syntax/unicode.hpp"

namespace gilt::interp::syntax {

namespace {

char quote_for(std::string_view text) {
  return text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos
             ? '"'
             : '\'';
}

std::string repr(std::string_view text, bool bytes) {
  const char quote = quote_for(text);
  std::string out = bytes ? "b" : "";
  out += quote;
  std::array<char, 16> buffer{};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const std::uint32_t c =
        bytes ? static_cast<unsigned char>(text[at++]) : next_code_point(text, at);
    const char* format = nullptr;
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < ' ' || c == 127 || (c > 127 && (bytes || !is_printable(c)))) {
      format = bytes || c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    } else {
      out.append(text.substr(begin, at - begin));
    }
    if (format != nullptr) {
      std::snprintf(buffer.data(), buffer.size(), format, static_cast<unsigned>(c));
      out += buffer.data();
    }
  }
  out += quote;
  return out;
}

}  // namespace

std::string repr_text(std::string_view text) {
  return repr(text, false);
}

std::string repr_bytes(std::string_view bytes) {
  return repr(bytes, true);
}

std::string repr_float(double value) {
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  if (std::isnan(value)) return "nan";
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific);
  const std::string text(buffer.data(), end.ptr);
  const std::size_t e = text.find('e');
  const int exponent = std::stoi(text.substr(e + 1));
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (c != '.') digits += c;
  }
  if (exponent < -4 || exponent >= 16) {
    std::string out = digits.substr(0, 1);
    if (digits.size() > 1) out += "." + digits.substr(1);
    std::snprintf(buffer.data(), buffer.size(), "e%c%02d", exponent < 0 ? '-' : '+',
                  std::abs(exponent));
    return out + buffer.data();
  }
  if (exponent < 0)
    return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return digits + std::string(whole - digits.size(), '0') + ".0";
  return digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace gilt::interp::syntax
