// SPDX-License-Identifier: BSL-1.0
// open: modes, encodings and what happens to a file when it is opened. A file that is only read is read
// whole here; see file.cpp for why.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/file.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/operations.hpp"

namespace gilt::interp {
namespace {

const char* encoding_name(const std::string& given) {
  std::string name;
  for (char c : given) name += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (name == "utf-8" || name == "utf8") return "utf-8";
  if (name == "utf-8-sig") return "utf-8-sig";
  if (name == "ascii" || name == "us-ascii") return "ascii";
  if (name == "latin-1" || name == "latin1" || name == "iso-8859-1" || name == "iso8859-1") return "latin-1";
  return nullptr;
}

// Universal newlines: \r\n and \r become \n.
void translate_newlines(std::string& s) {
  if (s.find('\r') == std::string::npos) return;
  std::string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '\r') out += s[i];
    else {
      out += '\n';
      if (i + 1 < s.size() && s[i + 1] == '\n') ++i;
    }
  }
  s.swap(out);
}

int read_whole(const std::string& path, std::string& out) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  struct stat st{};
  if (::fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
    ::close(fd);
    return EISDIR;
  }
  if (st.st_size > 0) out.reserve(static_cast<std::size_t>(st.st_size));
  char chunk[65536];
  for (;;) {
    const ssize_t n = ::read(fd, chunk, sizeof chunk);
    if (n == 0) break;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int error = errno;
      ::close(fd);
      return error;
    }
    out.append(chunk, static_cast<std::size_t>(n));
  }
  ::close(fd);
  return 0;
}

}  // namespace

value open_native(thread_state& t, const call_args& a) {
  value out[8];
  if (!bind(t, "open", a, {"file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"}, 1, out))
    return {};
  interpreter& i = *t.interp;
  value path_value = out[0];
  if (!is(path_value, kind::str)) {
    value self;
    const value method = path_value.is_object() ? lookup_special(t, path_value, intern(i, "__fspath__"), self) : value{};
    if (!method.empty()) path_value = call(t, method, &self, 1);
    if (t.why != signal::none) return {};
    if (!is(path_value, kind::str))
      return raise(t, i.errors.TypeError, "expected str, bytes or os.PathLike object, not %s", type_name(t, out[0]).c_str());
  }
  std::string mode = "r";
  if (!out[1].empty()) {
    if (!is(out[1], kind::str))
      return raise(t, i.errors.TypeError, "open() argument 'mode' must be str, not %s", type_name(t, out[1]).c_str());
    mode = to_utf8(out[1].as<string_object>());
  }
  bool binary = false, updating = false;
  char direction = 0;
  int directions = 0;
  for (std::size_t k = 0; k < mode.size(); ++k) {
    const char c = mode[k];
    if (std::string_view("rwaxbt+").find(c) == std::string_view::npos || mode.find(c) != k)
      return raise(t, i.errors.ValueError, "invalid mode: '%s'", mode.c_str());
    if (c == 'b') binary = true;
    else if (c == '+') updating = true;
    else if (c != 't') direction = c, ++directions;
  }
  if (binary && mode.find('t') != std::string::npos) return raise(t, i.errors.ValueError, "can't have text and binary mode at once");
  if (directions > 1) return raise(t, i.errors.ValueError, "must have exactly one of create/read/write/append mode");
  if (direction == 0)
    return raise(t, i.errors.ValueError, "Must have exactly one of create/read/write/append mode and at most one plus");
  const char* encoding = "utf-8";
  if (is(out[3], kind::str)) {
    if (binary) return raise(t, i.errors.ValueError, "binary mode doesn't take an encoding argument");
    const std::string asked = to_utf8(out[3].as<string_object>());
    encoding = encoding_name(asked);
    if (!encoding) return raise(t, i.errors.LookupError, "unknown encoding: %s", asked.c_str());
  }
  const std::string errors = is(out[4], kind::str) ? to_utf8(out[4].as<string_object>()) : "strict";
  const std::string path = to_utf8(path_value.as<string_object>());
  if (path.find('\0') != std::string::npos) return raise(t, i.errors.ValueError, "embedded null byte");
  const value mode_value = make_string(t, mode);
  if (mode_value.empty()) return {};

  if (direction == 'r' && !updating) {
    std::string bytes;
    int error = 0;
    if (!holds_file_output(t)) error = read_whole(path, bytes);
    else if (!run_blocking(t, [&] { error = read_whole(path, bytes); })) return {};
    if (error != 0) return raise_os_error(t, error, path_value);
    value contents;
    if (binary) {
      contents = make_bytes(t, bytes);
    } else {
      const bool raw_newlines = is(out[5], kind::str);
      if (!raw_newlines) translate_newlines(bytes);
      contents = decode_bytes(t, bytes, encoding, errors);
    }
    if (contents.empty()) return {};
    file_object* f = new_file(t, -1, true, binary, path_value, mode_value, encoding);
    if (!f) return {};
    f->contents = contents;
    return value::of(f);
  }

  const int flags = O_CLOEXEC | (updating ? O_RDWR : O_WRONLY) | (direction == 'r' ? 0 : O_CREAT) |
                    (direction == 'w' ? O_TRUNC : direction == 'a' ? O_APPEND : direction == 'x' ? O_EXCL : 0);
  int fd = -1, error = 0;
  if (!run_blocking(t, [&] {
        fd = ::open(path.c_str(), flags, 0666);
        error = errno;
        if (fd >= 0 && direction == 'a') static_cast<void>(::lseek(fd, 0, SEEK_END));
      }))
    return {};
  if (fd < 0) return raise_os_error(t, error, path_value);
  file_object* f = new_file(t, fd, false, binary, path_value, mode_value, encoding);
  if (!f) return {};
  f->updating = updating;
  return value::of(f);
}

}  // namespace gilt::interp
