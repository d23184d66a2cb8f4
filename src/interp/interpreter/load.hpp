// SPDX-License-Identifier: BSL-1.0
#pragma once
// load: text -> code ready to run.
#include <string>
#include <string_view>

#include "interp/syntax/syntax_error.hpp"
#include "interp/vm/code_object.hpp"

namespace gilt::interp {

// Null: SyntaxError (or MemoryError) is set.
code_object* load_source(thread_state&, std::string_view text, const std::string& file);
value raise_syntax_error(thread_state&, const syntax::syntax_error&, const std::string& file);

}  // namespace gilt::interp
