// SPDX-License-Identifier: BSL-1.0
#pragma once
// method_support: what the method tables of numbers and text share: receivers, keyword binding,
// [start, end) arguments.
#include <initializer_list>
#include <string>
#include <string_view>

#include "interp/compile/code.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {

inline value type_error(thread_state& t, const std::string& message) {
  return raise(t, t.interp->errors.TypeError, message);
}

inline value memory_error(thread_state& t) {
  raise_memory_error(t);
  return {};
}

// Null: a[0] is no str; a TypeError is set.
inline string_object* str_receiver(thread_state& t, const call_args& a, const char* method) {
  if (GILT_LIKELY(is(a[0], kind::str))) return a[0].as<string_object>();
  raise(t, t.interp->errors.TypeError,
        "descriptor '%s' for 'str' objects doesn't apply to a '%s' object", method,
        type_name(t, a[0]).c_str());
  return nullptr;
}

// Spreads the arguments behind the first `skip` over `out`, one place a name; absent ones stay
// empty.
bool bind_arguments(thread_state&, const char* function, const call_args&, std::uint32_t skip,
                    std::initializer_list<std::string_view> names, std::size_t required,
                    value* out);

// Arguments `first` and `first + 1` as slice bounds of something of this length: None or absent
// is the end, negative counts from it. begin may exceed end or length: nothing is there.
bool range_arguments(thread_state&, const call_args&, std::uint32_t first, std::int64_t length,
                     std::int64_t& begin, std::int64_t& end);

// An argument that must be a str; null: TypeError "<what> must be str, not int".
inline string_object* str_argument(thread_state& t, value v, const char* what) {
  if (is(v, kind::str)) return v.as<string_object>();
  raise(t, t.interp->errors.TypeError, "%smust be str, not %s", what, type_name(t, v).c_str());
  return nullptr;
}

// "strict" and the like; absent: the default.
bool text_argument(thread_state&, value v, const char* function, const char* name,
                   std::string& out);

}  // namespace gilt::interp
