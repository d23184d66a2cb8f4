// SPDX-License-Identifier: BSL-1.0
// The prompt. While it waits, the thread has left the world: other threads go on, and what they print
// appears. A statement is compiled alone and runs as `gilt run` runs a script; an exception is
// printed and forgotten, SystemExit and the end of the input end the session.
#include "interp/interpreter/repl.hpp"

#include <algorithm>
#include <cstdio>

#include "interp/builtins/file.hpp"
#include "interp/compile/compile.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/concurrency/world.hpp"
#include "interp/interpreter/completion.hpp"
#include "interp/interpreter/line_editor.hpp"
#include "interp/interpreter/session.hpp"
#include "interp/object/module.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/syntax/parser.hpp"

namespace gilt::interp {
namespace {

constexpr const char* file = "<stdin>";

// exit and quit say how to leave when they are typed without parentheses.
constexpr const char* set_up = R"(
def _install():
    import builtins
    class Quitter:
        def __init__(self, name):
            self.name = name
        def __repr__(self):
            return f'Use {self.name}() or Ctrl-D (i.e. EOF) to exit'
        def __call__(self, code=None):
            raise SystemExit(code)
    builtins.exit = Quitter('exit')
    builtins.quit = Quitter('quit')
_install()
del _install
)";

class prompt_loop {
 public:
  prompt_loop(session& s, const repl_options& o)
      : s_(s), t_(*s.thread), editor_({[this](const std::string& word) { return complete(word); },
                                       [this] { return interrupt_pending(t_); }, [] { return standard_input_line(); },
                                       o.history_file}) {}

  bool editing() const { return editor_.editing(); }

  // The exit code.
  int run() {
    for (std::string statement;;) {
      const line_end end = read_statement(statement);
      if (end == line_end::interrupted) {
        clear_interrupt(t_);
        std::fputs("\nKeyboardInterrupt\n", stderr);
        continue;
      }
      if (!statement.empty()) {
        if (end == line_end::end_of_input) std::fputc('\n', stderr);   // it ends a block, too
        execute(statement);
      }
      bool exits = false;
      int code = 0;
      if (t_.why == signal::exception) alone(t_, [&] { code = report_end(t_, exits); });
      flush_all_output();
      if (exits) return code;
      if (end == line_end::end_of_input && statement.empty()) {
        std::fputc('\n', stderr);
        return 0;
      }
    }
  }

 private:
  std::string prompt(const char* name) {
    std::string text;
    alone(t_, [&] {
      const value v = module_get(t_, s_.interp->sys, intern(*s_.interp, name));
      const value shown = v.empty() ? v : str_of(t_, v);
      if (!shown.empty()) text = to_utf8(shown.as<string_object>());
      t_.why = signal::none;
      t_.exception = {};
    });
    return text;
  }

  // Lines until they are a statement, or an error. What stood before the end of the input is one.
  line_end read_statement(std::string& out) {
    out.clear();
    const std::string first = prompt("ps1"), other = prompt("ps2");
    leave_world(t_);
    at_prompt(true);
    line_end end;
    do {
      std::string line;
      end = editor_.read(out.empty() ? first : other, line);
      if (end != line_end::line) break;
      if (line.back() != '\n') line += '\n';
      if (out.empty() && blank(line)) break;
      out += line;
    } while (wants_more(out));
    at_prompt(false);
    enter_world(t_);
    if (end == line_end::interrupted) out.clear();
    return end;
  }
  static bool blank(const std::string& line) {
    const auto at = line.find_first_not_of(" \t\f\r\n");
    return at == std::string::npos || line[at] == '#';
  }

  void execute(const std::string& text) {
    code_object* program = nullptr;
    alone(t_, [&] { program = compile_statement(text); });
    if (program) run_program(s_, program);
  }
  code_object* compile_statement(const std::string& text) {
    auto parsed = syntax::parse(text, file, syntax::parse_mode::single, syntax::source_kind::text);
    if (parsed.error) {
      // A line that begins in the first column ends a block: it is a mistake, as there is no empty line.
      if (parsed.error->message.starts_with("multiple statements")) parsed.error->message = "invalid syntax";
      raise_syntax_error(t_, *parsed.error, file);
      return nullptr;
    }
    const auto compiled = compile(*parsed.tree, file);
    if (compiled.error) {
      raise_syntax_error(t_, *compiled.error, file);
      return nullptr;
    }
    return link(t_, compiled.program);
  }

  std::vector<std::string> complete(const std::string& word) {
    std::vector<std::string> found;
    enter_world(t_);
    alone(t_, [&] { found = completions(t_, s_.main, word); });
    leave_world(t_);
    return found;
  }

  session& s_;
  thread_state& t_;
  line_editor editor_;
};

int repl_here(const repl_options& given) {
  repl_options o = given;
  o.run.source_kind = "stdin";
  o.run.argv = {""};
  session s;
  if (!open_session(o.run, "", "", __builtin_frame_address(0), s)) return 1;
  const auto set = [&](const char* name, const char* text) {
    module_set(*s.thread, s.interp->sys, intern(*s.interp, name), make_string(*s.thread, text));
  };
  set("ps1", ">>> ");
  set("ps2", "... ");
  if (code_object* c = load_source(*s.thread, set_up, "<gilt>/repl.py")) run_program(s, c);
  start_running(s, o.run);
  prompt_loop loop(s, o);
  if (!o.quiet) {
    std::fprintf(stderr, "gilt %s, Python 3.11 without a global lock (engine %s)\n%s", o.version.c_str(), o.run.engine.c_str(),
                 loop.editing() || line_editor::built_in() ? "" : "No line editing: this build is without libedit (apt-get install libedit-dev, build again).\n");
    std::fputs("Ctrl-D or exit() leaves.\n", stderr);
  }
  close_session(s, o.run.stats, loop.run());
}

}  // namespace

bool wants_more(const std::string& text) {
  const auto parsed = syntax::parse(text, file, syntax::parse_mode::single, syntax::source_kind::text);
  const bool empty_line = text.size() < 2 || text.ends_with("\n\n");
  if (!parsed.error) {
    if (parsed.tree->body.empty() || empty_line) return false;
    using syntax::stmt_kind;
    switch (parsed.tree->body.front()->kind) {
      case stmt_kind::function_def:
      case stmt_kind::class_def:
      case stmt_kind::for_stmt:
      case stmt_kind::while_stmt:
      case stmt_kind::if_stmt:
      case stmt_kind::with_stmt:
      case stmt_kind::match_stmt:
      case stmt_kind::try_stmt: return true;
      default: return false;
    }
  }
  const syntax::syntax_error& e = *parsed.error;
  if (e.message.find("was never closed") != std::string::npos || e.message.starts_with("unterminated triple-quoted") ||
      e.message.starts_with("unexpected EOF"))
    return true;
  if (empty_line) return false;
  const auto last = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  const std::string_view line = syntax::line_of(text, last);
  const int length = syntax::characters(line, static_cast<int>(line.size()));
  const bool at_end = e.line > last || (e.line == last && (e.column == 0 || e.column > length));
  if (e.message.starts_with("expected an indented block") || e.message.starts_with("expected 'except' or 'finally' block")) return at_end;
  // Behind a decorator's line stands what it decorates.
  const bool past_line = e.line > last || (e.line == last && (e.column == 0 || e.column > length + 1));
  const auto first = line.find_first_not_of(" \t");
  return past_line && first != std::string_view::npos && line[first] == '@';
}

int run_repl(const repl_options& o) {
  return on_main_stack([&] { return repl_here(o); });
}

}  // namespace gilt::interp
