// SPDX-License-Identifier: BSL-1.0
#pragma once
// lexer: text -> tokens.
//
// The whole text is cut at once: no token of Python depends on the parser. A text that cannot be
// cut yields the tokens before the fault, then one token of kind `failure`; whether the fault is
// reported is the parser's to decide, for it may have stumbled earlier. CPython's rule: a *hard*
// fault (a broken literal, a stray bracket) outranks whatever the parser complains about, a soft
// one (indentation, end of file) counts only if the parser gets there.

#include <optional>
#include <vector>

#include "interp/syntax/source.hpp"
#include "interp/syntax/token.hpp"

namespace gilt::interp::syntax {

struct open_bracket {
  char which = '(';
  int line = 0;
  int column = 0;
};

struct token_list {
  std::vector<token> tokens;          // never empty
  std::optional<syntax_error> fault;  // what the failure token stands for
  bool fault_is_hard = false;
  std::vector<open_bracket> open_brackets;  // never closed, outermost first
};

// Cuts a program.
[[nodiscard]] token_list tokenize(const source_text& source);

// Cuts the expression `part` of an f-string, which lies in source.text() and begins behind its
// brace at `line` and `column`: line ends are mere space, and round brackets stand around it, in
// place of the braces.
[[nodiscard]] token_list tokenize_expression(const source_text& source, std::string_view part,
                                             int line, int column);

}  // namespace gilt::interp::syntax
