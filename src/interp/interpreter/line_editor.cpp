// SPDX-License-Identifier: BSL-1.0
#include "interp/interpreter/line_editor.hpp"

#include <unistd.h>

#include <cstdio>
#include <utility>

#ifdef GILT_HAVE_LIBEDIT
#include <histedit.h>
#include <langinfo.h>
#include <poll.h>

#include <algorithm>
#include <cctype>
#include <clocale>
#include <csignal>
#include <cstring>
#include <cwchar>
#endif

namespace gilt::interp {

#ifdef GILT_HAVE_LIBEDIT

bool line_editor::built_in() { return true; }

struct line_editor::editor {
  explicit editor(const wiring& w) : w(w) {
    // libedit decodes by the locale; a script's text is UTF-8 in any.
    std::setlocale(LC_CTYPE, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
    history = ::history_init();
    line = ::el_init("gilt", stdin, stdout, stderr);
    HistEvent event;
    ::history(history, &event, H_SETSIZE, 1000);
    ::history(history, &event, H_SETUNIQUE, 1);
    if (!w.history_file.empty()) ::history(history, &event, H_LOAD, w.history_file.c_str());
    ::el_set(line, EL_CLIENTDATA, this);
    ::el_set(line, EL_EDITOR, "emacs");
    ::el_set(line, EL_SIGNAL, 0);                  // Ctrl-C is the interpreter's
    ::el_set(line, EL_HIST, ::history, history);
    ::el_set(line, EL_PROMPT, &show_prompt);
    ::el_set(line, EL_GETCFN, &get_character);
    ::el_set(line, EL_ADDFN, "gilt-complete", "complete the name before the cursor", &complete);
    ::el_set(line, EL_BIND, "^I", "gilt-complete", nullptr);
    static constexpr const char* keys[][2] = {
        {"\\e[3~", "ed-delete-next-char"}, {"\\e[H", "ed-move-to-beg"}, {"\\e[F", "ed-move-to-end"}, {"\\e[1~", "ed-move-to-beg"},
        {"\\e[4~", "ed-move-to-end"}, {"\\e[1;5D", "ed-prev-word"}, {"\\e[1;5C", "em-next-word"}, {"^R", "em-inc-search-prev"}};
    for (const auto& [key, action] : keys) ::el_set(line, EL_BIND, key, action, nullptr);
    ::el_source(line, nullptr);                    // ~/.editrc
  }
  ~editor() {
    ::el_end(line);
    ::history_end(history);
  }
  editor(const editor&) = delete;
  editor& operator=(const editor&) = delete;

  static editor& of(EditLine* e) {
    void* self = nullptr;
    ::el_get(e, EL_CLIENTDATA, &self);
    return *static_cast<editor*>(self);
  }
  static char* show_prompt(EditLine* e) { return of(e).prompt.data(); }

  // SIGINT is blocked but while the thread sleeps in ppoll(), so none is lost between look and sleep.
  static int get_character(EditLine* e, wchar_t* out) {
    editor& self = of(e);
    sigset_t interrupt, before;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &before);
    const int answer = self.next(before, *out);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return answer;
  }
  int next(const sigset_t& waiting_mask, wchar_t& out) {
    std::mbstate_t state{};
    for (;;) {
      if (w.interrupted()) return -1;
      struct pollfd input{0, POLLIN, 0};
      if (::ppoll(&input, 1, nullptr, &waiting_mask) < 0) continue;
      char byte;
      const ssize_t n = ::read(0, &byte, 1);
      if (n == 0) return 0;
      if (n < 0) return -1;
      // Ctrl-D typed after the prompt and before libedit took the terminal over, which comes in this order.
      if (byte == 0) byte = '\x04';
      const std::size_t used = std::mbrtowc(&out, &byte, 1, &state);
      if (used == static_cast<std::size_t>(-2)) continue;          // more bytes belong to it
      if (used == static_cast<std::size_t>(-1)) out = L'?';
      return 1;
    }
  }

  // Puts in what all candidates share; if that is nothing new, lists them.
  static unsigned char complete(EditLine* e, int) {
    const LineInfo* info = ::el_line(e);
    const char* begin = info->cursor;
    const auto of_name = [](char c) { return c == '_' || c == '.' || std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80); };
    while (begin > info->buffer && of_name(begin[-1])) --begin;
    const std::string word(begin, info->cursor);
    if (word.empty()) {
      ::el_insertstr(e, "    ");
      return CC_REFRESH;
    }
    const std::vector<std::string> found = of(e).w.complete(word);
    if (found.empty()) return CC_REFRESH_BEEP;
    std::size_t common = found.front().size();
    for (const auto& f : found)
      common = std::min(common, static_cast<std::size_t>(std::mismatch(f.begin(), f.end(), found.front().begin(), found.front().end()).first - f.begin()));
    if (common > word.size()) {
      ::el_insertstr(e, found.front().substr(word.size(), common - word.size()).c_str());
      return CC_REFRESH;
    }
    if (found.size() == 1) return CC_REFRESH;
    std::size_t width = 0;
    for (const auto& f : found) width = std::max(width, f.size() + 2);
    const std::size_t columns = std::max<std::size_t>(1, 80 / width);
    std::fputc('\n', stdout);
    for (std::size_t k = 0; k < found.size(); ++k) {
      std::fprintf(stdout, "%-*s", static_cast<int>(width), found[k].c_str());
      if ((k + 1) % columns == 0 || k + 1 == found.size()) std::fputc('\n', stdout);
    }
    std::fflush(stdout);
    return CC_REDISPLAY;
  }

  line_end read(std::string& out) {
    int count = 0;
    const char* text = ::el_gets(line, &count);
    if (text == nullptr || count <= 0) return w.interrupted() ? line_end::interrupted : line_end::end_of_input;
    out.assign(text, static_cast<std::size_t>(count));
    if (out.find_first_not_of(" \t\n") != std::string::npos) {
      HistEvent event;
      ::history(history, &event, H_ENTER, out.c_str());
      if (!w.history_file.empty()) ::history(history, &event, H_SAVE, w.history_file.c_str());
    }
    return line_end::line;
  }

  const wiring& w;
  EditLine* line;
  ::History* history;
  std::string prompt;
};

#else

bool line_editor::built_in() { return false; }
struct line_editor::editor {
  explicit editor(const wiring&) {}
  line_end read(std::string&) { return line_end::end_of_input; }
  std::string prompt;
};

#endif

line_editor::line_editor(wiring w) : wiring_(std::move(w)) {
  if (built_in() && ::isatty(0) == 1 && ::isatty(1) == 1) editor_ = std::make_unique<editor>(wiring_);
}
line_editor::~line_editor() = default;

line_end line_editor::read(const std::string& prompt, std::string& out) {
  if (editor_) {
    editor_->prompt = prompt;
    return editor_->read(out);
  }
  std::fputs(prompt.c_str(), stderr);
  std::fflush(stderr);
  out = wiring_.plain_line();
  if (wiring_.interrupted()) return line_end::interrupted;
  return out.empty() ? line_end::end_of_input : line_end::line;
}

}  // namespace gilt::interp
