// SPDX-License-Identifier: BSL-1.0
// gilt check: findings to stdout, as `file:line:col: message` with the line and a caret, or as SARIF.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/check.hpp"
#include "cli/commands.hpp"
#include "cli/source_file.hpp"
#include "interp/compile/compile.hpp"
#include "interp/interpreter/inventory.hpp"
#include "interp/syntax/parser.hpp"

namespace gilt::cli {
namespace {

struct shown_finding {
  std::string file, rule, message, line_text;
  int line, column, end_column;                // characters from 1
};

shown_finding from_error(const std::string& file, const interp::syntax::syntax_error& e) {
  return {file, "syntax", std::string(name_of(e.type)) + ": " + e.message, e.line_text, e.line, std::max(e.column, 1),
          e.end_line == e.line ? e.end_column : 0};
}

void check_file(const std::string& file, const std::string& text, surroundings& around, std::vector<shown_finding>& out) {
  const auto parsed = interp::syntax::parse(text, file, interp::syntax::parse_mode::file);
  if (parsed.error) return out.push_back(from_error(file, *parsed.error));
  if (const auto compiled = interp::compile(*parsed.tree, file); compiled.error) return out.push_back(from_error(file, *compiled.error));
  for (const finding& f : check_tree(*parsed.tree, around)) {
    const std::string_view line = interp::syntax::line_of(parsed.tree->source, f.where.line);
    const int column = interp::syntax::characters(line, f.where.column) + 1;
    const int end = f.where.end_line == f.where.line ? interp::syntax::characters(line, f.where.end_column) + 1
                                                     : interp::syntax::characters(line, static_cast<int>(line.size())) + 1;
    out.push_back({file, f.rule, f.message, std::string(line), f.where.line, column, end});
  }
}

// SARIF 2.1.0: what code hosts read.
std::string as_sarif(const std::vector<shown_finding>& all) {
  using json = nlohmann::ordered_json;
  json results = json::array(), rules = json::array();
  for (const char* rule : {"syntax", "undefined-name", "arity", "atomic-io", "missing-module"}) rules.push_back({{"id", rule}});
  for (const auto& f : all) {
    results.push_back({{"ruleId", f.rule},
                       {"level", f.rule == "atomic-io" ? "warning" : "error"},
                       {"message", {{"text", f.message}}},
                       {"locations", json::array({{{"physicalLocation",
                                                    {{"artifactLocation", {{"uri", f.file}}},
                                                     {"region", {{"startLine", f.line}, {"startColumn", f.column}, {"endColumn", std::max(f.end_column, f.column + 1)}}}}}}})}});
  }
  const json driver = {{"name", "gilt check"}, {"rules", rules}};
  const json run = {{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
  return json({{"version", "2.1.0"}, {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"runs", json::array({run})}})
             .dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace

int check_command(const check_arguments& a) {
  surroundings around;
  around.builtins = interp::builtin_names();
  const std::string library = interp::installed_library();
  std::vector<shown_finding> all;
  bool unreadable = false;
  for (const std::string& path : a.files) {
    std::string text;
    if (!read_source("check", path, text)) {
      unreadable = true;
      continue;
    }
    const std::string file = path == "-" ? "<stdin>" : path;
    std::vector<std::string> folders = {path == "-" ? std::string(".") : std::filesystem::path(path).parent_path().string()};
    if (!library.empty()) folders.push_back(library);
    around.has_module = [&](const std::string& module) { return interp::module_exists(module, folders); };
    check_file(file, text, around, all);
  }
  if (a.format == "sarif") {
    fmt::print("{}", as_sarif(all));
  } else {
    for (const auto& f : all)
      fmt::print("{}:{}:{}: {}\n{}", f.file, f.line, f.column, f.message, with_caret(f.line_text, f.column, f.end_column));
  }
  std::fflush(stdout);
  return unreadable ? usage : all.empty() ? good : failed;
}

}  // namespace gilt::cli
