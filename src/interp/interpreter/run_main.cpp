// SPDX-License-Identifier: BSL-1.0
#include "interp/interpreter/run_main.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "interp/interpreter/session.hpp"

namespace gilt::interp {
namespace {

// Reads the program. False: a message has been printed.
bool read_program(const run_options& o, std::string& text, std::string& file) {
  const auto complain = [&](const char* why) {
    std::fprintf(stderr, "gilt: can't open file '%s': [Errno %d] %s\n", o.text_or_path.c_str(), errno, why);
    return false;
  };
  if (o.source_kind == "command") {
    text = o.text_or_path + "\n";
    file = "<string>";
    return true;
  }
  if (o.source_kind == "stdin") {
    file = "<stdin>";
    char chunk[65536];
    for (ssize_t n; (n = ::read(0, chunk, sizeof chunk)) > 0;) text.append(chunk, static_cast<std::size_t>(n));
    return true;
  }
  struct stat st{};
  if (::stat(o.text_or_path.c_str(), &st) != 0) return complain(std::strerror(errno));
  if (S_ISDIR(st.st_mode)) {
    std::fprintf(stderr, "gilt: '%s' is a directory, not a script\n", o.text_or_path.c_str());
    return false;
  }
  std::ifstream in(o.text_or_path, std::ios::binary);
  if (!in) return complain(std::strerror(errno));
  text.assign(std::istreambuf_iterator<char>(in), {});
  file = o.text_or_path;
  return true;
}

std::string script_folder(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path real = std::filesystem::canonical(path, failed);
  return (failed ? std::filesystem::absolute(path, failed) : real).parent_path().string();
}

int run_here(const run_options& o) {
  std::string text, file;
  if (!read_program(o, text, file)) return 2;
  session s;
  if (!open_session(o, o.source_kind == "file" ? script_folder(o.text_or_path) : std::string(), file, __builtin_frame_address(0), s))
    return 1;
  thread_state& t = *s.thread;
  code_object* program = load_source(t, text, file);
  start_running(s, o);
  if (program) run_program(s, program);
  int code = 0;
  bool exits = false;
  if (t.why == signal::exception) alone(t, [&] { code = report_end(t, exits); });
  close_session(s, o.stats, code);
}

}  // namespace

int run_main(const run_options& o) {
  return on_main_stack([&] { return run_here(o); });
}

}  // namespace gilt::interp
