// SPDX-License-Identifier: BSL-1.0
#pragma once
// check: what cannot work in a script, found without running it. Only what is certain is reported:
// whatever may have been bound, rebound or caught behind the text's back is passed over.
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "interp/syntax/ast.hpp"

namespace gilt::cli {

struct finding {
  std::string rule;              // syntax, undefined-name, arity, atomic-io, missing-module
  std::string message;
  interp::syntax::location where;   // columns in bytes from 0
};

// What the checked program would find where it runs.
struct surroundings {
  std::set<std::string> builtins;
  std::function<bool(const std::string& module)> has_module;   // absolute, dotted
};

// In the order of the text. Precondition: it compiles.
std::vector<finding> check_tree(const interp::syntax::module_or_expr&, const surroundings&);

}  // namespace gilt::cli
