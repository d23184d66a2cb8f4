// SPDX-License-Identifier: BSL-1.0
// file: file objects.
//
// A slice may run again, so a file must not be read or written halfway through one:
//   reading   the whole file is read when it is opened; what it holds never changes afterwards and
//             the position is a transactional word, so an aborted read is simply undone
//   writing   text goes to the slice's held output and reaches the descriptor after commit, in
//             commit order, as print's does; close follows it there
//   both      see file_update.hpp
//   stdin     every read ends the slice first, since what was read cannot be given back
#include "interp/builtins/file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/file_update.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

shape* file_shape = nullptr;

// Bytes of stdin that were read but not yet asked for; shared by all threads of the process.
struct input_buffer {
  std::mutex mutex;
  std::string pending;
  bool at_end = false;

  // Up to and including the next newline, or everything when `lines` is false.
  std::string take(bool lines) {
    const std::lock_guard guard(mutex);
    for (;;) {
      const auto newline = lines ? pending.find('\n') : std::string::npos;
      if (newline != std::string::npos) return cut(newline + 1);
      if (at_end) return cut(pending.size());
      char chunk[4096];
      const ssize_t n = ::read(0, chunk, sizeof chunk);
      if (n > 0) pending.append(chunk, static_cast<std::size_t>(n));
      else if (n == 0 || errno != EINTR) at_end = true;
      else return {};                       // interrupted: the caller looks at its signals
    }
  }
  std::string cut(std::size_t n) {
    std::string head = pending.substr(0, n);
    pending.erase(0, n);
    if (pending.empty() && head.empty()) at_end = false;   // a terminal's end of input is not for ever
    return head;
  }
};
input_buffer standard_input;

bool open_file(thread_state& t, file_object* f) {
  value closed;
  if (!any_access::read(t, f, f->closed, closed)) return false;
  if (!closed.is_true()) return true;
  raise(t, t.interp->errors.ValueError, "I/O operation on closed file.");
  return false;
}
bool require_mode(thread_state& t, file_object* f, bool reading) {
  if (!open_file(t, f)) return false;
  if (f->reading == reading || f->updating) return true;
  raise(t, t.interp->types.unsupported_operation, reading ? "not readable" : "not writable");
  return false;
}

// The part of the contents from the position on: n units, or up to a newline.
value take_contents(thread_state& t, file_object* f, std::int64_t n, bool line) {
  value position;
  if (!any_access::read(t, f, f->position, position)) return {};
  const std::int64_t begin = position.as_int();
  const bool text = is(f->contents, kind::str);
  const std::int64_t size = text ? f->contents.as<string_object>()->length
                                 : static_cast<std::int64_t>(f->contents.as<bytes_object>()->length);
  std::int64_t end = n < 0 || n > size - begin ? size : begin + n;
  if (begin >= size) end = begin;
  if (line) {
    const std::int64_t newline = text ? find_code_point(f->contents.as<string_object>(), '\n', begin, end)
                                      : find_byte(f->contents.as<bytes_object>(), '\n', begin, end);
    if (newline >= 0) end = newline + 1;
  }
  if (end != begin && !any_access::write(t, f, f->position, value::small_int(end))) return {};
  return text ? substring(t, f->contents.as<string_object>(), begin, end)
              : subbytes(t, f->contents.as<bytes_object>(), begin, end);
}
value take(thread_state& t, file_object* f, std::int64_t n, bool line) {
  if (f->updating) return update_read(t, f, n, line);
  if (f->descriptor != 0) return take_contents(t, f, n, line);
  std::string bytes;
  if (!run_blocking(t, [&] { bytes = standard_input.take(line); })) return {};
  return decode_bytes(t, bytes, "utf-8", "surrogateescape");
}
bool is_empty(value v) {
  return is(v, kind::str) ? v.as<string_object>()->length == 0 : v.as<bytes_object>()->length == 0;
}
bool size_argument(thread_state& t, const call_args& a, std::int64_t& n) {
  n = -1;
  return a.npos < 2 || a[1].is_none() || to_int64_clamped(t, a[1], n);
}

value file_read(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  std::int64_t n;
  if (!require_mode(t, f, true) || !size_argument(t, a, n)) return {};
  return take(t, f, n, false);
}
value file_readline(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  std::int64_t n;
  if (!require_mode(t, f, true) || !size_argument(t, a, n)) return {};
  return take(t, f, n, true);
}
value file_readlines(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  if (!require_mode(t, f, true)) return {};
  if (f->updating) return update_lines(t, f);
  const value lines = make_list(t);
  for (;;) {
    const value line = lines.empty() ? lines : take(t, f, -1, true);
    if (line.empty()) return {};
    if (is_empty(line)) return lines;
    if (!list_append<any_access>(t, lines.as<list_object>(), line)) return {};
  }
}
value file_iter(thread_state& t, const call_args& a) {
  return open_file(t, a[0].as<file_object>()) ? a[0] : value{};
}
value file_next(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  if (!require_mode(t, f, true)) return {};
  const value line = take(t, f, -1, true);
  if (line.empty() || !is_empty(line)) return line;
  return raise_stop_iteration(t, value::none());
}

// The bytes a file keeps of what write() is given, and how many units that is. False: wrong type, or
// characters the encoding lacks.
bool bytes_to_write(thread_state& t, const file_object* f, value v, std::string& room, std::string_view& bytes, std::int64_t& units) {
  if (f->binary) {
    if (is(v, kind::bytes)) {
      auto* b = v.as<bytes_object>();
      bytes = {reinterpret_cast<const char*>(b->data()), b->length};
    } else if (is(v, kind::bytearray) || is(v, kind::memory_view) || is(v, kind::array)) {
      const value copy = call(t, value::of(t.interp->types.bytes), &v, 1);
      if (copy.empty()) return false;
      room.assign(reinterpret_cast<const char*>(copy.as<bytes_object>()->data()), copy.as<bytes_object>()->length);
      bytes = room;
    } else {
      raise(t, t.interp->errors.TypeError, "a bytes-like object is required, not '%s'", type_name(t, v).c_str());
      return false;
    }
    units = static_cast<std::int64_t>(bytes.size());
    return true;
  }
  if (!is(v, kind::str)) {
    raise(t, t.interp->errors.TypeError, "write() argument must be str, not %s", type_name(t, v).c_str());
    return false;
  }
  auto* s = v.as<string_object>();
  units = s->length;
  if (s->ascii) {
    bytes = s->ascii_view();
    return true;
  }
  if (!encode_string(t, s, f->descriptor <= 2 ? "utf-8" : f->encoding, f->descriptor == 2 ? "backslashreplace" : "strict", room)) return false;
  bytes = room;
  return true;
}

value file_write(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  std::string room;
  std::string_view bytes;
  std::int64_t units = 0;
  if (!require_mode(t, f, false) || !bytes_to_write(t, f, a[1], room, bytes, units)) return {};
  if (!f->updating) write_output(t, f->descriptor, bytes);
  else if (!update_write(t, f, bytes)) return {};
  return value::small_int(units);
}
value file_writelines(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  const value it = require_mode(t, f, false) ? get_iter(t, a[1]) : value{};
  if (it.empty()) return {};
  std::string all;                         // of a file that is updated: written at once, so that it happens once
  for (;;) {
    value item;
    std::string room;
    std::string_view bytes;
    std::int64_t units = 0;
    if (!iter_next(t, it, item)) return {};
    if (item.empty()) break;
    if (!bytes_to_write(t, f, item, room, bytes, units)) return {};
    if (f->updating) all += bytes;
    else write_output(t, f->descriptor, bytes);
  }
  return all.empty() || update_write(t, f, all) ? value::none() : value{};
}
value file_flush(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  if (!open_file(t, f)) return {};
  if (!f->reading && !f->updating) flush_output(t);
  return value::none();
}
value file_close(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  value closed;
  if (!any_access::read(t, f, f->closed, closed)) return {};
  if (closed.is_true()) return value::none();
  if (!any_access::write(t, f, f->closed, value::true_())) return {};
  if (f->descriptor > 2) close_output(t, f->descriptor);
  return value::none();
}
value file_enter(thread_state& t, const call_args& a) { return file_iter(t, a); }
value file_exit(thread_state& t, const call_args& a) { return file_close(t, {a.v, 1, 0, nullptr}); }
value file_tell(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  value position;
  if (!open_file(t, f)) return {};
  if (f->descriptor >= 0) return descriptor_tell(t, f);
  return any_access::read(t, f, f->position, position) ? position : value{};
}
value file_seek(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  std::int64_t offset, whence = 0;
  if (!open_file(t, f) || !to_int64_clamped(t, a[1], offset)) return {};
  if (a.npos > 2 && !to_int64_clamped(t, a[2], whence)) return {};
  if (f->descriptor >= 0) return descriptor_seek(t, f, offset, whence);
  if (whence == 2)
    offset += is(f->contents, kind::str) ? f->contents.as<string_object>()->length
                                         : static_cast<std::int64_t>(f->contents.as<bytes_object>()->length);
  if (whence == 1 || offset < 0)
    return raise(t, t.interp->errors.ValueError, "negative seek position %lld", static_cast<long long>(offset));
  return any_access::write(t, f, f->position, value::small_int(offset)) ? value::small_int(offset) : value{};
}
value file_truncate(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  std::int64_t size = -1;
  if (!require_mode(t, f, false) || (a.npos > 1 && !a[1].is_none() && !to_int64_clamped(t, a[1], size))) return {};
  return descriptor_truncate(t, f, size);
}
value file_readable(thread_state&, const call_args& a) {
  return value::boolean(a[0].as<file_object>()->reading || a[0].as<file_object>()->updating);
}
value file_writable(thread_state&, const call_args& a) {
  return value::boolean(!a[0].as<file_object>()->reading || a[0].as<file_object>()->updating);
}
value file_seekable(thread_state&, const call_args& a) {
  const int fd = a[0].as<file_object>()->descriptor;
  return value::boolean(fd < 0 || ::lseek(fd, 0, SEEK_CUR) >= 0);
}
value file_fileno(thread_state&, const call_args& a) { return value::small_int(a[0].as<file_object>()->descriptor); }
value file_isatty(thread_state&, const call_args& a) {
  const int fd = a[0].as<file_object>()->descriptor;
  return value::boolean(fd >= 0 && ::isatty(fd) == 1);
}
value file_closed(thread_state& t, const call_args& a) {
  auto* f = a[0].as<file_object>();
  value closed;
  return any_access::read(t, f, f->closed, closed) ? closed : value{};
}
value file_name(thread_state&, const call_args& a) { return a[0].as<file_object>()->name; }
value file_mode(thread_state&, const call_args& a) { return a[0].as<file_object>()->mode; }
value file_encoding(thread_state& t, const call_args& a) { return make_string(t, a[0].as<file_object>()->encoding); }

constexpr native_definition methods[] = {
    {"read", file_read, 1, 2, false},         {"readline", file_readline, 1, 2, false},
    {"readlines", file_readlines, 1, 2, false}, {"__iter__", file_iter, 1, 1, false},
    {"__next__", file_next, 1, 1, false},     {"write", file_write, 2, 2, false},
    {"writelines", file_writelines, 2, 2, false}, {"flush", file_flush, 1, 1, false},
    {"close", file_close, 1, 1, false},       {"__enter__", file_enter, 1, 1, false},
    {"__exit__", file_exit, 1, 4, false},     {"tell", file_tell, 1, 1, false},
    {"seek", file_seek, 2, 3, false},         {"readable", file_readable, 1, 1, false},
    {"writable", file_writable, 1, 1, false}, {"fileno", file_fileno, 1, 1, false},
    {"isatty", file_isatty, 1, 1, false},     {"truncate", file_truncate, 1, 2, false},
    {"seekable", file_seekable, 1, 1, false},
};

// print(*objects, sep=' ', end='\n', file=sys.stdout, flush=False)
value builtin_print(thread_state& t, const call_args& a) {
  value separator, end, file, flush;
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    const std::string word = to_utf8(const_cast<tuple_object*>(a.names)->items()[k].as<string_object>());
    const value v = a[a.npos + k];
    if (word == "sep") separator = v;
    else if (word == "end") end = v;
    else if (word == "file") file = v;
    else if (word == "flush") flush = v;
    else return raise(t, t.interp->errors.TypeError, "'%s' is an invalid keyword argument for print()", word.c_str());
  }
  const auto text_or_none = [&](value v, const char* what, const char* fallback, std::string& out) {
    if (v.empty() || v.is_none()) {
      out = fallback;
      return true;
    }
    if (!is(v, kind::str)) {
      raise(t, t.interp->errors.TypeError, "%s must be None or a string, not %s", what, type_name(t, v).c_str());
      return false;
    }
    out = to_utf8(v.as<string_object>());
    return true;
  };
  std::string line, between, last;
  if (!text_or_none(separator, "sep", " ", between) || !text_or_none(end, "end", "\n", last)) return {};
  if (file.empty() || file.is_none()) {
    file = standard_stream(t, 1);
    if (file.empty()) return {};
    if (file.is_none()) return value::none();
  }
  for (std::uint32_t i = 0; i < a.npos && is(file, kind::file); ++i) {
    if (i > 0) line += between;
    const value s = is(a[i], kind::str) ? a[i] : str_of(t, a[i]);
    if (s.empty()) {
      // What came before an argument that has no text is written all the same.
      if (t.why == signal::exception && !line.empty() && !file.as<file_object>()->binary) write_output(t, file.as<file_object>()->descriptor, line);
      return {};
    }
    append_utf8(s.as<string_object>(), line);
  }
  line += last;
  bool wants_flush = false;
  if (!flush.empty() && !truth(t, flush, wants_flush)) return {};
  if (is(file, kind::file)) {
    auto* f = file.as<file_object>();
    if (!require_mode(t, f, false)) return {};
    if (f->binary)
      return raise(t, t.interp->errors.TypeError, "a bytes-like object is required, not 'str'");
    write_output(t, f->descriptor, line);
    if (wants_flush) flush_output(t);
    return value::none();
  }
  // An object of the script sees the pieces one by one, as CPython hands them over.
  string_object* write = intern(*t.interp, "write");
  const auto piece = [&](value text) { return !text.empty() && !call_method(t, file, write, {text}).empty(); };
  for (std::uint32_t i = 0; i < a.npos; ++i) {
    if (i > 0 && !piece(make_string(t, between))) return {};
    if (!piece(is(a[i], kind::str) ? a[i] : str_of(t, a[i]))) return {};
  }
  if (!piece(make_string(t, last))) return {};
  if (wants_flush && call_method(t, file, intern(*t.interp, "flush"), {}).empty()) return {};
  return value::none();
}

value builtin_input(thread_state& t, const call_args& a) {
  if (a.npos > 0) {
    const value prompt = str_of(t, a[0]);
    if (prompt.empty()) return {};
    write_output(t, 1, to_utf8(prompt.as<string_object>()));
  }
  flush_output(t);
  std::string line;
  if (!run_blocking(t, [&] { line = standard_input.take(true); })) return {};
  if (line.empty()) return raise(t, t.interp->errors.EOFError, "EOF when reading a line");
  if (line.back() == '\n') line.pop_back();
  return decode_bytes(t, line, "utf-8", "surrogateescape");
}

constexpr native_definition table[] = {
    {"print", builtin_print, 0, -1, true},
    {"open", open_native, 0, 8, true},
    {"input", builtin_input, 0, 1, false},
};

}  // namespace

file_object* new_file(thread_state& t, int fd, bool reading, bool binary, value name, value mode,
                      const char* encoding) {
  auto* f = t.alloc.make<file_object>(t, file_shape);
  if (!f) return nullptr;
  f->descriptor = fd;
  f->reading = reading;
  f->binary = binary;
  f->updating = false;
  f->name = name;
  f->mode = mode;
  f->encoding = encoding;
  f->closed.store(value::false_().bits, std::memory_order_relaxed);
  f->position.store(value::small_int(0).bits, std::memory_order_relaxed);
  return f;
}

std::string standard_input_line() { return standard_input.take(true); }

std::span<const native_definition> input_output_functions() { return table; }

void define_file_type(thread_state& t) {
  interpreter& i = *t.interp;
  type_object* type = define_type(i, "TextIOWrapper", kind::file, i.types.object, methods, nullptr);
  file_shape = type->root;
  define_property(i, type, "closed", file_closed, nullptr);
  define_property(i, type, "name", file_name, nullptr);
  define_property(i, type, "mode", file_mode, nullptr);
  define_property(i, type, "encoding", file_encoding, nullptr);
}

value standard_file(thread_state& t, int descriptor) {
  static constexpr const char* names[] = {"<stdin>", "<stdout>", "<stderr>"};
  const value name = make_string(t, names[descriptor]);
  const value mode = name.empty() ? name : make_string(t, descriptor == 0 ? "r" : "w");
  if (mode.empty()) return {};
  file_object* f = new_file(t, descriptor, descriptor == 0, false, name, mode, "utf-8");
  return f ? value::of(f) : value{};
}

}  // namespace gilt::interp
