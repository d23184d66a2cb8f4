// SPDX-License-Identifier: BSL-1.0
#include "interp/object/exception.hpp"

#include <cerrno>

#include "interp/object/attribute_cache.hpp"
#include "interp/object/define.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

namespace {

bool set_field(thread_state& t, exception_object* e, string_object* name, value v) {
  return set_attribute_slot(t, e, name, v);
}
bool set_field(thread_state& t, exception_object* e, const char* name, value v) {
  return set_attribute_slot(t, e, intern(*t.interp, name), v);
}

type_object* os_error_class(const builtin_errors& e, std::int64_t error) {
  switch (error) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS: return e.BlockingIOError;
    case EPIPE:
    case ESHUTDOWN: return e.BrokenPipeError;
    case ECHILD: return e.ChildProcessError;
    case ECONNABORTED: return e.ConnectionAbortedError;
    case ECONNREFUSED: return e.ConnectionRefusedError;
    case ECONNRESET: return e.ConnectionResetError;
    case EEXIST: return e.FileExistsError;
    case ENOENT: return e.FileNotFoundError;
    case EINTR: return e.InterruptedError;
    case EISDIR: return e.IsADirectoryError;
    case ENOTDIR: return e.NotADirectoryError;
    case EACCES:
    case EPERM: return e.PermissionError;
    case ESRCH: return e.ProcessLookupError;
    case ETIMEDOUT: return e.TimeoutError;
    default: return e.OSError;
  }
}

bool set_os_fields(thread_state& t, exception_object* e, const value* a, std::size_t n) {
  if (n < 2 || n > 5) return true;
  const well_known_names& names = t.interp->names;
  if (!set_field(t, e, "errno", a[0]) || !set_field(t, e, names.strerror, a[1])) return false;
  if (n >= 3 && !a[2].is_none() && !set_field(t, e, names.filename, a[2])) return false;
  if (n == 5 && !set_field(t, e, names.filename2, a[4])) return false;
  const value args = make_tuple(t, a, 2);
  if (args.empty()) return false;
  raw_store(e->args, args);
  return true;
}

bool set_syntax_fields(thread_state& t, exception_object* e, const value* a, std::size_t n) {
  const well_known_names& names = t.interp->names;
  if (n >= 1 && !set_field(t, e, names.msg, a[0])) return false;
  if (n != 2) return true;
  const value details = tuple_of(t, a[1]);
  if (details.empty()) return false;
  auto* d = details.as<tuple_object>();
  string_object* fields[] = {names.filename, names.lineno, names.offset, names.text, names.end_lineno, names.end_offset};
  if (d->length != 4 && d->length != 6) {
    raise(t, t.interp->errors.TypeError, "function takes exactly 4 or 6 arguments (%zu given)", static_cast<std::size_t>(d->length));
    return false;
  }
  for (std::size_t i = 0; i < d->length; ++i) {
    if (!set_field(t, e, fields[i], d->items()[i])) return false;
  }
  return true;
}

bool set_unicode_fields(thread_state& t, exception_object* e, const value* a, std::size_t n) {
  const well_known_names& names = t.interp->names;
  if (n != 5) return true;
  string_object* fields[] = {names.encoding, intern(*t.interp, "object"), names.start, names.end, names.reason};
  for (std::size_t i = 0; i < 5; ++i) {
    if (!set_field(t, e, fields[i], a[i])) return false;
  }
  return true;
}

// What the class of builtin errors that e belongs to makes of the arguments.
bool set_fields(thread_state& t, exception_object* e, type_object* cls, const value* a, std::size_t n) {
  const builtin_errors& k = t.interp->errors;
  const well_known_names& names = t.interp->names;
  if (n == 0) return true;
  if (is_subtype(cls, k.StopIteration)) return set_field(t, e, names.value, a[0]);
  if (is_subtype(cls, k.SystemExit)) {
    const value code = n == 1 ? a[0] : load(e->args);
    return set_field(t, e, names.code, code);
  }
  if (is_subtype(cls, k.OSError)) return set_os_fields(t, e, a, n);
  if (is_subtype(cls, k.SyntaxError)) return set_syntax_fields(t, e, a, n);
  if (is_subtype(cls, k.ImportError)) return n != 1 || set_field(t, e, names.msg, a[0]);
  if (is_subtype(cls, k.UnicodeDecodeError) || is_subtype(cls, k.UnicodeEncodeError)) return set_unicode_fields(t, e, a, n);
  return true;
}

exception_object* allocate(thread_state& t, type_object* cls, const value* args, std::size_t n) {
  const std::size_t words = std::size_t{cls->root->first_slot} + cls->root->inline_slots;
  auto* e = t.alloc.make<exception_object>(t, cls->root, words * 8 - sizeof(exception_object));
  const value tuple = e ? make_tuple(t, args, n) : value{};
  if (tuple.empty()) return nullptr;
  const std::uint64_t none = value::none().bits;
  e->args.store(tuple.bits, std::memory_order_relaxed);
  e->cause.store(none, std::memory_order_relaxed);
  e->context.store(none, std::memory_order_relaxed);
  e->traceback.store(none, std::memory_order_relaxed);
  e->suppress_context.store(value::false_().bits, std::memory_order_relaxed);
  return e;
}

}  // namespace

value make_exception(thread_state& t, type_object* cls, const value* args, std::size_t n) {
  if (cls == t.interp->errors.OSError && n >= 2 && args[0].is_int()) cls = os_error_class(t.interp->errors, args[0].as_int());
  exception_object* e = allocate(t, cls, args, n);
  return e && set_fields(t, e, cls, args, n) ? value::of(e) : value{};
}

// BaseExceptionGroup.__new__(message, exceptions). Of nothing but Exceptions it makes an ExceptionGroup.
static value new_group(thread_state& t, type_object* cls, const call_args& a) {
  const builtin_errors& k = t.interp->errors;
  if (a.npos != 2) {
    return raise(t, k.TypeError, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%u given)", a.npos);
  }
  if (!is(a[0], kind::str)) return raise(t, k.TypeError, "BaseExceptionGroup.__new__() argument 1 must be str, not %s", type_name(t, a[0]).c_str());
  const bool sequence = !is(a[1], kind::dict) && a[1].is_object() &&
                        type_lookup(class_of(t, a[1]), intern(*t.interp, "__getitem__")) != nullptr;
  if (!sequence) return raise(t, k.TypeError, "second argument (exceptions) must be a sequence");
  const value items = tuple_of(t, a[1]);
  if (items.empty()) return {};
  auto* members = items.as<tuple_object>();
  if (members->length == 0) return raise(t, k.ValueError, "second argument (exceptions) must be a non-empty sequence");
  bool ordinary = true;
  for (std::size_t i = 0; i < members->length; ++i) {
    const value e = members->items()[i];
    if (!is_exception(e)) return raise(t, k.ValueError, "Item %zu of second argument (exceptions) is not an exception", i);
    ordinary &= is_subtype(class_of(t, e), k.Exception);
  }
  if (ordinary && cls == k.BaseExceptionGroup) cls = k.ExceptionGroup;
  if (!ordinary && is_subtype(cls, k.Exception)) {
    if (cls == k.ExceptionGroup) return raise(t, k.TypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
    return raise(t, k.TypeError, "Cannot nest BaseExceptions in '%s'", to_utf8(cls->name).c_str());
  }
  exception_object* e = allocate(t, cls, a.v, 2);
  return e && set_field(t, e, "message", a[0]) && set_field(t, e, "exceptions", items) ? value::of(e) : value{};
}

value new_exception(thread_state& t, type_object* cls, const call_args& a) {
  const builtin_errors& k = t.interp->errors;
  if (is_subtype(cls, k.BaseExceptionGroup)) return new_group(t, cls, a);
  if (a.nkw > 0 && (cls->flags & flag_custom_init) == 0) {
    const bool takes = is_subtype(cls, k.ImportError) || is_subtype(cls, k.AttributeError) || is_subtype(cls, k.NameError);
    if (!takes) return raise(t, k.TypeError, "%s() takes no keyword arguments", to_utf8(cls->name).c_str());
  }
  const value e = make_exception(t, cls, a.v, a.npos);
  if (e.empty() || (cls->flags & flag_custom_init) != 0) return e;
  for (std::uint32_t i = 0; i < a.nkw; ++i) {
    auto* word = const_cast<tuple_object*>(a.names)->items()[i].as<string_object>();
    if (!set_attribute_slot(t, e.as_object(), intern(*t.interp, word), a[a.npos + i])) return {};
  }
  return e;
}

// ---- text ----

value exception_str(thread_state& t, exception_object* e) {
  const builtin_errors& k = t.interp->errors;
  type_object* cls = class_of(t, value::of(e));
  value args;
  if (!any_access::read(t, e, e->args, args)) return {};
  auto* a = args.as<tuple_object>();
  const auto field = [&](const char* name) { return find_attr(t, value::of(e), intern(*t.interp, name)); };
  const auto shown = [&](value v, std::string& out) { return append_str(t, v, out); };
  if (is_subtype(cls, k.BaseExceptionGroup)) {
    const value message = field("message"), members = field("exceptions");
    if (t.why != signal::none) return {};
    std::string s;
    if (!shown(message.empty() ? value::none() : message, s)) return {};
    const std::size_t n = is(members, kind::tuple) ? members.as<tuple_object>()->length : 0;
    return make_string(t, s + " (" + std::to_string(n) + " sub-exception" + (n == 1 ? ")" : "s)"));
  }
  if (is_subtype(cls, k.KeyError) && a->length == 1) return repr_of(t, a->items()[0]);
  if (is_subtype(cls, k.OSError)) {
    const value number = field("errno"), text = field("strerror"), file = field("filename"), file2 = field("filename2");
    if (t.why != signal::none) return {};
    if (!number.empty() && !number.is_none()) {
      std::string s = "[Errno ";
      if (!shown(number, s)) return {};
      s += "] ";
      if (!shown(text, s)) return {};
      if (!file.empty() && !file.is_none()) {
        s += ": ";
        if (!append_repr(t, file, s)) return {};
        if (!file2.empty() && !file2.is_none()) {
          s += " -> ";
          if (!append_repr(t, file2, s)) return {};
        }
      }
      return make_string(t, s);
    }
  }
  if (is_subtype(cls, k.SyntaxError)) {
    const value msg = field("msg"), file = field("filename"), line = field("lineno");
    if (t.why != signal::none) return {};
    std::string s;
    if (!shown(msg.empty() ? value::none() : msg, s)) return {};
    std::string name = is(file, kind::str) ? to_utf8(file.as<string_object>()) : "";
    name = name.substr(name.rfind('/') == std::string::npos ? 0 : name.rfind('/') + 1);
    const bool has_line = line.is_int();
    if (!name.empty() && has_line) return make_string(t, s + " (" + name + ", line " + std::to_string(line.as_int()) + ")");
    if (!name.empty()) return make_string(t, s + " (" + name + ")");
    if (has_line) return make_string(t, s + " (line " + std::to_string(line.as_int()) + ")");
    return make_string(t, s);
  }
  if (is_subtype(cls, k.UnicodeDecodeError) || is_subtype(cls, k.UnicodeEncodeError)) {
    const bool encode = is_subtype(cls, k.UnicodeEncodeError);
    const value codec = field("encoding"), object = field("object"), start = field("start"), end = field("end"), reason = field("reason");
    if (t.why != signal::none) return {};
    if (is(codec, kind::str) && start.is_int() && end.is_int()) {
      std::string s = "'" + to_utf8(codec.as<string_object>()) + "' codec can't " + (encode ? "encode" : "decode");
      const std::int64_t from = start.as_int(), last = end.as_int() - 1;
      char text[32];
      if (last > from) {
        s += std::string(encode ? " characters" : " bytes") + " in position " + std::to_string(from) + "-" + std::to_string(last);
      } else if (encode && is(object, kind::str) && from >= 0 && from < object.as<string_object>()->length) {
        const std::uint32_t c = code_point(object.as<string_object>(), static_cast<std::size_t>(from));
        std::snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
        s += std::string(" character '") + text + "' in position " + std::to_string(from);
      } else if (!encode && is(object, kind::bytes) && from >= 0 && static_cast<std::uint64_t>(from) < object.as<bytes_object>()->length) {
        std::snprintf(text, sizeof text, "0x%02x", object.as<bytes_object>()->data()[from]);
        s += std::string(" byte ") + text + " in position " + std::to_string(from);
      }
      s += ": ";
      return shown(reason, s) ? make_string(t, s) : value{};
    }
  }
  if (is_subtype(cls, k.ImportError)) {
    const value msg = field("msg");
    if (t.why != signal::none) return {};
    if (is(msg, kind::str)) return msg;
  }
  if (a->length == 0) return empty_string(t);
  return a->length == 1 ? str_of(t, a->items()[0]) : tuple_repr(t, a);
}

value exception_repr(thread_state& t, exception_object* e) {
  value args;
  if (!any_access::read(t, e, e->args, args)) return {};
  auto* a = args.as<tuple_object>();
  std::string s = type_name(t, value::of(e));
  if (a->length == 1) {
    s += "(";
    return append_repr(t, a->items()[0], s) ? make_string(t, s + ")") : value{};
  }
  return append_repr(t, args, s) ? make_string(t, s) : value{};
}

// ---- members ----

namespace {

exception_object* self(const call_args& a) { return a[0].as<exception_object>(); }

template <slot exception_object::*Field>
value get(thread_state& t, const call_args& a) {
  value v;
  if (!any_access::read(t, self(a), self(a)->*Field, v)) return {};
  return v.empty() ? value::none() : v;
}
bool put(thread_state& t, const call_args& a, slot& s, value v) { return any_access::write(t, self(a), s, v); }
value done(bool fine) { return fine ? value::none() : value{}; }

value set_args(thread_state& t, const call_args& a) {
  const value tuple = tuple_of(t, a[1]);
  return done(!tuple.empty() && put(t, a, self(a)->args, tuple));
}
bool is_exception_or_none(thread_state& t, value v, const char* what) {
  if (v.is_none() || is_exception(v)) return true;
  raise(t, t.interp->errors.TypeError, "exception %s must be None or derive from BaseException", what);
  return false;
}
value set_cause(thread_state& t, const call_args& a) {
  return done(is_exception_or_none(t, a[1], "cause") && put(t, a, self(a)->cause, a[1]) &&
              put(t, a, self(a)->suppress_context, value::true_()));
}
value set_context(thread_state& t, const call_args& a) {
  return done(is_exception_or_none(t, a[1], "context") && put(t, a, self(a)->context, a[1]));
}
value set_traceback(thread_state& t, const call_args& a) {
  if (!a[1].is_none() && !is(a[1], kind::traceback)) {
    return raise(t, t.interp->errors.TypeError, "__traceback__ must be a traceback or None");
  }
  return done(put(t, a, self(a)->traceback, a[1]));
}
value set_suppress(thread_state& t, const call_args& a) {
  bool b = false;
  return done(truth(t, a[1], b) && put(t, a, self(a)->suppress_context, value::boolean(b)));
}
value with_traceback(thread_state& t, const call_args& a) { return set_traceback(t, a).empty() ? value{} : a[0]; }

value init(thread_state& t, const call_args& a) {
  const value args = make_tuple(t, a.v + 1, a.npos - 1);
  if (args.empty() || !put(t, a, self(a)->args, args)) return {};
  return done(set_fields(t, self(a), class_of(t, a[0]), a.v + 1, a.npos - 1));
}
value str(thread_state& t, const call_args& a) { return exception_str(t, self(a)); }
value repr(thread_state& t, const call_args& a) { return exception_repr(t, self(a)); }

value add_note(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::str)) return raise(t, t.interp->errors.TypeError, "note must be a str, not '%s'", type_name(t, a[1]).c_str());
  value notes;
  if (!any_access::read(t, self(a), self(a)->notes, notes)) return {};
  if (notes.empty()) {
    notes = make_list(t);
    if (notes.empty() || !put(t, a, self(a)->notes, notes) || !set_attribute_slot(t, self(a), t.interp->names.__notes__, notes)) return {};
  }
  return done(list_append<any_access>(t, notes.as<list_object>(), a[1]));
}

constexpr native_definition methods[] = {
    {"__init__", init, 1, -1, true},
    {"__str__", str, 1, 1, false},
    {"__repr__", repr, 1, 1, false},
    {"with_traceback", with_traceback, 2, 2, false},
    {"add_note", add_note, 2, 2, false},
};

}  // namespace

void define_exception_members(interpreter& i, thread_state& t) {
  builtin_errors& k = i.errors;
  define_methods(i, k.BaseException, methods);
  define_property(i, k.BaseException, "args", get<&exception_object::args>, set_args);
  define_property(i, k.BaseException, "__cause__", get<&exception_object::cause>, set_cause);
  define_property(i, k.BaseException, "__context__", get<&exception_object::context>, set_context);
  define_property(i, k.BaseException, "__traceback__", get<&exception_object::traceback>, set_traceback);
  define_property(i, k.BaseException, "__suppress_context__", get<&exception_object::suppress_context>, set_suppress);
  // Fields that may never be set read as None.
  const auto fields = [&](type_object* cls, std::initializer_list<const char*> names) {
    for (const char* name : names) bind_class_name(t, cls, intern(i, name), value::none());
  };
  fields(k.StopIteration, {"value"});
  fields(k.SystemExit, {"code"});
  fields(k.OSError, {"errno", "strerror", "filename", "filename2"});
  fields(k.SyntaxError, {"msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"});
  fields(k.ImportError, {"msg", "name", "path"});
  fields(k.NameError, {"name"});
  fields(k.AttributeError, {"name", "obj"});
}

}  // namespace gilt::interp
