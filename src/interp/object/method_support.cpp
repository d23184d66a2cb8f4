// SPDX-License-Identifier: BSL-1.0
#include "interp/object/method_support.hpp"

#include <algorithm>

namespace gilt::interp {

bool bind_arguments(thread_state& t, const char* function, const call_args& a, std::uint32_t skip,
                    std::initializer_list<std::string_view> names, std::size_t required,
                    value* out) {
  const std::size_t count = names.size(), given = a.npos - skip;
  for (std::size_t i = 0; i < count; ++i) out[i] = {};
  if (given + a.nkw > count) {
    raise(t, t.interp->errors.TypeError, "%s() takes at most %zu argument%s (%zu given)", function,
          count, count == 1 ? "" : "s", given + a.nkw);
    return false;
  }
  for (std::size_t i = 0; i < given; ++i) out[i] = a[skip + i];
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    auto* word = const_cast<tuple_object*>(a.names)->items()[k].as<string_object>();
    const auto* found = std::find_if(names.begin(), names.end(),
                                     [&](std::string_view name) { return equal(word, name); });
    if (found == names.end()) {
      raise(t, t.interp->errors.TypeError, "'%s' is an invalid keyword argument for %s()",
            to_utf8(word).c_str(), function);
      return false;
    }
    const auto at = static_cast<std::size_t>(found - names.begin());
    if (!out[at].empty()) {
      raise(t, t.interp->errors.TypeError,
            "argument for %s() given by name ('%s') and position (%zu)", function,
            to_utf8(word).c_str(), at + 1);
      return false;
    }
    out[at] = a[a.npos + k];
  }
  for (std::size_t i = 0; i < required; ++i) {
    if (!out[i].empty()) continue;
    raise(t, t.interp->errors.TypeError, "%s() missing required argument '%s' (pos %zu)", function,
          std::string(names.begin()[i]).c_str(), i + 1);
    return false;
  }
  return true;
}

bool range_arguments(thread_state& t, const call_args& a, std::uint32_t first, std::int64_t length,
                     std::int64_t& begin, std::int64_t& end) {
  begin = 0;
  end = length;
  std::int64_t* const places[2] = {&begin, &end};
  for (std::uint32_t k = 0; k < 2 && first + k < a.npos; ++k) {
    const value v = a[first + k];
    if (v.is_none()) continue;
    if (!v.is_int() && !has_index(t, v)) {
      if (t.why == signal::none) {
        type_error(t, "slice indices must be integers or None or have an __index__ method");
      }
      return false;
    }
    if (!to_int64_clamped(t, v, *places[k])) return false;
    if (*places[k] < 0) *places[k] = std::max<std::int64_t>(*places[k] + length, 0);
  }
  end = std::min(end, length);
  return true;
}

bool text_argument(thread_state& t, value v, const char* function, const char* name,
                   std::string& out) {
  if (v.empty()) return true;
  if (!is(v, kind::str)) {
    raise(t, t.interp->errors.TypeError, "%s() argument '%s' must be str, not %s", function, name,
          v.is_none() ? "None" : type_name(t, v).c_str());
    return false;
  }
  out = to_utf8(v.as<string_object>());
  return true;
}

}  // namespace gilt::interp
