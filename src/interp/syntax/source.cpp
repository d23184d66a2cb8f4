// SPDX-License-Identifier: BSL-1.0
#include "interp/syntax/source.hpp"

#include <array>
#include <cstdio>

namespace gilt::interp::syntax {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\f';
}

bool is_encoding_char(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '_' || c == '.';
}

// The name in `# -*- coding: name -*-`, or nothing; `comment_only` says whether the next line may
// still declare one.
std::string_view declared_encoding(std::string_view line, bool& comment_only) {
  std::size_t at = 0;
  while (at < line.size() && is_blank(line[at])) ++at;
  comment_only = at == line.size() || line[at] == '#';
  if (at == line.size() || line[at] != '#') return {};
  for (;;) {
    at = line.find("coding", at);
    if (at == std::string_view::npos) return {};
    at += 6;
    if (at >= line.size() || (line[at] != ':' && line[at] != '=')) continue;
    ++at;
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
    std::size_t end = at;
    while (end < line.size() && is_encoding_char(line[end])) ++end;
    if (end > at) return line.substr(at, end - at);
  }
}

std::string normalised_encoding(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    out += c;
  }
  return out;
}

bool starts_with_codec(const std::string& name, std::string_view codec) {
  return name == codec || name.rfind(std::string(codec) + "-", 0) == 0;
}

// The length of the well-formed UTF-8 sequence at `at`, or 0. (Unicode 15, table 3-7.)
std::size_t sequence_length(std::string_view s, std::size_t at) {
  auto byte = [&](std::size_t i) {
    return at + i < s.size() ? static_cast<unsigned char>(s[at + i]) : 0U;
  };
  auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80U) return 1;
  if (lead >= 0xC2U && lead <= 0xDFU) return continues(1) ? 2 : 0;
  if (lead >= 0xE0U && lead <= 0xEFU) {
    if (!continues(1) || !continues(2)) return 0;
    if (lead == 0xE0U && byte(1) < 0xA0U) return 0;
    if (lead == 0xEDU && byte(1) > 0x9FU) return 0;
    return 3;
  }
  if (lead >= 0xF0U && lead <= 0xF4U) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (lead == 0xF0U && byte(1) < 0x90U) return 0;
    if (lead == 0xF4U && byte(1) > 0x8FU) return 0;
    return 4;
  }
  return 0;
}

}  // namespace

std::optional<syntax_error> source_text::load(arena& memory, std::string_view raw,
                                              std::string_view filename, source_kind kind) {
  const bool marked = kind == source_kind::bytes && raw.starts_with(byte_order_mark);
  if (marked) raw.remove_prefix(byte_order_mark.size());

  bool latin1 = false;
  bool declared = kind == source_kind::text || marked;
  if (kind == source_kind::bytes) {
    std::size_t begin = 0;
    bool comment_only = true;
    for (int line = 1; line <= 2 && comment_only && begin < raw.size(); ++line) {
      const std::size_t end = std::min(raw.find_first_of("\r\n", begin), raw.size());
      const std::string_view name = declared_encoding(raw.substr(begin, end - begin), comment_only);
      begin = end + (raw.substr(end, 2) == "\r\n" ? 2 : 1);
      if (name.empty()) continue;
      const std::string codec = normalised_encoding(name);
      declared = true;
      latin1 = starts_with_codec(codec, "latin-1") || starts_with_codec(codec, "iso-8859-1") ||
               starts_with_codec(codec, "iso-latin-1") || codec == "latin1";
      const bool utf8 = starts_with_codec(codec, "utf-8") || codec == "utf8" || codec == "ascii" ||
                        codec == "us-ascii";
      if (!latin1 && !utf8) {
        syntax_error error;
        error.message = "unknown encoding: " + std::string(name);
        return error;
      }
      if (latin1 && marked) {
        syntax_error error;
        error.message = "encoding problem: " + std::string(name) + " with BOM";
        return error;
      }
      break;
    }
  }

  std::string out;
  out.reserve(raw.size() + 1);
  int line = 1;
  for (std::size_t at = 0; at < raw.size();) {
    const char c = raw[at];
    if (c == '\r') {
      out += '\n';
      ++line;
      at += at + 1 < raw.size() && raw[at + 1] == '\n' ? 2 : 1;
      continue;
    }
    if (c == '\n') ++line;
    if (c == '\0') {
      syntax_error error;
      error.message = "source code cannot contain null bytes";
      return error;
    }
    if (static_cast<unsigned char>(c) < 0x80U) {
      out += c;
      ++at;
    } else if (latin1) {
      const auto byte = static_cast<unsigned char>(c);
      out += static_cast<char>(0xC0U | byte >> 6U);
      out += static_cast<char>(0x80U | (byte & 0x3FU));
      ++at;
    } else if (const std::size_t length = sequence_length(raw, at); length != 0) {
      out.append(raw.substr(at, length));
      at += length;
    } else {
      std::array<char, 64> hex{};
      const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
      syntax_error error;
      if (declared) {
        std::snprintf(hex.data(), hex.size(), "0x%02x in position %zu", byte, at);
        error.message = "(unicode error) 'utf-8' codec can't decode byte " +
                        std::string(hex.data()) + ": invalid start byte";
      } else {
        std::snprintf(hex.data(), hex.size(), "'\\x%02x'", byte);
        error.message = "Non-UTF-8 code starting with " + std::string(hex.data()) + " in file " +
                        std::string(filename) + " on line " + std::to_string(line) +
                        ", but no encoding declared; see https://peps.python.org/pep-0263/ for "
                        "details";
        error.line = line;
      }
      return error;
    }
  }
  if (!out.empty() && out.back() != '\n') out += '\n';
  text_ = memory.copy(out);
  index_lines();
  return std::nullopt;
}

void source_text::index_lines() {
  line_starts_.assign(1, 0);
  for (std::size_t at = text_.find('\n'); at != std::string_view::npos;
       at = text_.find('\n', at + 1)) {
    line_starts_.push_back(at + 1);
  }
}

std::string_view source_text::line(int line) const noexcept {
  if (line < 1 || static_cast<std::size_t>(line) > line_starts_.size()) return {};
  const std::size_t begin = line_starts_[static_cast<std::size_t>(line) - 1];
  return text_.substr(begin, text_.find('\n', begin) - begin);
}

int source_text::characters_read(int line, int bytes) const noexcept {
  const std::string_view text = this->line(line);
  return characters(text, bytes) + (bytes > static_cast<int>(text.size()) ? 1 : 0);
}

syntax_error source_text::error(syntax_error_type type, std::string message,
                                const location& where) const {
  syntax_error error;
  error.type = type;
  error.message = std::move(message);
  error.line = where.line;
  error.end_line = where.end_line;
  error.line_text = std::string(line(where.line));
  error.column = where.column < 0 ? 0 : characters(line(where.line), where.column) + 1;
  error.end_column =
      where.end_column < 0 ? 0 : characters(line(where.end_line), where.end_column) + 1;
  // A caret may stand behind the last character (on the newline).
  if (where.column > static_cast<int>(line(where.line).size())) {
    error.column += where.column - static_cast<int>(line(where.line).size());
  }
  return error;
}

}  // namespace gilt::interp::syntax
