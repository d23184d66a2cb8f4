// SPDX-License-Identifier: BSL-1.0
#pragma once
// inventory: what a script finds here, for tools that do not run it.
#include <set>
#include <string>

#include "interp/interpreter/run_main.hpp"

namespace gilt::interp {

std::set<std::string> builtin_names();                     // opens an interpreter; once in a process
std::string installed_library();                           // folder of a python3's modules in Python; empty: none
// A native module, one in Python that is part of gilt, or a file or package in one of the folders.
bool module_exists(const std::string& dotted, const std::vector<std::string>& folders);

}  // namespace gilt::interp
