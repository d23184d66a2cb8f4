// SPDX-License-Identifier: BSL-1.0
#pragma once
// arguments: natives that take keywords bind them here, with CPython's messages.
#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "interp/object/call.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/layouts.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {

// Spreads positional and keyword arguments over `out`, one place a name; absent ones stay empty.
// The first `required` names must be given. False: a TypeError is set.
inline bool bind(thread_state& t, const char* function, const call_args& a,
                 std::initializer_list<std::string_view> names, std::size_t required, value* out) {
  const std::size_t count = names.size();
  for (std::size_t i = 0; i < count; ++i) out[i] = {};
  if (a.npos > count) {
    raise(t, t.interp->errors.TypeError, "%s() takes at most %zu argument%s (%u given)", function,
          count, count == 1 ? "" : "s", a.npos + a.nkw);
    return false;
  }
  for (std::uint32_t i = 0; i < a.npos; ++i) out[i] = a[i];
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    const std::string name = to_utf8(const_cast<tuple_object*>(a.names)->items()[k].as<string_object>());
    const auto* found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      raise(t, t.interp->errors.TypeError, "'%s' is an invalid keyword argument for %s()",
            name.c_str(), function);
      return false;
    }
    const auto at = static_cast<std::size_t>(found - names.begin());
    if (!out[at].empty()) {
      raise(t, t.interp->errors.TypeError,
            "argument for %s() given by name ('%s') and position (%zu)", function, name.c_str(), at + 1);
      return false;
    }
    out[at] = a[a.npos + k];
  }
  for (std::size_t i = 0; i < required; ++i) {
    if (out[i].empty()) {
      raise(t, t.interp->errors.TypeError, "%s() missing required argument '%s' (pos %zu)",
            function, std::string(names.begin()[i]).c_str(), i + 1);
      return false;
    }
  }
  return true;
}

}  // namespace gilt::interp
