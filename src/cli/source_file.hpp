// SPDX-License-Identifier: BSL-1.0
#pragma once
// source_file: the text of a script for the commands that do not run it, and its syntax errors.
#include <string>

#include "interp/syntax/syntax_error.hpp"

namespace gilt::cli {

// "-" is standard input. False: a message has been printed, with `command` in front.
bool read_source(const std::string& command, const std::string& path, std::string& text);

// As CPython shows it: file and line, the source line, carets, kind and message.
std::string shown(const interp::syntax::syntax_error&, const std::string& file);

// "    LINE\n    ^^^\n": columns count characters from 1; end_column <= column: one caret.
std::string with_caret(std::string_view line, int column, int end_column);

}  // namespace gilt::cli
