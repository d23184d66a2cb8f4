// SPDX-License-Identifier: BSL-1.0
#include "interp/object/raise.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "interp/object/exception.hpp"
#include "interp/object/module.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

value raise_object(thread_state& t, value exc) {
  t.exception = exc;
  t.why = signal::exception;
  return {};
}

void raise_memory_error(thread_state& t) { raise_object(t, t.interp->memory_error); }

value raise(thread_state& t, type_object* cls, const std::string& message) {
  const value text = make_string(t, message);
  if (text.empty()) return {};
  const value exc = make_exception(t, cls, &text, 1);
  return exc.empty() ? exc : raise_object(t, exc);
}

value raise(thread_state& t, type_object* cls, const char* format, ...) {
  std::va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  const int n = std::vsnprintf(nullptr, 0, format, arguments);
  va_end(arguments);
  std::string text(static_cast<std::size_t>(n < 0 ? 0 : n) + 1, '\0');
  std::vsnprintf(text.data(), text.size(), format, again);
  va_end(again);
  text.pop_back();
  return raise(t, cls, text);
}

value raise_key_error(thread_state& t, value key) {
  const value exc = make_exception(t, t.interp->errors.KeyError, &key, 1);
  return exc.empty() ? exc : raise_object(t, exc);
}

value raise_stop_iteration(thread_state& t, value result) {
  const bool bare = result.empty() || result.is_none();
  const value exc = make_exception(t, t.interp->errors.StopIteration, &result, bare ? 0 : 1);
  return exc.empty() ? exc : raise_object(t, exc);
}

value raise_os_error(thread_state& t, int error, value filename) {
  const value text = make_string(t, std::strerror(error));
  if (text.empty()) return {};
  const value args[] = {value::small_int(error), text, filename};
  const value exc = make_exception(t, t.interp->errors.OSError, args, filename.empty() ? 2 : 3);
  return exc.empty() ? exc : raise_object(t, exc);
}

bool set_exception_field(thread_state& t, value exc, const char* name, value v) {
  return set_attribute_slot(t, exc.as_object(), intern(*t.interp, name), v);
}

bool clear_exception(thread_state& t, type_object* cls) {
  if (t.why != signal::exception || !has_class(t, t.exception, cls)) return false;
  t.why = signal::none;
  t.exception = {};
  return true;
}

bool warn(thread_state& t, type_object* category, const std::string& text) {
  interpreter& i = *t.interp;
  const value import = module_get(t, i.builtins, intern(i, "__import__"));
  const value module = import.empty() ? import : call(t, import, {value::of(intern(i, "_warnings"))});
  const value function = module.empty() ? module : getattr(t, module, intern(i, "warn"));
  const value message = function.empty() ? function : make_string(t, text);
  return !message.empty() && !call(t, function, {message, value::of(category)}).empty();
}

// Classes of native modules are shown with their module, as C's are in CPython.
std::string type_name(thread_state& t, value v) {
  type_object* cls = class_of(t, v);
  return (cls->flags & flag_operators) != 0 && (cls->flags & flag_heap) == 0 ? qualified_name(t, cls) : to_utf8(cls->name);
}

std::string address_of(value v) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%012llx", static_cast<unsigned long long>(v.bits));
  return text;
}

}  // namespace gilt::interp
