// SPDX-License-Identifier: BSL-1.0
// _os: what the Python part of `os` (src/interp/lib/os.py) needs of the system. Only reads and
// name changes; reads may run twice when a slice is aborted, changes end the slice first.
#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>

#include "interp/builtins/file.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {
namespace {

bool path_of(thread_state& t, value v, std::string& out) {
  if (!is(v, kind::str)) {
    raise(t, t.interp->errors.TypeError, "expected str, bytes or os.PathLike object, not %s",
          type_name(t, v).c_str());
    return false;
  }
  out = to_utf8(v.as<string_object>());
  return true;
}

value os_listdir(thread_state& t, const call_args& a) {
  std::string path = ".";
  if (a.npos > 0 && !path_of(t, a[0], path)) return {};
  DIR* dir = ::opendir(path.c_str());
  if (!dir) return raise_os_error(t, errno, a.npos > 0 ? a[0] : make_string(t, path));
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(dir)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  ::closedir(dir);
  const value list = make_list(t);
  for (const std::string& name : names) {
    const value s = make_string(t, name);
    if (list.empty() || s.empty() || !list_append<any_access>(t, list.as<list_object>(), s)) return {};
  }
  return list;
}
value os_getcwd(thread_state& t, const call_args&) {
  char buffer[PATH_MAX];
  if (!::getcwd(buffer, sizeof buffer)) return raise_os_error(t, errno, make_string(t, "."));
  return make_string(t, buffer);
}
value os_getpid(thread_state&, const call_args&) { return value::small_int(::getpid()); }
value os_cpu_count(thread_state&, const call_args&) {
  return value::small_int(::sysconf(_SC_NPROCESSORS_ONLN));
}
value os_getenv(thread_state& t, const call_args& a) {
  std::string name;
  if (!path_of(t, a[0], name)) return {};
  const char* found = std::getenv(name.c_str());
  if (!found) return a.npos > 1 ? a[1] : value::none();
  return make_string(t, found);
}
value os_environ(thread_state& t, const call_args&) {
  const value dict = make_dict(t);
  for (char** e = ::environ; *e; ++e) {
    const std::string entry = *e;
    const auto equals = entry.find('=');
    if (equals == std::string::npos) continue;
    const value k = make_string(t, entry.substr(0, equals)), v = make_string(t, entry.substr(equals + 1));
    if (k.empty() || v.empty() || !dict_set<any_access>(t, dict.as<dict_object>(), k, v)) return {};
  }
  return dict;
}
// (mode, size, mtime) or None if there is no such thing.
template <bool Follow>
value os_stat(thread_state& t, const call_args& a) {
  std::string path;
  if (!path_of(t, a[0], path)) return {};
  struct stat st{};
  int result = 0;
  const auto look = [&] { result = Follow ? ::stat(path.c_str(), &st) : ::lstat(path.c_str(), &st); };
  if (!holds_file_output(t)) look();
  else if (!run_blocking(t, look)) return {};
  if (result != 0) return value::none();
  const value size = int_from_int64(t, st.st_size);
  if (size.empty()) return {};
  return make_tuple(t, {value::small_int(st.st_mode), size,
                        value::real(static_cast<double>(st.st_mtim.tv_sec) +
                                    static_cast<double>(st.st_mtim.tv_nsec) * 1e-9)});
}
value os_realpath(thread_state& t, const call_args& a) {
  std::string path;
  if (!path_of(t, a[0], path)) return {};
  char buffer[PATH_MAX];
  return ::realpath(path.c_str(), buffer) ? make_string(t, buffer) : a[0];
}
template <int (*F)(const char*)>
value change(thread_state& t, const call_args& a) {
  std::string path;
  if (!path_of(t, a[0], path)) return {};
  int result = 0, error = 0;
  if (!run_blocking(t, [&] {
        result = F(path.c_str());
        error = errno;
      }))
    return {};
  return result == 0 ? value::none() : raise_os_error(t, error, a[0]);
}
int make_directory(const char* path) { return ::mkdir(path, 0777); }

// ---- descriptors; each of these changes the world, so the slice ends first ----

value os_open(thread_state& t, const call_args& a) {
  std::string path;
  std::int64_t flags, mode = 0777;
  if (!path_of(t, a[0], path) || !to_int64(t, a[1], flags) || (a.npos > 2 && !to_int64(t, a[2], mode))) return {};
  int descriptor = -1, error = 0;
  if (!run_blocking(t, [&] {
        descriptor = ::open(path.c_str(), static_cast<int>(flags) | O_CLOEXEC, static_cast<mode_t>(mode));
        error = errno;
      }))
    return {};
  return descriptor >= 0 ? value::small_int(descriptor) : raise_os_error(t, error, a[0]);
}
value os_close(thread_state& t, const call_args& a) {
  std::int64_t descriptor;
  int result = 0, error = 0;
  if (!to_int64(t, a[0], descriptor)) return {};
  if (!run_blocking(t, [&] {
        result = ::close(static_cast<int>(descriptor));
        error = errno;
      }))
    return {};
  return result == 0 ? value::none() : raise_os_error(t, error);
}
value os_read(thread_state& t, const call_args& a) {
  std::int64_t descriptor, n;
  if (!to_int64(t, a[0], descriptor) || !to_int64(t, a[1], n)) return {};
  if (n < 0) return raise_os_error(t, EINVAL);
  std::string room(static_cast<std::size_t>(n), '\0');
  ssize_t got = 0;
  int error = 0;
  if (!run_blocking(t, [&] {
        got = ::read(static_cast<int>(descriptor), room.data(), room.size());
        error = errno;
      }))
    return {};
  if (got < 0) return raise_os_error(t, error);
  return make_bytes(t, std::string_view(room).substr(0, static_cast<std::size_t>(got)));
}
value os_write(thread_state& t, const call_args& a) {
  std::int64_t descriptor;
  std::string data;
  if (!to_int64(t, a[0], descriptor)) return {};
  const bytes_status status = bytes_of(t, a[1], data);
  if (status == bytes_status::not_bytes)
    return raise(t, t.interp->errors.TypeError, "a bytes-like object is required, not '%s'", type_name(t, a[1]).c_str());
  if (status == bytes_status::failed) return {};
  ssize_t put = 0;
  int error = 0;
  if (!run_blocking(t, [&] {
        put = ::write(static_cast<int>(descriptor), data.data(), data.size());
        error = errno;
      }))
    return {};
  return put >= 0 ? value::small_int(put) : raise_os_error(t, error);
}

value os_urandom(thread_state& t, const call_args& a) {
  std::int64_t n;
  if (!to_int64(t, a[0], n)) return {};
  if (n < 0) return raise(t, t.interp->errors.ValueError, "negative argument not allowed");
  std::string out(static_cast<std::size_t>(n), '\0');
  for (std::size_t have = 0; have < out.size();) {
    const ssize_t got = ::getrandom(out.data() + have, std::min<std::size_t>(256, out.size() - have), 0);
    if (got > 0) have += static_cast<std::size_t>(got);
    else if (errno != EINTR) return raise_os_error(t, errno);
  }
  return make_bytes(t, out);
}

constexpr native_definition functions[] = {
    {"urandom", os_urandom, 1, 1, false},      {"open", os_open, 2, 3, false},
    {"close", os_close, 1, 1, false},          {"read", os_read, 2, 2, false},
    {"write", os_write, 2, 2, false},
    {"listdir", os_listdir, 0, 1, false},      {"getcwd", os_getcwd, 0, 0, false},
    {"getpid", os_getpid, 0, 0, false},        {"cpu_count", os_cpu_count, 0, 0, false},
    {"getenv", os_getenv, 1, 2, false},        {"environ_dict", os_environ, 0, 0, false},
    {"stat_of", os_stat<true>, 1, 1, false},   {"lstat_of", os_stat<false>, 1, 1, false},
    {"realpath", os_realpath, 1, 1, false},    {"remove", change<::unlink>, 1, 1, false},
    {"rmdir", change<::rmdir>, 1, 1, false},   {"mkdir", change<make_directory>, 1, 1, false},
};

}  // namespace

void fill_os(thread_state& t, module_object* m) {
  define_functions(t, m, functions);
  constexpr struct { const char* name; int number; } flags[] = {
      {"O_RDONLY", O_RDONLY}, {"O_WRONLY", O_WRONLY}, {"O_RDWR", O_RDWR},         {"O_CREAT", O_CREAT},       {"O_EXCL", O_EXCL},
      {"O_TRUNC", O_TRUNC},   {"O_APPEND", O_APPEND}, {"O_NONBLOCK", O_NONBLOCK}, {"O_CLOEXEC", O_CLOEXEC},   {"O_NOFOLLOW", O_NOFOLLOW},
      {"O_DIRECTORY", O_DIRECTORY}};
  for (const auto& f : flags) define(t, m, f.name, value::small_int(f.number));
}

}  // namespace gilt::interp
