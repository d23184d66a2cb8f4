// SPDX-License-Identifier: BSL-1.0
#pragma once
// completion: what the prompt offers for the beginning of a name. `a.b.c` is looked up as a name and
// then attribute by attribute; nothing else is evaluated. Properties on the way do run.
#include <string>
#include <vector>

#include "interp/object/interpreter.hpp"

namespace gilt::interp {

// Whole words, sorted; what can be called ends in "(". Exceptions on the way mean: nothing to offer.
std::vector<std::string> completions(thread_state&, module_object* main, const std::string& word);

}  // namespace gilt::interp
