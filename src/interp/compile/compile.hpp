// SPDX-License-Identifier: BSL-1.0
#pragma once
// compile(): tree -> code, or the SyntaxError that CPython's compiler would raise.
#include <memory>
#include <optional>
#include <string>

#include "interp/compile/code.hpp"
#include "interp/syntax/ast.hpp"
#include "interp/syntax/syntax_error.hpp"

namespace gilt::interp {

struct compile_result {
  std::shared_ptr<code> program;                 // null if and only if there is an error
  std::optional<syntax::syntax_error> error;
};

// Thread-safe: calls share nothing. names_in_mapping: for exec() and eval(), the program is to be run
// as a class body is, with the mapping that holds its names as its one argument.
compile_result compile(const syntax::module_or_expr& root, std::string filename, bool names_in_mapping = false);

// A readable listing, and the first thing wrong with a code object (empty: nothing), nested ones
// included: an operand out of range, a jump that does not land on an instruction.
std::string disassemble(const code& c);
std::string verify(const code& c);

}  // namespace gilt::interp
