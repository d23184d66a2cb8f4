// SPDX-License-Identifier: BSL-1.0
#pragma once
// raise: making an exception the pending one. All return empty, with t.why == signal::exception.
#include <cstddef>
#include <string>

#include "interp/object/interpreter.hpp"

namespace gilt::interp {

// printf-like; the text is UTF-8.
value raise(thread_state&, type_object* cls, const char* format, ...) __attribute__((format(printf, 3, 4)));
value raise(thread_state&, type_object* cls, const std::string& message);
// `exc`: an exception instance.
value raise_object(thread_state&, value exc);
value raise_key_error(thread_state&, value key);
value raise_stop_iteration(thread_state&, value result);         // empty or None: without argument
// OSError or the subclass errno calls for, with errno, strerror and filename (may be empty).
value raise_os_error(thread_state&, int error, value filename = {});
void raise_memory_error(thread_state&);

// An instance of an exception class with these arguments, without running script code.
value make_exception(thread_state&, type_object* cls, const value* args, std::size_t n);
// An exception whose `name`/`obj`, `path` ... attribute is set, for AttributeError, NameError, ImportError.
bool set_exception_field(thread_state&, value exc, const char* name, value v);

// warnings.warn(text, category), blamed on the running Python code. False: raised.
bool warn(thread_state&, type_object* category, const std::string& text);

// True: a pending exception of class `cls` is gone.
bool clear_exception(thread_state&, type_object* cls);
inline bool pending(const thread_state& t) { return t.why != signal::none; }

// Name of the class of v, as messages show it.
std::string type_name(thread_state&, value v);
std::string address_of(value v);                                 // "0x7f12..."

}  // namespace gilt::interp
