// SPDX-License-Identifier: BSL-1.0
#include "interp/interpreter/completion.hpp"

#include <set>

#include "interp/object/module.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {
namespace {

constexpr const char* keywords[] = {
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield"};

void forget_failure(thread_state& t) {
  t.why = signal::none;
  t.exception = {};
}

// Adds owner's names that begin with `prefix`, `before` in front of each.
void add_names(thread_state& t, value owner, const std::string& before, const std::string& prefix, std::set<std::string>& out) {
  const value names = dir_of(t, owner);
  const value it = names.empty() ? names : get_iter(t, names);
  for (value each; !it.empty() && iter_next(t, it, each) && !each.empty();) {
    if (!is(each, kind::str)) continue;
    const std::string name = to_utf8(each.as<string_object>());
    if (!name.starts_with(prefix) || (prefix.empty() && name.starts_with("_"))) continue;
    const value v = find_attr(t, owner, each.as<string_object>());
    forget_failure(t);
    out.insert(before + name + (!v.empty() && callable(t, v) ? "(" : ""));
  }
  forget_failure(t);
}

}  // namespace

std::vector<std::string> completions(thread_state& t, module_object* main, const std::string& word) {
  interpreter& i = *t.interp;
  std::set<std::string> found;
  const auto last = word.rfind('.');
  if (last == std::string::npos) {
    for (const char* k : keywords) {
      if (std::string_view(k).starts_with(word)) found.insert(k);
    }
    add_names(t, value::of(i.builtins), "", word, found);
    add_names(t, value::of(main), "", word, found);
    return {found.begin(), found.end()};
  }
  value at;
  for (std::size_t begin = 0; begin <= last;) {
    const std::size_t end = word.find('.', begin);
    string_object* name = intern(i, word.substr(begin, end - begin));
    if (begin > 0) at = find_attr(t, at, name);
    else if (at = module_get(t, main, name); at.empty() && t.why == signal::none) at = module_get(t, i.builtins, name);
    if (at.empty()) break;
    begin = end + 1;
  }
  forget_failure(t);
  if (!at.empty()) add_names(t, at, word.substr(0, last + 1), word.substr(last + 1), found);
  return {found.begin(), found.end()};
}

}  // namespace gilt::interp
