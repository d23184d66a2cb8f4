// SPDX-License-Identifier: BSL-1.0
#include "interp/builtins/file_update.hpp"

#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <string>

#include "interp/concurrency/access.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/list.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {
namespace {

// Two threads that read one file each get their bytes: reading too far and stepping back is one step.
std::mutex& one_at_a_time() {
  static std::mutex m;
  return m;
}

// Bytes of the first n units of `s`, which may end within a character; npos: there are fewer.
std::size_t prefix_of(const std::string& s, std::int64_t n, bool characters) {
  if (!characters) return static_cast<std::uint64_t>(n) <= s.size() ? static_cast<std::size_t>(n) : std::string::npos;
  std::int64_t seen = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(s[i]) & 0xC0) != 0x80;
    if (starts && seen == n) return i;
    seen += starts;
  }
  return std::string::npos;
}

std::string read_bytes(int fd, std::int64_t n, bool line, bool characters) {
  const std::lock_guard hold(one_at_a_time());
  std::string out;
  char chunk[8192];
  for (;;) {
    const ssize_t got = ::read(fd, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    const std::size_t before = out.size();
    out.append(chunk, static_cast<std::size_t>(got));
    std::size_t end = n >= 0 ? prefix_of(out, n, characters) : std::string::npos;
    if (line) {
      const std::size_t newline = out.find('\n', before);
      if (newline != std::string::npos) end = std::min(end, newline + 1);
    }
    if (end == std::string::npos) continue;
    static_cast<void>(::lseek(fd, static_cast<off_t>(end) - static_cast<off_t>(out.size()), SEEK_CUR));
    out.resize(end);
    break;
  }
  return out;
}

value shown(thread_state& t, const file_object* f, std::string bytes) {
  if (f->binary) return make_bytes(t, bytes);
  for (std::size_t at = 0; (at = bytes.find("\r\n", at)) != std::string::npos;) bytes.erase(at, 1);
  return decode_bytes(t, bytes, f->encoding, "strict");
}

}  // namespace

value update_read(thread_state& t, file_object* f, std::int64_t n, bool line) {
  std::string bytes;
  const bool characters = !f->binary && std::string_view(f->encoding).starts_with("utf");
  if (!run_blocking(t, [&] { bytes = read_bytes(f->descriptor, n, line, characters); })) return {};
  return shown(t, f, std::move(bytes));
}

value update_lines(thread_state& t, file_object* f) {
  std::string bytes;
  if (!run_blocking(t, [&] { bytes = read_bytes(f->descriptor, -1, false, false); })) return {};
  const value list = make_list(t);
  for (std::size_t at = 0; at < bytes.size() && !list.empty();) {
    const std::size_t newline = bytes.find('\n', at), end = newline == std::string::npos ? bytes.size() : newline + 1;
    const value line = shown(t, f, bytes.substr(at, end - at));
    if (line.empty() || !list_append<any_access>(t, list.as<list_object>(), line)) return {};
    at = end;
  }
  return list;
}

bool update_write(thread_state& t, file_object* f, std::string_view bytes) {
  int error = 0;
  if (!run_blocking(t, [&] {
        const std::lock_guard hold(one_at_a_time());
        for (std::size_t done = 0; done < bytes.size() && error == 0;) {
          const ssize_t n = ::write(f->descriptor, bytes.data() + done, bytes.size() - done);
          if (n > 0) done += static_cast<std::size_t>(n);
          else if (errno != EINTR) error = errno;
        }
      }))
    return false;
  if (error != 0) raise_os_error(t, error);
  return error == 0;
}

value descriptor_tell(thread_state& t, file_object* f) { return descriptor_seek(t, f, 0, SEEK_CUR); }

value descriptor_seek(thread_state& t, file_object* f, std::int64_t offset, std::int64_t whence) {
  if (!f->binary && whence != SEEK_SET && offset != 0) {
    return raise(t, t.interp->types.unsupported_operation, "can't do nonzero %s-relative seeks", whence == SEEK_CUR ? "cur" : "end");
  }
  if (!f->binary && offset < 0) return raise(t, t.interp->errors.ValueError, "negative seek position %lld", static_cast<long long>(offset));
  off_t at = 0;
  int error = 0;
  if (!run_blocking(t, [&] {
        flush_all_output();
        const std::lock_guard hold(one_at_a_time());
        at = ::lseek(f->descriptor, static_cast<off_t>(offset), static_cast<int>(whence));
        error = errno;
      }))
    return {};
  return at < 0 ? raise_os_error(t, error) : value::small_int(at);
}

value descriptor_truncate(thread_state& t, file_object* f, std::int64_t size) {
  int error = 0;
  if (!run_blocking(t, [&] {
        flush_all_output();
        const std::lock_guard hold(one_at_a_time());
        if (size < 0) size = ::lseek(f->descriptor, 0, SEEK_CUR);
        if (::ftruncate(f->descriptor, static_cast<off_t>(size)) != 0) error = errno;
      }))
    return {};
  return error != 0 ? raise_os_error(t, error) : value::small_int(size);
}

}  // namespace gilt::interp
