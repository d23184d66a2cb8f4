// SPDX-License-Identifier: BSL-1.0
#include "interp/compile/compile.hpp"

#include "interp/compile/function_compiler.hpp"

namespace gilt::interp {
namespace {

constexpr op_info table[] = {
#define GILT_OP(name, words, form) {#name, words, op_form::form},
#include "interp/compile/opcodes.def"
#undef GILT_OP
};

}  // namespace

const op_info& info(opcode op) { return table[static_cast<std::size_t>(op)]; }

compile_result compile(const syntax::module_or_expr& root, std::string filename, bool names_in_mapping) {
  for (const bool fused : {true, false}) {
    try {
      const scopes names(root, names_in_mapping);
      function_compiler::unit unit{names, filename, root.source, fused, false};
      compile_result result;
      result.program = function_compiler(unit, names.of(&root), "<module>", "").module(root);
      return result;
    } catch (const jump_too_far&) {
      continue;                                  // again, without fused jumps
    } catch (const syntax::syntax_error& e) {
      compile_result result;
      result.error = e;
      if (result.error->line_text.empty() && e.line > 0) {
        const std::string_view line = syntax::line_of(root.source, e.line);
        result.error->line_text = std::string(line);
      }
      return result;
    }
  }
  return {};
}

}  // namespace gilt::interp
