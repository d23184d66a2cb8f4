// SPDX-License-Identifier: BSL-1.0
#pragma once
// program: runs a program with an input and takes both its outputs apart; talks to one at a terminal.
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace program {

struct outcome {
  int code = -1;
  std::string output, errors;
};

inline int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

// A folder that is gone when this is.
struct folder {
  folder() {
    std::string name = std::filesystem::temp_directory_path() / "gilt-cli-XXXXXX";
    path = ::mkdtemp(name.data());
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  ~folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return path / name;
  }
  std::string read(const std::string& name) const {
    std::ifstream in(path / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::filesystem::path path;
};

// Through the shell.
inline outcome run(const std::string& command, const std::string& input = "") {
  const folder f;
  f.write("in", input);
  const std::string at = f.path;
  const int status = std::system(("{ " + command + "; } <" + at + "/in >" + at + "/out 2>" + at + "/err").c_str());
  return {code_of(status), f.read("out"), f.read("err")};
}
inline outcome gilt(const std::string& arguments, const std::string& input = "") {
  return run(std::string(GILT_PROGRAM) + " " + arguments, input);
}

// A program whose input and outputs are a terminal.
class terminal {
 public:
  terminal(const std::vector<std::string>& words, const std::vector<std::string>& environment) {
    const winsize size{24, 80, 0, 0};
    child_ = ::forkpty(&fd_, nullptr, nullptr, &size);
    if (child_ != 0) return;
    for (const auto& e : environment) ::putenv(const_cast<char*>(e.c_str()));
    std::vector<char*> argv;
    for (const auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  terminal(const terminal&) = delete;
  terminal& operator=(const terminal&) = delete;
  ~terminal() {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      end();
    }
    ::close(fd_);
  }

  void type(const std::string& keys) { (void)!::write(fd_, keys.data(), keys.size()); }
  // Waits until `text` has appeared since the last expectation. What came instead is in seen().
  bool expect(const std::string& text) {
    for (;;) {
      if (const auto at = seen_.find(text); at != std::string::npos) {
        seen_.erase(0, at + text.size());
        return true;
      }
      struct pollfd input{fd_, POLLIN, 0};
      if (::poll(&input, 1, 30000) <= 0) return false;
      std::array<char, 4096> chunk;
      const ssize_t n = ::read(fd_, chunk.data(), chunk.size());
      if (n <= 0) return false;
      seen_.append(chunk.data(), static_cast<std::size_t>(n));
    }
  }
  const std::string& seen() const { return seen_; }
  // The exit code; a program that does not end is killed.
  int end() {
    if (!closed()) ::kill(child_, SIGKILL);
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return code_of(status);
  }

 private:
  bool closed() {
    for (std::array<char, 4096> chunk;;) {
      struct pollfd input{fd_, POLLIN, 0};
      if (::poll(&input, 1, 30000) <= 0) return false;
      if (::read(fd_, chunk.data(), chunk.size()) <= 0) return true;
    }
  }

  int fd_ = -1;
  pid_t child_ = -1;
  std::string seen_;
};

}  // namespace program
