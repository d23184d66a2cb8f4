// SPDX-License-Identifier: BSL-1.0
#pragma once
// line_editor: one line from a terminal, edited, with history and completion (libedit, BSD). In a
// build without libedit, and when input or output is no terminal, lines are read as they come and
// the prompt goes to stderr, as CPython's does.
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gilt::interp {

enum class line_end { line, end_of_input, interrupted };

class line_editor {
 public:
  // What may stand for the word before the cursor, whole words, sorted.
  using completer = std::function<std::vector<std::string>(const std::string& word)>;
  struct wiring {
    completer complete;
    std::function<bool()> interrupted;             // has Ctrl-C been pressed?
    std::function<std::string()> plain_line;       // from stdin with its newline; empty: its end, or interrupted
    std::string history_file;                      // empty: none is kept
  };

  explicit line_editor(wiring);
  ~line_editor();
  line_editor(const line_editor&) = delete;
  line_editor& operator=(const line_editor&) = delete;

  // `out` gets the line with its newline, if it has one.
  line_end read(const std::string& prompt, std::string& out);
  bool editing() const { return editor_ != nullptr; }
  static bool built_in();                          // does this build have libedit?

 private:
  struct editor;
  wiring wiring_;
  std::unique_ptr<editor> editor_;
};

}  // namespace gilt::interp
