// SPDX-License-Identifier: BSL-1.0
// A child in a process group of its own, three pipes and one poll loop. Both outputs are read while it
// runs, so a full pipe never stops it.
#include "tests/interp/scripts/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

extern char** environ;

namespace scripts {
namespace {

using steady = std::chrono::steady_clock;

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> out;
  out.reserve(words.size() + 1);
  for (const auto& w : words) out.push_back(const_cast<char*>(w.c_str()));
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> merged_environment(const std::vector<std::string>& added) {
  std::vector<std::string> out = added;
  for (char** e = environ; *e != nullptr; ++e) {
    const std::string entry = *e;
    const std::string name = entry.substr(0, entry.find('=') + 1);
    bool replaced = false;
    for (const auto& a : added) replaced |= a.rfind(name, 0) == 0;
    if (!replaced) out.push_back(entry);
  }
  return out;
}

// Reads what is there; false once the other end is closed.
bool drain(int fd, std::string& into) {
  std::array<char, 65536> chunk;
  const ssize_t n = ::read(fd, chunk.data(), chunk.size());
  if (n > 0) into.append(chunk.data(), static_cast<std::size_t>(n));
  return n > 0;
}

}  // namespace

outcome run(const job& j) {
  outcome r;
  int in[2], out[2], err[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0) {
    return r;
  }
  const auto environment = merged_environment(j.environment);
  auto argv = pointers(j.words);
  auto envp = pointers(environment);
  const pid_t child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);
    ::signal(SIGINT, SIG_DFL);
    ::dup2(in[0], 0);
    ::dup2(out[1], 1);
    ::dup2(err[1], 2);
    ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  ::close(err[1]);
  // The inputs used here fit a pipe's buffer.
  if (!j.input.empty() && ::write(in[1], j.input.data(), j.input.size()) < 0) r.errors = "no input\n";
  ::close(in[1]);

  const auto deadline = steady::now() + j.limit;
  std::array<pollfd, 2> ends{{{out[0], POLLIN, 0}, {err[0], POLLIN, 0}}};
  bool interrupted = !j.interrupt;
  auto again = deadline;
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady::now()).count();
    if (left <= 0) {
      r.late = true;
      ::kill(-child, SIGKILL);
      break;
    }
    const int patience = j.insist ? static_cast<int>(std::min<long>(left, 100)) : static_cast<int>(left);
    if (::poll(ends.data(), ends.size(), patience) < 0) continue;
    if (ends[0].revents != 0 && !drain(out[0], r.output)) ends[0].fd = -1;
    if (ends[1].revents != 0 && !drain(err[0], r.errors)) ends[1].fd = -1;
    if (!interrupted && r.output.find('\n') != std::string::npos) {
      interrupted = true;
      ::kill(child, SIGINT);
      again = steady::now() + std::chrono::seconds(2);
    } else if (j.insist && interrupted && steady::now() >= again) {
      ::kill(child, SIGINT);
      again += std::chrono::seconds(2);
    }
  }
  // Both ends may be closed before the program has ended.
  int status = 0;
  while (!r.late && ::waitpid(child, &status, WNOHANG) == 0) {
    if (steady::now() >= deadline) {
      r.late = true;
      ::kill(-child, SIGKILL);
    } else {
      ::poll(nullptr, 0, 1);
    }
  }
  if (r.late) ::waitpid(child, &status, 0);
  ::close(out[0]);
  ::close(err[0]);
  r.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return r;
}

}  // namespace scripts
