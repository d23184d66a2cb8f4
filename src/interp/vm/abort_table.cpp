// SPDX-License-Identifier: BSL-1.0
#include "interp/vm/abort_table.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <vector>

#include "interp/object/string.hpp"
#include "interp/object/type.hpp"
#include "interp/vm/slice.hpp"

namespace gilt::interp {
namespace {

constexpr std::size_t most_lines = 20;

// The orec of an object is its first word.
std::string kind_of(const orec* lock) {
  if (!lock) return {};
  const auto* o = reinterpret_cast<const object*>(lock);
  if (o->what() == kind::cell) return "variable";
  const shape* s = o->shape_relaxed();
  return s && s->cls && s->cls->name ? to_utf8(s->cls->name) : "storage";
}

std::string line_of(const std::string& file, int line) {
  std::ifstream in(file);
  std::string text;
  for (int i = 0; i < line; ++i) {
    if (!std::getline(in, text)) return {};
  }
  const auto first = text.find_first_not_of(" \t");
  return first == std::string::npos ? std::string() : text.substr(first);
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f %%", whole ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0);
  return text;
}

}  // namespace

void abort_table::merge(const abort_table& other) {
  for (const auto& [site, n] : other.at) at[site] += n;
  committed += other.committed;
  aborted += other.aborted;
}

std::string abort_table::report() const {
  std::string out = "slices: " + std::to_string(committed) + " committed, " + std::to_string(aborted) + " aborted (" +
                    percent(aborted, committed + aborted) + ")\n";
  if (at.empty()) return out;
  std::array<std::uint64_t, abort_cause_count> by_cause{};
  std::vector<std::pair<std::uint64_t, const abort_site*>> lines;
  for (const auto& [site, n] : at) {
    by_cause[static_cast<std::size_t>(site.cause)] += n;
    lines.emplace_back(n, &site);
  }
  out += "by cause:";
  for (std::size_t c = 0; c < abort_cause_count; ++c) {
    if (by_cause[c] > 0) out += std::string("  ") + to_string(static_cast<abort_cause>(c)) + " " + std::to_string(by_cause[c]);
  }
  out += "\n  aborts  line\n";
  std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) {
    const abort_site& s = *lines[i].second;
    char count[32];
    std::snprintf(count, sizeof count, "%8llu  ", static_cast<unsigned long long>(lines[i].first));
    out += count + s.file + ":" + std::to_string(s.line) + " in " + s.function + ": " + to_string(s.cause);
    if (!s.object.empty()) out += " on " + s.object;
    out += "\n";
    const std::string text = line_of(s.file, s.line);
    if (!text.empty()) out += "            " + text + "\n";
  }
  if (lines.size() > most_lines) out += "          and " + std::to_string(lines.size() - most_lines) + " more lines\n";
  return out;
}

void note_abort(thread_state& t) {
  abort_table& table = t.slice->lost;
  ++table.aborted;
  abort_site site;
  site.cause = t.tx.cause();
  if (t.depth > 0) {
    const frame& f = top(t);
    site.file = f.code->source->filename;
    site.function = f.code->source->name;
    site.line = f.code->line_at(static_cast<std::size_t>(f.pc - f.code->words.data()));
  }
  site.object = kind_of(t.tx.conflict());
  ++table.at[site];
}

}  // namespace gilt::interp
