// SPDX-License-Identifier: BSL-1.0
#pragma once
// format: turning values into text: repr of str, the format-spec mini-language
// ([[fill]align][sign][z][#][0][width][,_][.precision][type]), str.format and %-formatting.
#include <cstdint>
#include <string>
#include <string_view>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

// repr(s): quotes chosen as CPython does, unprintable characters escaped; `ascii` escapes all
// that is not ASCII. UTF-8 (the former may contain lone surrogates' escapes only).
std::string string_repr(const string_object* s, bool ascii = false);
value str_repr(thread_state&, string_object* s);
value str_ascii(thread_state&, string_object* s);
std::string bytes_repr(std::string_view bytes);  // b'...'

// format(v, spec) for str, int, bool, float, complex and their subclasses; `spec` is a str.
value format_str(thread_state&, string_object* v, const string_object* spec);
value format_number(thread_state&, value v, const string_object* spec);
// Either of the above, or not_implemented when v is neither.
value format_builtin(thread_state&, value v, const string_object* spec);

// format % arguments.
value percent_format(thread_state&, string_object* format, value arguments);
bool percent_format_bytes(thread_state&, std::string_view format, value arguments,
                          std::string& out);
// "...".format(*args, **kwargs); `a` holds the str itself first. And format_map(mapping).
value str_format(thread_state&, const call_args& a);
value str_format_map(thread_state&, const call_args& a);

// A double in decimal: type 'e', 'f', 'g', 'r' (shortest repr); the digits of printf, exactly.
// alternate keeps the point and trailing zeros ('#'). add_dot_0: repr's ".0".
std::string format_double(double d, char type, int precision, bool alternate, bool add_dot_0);

}  // namespace gilt::interp
