// SPDX-License-Identifier: BSL-1.0
#pragma once
// scope: what each name means in each block of a module.
//
// One walk over the tree records, for every function, class, lambda and comprehension, which names
// it binds and uses; a second pass settles them from the outside in: a name bound in a function is
// its local, one bound in an enclosing function is free here and a cell there, everything else is
// global. Class bodies are skipped when a nested function looks for a name.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "interp/syntax/ast.hpp"
#include "interp/syntax/syntax_error.hpp"

namespace gilt::interp {

enum class meaning : std::uint8_t { local, cell, free, global, class_name };

class scope {
 public:
  enum class block : std::uint8_t { module, function, class_body };

  block kind = block::module;
  std::string name;
  scope* parent = nullptr;
  const syntax::arguments* arguments = nullptr;
  bool generator = false, coroutine = false, comprehension = false;
  bool has_walrus = false;                     // a local may be rebound inside an expression
  bool names_in_mapping = false;               // module: run by exec() or eval(), its names live in a mapping
  bool uses_class_cell = false;                // class body: some method needs __class__

  struct symbol {
    bool bound = false, parameter = false, declared_global = false, declared_nonlocal = false;
    bool used = false;                         // read in this block
    bool deleted = false;                      // may become unbound again
    bool captured = false;                     // an inner function shares it
    syntax::location where;
  };
  std::map<std::string, symbol, std::less<>> symbols;
  std::vector<std::string> parameters;         // in register order
  std::vector<std::string> locals;             // others, in order of first binding
  std::vector<std::string> frees;              // in the order of the closure

  meaning of(std::string_view name) const;
  bool in_function() const { return kind == block::function; }
};

// Scopes by the node that opens them (module: the root).
class scopes {
 public:
  // Throws syntax::syntax_error (inside the compiler only).
  explicit scopes(const syntax::module_or_expr& root, bool names_in_mapping = false);
  scope& of(const void* node) const { return *all_.at(node); }

 private:
  friend class scope_builder;
  std::unordered_map<const void*, std::unique_ptr<scope>> all_;
};

// `__x` inside class C is `_C__x`.
std::string mangled(std::string_view class_name, std::string_view name);

}  // namespace gilt::interp
